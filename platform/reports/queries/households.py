"""The papers of a household, filled from the registers; without a household, empty to be filled in by hand."""

from collections.abc import Sequence
from datetime import date

from core.clock import today
from core.i18n import _
from core.settings import current
from regions.queries import find_published_region
from registry.choices import Relation
from registry.models import Household
from registry.queries.dossiers import IncomeOn, MemberOn, incomes_until, living_on, members_on, profile_on
from reports.layouts.income_fields import blank_income, income_sheet
from reports.layouts.register_fields import (
    cause_fields,
    identity_fields,
    living_fields,
    member_cells,
    standing_fields,
)
from reports.layouts.values import day_said, yuan
from reports.queries.help import brought_until, helper_lines, measure_cells, result_cells
from reports.sheets import CardSheet, Cells, Era, Field, HandbookSheet, HouseholdSheet, IncomeSheet


def household_sheet(household: Household | None, day: date, *, era: Era | None = None) -> HouseholdSheet:
    """Return the register form as of a day."""
    if household is None:
        return _blank(era or Era.of(day))
    return _filled(household, day, incomes_until(household.id, day.year))


def _blank(era: Era) -> HouseholdSheet:
    return HouseholdSheet(
        era,
        identity=identity_fields(None),
        standing=standing_fields(None, era),
        income=blank_income(),
        living=living_fields(None),
    )


def is_on_file(household: Household, day: date) -> bool:
    """Return whether the registers say anything of the household on a day."""
    return day == today() or profile_on(household.id, day) is not None or bool(members_on(household.id, day))


def _filled(household: Household, day: date, incomes: Sequence[IncomeOn]) -> HouseholdSheet:
    era, profile = Era.of(day), profile_on(household.id, day)
    members = members_on(household.id, day)
    head, place = _head(household, members), _place(household.region_code)
    return HouseholdSheet(
        era,
        number=household.household_no,
        head=head,
        place=place,
        as_of=day_said(day),
        identity=identity_fields(
            profile,
            number=household.household_no,
            head=head,
            phone=household.phone or "" if day == today() else "",
            size=str(len(members) or household.size),
            place=place,
        ),
        standing=standing_fields(profile, era),
        members=tuple(member_cells(row.member, row.membership, row.profile) for row in members),
        income=_income(incomes[0]) if incomes else blank_income(short=True),
        living=living_fields(living_on(household.id, day)),
        helpers=helper_lines(household, day),
    )


def _head(household: Household, members: Sequence[MemberOn]) -> str:
    """Return who was the head on the day of these members."""
    heads = (row.member.name for row in members if row.membership.relation_to_head is Relation.HEAD)
    return next(heads, household.head_name)


def _place(region_code: str) -> str:
    found = find_published_region(region_code)
    return region_code if found is None else found.said_path


def _income(year: IncomeOn) -> IncomeSheet:
    return income_sheet(year.record.year, year.sums)


def _income_cells(year: IncomeOn) -> Cells:
    return (str(year.record.year), str(year.sums.members), yuan(year.sums.result), yuan(year.sums.per_capita), "")


def handbook_sheet(household: Household | None, day: date, *, era: Era | None = None) -> HandbookSheet:
    """Return the handbook's six parts. Plans have no rows yet: the part is ruled for handwriting."""
    if household is None:
        blank = _blank(era or Era.of(day))
        return HandbookSheet(blank, causes=cause_fields(None, blank.era))
    incomes, brought = incomes_until(household.id, day.year), brought_until(household.id, day)
    return HandbookSheet(
        _filled(household, day, incomes),
        causes=cause_fields(profile_on(household.id, day), Era.of(day)),
        measures=measure_cells(brought),
        results=result_cells(brought),
        incomes=tuple(_income_cells(year) for year in incomes),
        phone=current().supervision_phone,
    )


def card_sheet(household: Household | None, day: date, *, era: Era | None = None) -> CardSheet:
    """Return the contact card: the first helper with phone, the others by name."""
    lines = () if household is None else helper_lines(household, day)
    first = lines[0] if lines else None
    others = _(", ").join(line.name for line in lines[1:])
    return CardSheet(
        era or Era.of(day),
        helper=first.name if first else "",
        phone=first.phone if first else "",
        facts=(
            Field(_("Unit and post"), first.unit if first else ""),
            *((Field(_("Also helping"), others),) if others else ()),
            Field(_("Household number"), household.household_no if household else ""),
            Field(_("Village"), _place(household.region_code) if household else ""),
            Field(_("County supervision line"), current().supervision_phone if household else ""),
        ),
    )

"""The register form and the handbook of a household."""

from core.i18n import _
from reports.layouts.blocks import (
    Block,
    column,
    facts,
    income_blocks,
    lines,
    new_page,
    part,
    signatures,
    table,
    text,
)
from reports.sheets import Cells, Era, Field, HandbookSheet, HouseholdSheet

LEAST_MEMBERS = 6


def form_title(era: Era) -> str:
    """Return what the form is called in its time."""
    if era is Era.REGISTER:
        return _("Register form of a poor household")
    return _("Information form of a monitored household")


def handbook_title(era: Era) -> str:
    """Return what the booklet is called in its time."""
    return _("Poverty relief handbook") if era is Era.REGISTER else _("Help handbook")


def member_columns() -> list[Block]:
    """Return the heads A4 to A16 of the form; widths are for a page on its side."""
    return [
        column(_("A4 Name"), -3),
        column(_("A5 Sex"), 9, centred=True),
        column(_("A6 ID on file"), 14, centred=True),
        column(_("A7 Relation to the head"), 17, centred=True),
        column(_("A8 Ethnicity"), 15, centred=True),
        column(_("A9 Education"), 18, centred=True),
        column(_("A10 At school"), 17, centred=True),
        column(_("A11 Health"), -3),
        column(_("A12 Labour ability"), 17, centred=True),
        column(_("A13 Where they work"), -2),
        column(_("Months away"), 12, centred=True),
        column(_("A14 Dibao"), 12, centred=True),
        column(_("A15 Medical insurance"), 15, centred=True),
        column(_("A16 Pension"), 13, centred=True),
    ]


def household_form(sheet: HouseholdSheet) -> list[Block]:
    """Return the blocks of the register form, on its side."""
    return [
        facts(sheet.identity, columns=3, label_width=28),
        facts(sheet.standing, title=_("Standing and causes"), columns=2, label_width=34),
        table(
            member_columns(),
            sheet.members,
            title=_("Members of the household"),
            empty=LEAST_MEMBERS,
            note=_("ID numbers are kept sealed and are never printed; the box says whether one is on file."),
        ),
        *income_blocks(sheet.income),
        facts(sheet.living, title=_("Production and living conditions"), columns=3, label_width=32),
        helpers_table(sheet, title=_("Helpers")),
        signatures(
            (_("Head of the household"), _("What stands here is true. Signature or thumbprint")),
            (_("Filled in by"), _("Two visitors sign")),
            (_("Village committee"), _("Seal")),
            (_("Township government"), _("Seal")),
        ),
    ]


def helpers_table(sheet: HouseholdSheet, *, title: str = "", empty: int = 2) -> Block:
    heads = [
        column(_("Rank of the helper"), 14, centred=True),
        column(_("Name of the helper"), -2),
        column(_("Unit and post"), -3),
        column(_("Phone"), 32),
        column(_("From and until"), 42),
        column(_("Signature"), 26),
    ]
    return table(heads, [line.cells for line in sheet.helpers], title=title, empty=empty)


def handbook_cover(sheet: HandbookSheet) -> list[Field]:
    """Return what the cover says."""
    household = sheet.household
    first = household.helpers[0] if household.helpers else None
    return [
        Field(_("Household number"), household.number),
        Field(_("Head of the household"), household.head),
        Field(_("Where the household lives"), household.place),
        Field(_("Responsible helper"), first.name if first else ""),
        Field(_("Phone of the helper"), first.phone if first else ""),
        Field(_("County supervision line"), sheet.phone),
    ]


def handbook(sheet: HandbookSheet) -> list[Block]:
    """Return the six parts; a part without rows is ruled for handwriting."""
    household = sheet.household
    return [
        part(_("Part 1: basic facts")),
        facts(household.identity, columns=2, label_width=30),
        table(
            _short_member_columns(),
            [_short(row) for row in household.members],
            title=_("Members of the household"),
            empty=LEAST_MEMBERS,
        ),
        *income_blocks(household.income),
        facts(household.living, title=_("Production and living conditions"), columns=2, label_width=34),
        part(_("Part 2: causes")),
        facts(sheet.causes, columns=1, label_width=34),
        lines(_("What the household says itself"), 3),
        part(_("Part 3: responsible helper and visits")),
        helpers_table(household, empty=3),
        table(_visit_columns(), sheet.visits, title=_("Visits"), empty=6),
        new_page(),
        part(_("Part 4: plan")),
        table(_plan_columns(), sheet.plans, empty=6),
        signatures(
            (_("Head of the household"), ""), (_("Responsible helper"), ""), (_("Village committee"), ""), across=3
        ),
        part(_("Part 5: measures")),
        table(_measure_columns(), sheet.measures, empty=8),
        text(_("The head signs each line when it has arrived, not before."), size=9),
        new_page(),
        part(_("Part 6: results")),
        table(_result_columns(), sheet.results, empty=8),
        table(_income_columns(), sheet.incomes, title=_("Income by year"), empty=5),
        signatures(
            (_("Head of the household"), ""),
            (_("Responsible helper"), ""),
            (_("Township government"), _("Seal")),
            across=3,
        ),
    ]


def _signed_by(office: tuple[str, str]) -> Block:
    return signatures((_("Head of the household"), ""), (_("Responsible helper"), ""), office, across=3)


def _short(row: Cells) -> Cells:
    """Return what the booklet repeats of a member: name, relation, sex, school, health, labour, work."""
    return (row[0], row[3], row[1], row[6], row[7], row[8], row[9]) if row else ()


def _short_member_columns() -> list[Block]:
    return [
        column(_("Name of the member"), -3),
        column(_("Relation to the head"), 20, centred=True),
        column(_("Sex"), 11, centred=True),
        column(_("At school"), 22, centred=True),
        column(_("State of health"), -3),
        column(_("Labour ability"), 20, centred=True),
        column(_("Where they work"), -2),
    ]


def _visit_columns() -> list[Block]:
    return [
        column(_("Day"), 24),
        column(_("Who came"), 34),
        column(_("What was talked about and done")),
        column(_("Signature of the household"), 32),
    ]


def _plan_columns() -> list[Block]:
    return [
        column(_("Year"), 16),
        column(_("Goal"), -2),
        column(_("What will be done"), -3),
        column(_("By when"), 24),
        column(_("Who is responsible"), 32),
    ]


def _measure_columns() -> list[Block]:
    return [
        column(_("Day"), 22),
        column(_("Measure"), 24),
        column(_("What and how much"), -3),
        column(_("Who helped"), -2),
        column(_("Source of the funds"), 24),
        column(_("Signature of the head"), 28),
    ]


def _result_columns() -> list[Block]:
    return [
        column(_("Day"), 22),
        column(_("Measure"), 30),
        column(_("What came of it")),
        column(_("Effect on the income"), 30),
        column(_("Signature of the head"), 28),
    ]


def _income_columns() -> list[Block]:
    return [
        column(_("Year"), 20, centred=True),
        column(_("Persons"), 18, centred=True),
        column(_("Net income, yuan")),
        column(_("Per person, yuan")),
        column(_("Signature of the head"), 32),
    ]

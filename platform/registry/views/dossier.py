"""The whole file of a household: how it stands on any day, covered until somebody says what he looks for."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.http import actor
from core.i18n import _, label, ngettext
from core.policy import can, requires
from registry.forms.causes import CausesForm
from registry.forms.dossier import DossierDayForm, PurposeForm
from registry.forms.dwelling import LivingForm, ProductionForm
from registry.forms.person import PersonForm
from registry.forms.profile import BasicsForm
from registry.incomes import Item
from registry.models import Household, HouseholdProfile, IncomeRecord, LivingConditions, MemberProfile
from registry.policy import RegistryPermission
from registry.queries import get_household
from registry.queries.dossiers import Dossier, IncomeOn, MemberOn, dossier_on, former_members
from registry.queries.drafts import OPENING, find_draft
from registry.queries.history import Change, changes_of
from registry.services import RevealPurpose, reveal_household
from registry.views.door import blueprint
from registry.views.findings import open_rows_of
from registry.views.lines import columns_of, not_collected, value_rows
from registry.views.places import place_name
from registry.views.status import status_rows
from registry.views.survey.sums import income_lines, yuan


@blueprint.get("/households/<uuid:household_id>/dossier")
@requires(RegistryPermission.HOUSEHOLD_READ)
def dossier(household_id: UUID) -> ResponseReturnValue:
    """Show the file as it stood on a day; names and particulars stay covered."""
    form = DossierDayForm.read_query()
    day = form.on.data if form.validate() and form.on.data else today()
    return _show(dossier_on(actor(), household_id, day), form, PurposeForm()), 200 if not form.errors else 422


@blueprint.post("/households/<uuid:household_id>/dossier")
@requires(RegistryPermission.HOUSEHOLD_REVEAL)
def reveal_dossier(household_id: UUID) -> ResponseReturnValue:
    """Show names and particulars for a purpose; the look is recorded. The answer is never kept by a browser."""
    household = get_household(actor(), household_id)
    day_form, form = DossierDayForm.read_query(), PurposeForm.read()
    day = day_form.on.data if day_form.validate() and day_form.on.data else today()
    if not form.validate():
        return _show(dossier_on(actor(), household_id, day), day_form, form), 422
    reveal_household(household, actor=actor(), purpose=RevealPurpose(form.purpose.data))
    found = dossier_on(actor(), household_id, day)
    return _show(found, day_form, form, revealed=True), 200, {"Cache-Control": "no-store"}


def _show(found: Dossier, day_form: DossierDayForm, form: PurposeForm, *, revealed: bool = False) -> str:
    household = found.household
    return render_template(
        "registry/dossier.html",
        household=household,
        day=found.day,
        is_today=found.day == today(),
        place=place_name(household.region_code),
        day_form=day_form,
        form=form,
        revealed=revealed,
        may_change=can(actor(), RegistryPermission.HOUSEHOLD_CHANGE, household) and household.ended_on is None,
        may_reveal=can(actor(), RegistryPermission.HOUSEHOLD_REVEAL, household),
        parts=_parts(),
        counted=ngettext("%(count)s person", "%(count)s persons", len(found.members) or household.size),
        status=status_rows(found.profile, revealed=revealed),
        basics=_groups(BasicsForm, found.profile, HouseholdProfile, revealed=revealed),
        missing=_missing(found),
        causes=_groups(CausesForm, found.profile, HouseholdProfile, revealed=revealed),
        living=_living(found, revealed=revealed),
        people=[_person(member) if revealed else {} for member in found.members],
        gone=_gone(household, found.day) if revealed else [],
        incomes=[_income(year) for year in found.incomes],
        findings=open_rows_of(household),
        changes=_changes(household),
        surveying=find_draft(actor(), household.id, OPENING) is not None,
        survey_line=_survey_line(found),
    )


def _parts() -> list[dict[str, str]]:
    names = {
        "basics": _("The household"),
        "members": _("Who lives here"),
        "income": _("Income"),
        "living": _("Land, house and water"),
        "causes": _("What makes it hard"),
        "findings": _("What does not fit together"),
    }
    return [{"id": name, "title": title} for name, title in names.items()]


def _groups(form: Any, row: Any, model: Any, *, revealed: bool) -> list[dict[str, Any]]:
    return value_rows(form.of([]), columns_of(row), model, revealed=revealed)


def _missing(found: Dossier) -> dict[str, list[str]]:
    """Return by part of the file what was not collected."""
    parts = {
        "basics": ((BasicsForm, found.profile),),
        "living": ((ProductionForm, found.living), (LivingForm, found.living)),
        "causes": ((CausesForm, found.profile),),
    }
    return {
        name: [words for form, row in forms if row is not None for words in not_collected(form.of([]), columns_of(row))]
        for name, forms in parts.items()
    }


def _living(found: Dossier, *, revealed: bool) -> list[dict[str, Any]]:
    return [
        group
        for form in (ProductionForm, LivingForm)
        for group in _groups(form, found.living, LivingConditions, revealed=revealed)
    ]


def _person(found: MemberOn) -> dict[str, Any]:
    """Return a member uncovered; no digit of a number is ever among it."""
    values = {**columns_of(found.profile), **columns_of(found.member)}
    values["relation_to_head"] = found.membership.relation_to_head
    values.pop("id_number", None)
    words = [label(found.membership.relation_to_head)]
    if found.age is not None:
        words.append(_("%(age)s years old", age=found.age))
    return {
        "id": found.member.id,
        "name": found.member.name,
        "line": _(", ").join(words),
        "groups": value_rows(PersonForm.of([]), values, MemberProfile, revealed=True),
        "missing": not_collected(PersonForm.of([]), values | {"id_number": found.member.id_number}),
    }


def _gone(household: Household, day: date) -> list[dict[str, Any]]:
    return [
        {
            "id": member.id,
            "name": member.name,
            "line": _("%(state)s, since %(day)s", state=label(state), day=membership.valid_to),
        }
        for member, membership, state in former_members(household.id, day)
    ]


def _income(year: IncomeOn) -> dict[str, Any]:
    return {
        "year": year.record.year,
        "title": _("%(year)s, %(concept)s", year=year.record.year, concept=label(year.record.concept)),
        "said": _said_of(year.record),
        "sum": income_lines(year.sums),
        "rows": [[_item(item), yuan(item.amount)] for item in year.sums.items],
    }


def _said_of(record: IncomeRecord) -> list[str]:
    """Return of which days a sheet is, who shared it, and when it was written down."""
    words = [_("%(start)s to %(end)s", start=record.period_start, end=record.period_end)]
    if record.members_start is not None:
        words.append(_("%(count)s at the start", count=_persons(record.members_start)))
    words.append(_("%(count)s at the end", count=_persons(record.members_end)))
    return [*words, _("as of %(day)s", day=record.as_of.isoformat())]


def _persons(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s persons", count)


def _item(item: Item) -> str:
    return _("%(item)s (only this once)", item=label(item.code)) if item.is_one_off else label(item.code)


def _changes(household: Household) -> list[dict[str, Any]]:
    found = changes_of(household.id)
    return [
        {
            "on": on,
            "url": url_for("registry.dossier", household_id=household.id, on=on.isoformat()),
            "words": list(dict.fromkeys(_said(change) for change in changes)),
        }
        for on, changes in groupby(found, key=lambda change: change.on)
    ]


def _said(change: Change) -> str:
    if change.kind is not None:
        return label(change.kind)
    if change.year is not None:
        return _("The income of %(year)s", year=change.year)
    return label(change.what)


def _survey_line(found: Dossier) -> str:
    rows: Sequence[Any] = [row for row in (found.profile, found.living) if row is not None]
    last = max((row.as_of for row in rows), default=None)
    if last is None:
        return _("Not surveyed yet.")
    return _("Last written down for %(day)s.", day=last)

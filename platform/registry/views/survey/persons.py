"""The second step: who lives here, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, url_for

from core.clock import today
from core.http import actor
from core.i18n import _, ngettext
from registry.forms.step import grouped
from registry.forms.steps import MEMBERS, MOST_NEW, NEW, PERSON, form_of, is_new_person
from registry.models import Household
from registry.queries.drafts import Draft, drafts_of
from registry.queries.standing import Standing, members_standing, standing_of
from registry.views.survey.pages import step_page, step_url


@dataclass(frozen=True)
class PersonRow:
    """A person of the household, on file or just typed in."""

    step: str
    name: str
    relation: str
    state: str


def persons_of(household: Household, drafts: Mapping[str, Draft]) -> list[PersonRow]:
    """Return the persons on file today, then those who were typed in."""
    known = [
        PersonRow(
            f"{PERSON}{member.member_id}",
            member.name,
            member.relation,
            _state(drafts.get(f"{PERSON}{member.member_id}")),
        )
        for member in members_standing(household.id, today())
    ]
    return known + [_typed(draft) for step, draft in drafts.items() if is_new_person(step)]


def _typed(draft: Draft) -> PersonRow:
    values, form = grouped(draft.pairs), form_of(draft.step, draft.pairs)
    relation = form["relation_to_head"].said(values.get("relation_to_head", []))
    return PersonRow(draft.step, "".join(values.get("name", [])), relation, _state(draft))


def _state(draft: Draft | None) -> str:
    if draft is None:
        return "open"
    if not form_of(draft.step, draft.pairs).validate():
        return "missing"
    return "done" if draft.is_done else "begun"


def free_slot(drafts: Mapping[str, Draft]) -> int:
    """Return the first number that no new person has."""
    taken = {step for step in drafts if is_new_person(step)}
    return next((number for number in range(1, MOST_NEW + 1) if f"{NEW}{number}" not in taken), MOST_NEW)


def persons_page(household: Household) -> str:
    """Show who lives here and how far each is."""
    drafts = drafts_of(actor(), household.id)
    rows = persons_of(household, drafts)
    standing = standing_of(household.id, MEMBERS) or Standing.nothing()
    return render_template(
        "registry/persons.html",
        household=household,
        step=step_page(household, MEMBERS, drafts.get(MEMBERS), standing),
        rows=[
            {
                "row": row,
                "url": step_url(household.id, row.step),
                "keep_url": url_for("registry.keep", household_id=household.id, step=row.step),
            }
            for row in rows
        ],
        add_url=step_url(household.id, f"{NEW}{free_slot(drafts)}"),
        counted=ngettext("%(count)s person", "%(count)s persons", len(rows)),
        heading=_("Who lives here"),
    )

"""Two versions of a step side by side: the officer chooses field by field, nothing is written over."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request

from core.http import actor
from registry.forms.step import Pairs, StepForm, grouped, paired
from registry.forms.steps import form_of
from registry.models import Household
from registry.queries.drafts import find_draft
from registry.queries.standing import Standing, standing_of
from registry.services.drafting import DraftConflict
from registry.views.survey.pages import step_page

MINE, PICK = "mine-", "pick-"
REGISTER = "register"


@dataclass(frozen=True)
class Pair:
    """One field that two versions say differently."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Versions:
    """Both versions, and by whom the other one is: the register, or another device of the same officer."""

    by: str
    mine: dict[str, list[str]]
    theirs: dict[str, list[str]]
    form: StepForm

    @property
    def rows(self) -> list[Pair]:
        names = [name for name in self.form._fields if self.mine.get(name) != self.theirs.get(name)]
        return [self._row(name) for name in names if name in self.mine or name in self.theirs]

    def _row(self, name: str) -> Pair:
        field = self.form[name]
        said = [field.said(version[name]) if name in version else "" for version in (self.mine, self.theirs)]
        return Pair(name, str(field.label.text), *said)

    def chosen(self, picks: Mapping[str, str]) -> Pairs:
        """Return the step as it was chosen; what both say alike stays."""
        theirs = {name for name, pick in picks.items() if pick == "theirs"}
        names = dict.fromkeys([*self.mine, *self.theirs])
        return paired({name: (self.theirs if name in theirs else self.mine).get(name, []) for name in names})


def versions_of(household: Household, step: str, pairs: Pairs, by: str) -> Versions:
    form = form_of(step, pairs)
    if by == REGISTER:
        theirs = form.raws_of((standing_of(household.id, step) or Standing.nothing()).values)
    else:
        draft = find_draft(actor(), household.id, step)
        theirs = grouped(draft.pairs if draft else ())
    return Versions(by, grouped(pairs), theirs, form)


def versions_page(household: Household, step: str, pairs: Pairs, conflict: DraftConflict) -> str:
    """Show both versions; nothing is chosen beforehand."""
    return _page(household, step, versions_of(household, step, pairs, conflict.by), set())


def _page(household: Household, step: str, versions: Versions, missing: set[str]) -> str:
    standing = standing_of(household.id, step) or Standing.nothing()
    return render_template(
        "registry/conflict.html",
        household=household,
        step=step_page(household, step, find_draft(actor(), household.id, step), standing),
        by=versions.by,
        rows=versions.rows,
        mine=paired(versions.mine),
        missing=missing,
        picked=_picks(),
    )


def _picks() -> dict[str, str]:
    return {name.removeprefix(PICK): value for name, value in request.form.items() if name.startswith(PICK)}


def _sent(household: Household, step: str) -> Versions:
    pairs = [
        (name.removeprefix(MINE), value) for name, value in request.form.items(multi=True) if name.startswith(MINE)
    ]
    by = request.form.get("by", REGISTER)
    return versions_of(household, step, pairs, by if by == "device" else REGISTER)


def settled(household: Household, step: str) -> tuple[Pairs, set[str]]:
    """Return the step as it was chosen, and the fields that nobody chose yet."""
    versions, picks = _sent(household, step), _picks()
    missing = {row.name for row in versions.rows} - {name for name, pick in picks.items() if pick in {"mine", "theirs"}}
    return versions.chosen(picks), missing


def settle_page(household: Household, step: str, missing: set[str]) -> str:
    """Show both versions again, with what is not chosen yet."""
    return _page(household, step, _sent(household, step), missing)

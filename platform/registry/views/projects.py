"""The projects of a village as lines of a page: what is planned, with which money, and what became of it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import url_for

from core.i18n import _, label, ngettext
from registry.choices import FundSource
from registry.models import StationedTeam, VillagePlan, VillageResult
from registry.queries.village_register import plans_and_results
from registry.views.survey.sums import yuan

Rows = list[dict[str, str]]


def project_rows(village_id: UUID, code: str, *, year: int = 0, may_change: bool = False) -> list[dict[str, Any]]:
    """Return the projects of a village, of one year or of all; links only for whoever may change them."""
    found = plans_and_results(village_id)
    return [
        _row(plan, result, code, may_change=may_change)
        for plan, result in found
        if not year or year in {row.year for row in (plan, result) if row is not None}
    ]


def _row(plan: VillagePlan | None, result: VillageResult | None, code: str, *, may_change: bool) -> dict[str, Any]:
    first: Any = plan or result
    links = {"plan_url": "", "result_url": ""}
    if plan is not None and may_change:
        links = {
            "plan_url": url_for("registry.plan", code=code, plan_id=plan.id),
            "result_url": url_for("registry.result", code=code, plan_id=plan.id),
        }
    return {
        "title": _("%(year)s: %(project)s", year=first.year, project=first.project),
        "facts": [*_planned(plan), *_done(result)],
        **links,
    }


def _planned(plan: VillagePlan | None) -> Rows:
    if plan is None:
        return []
    return _rows(
        (_("Kind of project"), plan.category),
        (_("Size"), plan.scale),
        (_("Who has a benefit"), _benefit(plan)),
        (_("Budget"), _budget(plan.budget)),
        (_("Begins on"), plan.starts_on),
        (_("Done by"), plan.ends_on),
        (_("Responsible unit"), plan.responsible_unit),
    )


def _benefit(plan: VillagePlan) -> str:
    words = []
    if plan.beneficiary_households is not None:
        words.append(ngettext("%(count)s household", "%(count)s households", plan.beneficiary_households))
    if plan.beneficiary_people is not None:
        words.append(ngettext("%(count)s person", "%(count)s persons", plan.beneficiary_people))
    return _(", ").join(words)


def _budget(budget: Mapping[str, Any]) -> str:
    known = {source.value: label(source) for source in FundSource}
    money = [(known.get(source, source), yuan(Decimal(str(amount)))) for source, amount in budget.items()]
    return _(", ").join(_("%(source)s %(amount)s", source=source, amount=amount) for source, amount in money)


def _done(result: VillageResult | None) -> Rows:
    if result is None:
        return []
    return _rows(
        (_("Spent so far"), "" if result.spent is None else yuan(result.spent)),
        (_("How far it is"), result.progress),
        (_("Accepted on"), result.accepted_on),
        (_("What it brings"), result.effect),
    )


def public_team(team: StationedTeam | None) -> Rows:
    """Return what everybody sees of a stationed team: the unit, no name."""
    if team is None:
        return []
    level = label(team.unit_level) if team.unit_level else ""
    return _rows((_("Unit"), team.unit), (_("Level of the unit"), level), (_("Since"), team.valid_from))


def _rows(*pairs: tuple[str, Any]) -> Rows:
    return [{"name": name, "value": str(value)} for name, value in pairs if value]

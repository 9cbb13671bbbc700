"""Lists of findings: by place, rule and gravity, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_

from core.db import db
from core.errors import NotFound
from core.i18n import LazyString
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor
from core.scope import scope_clause
from regions.codes import code_range
from registry.choices import FindingStage, Severity
from registry.models import Finding, Household
from registry.rules import RULES, rule_label


@dataclass(frozen=True)
class FindingRow:
    """A finding in a list, with the number of the household that it is about ("" for a village)."""

    finding: Finding
    label: str | LazyString
    household_no: str

    @property
    def details(self) -> Mapping[str, Any]:
        return self.finding.details


def findings_of(
    actor: Actor,
    *,
    region: str = "",
    rule: str = "",
    severity: Severity | None = None,
    state: FindingStage | None = FindingStage.OPEN,
    household_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> Page[FindingRow]:
    """Return findings of the actor's places, the oldest first; without a state all of them."""
    query = (
        select(Finding, Household.household_no)
        .outerjoin(Household, Household.id == Finding.household_id)
        .where(*_conditions(actor, region, state))
    )
    if rule:
        query = query.where(Finding.rule == rule)
    if severity is not None:
        query = query.where(Finding.severity == severity)
    if household_id is not None:
        query = query.where(Finding.household_id == household_id)
    if (after := decode_cursor(cursor, date.fromisoformat, UUID)) is not None:
        query = query.where(tuple_(Finding.first_seen_on, Finding.id) > tuple_(*after))
    rows = db.session.execute(query.order_by(Finding.first_seen_on, Finding.id).limit(limit + 1))
    found = [FindingRow(finding, rule_label(RULES, finding.rule), number or "") for finding, number in rows]
    return make_page(found, limit, lambda row: encode_cursor(row.finding.first_seen_on.isoformat(), row.finding.id))


def _conditions(actor: Actor, region: str, state: FindingStage | None) -> Sequence[ColumnElement[bool]]:
    found = [scope_clause(Finding, actor)]
    if region:
        lo, hi = code_range(region)
        found += [Finding.region_code >= lo, Finding.region_code < hi]
    if state is FindingStage.GONE:
        found.append(Finding.gone_on.is_not(None))
    elif state is not None:
        accepted = Finding.accepted_at.is_not(None)
        found += [Finding.gone_on.is_(None), accepted if state is FindingStage.ACCEPTED else ~accepted]
    return found


def finding_counts(actor: Actor, *, region: str = "") -> Mapping[str, int]:
    """Return how many findings are open in the actor's places, by rule."""
    query = select(Finding.rule, func.count().label("open")).where(*_conditions(actor, region, FindingStage.OPEN))
    return {row.rule: int(row.open) for row in db.session.execute(query.group_by(Finding.rule))}


def get_finding(actor: Actor, finding_id: UUID) -> Finding:
    """Return a finding in the actor's places, or raise NotFound."""
    found = db.session.scalar(select(Finding).where(Finding.id == finding_id, scope_clause(Finding, actor)))
    if found is None:
        raise NotFound
    return found

"""Households on the sentinel lists of a village, and what came of each (domain.md 3.7.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from core.clock import today
from core.db import db
from core.policy import Actor, require
from core.policy_packs import policy_value
from core.privacy import mask_name
from identification.case_choices import CaseStage
from identification.case_policy import CasePermission
from identification.queries.cases.reading import ENDED
from identification.round_choices import Outcome
from regions.codes import code_range
from registry.choices import MonitoringStatus, PovertyStatus, Sentinel
from registry.models import Household
from registry.queries.sentinels import sentinel_facts

POLICY = "clues"
ON_REGISTER = (PovertyStatus.NOT_OUT, PovertyStatus.PRE_EXIT, PovertyStatus.RELAPSED)
# Lists that tell of illness: who stands on them is said in the file of the household, never on a list.
OF_HEALTH = frozenset({Sentinel.DISABILITY, Sentinel.HIGH_MEDICAL_COST})
_STANDING = text(
    """
SELECT h.id, p.poverty_status, p.monitoring_status, c.id AS case_id, c.stage, c.stage_on, c.sentinels,
       greatest((SELECT max(e.happened_on) FROM frame_entry e
                  WHERE e.household_id = h.id AND e.state = 'declined_in_writing'),
                (SELECT max((s.taken_at AT TIME ZONE 'Asia/Shanghai')::date) FROM identification_case d
                   JOIN case_step s ON s.case_id = d.id AND s.name = 'decline' WHERE d.household_id = h.id)
       ) AS refused_on
  FROM household h
  LEFT JOIN LATERAL (
      SELECT poverty_status, monitoring_status FROM household_profile p
       WHERE p.household_id = h.id AND p.superseded_by IS NULL AND p.valid_from <= :day
         AND (p.valid_to IS NULL OR p.valid_to > :day) LIMIT 1
  ) p ON true
  LEFT JOIN LATERAL (
      SELECT id, stage, stage_on, sentinels FROM identification_case c WHERE c.household_id = h.id
       ORDER BY c.stage = ANY(:ended), c.entered_on DESC, c.id LIMIT 1
  ) c ON true
 WHERE h.id = ANY(:ids)
"""
)


@dataclass(frozen=True)
class Standing:
    """What is known of a household on a sentinel list, besides the lists."""

    poverty_status: PovertyStatus | None = None
    monitoring_status: MonitoringStatus | None = None
    case_id: UUID | None = None
    stage: CaseStage | None = None
    stage_on: date | None = None
    known: frozenset[str] = frozenset()
    refused_on: date | None = None


@dataclass(frozen=True)
class SentinelRow:
    """A household of the lists: name masked, lists of illness counted only."""

    household_id: UUID
    household_no: str
    group_no: str
    masked_name: str
    lists: tuple[Sentinel, ...]
    of_health: int
    outcome: Outcome
    case_id: UUID | None
    stage: CaseStage | None


def outcome_of(standing: Standing, codes: frozenset[Sentinel], day: date, rules: Mapping[str, Any]) -> Outcome:
    """Return what came of a household. `rules`: policy data `clues`, in days. Rule: domain.md 3.7.3."""
    if standing.stage is not None and standing.stage not in ENDED:
        return Outcome.MONITORED if _is_monitored(standing) else Outcome.UNDER_WAY
    if _is_monitored(standing):
        return Outcome.MONITORED
    if standing.poverty_status in ON_REGISTER:
        return Outcome.ON_REGISTER
    if standing.refused_on is not None and (day - standing.refused_on).days < int(rules["refusal_days"]):
        return Outcome.DECLINED
    if standing.stage_on is None or codes - {Sentinel(code) for code in standing.known}:
        return Outcome.TO_ASK
    return Outcome.DECIDED if (day - standing.stage_on).days < int(rules["rest_days"]) else Outcome.TO_ASK


def _is_monitored(standing: Standing) -> bool:
    return standing.monitoring_status is MonitoringStatus.MONITORED


def standings_of(household_ids: Iterable[UUID], day: date) -> dict[UUID, Standing]:
    """Return what is known of households, by household."""
    values = {"ids": list(household_ids), "day": day, "ended": [stage.value for stage in ENDED]}
    return {row.id: _standing(row) for row in db.session.execute(_STANDING, values)}


def _standing(row: Any) -> Standing:
    return Standing(
        PovertyStatus(row.poverty_status) if row.poverty_status else None,
        MonitoringStatus(row.monitoring_status) if row.monitoring_status else None,
        row.case_id,
        CaseStage(row.stage) if row.stage else None,
        row.stage_on,
        frozenset(row.sentinels or ()),
        row.refused_on,
    )


def found_in(region_code: str, day: date) -> dict[UUID, tuple[frozenset[Sentinel], Standing, Outcome]]:
    """Return every household on a list of a village with its lists, what is known, and what came of it."""
    lists = sentinel_facts(region_code, day)
    rules = policy_value(POLICY, region_code, day)
    standings = standings_of(lists, day)
    return {key: (codes, standings[key], outcome_of(standings[key], codes, day, rules)) for key, codes in lists.items()}


def sentinel_rows(actor: Actor, region_code: str) -> list[SentinelRow]:
    """Return the households on the lists of a village: those whom nobody asked first, then by number."""
    require(actor, CasePermission.CLUE_FIND, _Place(region_code))
    found = found_in(region_code, today())
    households = db.session.scalars(
        select(Household).where(Household.id.in_(found)).order_by(Household.household_no)
    ).all()
    rows = [_row(household, *found[household.id]) for household in households]
    return sorted(rows, key=lambda row: row.outcome is not Outcome.TO_ASK)


@dataclass(frozen=True)
class _Place:
    region_code: str


def _row(household: Household, codes: frozenset[Sentinel], standing: Standing, outcome: Outcome) -> SentinelRow:
    return SentinelRow(
        household.id,
        household.household_no,
        household.group_no,
        mask_name(household.head_name),
        tuple(code for code in Sentinel if code in codes - OF_HEALTH),
        len(codes & OF_HEALTH),
        outcome,
        standing.case_id if outcome in (Outcome.UNDER_WAY, Outcome.DECIDED) else None,
        standing.stage,
    )


def villages_after(place: str, after: str, *, limit: int) -> list[str]:
    """Return the next villages of a place that have households, in the order of their codes."""
    lo, hi = code_range(place)
    query = select(Household.region_code).where(
        Household.region_code > after, Household.region_code >= lo, Household.region_code < hi
    )
    return list(db.session.scalars(query.distinct().order_by(Household.region_code).limit(limit)))

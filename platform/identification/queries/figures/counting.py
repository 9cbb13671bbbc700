"""Counting what a village's figures are made of, for all villages of a place at once (domain.md 3.7.5)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select, text

from core.clock import today
from core.db import db
from core.policy_packs import policy_value
from identification.case_choices import CaseStage
from identification.figures.arithmetic import Counts
from identification.models import IdentificationRound
from identification.queries.cases.reading import BEFORE_VOTE
from identification.queries.rounds import coverages_of
from regions.codes import code_range

POLICY = "village_figures"
ADMITTED = (
    CaseStage.COUNTY_APPROVED,
    CaseStage.ANNOUNCED,
    CaseStage.REGISTERED,
    CaseStage.MONITORED,
    CaseStage.PLAN_MADE,
    CaseStage.MEASURES_ACTIVE,
    CaseStage.CLEARING_REVIEW,
    CaseStage.CLEARED,
)
# Objections that name no list and no case are about monitoring, which goes on all year.
_COUNTED = text(
    """
WITH cases AS (
    SELECT c.id, c.region_code, c.stage, c.origin, c.reject_reason, c.over_quota_since, c.household_id
      FROM identification_case c LEFT JOIN identification_round r ON r.id = c.round_id
     WHERE c.pack = :pack AND c.region_code >= :lo AND c.region_code < :hi
       AND coalesce(r.year, extract(year FROM c.entered_on)) = :year
), villages AS (
    SELECT region_code FROM cases
    UNION SELECT region_code FROM identification_round
           WHERE pack = :pack AND year = :year AND region_code >= :lo AND region_code < :hi
), old AS (
    SELECT household_id, region_code FROM (
        SELECT DISTINCT ON (p.household_id) p.household_id, p.region_code, p.previously_registered
          FROM household_profile p
         WHERE p.superseded_by IS NULL AND p.region_code >= :lo AND p.region_code < :hi
         ORDER BY p.household_id, p.valid_from DESC
    ) newest WHERE previously_registered
), homes AS (
    SELECT region_code, count(*) AS households FROM household
     WHERE region_code >= :lo AND region_code < :hi AND erased_at IS NULL AND ended_on IS NULL GROUP BY region_code
), of_old AS (
    SELECT region_code, count(*) AS old FROM old GROUP BY region_code
), of_cases AS (
    SELECT c.region_code,
           count(*) FILTER (WHERE c.origin IN ('self_report', 'on_behalf') OR EXISTS (
               SELECT FROM case_step s WHERE s.case_id = c.id AND s.name = 'submit')) AS applications,
           count(DISTINCT c.household_id) FILTER (WHERE c.stage = ANY(:admitted)) AS admitted,
           count(DISTINCT old.household_id) FILTER (WHERE c.stage = ANY(:admitted)) AS kept,
           count(*) FILTER (WHERE c.stage = ANY(:before_vote)) AS unvoted,
           count(*) FILTER (WHERE c.stage = 'eligible_over_quota') AS over_quota,
           coalesce(CAST(:day AS date) - min(c.over_quota_since) FILTER (WHERE c.stage = 'eligible_over_quota'), 0)
               AS longest_wait
      FROM cases c LEFT JOIN old ON old.household_id = c.household_id GROUP BY c.region_code
), of_reasons AS (
    SELECT region_code, jsonb_object_agg(reject_reason, found) AS rejected FROM (
        SELECT region_code, reject_reason, count(*) AS found FROM cases WHERE stage = 'not_admitted'
         GROUP BY region_code, reject_reason
    ) each_reason GROUP BY region_code
), of_objections AS (
    SELECT o.region_code, count(*) AS objections,
           count(*) FILTER (WHERE o.finding IN ('upheld', 'partly_upheld') AND o.decided_at IS NOT NULL) AS upheld
      FROM objection o
      LEFT JOIN identification_case c ON c.id = o.case_id
      LEFT JOIN notice n ON n.id = o.notice_id
      LEFT JOIN identification_round r ON r.id = coalesce(c.round_id, n.round_id)
     WHERE o.region_code >= :lo AND o.region_code < :hi AND coalesce(c.pack, n.pack, 'B_monitoring_2021') = :pack
       AND coalesce(r.year, extract(year FROM o.filed_at AT TIME ZONE 'Asia/Shanghai')) = :year
     GROUP BY o.region_code
)
SELECT v.region_code, coalesce(h.households, 0) AS households, coalesce(b.old, 0) AS old,
       coalesce(c.applications, 0) AS applications, coalesce(c.admitted, 0) AS admitted, coalesce(c.kept, 0) AS kept,
       coalesce(c.unvoted, 0) AS unvoted, coalesce(c.over_quota, 0) AS over_quota,
       coalesce(c.longest_wait, 0) AS longest_wait, coalesce(r.rejected, '{}') AS rejected,
       coalesce(o.objections, 0) AS objections, coalesce(o.upheld, 0) AS upheld
  FROM villages v
  LEFT JOIN homes h USING (region_code) LEFT JOIN of_old b USING (region_code)
  LEFT JOIN of_cases c USING (region_code)
  LEFT JOIN of_reasons r USING (region_code) LEFT JOIN of_objections o USING (region_code)
 ORDER BY v.region_code
"""
)


def counts_in(place: str, pack: str, year: int) -> dict[str, Counts]:
    """Return the counts of every village of a place (any level) that has a case or a round of the pack and year."""
    lo, hi = code_range(place)
    values = {
        "lo": lo,
        "hi": hi,
        "pack": pack,
        "year": year,
        "day": today(),
        "admitted": [stage.value for stage in ADMITTED],
        "before_vote": [stage.value for stage in BEFORE_VOTE],
    }
    rows = db.session.execute(_COUNTED, values).mappings().all()
    reached = _reached(_rounds(lo, hi, pack, year))
    compares = pack in policy_value(POLICY, place, today())["old_register_packs"]
    counted = {row["region_code"]: _counts(dict(row), reached.get(row["region_code"])) for row in rows}
    return {region_code: replace(counts, compares=compares) for region_code, counts in counted.items()}


def _rounds(lo: str, hi: str, pack: str, year: int) -> Iterable[IdentificationRound]:
    """Return the newest round of each village."""
    query = select(IdentificationRound).where(
        IdentificationRound.pack == pack,
        IdentificationRound.year == year,
        IdentificationRound.region_code >= lo,
        IdentificationRound.region_code < hi,
    )
    ordered = query.order_by(IdentificationRound.opened_on, IdentificationRound.id)
    return {found.region_code: found for found in db.session.scalars(ordered)}.values()


def _reached(rounds: Iterable[IdentificationRound]) -> dict[str, tuple[int, int]]:
    """Return for each village the households of its list, and how many of them were reached."""
    found = list(rounds)
    counted = coverages_of(found)
    return {each.region_code: (counted[each.id].households, counted[each.id].reached) for each in found}


def _counts(row: dict[str, Any], listed: tuple[int, int] | None) -> Counts:
    del row["region_code"]
    households, reached = listed or (row.pop("households"), None)
    return Counts(**(row | {"households": households, "reached": reached}))


def periods_in(place: str) -> list[tuple[str, int]]:
    """Return the packs and years of which a place has cases or rounds, the newest year first."""
    lo, hi = code_range(place)
    found = db.session.execute(_PERIODS, {"lo": lo, "hi": hi})
    return [(row.pack, int(row.year)) for row in found]


_PERIODS = text(
    """
SELECT pack, year FROM (
    SELECT c.pack, coalesce(r.year, extract(year FROM c.entered_on)) AS year
      FROM identification_case c LEFT JOIN identification_round r ON r.id = c.round_id
     WHERE c.region_code >= :lo AND c.region_code < :hi
    UNION SELECT pack, year FROM identification_round WHERE region_code >= :lo AND region_code < :hi
) AS found GROUP BY pack, year ORDER BY year DESC, pack
"""
)

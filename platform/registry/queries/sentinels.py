"""Who stands on a sentinel list on a day, from the registers alone (domain.md 3.7.3).

A list is a reason to go and ask, never a decision. Ages are counted by the year of birth, which alone stands open.
Nobody is called alone while some of the household are not on file yet.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import text

from core.db import db
from core.policy_packs import policy_value
from regions.codes import code_range
from registry.choices import Sentinel

_HOLDS = (
    "{0}.superseded_by IS NULL AND {0}.valid_from <= :day AND ({0}.valid_to IS NULL OR {0}.valid_to > :day)"
    " AND {0}.region_code >= :lo AND {0}.region_code < :hi"
)
_FACTS = text(
    f"""
WITH standing AS (
    SELECT id, size FROM household
    WHERE region_code >= :lo AND region_code < :hi AND erased_at IS NULL AND (ended_on IS NULL OR ended_on > :day)
), persons AS (
    SELECT s.household_id, s.relation_to_head, m.id_type, CAST(:year AS int) - m.birth_year AS age, p.*
    FROM membership s
    JOIN member m ON m.id = s.member_id
    LEFT JOIN LATERAL (
        SELECT p.receives_dibao, p.health_status, p.disability_level, p.school_status, p.is_widowed, p.valid_from
        FROM member_profile p WHERE p.member_id = m.id AND {_HOLDS.format("p")}
    ) p ON true
    WHERE {_HOLDS.format("s")}
), facts AS (
    SELECT household_id, unnest(array_remove(ARRAY[
        CASE WHEN receives_dibao THEN 'dibao' END,
        CASE WHEN id_type = 'disability_certificate' OR disability_level IS NOT NULL
                  OR 'disability' = ANY (health_status) THEN 'disability' END,
        CASE WHEN school_status = 'not_in_school' AND age BETWEEN :school_from AND :school_until
             THEN 'school_dropout' END,
        CASE WHEN is_widowed AND valid_from > :widowed_after THEN 'new_widow' END
    ], NULL)) AS code FROM persons
    UNION ALL
    SELECT household_id, 'old_alone' FROM persons JOIN standing ON standing.id = household_id
    GROUP BY household_id, standing.size
    HAVING bool_and(coalesce(age >= :old_from, false)) AND count(*) >= standing.size
    UNION ALL
    SELECT household_id, unnest(array_remove(ARRAY[
        CASE WHEN household_category && ARRAY['dibao_household', 'dibao_poor'] THEN 'dibao' END,
        CASE WHEN 'wubao_household' = ANY (household_category) THEN 'tekun' END
    ], NULL)) FROM household_profile h WHERE {_HOLDS.format("h")}
    UNION ALL
    SELECT household_id, unnest(array_remove(ARRAY[
        CASE WHEN house_grade IN ('c', 'd') AND dilapidated_repaired_year IS NULL THEN 'dilapidated_house' END,
        CASE WHEN NOT water_safe OR water_difficult THEN 'unsafe_water' END,
        CASE WHEN disaster_hit THEN 'disaster_hit' END
    ], NULL)) FROM living_conditions l WHERE {_HOLDS.format("l")}
    UNION ALL
    SELECT r.household_id, 'high_medical_cost' FROM income_record r
    JOIN income_item i ON i.record_id = r.id AND i.item = 'compliant_self_paid' AND i.amount >= :medical_cost
    WHERE r.superseded_by IS NULL AND r.year BETWEEN CAST(:year AS int) - 1 AND CAST(:year AS int)
        AND r.region_code >= :lo AND r.region_code < :hi
    UNION ALL
    SELECT e.household_id, 'new_widow' FROM member_event e
    JOIN membership s ON s.ended_by = e.id AND s.relation_to_head = 'spouse'
    WHERE e.kind = 'died' AND e.happened_on <= :day AND e.happened_on > :widowed_after
        AND e.region_code >= :lo AND e.region_code < :hi
)
SELECT f.household_id, array_agg(DISTINCT f.code) AS codes FROM facts f JOIN standing ON standing.id = f.household_id
GROUP BY f.household_id ORDER BY f.household_id
"""  # noqa: S608 - only the names of our own tables are put in
)


def sentinel_facts(region_code: str, day: date) -> Mapping[UUID, frozenset[Sentinel]]:
    """Return for each household of a place (any level) the lists it stands on that day; others are left out."""
    limits = policy_value("sentinels", region_code, day)
    lo, hi = code_range(region_code)
    values = {
        "lo": lo,
        "hi": hi,
        "day": day,
        "year": day.year,
        "old_from": limits["old_from_age"],
        "school_from": limits["school_from_age"],
        "school_until": limits["school_until_age"],
        "medical_cost": limits["high_medical_cost"],
        "widowed_after": _years_before(day, limits["widowed_within_years"]),
    }
    return {row.household_id: frozenset(map(Sentinel, row.codes)) for row in db.session.execute(_FACTS, values)}


def _years_before(day: date, years: int) -> date:
    last_of_february = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if last_of_february else day.day)

"""How each household of a round was reached, from what was entered by hand and from the cases themselves.

A visit, an application and a written refusal stand with the case; they are read there and never written twice.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Date, Subquery, Uuid, bindparam, text

from core.types import choice
from identification.case_choices import Contact

REACHED = (Contact.VISITED, Contact.APPLIED, Contact.DECLINED_IN_WRITING, Contact.ABSENT_CONTACTED)

# The last time that a household was reached; "not reached" stands only where nothing else does.
_LATEST = text(
    """
WITH rounds AS (
    SELECT id, region_code, pack, opened_on, coalesce(closed_on, :day) AS until
      FROM identification_round WHERE id = ANY(:rounds)
), own AS (
    SELECT r.id AS round_id, r.opened_on, r.until, c.id AS case_id, c.household_id, c.origin, c.entered_on,
           coalesce(c.round_id = r.id, c.pack = r.pack AND c.entered_on BETWEEN r.opened_on AND r.until) AS belongs
      FROM rounds r JOIN identification_case c ON c.region_code = r.region_code AND c.household_id IS NOT NULL
), contacts AS (
    SELECT round_id, household_id, state, happened_on FROM frame_entry WHERE round_id = ANY(:rounds)
    UNION ALL
    SELECT o.round_id, o.household_id, 'visited', v.visited_on
      FROM own o JOIN case_visit v ON v.case_id = o.case_id
     WHERE o.belongs OR v.visited_on BETWEEN o.opened_on AND o.until
    UNION ALL
    SELECT round_id, household_id, 'applied', entered_on FROM own WHERE belongs AND origin = 'self_report'
    UNION ALL
    SELECT o.round_id, o.household_id, CASE s.name WHEN 'submit' THEN 'applied' ELSE 'declined_in_writing' END,
           (s.taken_at AT TIME ZONE 'Asia/Shanghai')::date
      FROM own o JOIN case_step s ON s.case_id = o.case_id AND s.name IN ('submit', 'decline')
     WHERE o.belongs
)
SELECT DISTINCT ON (round_id, household_id) round_id, household_id, state, happened_on FROM contacts
 ORDER BY round_id, household_id, state = 'absent_unreachable', happened_on DESC,
          array_position(ARRAY['visited', 'applied', 'declined_in_writing', 'absent_contacted'], state::text)
"""
)


def latest_contacts(rounds: Iterable[UUID], day: date) -> Subquery:
    """Return the rows round_id, household_id, state, happened_on of some rounds, to be joined."""
    bound = _LATEST.bindparams(bindparam("rounds", value=list(rounds)), bindparam("day", value=day))
    found = bound.columns(round_id=Uuid(), household_id=Uuid(), state=choice(Contact), happened_on=Date())
    return found.subquery("latest")

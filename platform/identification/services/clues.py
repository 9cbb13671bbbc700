"""Households on sentinel lists whom nobody has asked become clues (domain.md 3.7.3)."""

from sqlalchemy import text

from core.clock import today
from core.db import db
from core.policy import SYSTEM, Actor, require
from identification.case_choices import CaseOrigin
from identification.case_packs import MONITORING_2021
from identification.case_policy import CasePermission
from identification.models import IdentificationRound
from identification.queries.clues import found_in, villages_after
from identification.queries.rounds import running_rounds
from identification.round_choices import Outcome
from identification.services.cases import open_case
from identification.services.noticing import Place
from registry.models import Household

VILLAGES, CLUES = 20, 200
_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:village, 23))")


def look_for_clues(region_code: str, *, actor: Actor, limit: int = CLUES) -> int:
    """Look through the lists of a village now, because somebody asks; return how many clues were found.

    The clues are the platform's: who pressed the button has taken no part in the case.
    """
    require(actor, CasePermission.CLUE_FIND, Place(region_code))
    return find_clues(region_code, limit=limit)


def find_clues(region_code: str, *, limit: int = CLUES) -> int:
    """Open a clue for everybody on a list of the village whom nobody has asked, up to a limit; return how many.

    A second time changes nothing: who has a clue has been thought of.
    """
    db.session.execute(_ONE_BY_ONE, {"village": f"clues/{region_code}"})
    found = found_in(region_code, today())
    waiting = [(key, codes) for key, (codes, _known, outcome) in found.items() if outcome is Outcome.TO_ASK]
    running, pack = _rules_of(region_code)
    for household_id, codes in waiting[:limit]:
        open_case(
            actor=SYSTEM,
            region_code=region_code,
            pack=pack,
            origin=CaseOrigin.SENTINEL,
            household=db.session.get_one(Household, household_id),
            running=running,
            sentinels=sorted(codes),
        )
    return len(waiting[:limit])


def _rules_of(region_code: str) -> tuple[IdentificationRound | None, str]:
    """Return the round that a clue of the village belongs to, and its pack: a running one first, else monitoring."""
    running = next(iter(running_rounds(region_code)), None)
    return (running, running.pack) if running is not None else (None, MONITORING_2021)


def find_clues_after(place: str, after: str) -> str | None:
    """Go through the next villages of a place; return the last one that is done, or None when all are.

    A village with more clues than one turn takes is gone through again in the next.
    """
    left = CLUES
    for village in villages_after(place, after, limit=VILLAGES):
        left -= find_clues(village, limit=left)
        if left <= 0:
            return after
        after = village
    return after if villages_after(place, after, limit=1) else None

"""A village opens a round, writes why households were not reached, and closes the round."""

from uuid import UUID, uuid4

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from identification.case_packs import PACKS, pack_of
from identification.models import IdentificationRound
from identification.queries.quotas import standing
from identification.queries.rounds import is_uncovered, running_round, unvoted_in
from identification.workflow import round_workflow
from regions.codes import RegionLevel, county_code, level

EARLIEST = 2013
SHORTEST, LONGEST = 10, 1000


def open_round(*, actor: Actor, region_code: str, pack: str, year: int) -> IdentificationRound:
    """Open a round of a village. It keeps the run that gives the village its number of the year, where one holds."""
    _refuse_mistakes(region_code, pack, year)
    day = today()
    running = IdentificationRound(
        id=uuid4(),
        region_code=region_code,
        county_code=county_code(region_code),
        pack=pack,
        year=year,
        opened_on=day,
        opened_by=actor.account_id,
        quota_run_id=_quota_run(region_code, pack, year),
    )
    round_workflow.fire(running, "open", actor=actor)
    if running_round(region_code, pack) is not None:
        raise Refused(_l("A round of this village is running already."), code="round_open")
    db.session.add(running)
    db.session.flush()  # who opens it goes on to its page
    return running


def _refuse_mistakes(region_code: str, pack: str, year: int) -> None:
    if len(region_code) != 12 or level(region_code) is not RegionLevel.VILLAGE:
        raise NotValid({"region_code": [_l("Choose the village.")]})
    if pack not in PACKS:
        raise NotValid({"pack": [_l("Choose the rules.")]})
    if not EARLIEST <= year <= today().year + 1:
        raise NotValid({"year": [_l("Enter a year from 2013 to the coming one.")]})


def _quota_run(region_code: str, pack: str, year: int) -> UUID | None:
    if not pack_of(pack, region_code, today())["scale_control"]:
        return None
    found = standing(region_code, year)
    return None if found is None else found.run_id


def explain_coverage(running: IdentificationRound, *, actor: Actor, words: str) -> None:
    """Write why too few households were reached; the first notice may then hang all the same (domain.md 3.7.2)."""
    said = words.strip()
    round_workflow.check(running, "explain", actor=actor, facts={})
    if not SHORTEST <= len(said) <= LONGEST:
        raise NotValid({"reason": [_l("Write why, in 10 to 1,000 characters.")]})
    round_workflow.fire(running, "explain", actor=actor, reason="explain_words")
    running.uncovered_reason = said


def close_round(running: IdentificationRound, *, actor: Actor) -> None:
    """Close a round in which every case had its vote."""
    facts = {"unvoted": unvoted_in(running), "uncovered": is_uncovered(running.id)}
    with db.session.no_autoflush:  # the row is whole only with its day
        round_workflow.fire(running, "close", actor=actor, facts=facts)
        running.closed_on = today()
    db.session.flush()  # its figures are asked for

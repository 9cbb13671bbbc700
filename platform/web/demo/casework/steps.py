"""What offices do with a case, as the demo tells it: by the services of the desk, each in his own name."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from core.clock import move_clock, today
from core.db import db
from core.policy import Actor
from identification.case_choices import Department, Hardship, MatchResult, Seen, VetoStage
from identification.models import IdentificationCase, VetoFlag
from identification.queries.cases import find_case
from identification.queries.cases.file import flags_of
from identification.services.cases import (
    VisitSeen,
    authorise_case,
    clear_flag,
    confirm_flag,
    enter_match,
    enter_visit,
    fire_case,
    propose_case,
    sign_case,
)
from web.demo.cast import by
from web.demo.names import story
from web.demo.village import Officers

Thing = TypeVar("Thing")
APART = timedelta(minutes=2)
SOUND = {
    "food": Seen.SOUND,
    "housing": Seen.SOUND,
    "labour": Seen.SOUND,
    "schooling": Seen.SOUND,
    "water": Seen.SOUND,
}


def turn(actor: Actor) -> Actor:
    """Let the next one act; what the one before did is written in his name."""
    db.session.flush()  # records name who acted
    return by(actor)


def one_by_one(things: Iterable[Thing], at: datetime) -> Iterator[Thing]:
    """Go through things from a moment on, a little time for each."""
    for number, thing in enumerate(things):
        db.session.flush()  # what was done before happened before
        move_clock(at + number * APART)
        yield thing


def step(case_id: UUID, name: str, actor: Actor, words: str = "", **facts: Any) -> IdentificationCase:
    """Take a step of a case."""
    case = find_case(case_id)
    fire_case(case, name, actor=turn(actor), reason=words or None, **facts)
    return case


def letter(case_id: UUID, actor: Actor, witness: str) -> None:
    """Enter the commitment letter with the witness of its thumbprint."""
    authorise_case(find_case(case_id), actor=turn(actor), signed_on=today(), witness=witness)


def visit(case_id: UUID, officers: Officers, views: Mapping[str, Seen], year: int | None) -> None:
    """Let the village's officer and the team see the house; without a year the income cannot be measured."""
    first, second = officers.village.account_id, officers.team.account_id
    if first is None or second is None:
        raise LookupError(case_id)
    words = story("cases")
    seen = VisitSeen(
        today(),
        first,
        second,
        {**SOUND, **views},
        income_year=year,
        no_income_reason="" if year else words["paper_seen"],
        words=words["visited"],
    )
    enter_visit(find_case(case_id), seen, actor=turn(officers.village))


def answers(
    case_id: UUID, actor: Actor, found: Mapping[Department, str], asked: Iterable[Department] = tuple(Department)
) -> None:
    """Enter what departments answered; those in `found` found something."""
    for department in asked:
        enter_match(
            find_case(case_id),
            actor=turn(actor),
            department=department,
            result=MatchResult.FOUND if department in found else MatchResult.NOTHING_FOUND,
            as_of=today(),
            words=found.get(department, ""),
        )


def decide_flags(case_id: UUID, actor: Actor, *, cleared: str = "", confirmed: str = "") -> None:
    """Clear the open flags of a case as tools for work, or confirm them; with evidence either way."""
    for flag in open_flags(case_id):
        if cleared:
            clear_flag(flag, actor=turn(actor), evidence=cleared, hardship=Hardship.TOOL_FOR_WORK)
        else:
            confirm_flag(flag, actor=turn(actor), evidence=confirmed)


def open_flags(case_id: UUID) -> list[VetoFlag]:
    """Return the flags that nobody has decided."""
    return [flag for flag in flags_of(case_id) if flag.stage is VetoStage.OPEN]


def propose(case_id: UUID, officers: Officers) -> None:
    """Bring a case before the meeting."""
    propose_case(find_case(case_id), actor=turn(officers.village))


def sign(case_id: UUID, officers: Officers) -> None:
    """Let committee and team sign."""
    for actor in (officers.village, officers.team):
        sign_case(find_case(case_id), actor=turn(actor))

"""The preliminary list of a village, which committee and team sign (domain.md 3.2, step 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.clock import local_day, today
from core.db import db
from core.errors import NotFound
from core.policy import Actor, require
from core.privacy import mask_name
from core.scope import scope_clause
from identification.case_choices import CaseStage, MeetingStage, VetoCode, VetoStage
from identification.case_packs import PACKS, pack_of
from identification.case_policy import CasePermission
from identification.guards.cases import signature_column
from identification.models import CaseStep, IdentificationCase, Meeting, MeetingVote, VetoFlag
from registry.models import Household

LISTED = (CaseStage.PRELIMINARY, CaseStage.VILLAGE_VERIFIED)


@dataclass(frozen=True)
class ListedHousehold:
    """A household of the list: how it was voted on, who has signed, and whether the reader still owes a signature."""

    case_id: UUID
    masked_name: str
    household_no: str
    group_no: str
    persons: int
    votes: tuple[int, int, int, int] | None
    held_on: date | None
    flags: tuple[VetoCode, ...]
    committee_on: date | None
    team_on: date | None
    is_mine: bool
    is_closed: bool


@dataclass(frozen=True)
class WaitingList:
    """A village whose list waits for signatures, and how many households stand on it."""

    region_code: str
    households: int


def signs_lists(pack: str, region_code: str) -> bool:
    """Return whether a pack has its lists signed; monitoring goes from the meeting to the notice."""
    steps = pack_of(pack, region_code, today())["transitions"]
    return any(step["name"] == "sign_list" for step in steps)


def signing_packs(region_code: str) -> list[str]:
    """Return the packs whose lists are signed in a place."""
    return [pack for pack in PACKS if signs_lists(pack, region_code)]


def waiting_lists(actor: Actor) -> list[WaitingList]:
    """Return the villages of the actor's places with households that wait for a signature."""
    require(actor, CasePermission.CASE_READ)
    place = next((lo for lo, _hi in actor.ranges), "")
    query = (
        select(IdentificationCase.region_code, func.count())
        .where(
            scope_clause(IdentificationCase, actor),
            IdentificationCase.stage == CaseStage.PRELIMINARY,
            IdentificationCase.pack.in_(signing_packs(place)),
        )
        .group_by(IdentificationCase.region_code)
        .order_by(IdentificationCase.region_code)
    )
    return [WaitingList(code, int(count)) for code, count in db.session.execute(query)]


def listed_households(actor: Actor, region_code: str) -> list[ListedHousehold]:
    """Return the list of a village: what waits for signatures, and what was signed by both and waits for its notice.

    Raises NotFound for a village outside the actor's places.
    """
    require(actor, CasePermission.CASE_READ)
    if not any(lo <= region_code < hi for lo, hi in actor.ranges):
        raise NotFound
    query = (
        select(IdentificationCase, Household)
        .join(Household, Household.id == IdentificationCase.household_id)
        .where(
            scope_clause(IdentificationCase, actor),
            IdentificationCase.region_code == region_code,
            IdentificationCase.stage.in_(LISTED),
            IdentificationCase.pack.in_(signing_packs(region_code)),
        )
        .order_by(Household.household_no, IdentificationCase.id)
    )
    return _lines([(row[0], row[1]) for row in db.session.execute(query)], actor)


def _lines(rows: Sequence[tuple[IdentificationCase, Household]], actor: Actor) -> list[ListedHousehold]:
    ids = [case.id for case, _household in rows]
    votes, flags, days = _votes(ids), _flags(ids), _days(ids)
    return [
        ListedHousehold(
            case_id=case.id,
            masked_name=mask_name(household.head_name),
            household_no=household.household_no,
            group_no=household.group_no,
            persons=case.persons or household.size,
            votes=votes.get(case.id, (None, None))[0],
            held_on=votes.get(case.id, (None, None))[1],
            flags=tuple(flags.get(case.id, ())),
            committee_on=days.get((case.id, case.committee_by)),
            team_on=days.get((case.id, case.team_by)),
            is_mine=owes_signature(case, actor),
            is_closed=case.stage is CaseStage.VILLAGE_VERIFIED,
        )
        for case, household in rows
    ]


def owes_signature(case: IdentificationCase, actor: Actor) -> bool:
    """Return whether the list waits for this very person: his office has not signed, and he not for another one."""
    if case.stage is not CaseStage.PRELIMINARY or actor.account_id in (case.committee_by, case.team_by):
        return False
    return signature_column(case, actor) is not None


def _votes(ids: Sequence[UUID]) -> dict[UUID, tuple[tuple[int, int, int, int], date]]:
    """Return the last counted vote of each case with the day of its meeting."""
    query = (
        select(MeetingVote, Meeting.held_on)
        .join(Meeting, Meeting.id == MeetingVote.meeting_id)
        .where(MeetingVote.case_id.in_(ids), Meeting.stage == MeetingStage.HELD)
        .order_by(Meeting.held_on, Meeting.created_at)
    )
    return {vote.case_id: (_counts(vote), day) for vote, day in db.session.execute(query)}


def _counts(vote: MeetingVote) -> tuple[int, int, int, int]:
    return vote.votes_for, vote.votes_against, vote.abstained, len(vote.recused)


def _flags(ids: Sequence[UUID]) -> dict[UUID, list[VetoCode]]:
    stated = (VetoStage.OPEN, VetoStage.CONFIRMED)
    query = select(VetoFlag.case_id, VetoFlag.code).where(VetoFlag.case_id.in_(ids), VetoFlag.stage.in_(stated))
    found: dict[UUID, list[VetoCode]] = {}
    for case_id, code in db.session.execute(query.order_by(VetoFlag.raised_on, VetoFlag.code)):
        found.setdefault(case_id, []).append(code)
    return found


def _days(ids: Sequence[UUID]) -> dict[Any, date]:
    """Return on which day somebody signed for a case, the last time."""
    query = select(CaseStep.case_id, CaseStep.taken_by, CaseStep.taken_at).where(
        CaseStep.case_id.in_(ids), CaseStep.name == "sign_list"
    )
    rows = db.session.execute(query.order_by(CaseStep.taken_at))
    return {(case_id, person): local_day(at) for case_id, person, at in rows}

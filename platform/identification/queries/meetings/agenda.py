"""What a meeting may know of a household: never whether it was on the old register, and no word on health."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from core.clock import today
from core.db import db
from core.errors import NotFound
from core.privacy import mask_name
from identification.case_choices import CaseStage, MeetingStage, Seen, VetoCode, VetoStage
from identification.models import IdentificationCase, Meeting, MeetingVote, VetoFlag, Visit
from identification.notice_choices import ReasonGroup
from identification.queries.meetings.reading import votes_of
from registry.models import Household, HouseholdProfile

BAD = (Seen.AT_RISK, Seen.NOT_SOUND)


@dataclass(frozen=True)
class Flag:
    """A flag as the meeting hears of it: what it is, and whether somebody confirmed it; no hardship, no evidence."""

    code: VetoCode
    stage: VetoStage


@dataclass(frozen=True)
class AgendaLine:
    """A household before the meeting."""

    case_id: UUID
    masked_name: str
    household_no: str
    group_no: str
    persons: int
    reason: ReasonGroup | None
    flags: tuple[Flag, ...]
    is_relative_of_official: bool
    is_waiting: bool
    vote: MeetingVote | None


def agenda_of(meeting: Meeting) -> list[AgendaLine]:
    """Return the households before a meeting; of a closed one, those on which it voted."""
    votes = votes_of(meeting.id)
    voted = IdentificationCase.id.in_(list(votes))
    waiting = (
        (IdentificationCase.region_code == meeting.region_code)
        & (IdentificationCase.pack == meeting.pack)
        & (IdentificationCase.stage == CaseStage.REVIEWED)
    )
    wanted = voted if meeting.stage is MeetingStage.HELD else or_(voted, waiting)
    query = (
        select(IdentificationCase, Household)
        .outerjoin(Household, Household.id == IdentificationCase.household_id)
        .where(wanted)
        .order_by(Household.household_no, IdentificationCase.id)
    )
    return _lines([(row[0], row[1]) for row in db.session.execute(query)], votes)


def agenda_line(meeting: Meeting, case_id: UUID) -> AgendaLine:
    """Return one household before the meeting; NotFound for any other."""
    found = next((line for line in agenda_of(meeting) if line.case_id == case_id), None)
    if found is None:
        raise NotFound
    return found


def _lines(
    rows: Sequence[tuple[IdentificationCase, Household | None]], votes: dict[UUID, MeetingVote]
) -> list[AgendaLine]:
    ids = [case.id for case, _household in rows]
    flags, visits = _flags(ids), _visits(ids)
    related = _related([household.id for _case, household in rows if household is not None])
    return [
        AgendaLine(
            case_id=case.id,
            masked_name=mask_name(case.applicant_name),
            household_no=household.household_no if household else "",
            group_no=household.group_no if household else "",
            persons=case.persons or (household.size if household else 0),
            reason=_reason(case, visits.get((case.id, case.verification))),
            flags=tuple(flags.get(case.id, ())),
            is_relative_of_official=case.household_id in related,
            is_waiting=case.stage is CaseStage.REVIEWED,
            vote=votes.get(case.id),
        )
        for case, household in rows
    ]


def _flags(ids: Iterable[UUID]) -> dict[UUID, list[Flag]]:
    """Return the flags that the meeting is told of: open or confirmed; cleared ones are no longer said."""
    stated = (VetoStage.OPEN, VetoStage.CONFIRMED)
    query = select(VetoFlag.case_id, VetoFlag.code, VetoFlag.stage).where(
        VetoFlag.case_id.in_(list(ids)), VetoFlag.stage.in_(stated)
    )
    found: dict[UUID, list[Flag]] = {}
    for case_id, code, stage in db.session.execute(query.order_by(VetoFlag.raised_on, VetoFlag.code)):
        found.setdefault(case_id, []).append(Flag(code, stage))
    return found


def _visits(ids: Iterable[UUID]) -> dict[tuple[UUID, int], Visit]:
    """Return the latest visit of each verification."""
    query = select(Visit).where(Visit.case_id.in_(list(ids))).order_by(Visit.visited_on, Visit.created_at)
    return {(visit.case_id, visit.verification): visit for visit in db.session.scalars(query)}


def _reason(case: IdentificationCase, visit: Visit | None) -> ReasonGroup | None:
    """Return in one word group why the household is here, as the two visitors found it; None if they found nothing."""
    if visit is None:
        return None
    poor = visit.per_capita is not None and case.line_amount is not None and visit.per_capita < case.line_amount
    unsound = any(seen in BAD for seen in (visit.food, visit.housing, visit.labour, visit.schooling, visit.water))
    if poor and unsound:
        return ReasonGroup.BOTH
    return ReasonGroup.INCOME if poor else ReasonGroup.GUARANTEES if unsound else None


def _related(ids: list[Any]) -> set[UUID]:
    """Return the households that are on file today as relatives of a village official."""
    day = today()
    query = select(HouseholdProfile.household_id).where(
        HouseholdProfile.household_id.in_(ids),
        HouseholdProfile.superseded_by.is_(None),
        HouseholdProfile.is_relative_of_official.is_(True),
        HouseholdProfile.valid_from <= day,
        or_(HouseholdProfile.valid_to.is_(None), HouseholdProfile.valid_to > day),
    )
    return set(db.session.scalars(query))

"""What belongs to one case: its visits, answers, flags, steps, votes, and who may go to the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from accounts.models import Role
from accounts.queries import accounts_with_role
from core.clock import local_day
from core.db import db
from identification.case_choices import MeetingStage, VetoCode, VetoStage
from identification.models import (
    CaseStep,
    DepartmentMatch,
    IdentificationCase,
    Meeting,
    MeetingVote,
    Notice,
    NoticeEntry,
    QuotaAnswer,
    VetoFlag,
    Visit,
)
from identification.queries.cases.reading import ENDED
from registry.models import Household

VISITING = (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.TOWNSHIP_OFFICER)
ANEW = frozenset({"township_return", "county_return", "uphold_objection", "appeal", "reopen"})


@dataclass(frozen=True)
class VoteSeen:
    """What a closed meeting voted on a case."""

    meeting_id: UUID
    held_on: date
    vote: MeetingVote


def visits_of(case_id: UUID) -> Sequence[Visit]:
    """Return the visits of a case, the latest first."""
    return _rows(Visit, case_id, Visit.visited_on.desc(), Visit.created_at.desc(), Visit.id)


def matches_of(case_id: UUID) -> Sequence[DepartmentMatch]:
    """Return what departments answered, the latest first."""
    return _rows(DepartmentMatch, case_id, DepartmentMatch.created_at.desc(), DepartmentMatch.id)


def flags_of(case_id: UUID) -> Sequence[VetoFlag]:
    """Return the flags of a case, the latest first."""
    return _rows(VetoFlag, case_id, VetoFlag.created_at.desc(), VetoFlag.id)


def steps_of(case_id: UUID) -> Sequence[CaseStep]:
    """Return the steps that were taken, the latest first."""
    return _rows(CaseStep, case_id, CaseStep.taken_at.desc(), CaseStep.id)


def _rows(model: Any, case_id: UUID, *order: Any) -> Sequence[Any]:
    return db.session.scalars(select(model).where(model.case_id == case_id).order_by(*order)).all()


def answers_of(case_id: UUID) -> Sequence[QuotaAnswer]:
    """Return what the county answered to a household beyond the number, the latest first."""
    return _rows(QuotaAnswer, case_id, QuotaAnswer.created_at.desc(), QuotaAnswer.id)


def household_of(case: IdentificationCase) -> Household | None:
    """Return the household of the register that the case is joined to."""
    return None if case.household_id is None else db.session.get(Household, case.household_id)


def files_of(case: IdentificationCase) -> set[UUID]:
    """Return the papers and photographs that belong to the case."""
    visits = select(Visit.file_id).where(Visit.case_id == case.id)
    steps = select(CaseStep.file_id).where(CaseStep.case_id == case.id)
    found = {case.authorised_file, *db.session.scalars(visits), *db.session.scalars(steps)}
    return {file_id for file_id in found if file_id is not None}


def find_flag(case_id: UUID, flag_id: UUID) -> VetoFlag | None:
    """Return a flag if it belongs to the case."""
    return db.session.scalar(select(VetoFlag).where(VetoFlag.id == flag_id, VetoFlag.case_id == case_id))


def open_flag(case_id: UUID, code: VetoCode) -> VetoFlag | None:
    """Return the flag of a code that nobody has decided yet."""
    return db.session.scalar(
        select(VetoFlag).where(VetoFlag.case_id == case_id, VetoFlag.code == code, VetoFlag.stage == VetoStage.OPEN)
    )


def vote_of(case_id: UUID) -> VoteSeen | None:
    """Return the last vote of a closed meeting on a case."""
    row = db.session.execute(
        select(MeetingVote, Meeting)
        .join(Meeting, Meeting.id == MeetingVote.meeting_id)
        .where(MeetingVote.case_id == case_id, Meeting.stage == MeetingStage.HELD)
        .order_by(Meeting.held_on.desc(), MeetingVote.created_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else VoteSeen(row.Meeting.id, row.Meeting.held_on, row.MeetingVote)


def notices_of_case(case_id: UUID) -> Sequence[Notice]:
    """Return the notices on which the case stands or stood, the latest first."""
    query = select(Notice).join(NoticeEntry, NoticeEntry.notice_id == Notice.id).where(NoticeEntry.case_id == case_id)
    return db.session.scalars(query.distinct().order_by(Notice.created_at.desc(), Notice.id)).all()


def began_on(case: IdentificationCase) -> date | None:
    """Return the day on which the case was sent back to be verified anew; None while it is the first time."""
    if case.verification == 1:
        return None
    taken = db.session.scalar(
        select(CaseStep.taken_at)
        .where(CaseStep.case_id == case.id, CaseStep.name.in_(ANEW))
        .order_by(CaseStep.taken_at.desc())
        .limit(1)
    )
    return None if taken is None else local_day(taken)


def officers_here(region_code: str) -> list[UUID]:
    """Return the officers who may visit a house of the village: its own, its team's, its township's."""
    return list(dict.fromkeys(found for role in VISITING for found in accounts_with_role(role, region_code)))


def running_case_of(household_id: UUID, pack: str) -> IdentificationCase | None:
    """Return the case of a household that has not ended under the same rules."""
    return db.session.scalar(
        select(IdentificationCase)
        .where(
            IdentificationCase.household_id == household_id,
            IdentificationCase.pack == pack,
            IdentificationCase.stage.not_in(ENDED),
        )
        .order_by(IdentificationCase.entered_on.desc())
        .limit(1)
    )

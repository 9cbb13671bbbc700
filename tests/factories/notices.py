"""Notices, objections and people's own words for tests, made by the services that users call."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from core.clock import moved_clock, now, today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import note
from identification.case_choices import CaseOrigin, CaseStage, OfficeLevel
from identification.models import IdentificationCase, Notice, NoticeEntry, Objection
from identification.notice_choices import NoticeStep, ReasonGroup
from identification.objection_choices import ObjectionKind
from identification.queries.notices import entries_of
from identification.queries.ready_cases import ready_cases
from identification.services.notice_changes import inspect_notice
from identification.services.noticing import make_notices, post_notice
from identification.services.objecting import Filing, Receipt, file_objection
from registry.models import Household
from tests.factories.people import VILLAGE, acting

PACK = "B_monitoring_2021"


def board_photo() -> bytes:
    """Return a small picture, as a phone would send it."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    return out.getvalue()


@contextmanager
def clock(at: datetime | None) -> Iterator[None]:
    """Run the block now, or at another time of a demo database."""
    if at is None:
        yield
        return
    with moved_clock(at):
        yield
        db.session.flush()


def make_case(
    household_id: UUID,
    *,
    stage: CaseStage = CaseStage.PRELIMINARY,
    pack: str = PACK,
    at: datetime | None = None,
) -> UUID:
    """Put a case on file as if it had come so far; its own tests take it there step by step."""
    with unit_of_work(SYSTEM), clock(at):
        household = db.session.get_one(Household, household_id)
        case = IdentificationCase(
            id=uuid4(),
            region_code=household.region_code,
            county_code=household.county_code,
            pack=pack,
            stage=stage,
            origin=CaseOrigin.CADRE_SURVEY,
            household_id=household.id,
            persons=household.size,
            applicant_name=household.head_name,
            entered_on=today(),
            stage_on=today(),
            escalated_to=OfficeLevel.NONE,
            verification=1,
        )
        db.session.add(case)
        note(case, "case.clue_opened")
        return case.id


def make_notice(
    officer: UUID,
    *,
    step: NoticeStep = NoticeStep.VILLAGE,
    pack: str = PACK,
    place: str = VILLAGE,
    at: datetime | None = None,
) -> list[UUID]:
    """Make the notice of everybody who is ready; return the ids of its sheets."""
    with acting(officer) as actor, clock(at):
        cases = ready_cases(actor, place, pack, step)
        reasons = {case.id: ReasonGroup.INCOME for case in cases}
        made = make_notices(actor=actor, region_code=place, pack=pack, step=step, reasons=reasons)
        return [sheet.id for sheet in made]


def post(notice_id: UUID, officer: UUID, *, at: datetime | None = None) -> None:
    """Hang a sheet, now or at another time of a demo database."""
    with acting(officer) as actor, clock(at):
        post_notice(db.session.get_one(Notice, notice_id), actor=actor, photo=board_photo())


def look(notice_id: UUID, officer: UUID, *, at: datetime, still_up: bool = True) -> None:
    """Look at the board at a time of a demo database."""
    with acting(officer) as actor, clock(at):
        inspect_notice(db.session.get_one(Notice, notice_id), actor=actor, still_up=still_up)


def notice_of(notice_id: UUID) -> Notice:
    with unit_of_work(SYSTEM):
        return db.session.get_one(Notice, notice_id)


def lines_of(notice_id: UUID) -> list[NoticeEntry]:
    with unit_of_work(SYSTEM):
        return list(entries_of(notice_id))


def object_to(notice_id: UUID | None, kind: ObjectionKind, *, line: int | None = None, **said: Any) -> Receipt:
    """Object through the public door's service."""
    with unit_of_work(SYSTEM):
        notice = db.session.get_one(Notice, notice_id) if notice_id else None
        entry = entries_of(notice.id)[line] if notice is not None and line is not None else None
        filing = Filing(kind, said.pop("told", "The list says something that is not so."), **said)
        return file_objection(filing, region_code=VILLAGE, notice=notice, entry=entry)


def objection_of(objection_id: UUID) -> Objection:
    with unit_of_work(SYSTEM):
        return db.session.get_one(Objection, objection_id)


def later(**by: int) -> datetime:
    with unit_of_work(SYSTEM):
        return now() + timedelta(**by)

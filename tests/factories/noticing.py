"""Notices and objections of the small world, in each state that a cell asks for."""

from typing import Any
from uuid import UUID, uuid4

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import note
from identification.models import Notice, NoticeEntry, Objection
from identification.notice_choices import EntryKind, NoticeStep, ReasonGroup
from identification.objection_choices import Finding, ObjectionKind
from identification.queries.notices import entries_of
from identification.receipts import key_index
from identification.services import objections as steps
from identification.services.notice_changes import inspect_notice
from identification.services.noticing import post_notice
from identification.services.objecting import Filing, file_objection
from identification.services.own_reports import Telling, file_own_report
from identification.workflow.notices import notice_workflow
from regions.codes import county_code
from tests.factories.notices import PACK, board_photo, make_case
from tests.factories.people import acting

RECEIPT, CONTACT = "Y1234567890", "13900001111"
TOLD = "The list says something that is not so."


def add_notices(world: Any, village: str) -> None:
    """Add three notices of one household each, objections in each state, and what somebody told."""
    officer, team = world.account(Role.VILLAGE_OFFICER), world.account(Role.STATIONED_TEAM)
    for name in ("notice", "notice_prepared", "notice_missing"):
        world.ids[name] = _sheet(officer, village, make_case(world.ids["household"]))
    with acting(officer) as actor:
        for name in ("notice", "notice_missing"):
            post_notice(db.session.get_one(Notice, world.ids[name]), actor=actor, photo=board_photo())
        inspect_notice(db.session.get_one(Notice, world.ids["notice_missing"]), actor=actor, still_up=False)
    with unit_of_work(SYSTEM):
        world.ids["notice_entry"] = entries_of(world.ids["notice"])[0].id
    ways: dict[str, tuple[str, ...]] = {
        "objection": (),
        "objection_accepted": ("accept",),
        "objection_investigated": ("accept", "investigate"),
        "objection_decided": ("accept", "investigate", "decide"),
        "objection_replied": ("accept", "investigate", "decide", "reply"),
        "objection_review": ("accept", "investigate", "decide", "reply", "ask"),
    }
    for name, way in ways.items():
        world.ids[name] = _object(world.ids["notice"], village)
        for step in way:
            _take(world.ids[name], step, team)
    _give_receipt(world.ids["objection_replied"])
    with unit_of_work(SYSTEM):
        told = Telling("黄某", TOLD, CONTACT)
        world.ids["own_report"] = file_own_report(told, region_code=village).id


def _sheet(officer: UUID, village: str, case_id: UUID) -> UUID:
    with acting(officer) as actor:
        sheet = Notice(
            id=uuid4(),
            region_code=village,
            county_code=county_code(village),
            batch_id=uuid4(),
            pack=PACK,
            step=NoticeStep.VILLAGE,
            min_days=5,
            counts={"households": 1, "persons": 4},
        )
        notice_workflow.fire(sheet, "prepare", actor=actor)
        db.session.add(sheet)
        db.session.flush()
        db.session.add(_line(sheet, case_id))
        return sheet.id


def _line(sheet: Notice, case_id: UUID) -> NoticeEntry:
    return NoticeEntry(
        notice_id=sheet.id,
        region_code=sheet.region_code,
        county_code=sheet.county_code,
        case_id=case_id,
        subject=f"village/{sheet.region_code}",
        place_code=sheet.region_code,
        household_suffix="012",
        shown_name="韦某某",
        group_no="3",
        persons=4,
        kind=EntryKind.MONITOR,
        reason_group=ReasonGroup.INCOME,
    )


def _object(notice_id: UUID, village: str) -> UUID:
    with unit_of_work(SYSTEM):
        notice = db.session.get_one(Notice, notice_id)
        filing = Filing(ObjectionKind.DATA_ERROR, TOLD, "黄某", CONTACT)
        entry = entries_of(notice_id)[0]
        return file_objection(filing, region_code=village, notice=notice, entry=entry).objection.id


def _take(objection_id: UUID, step: str, officer: UUID) -> None:
    with acting(officer) as actor:
        row = db.session.get_one(Objection, objection_id)
        if step == "accept":
            steps.accept_objection(row, actor=actor)
        elif step == "investigate":
            steps.investigate_objection(row, actor=actor)
        elif step == "decide":
            steps.decide_objection(row, actor=actor, finding=Finding.DISMISSED, words="Looked.")
        elif step == "reply":
            steps.reply_to_objection(row, actor=actor, words="No.")
        else:
            steps.ask_second_look(row)


def _give_receipt(objection_id: UUID) -> None:
    """Let a cell know the number."""
    with unit_of_work(SYSTEM):
        row = db.session.get_one(Objection, objection_id)
        row.receipt_no, row.key_index = RECEIPT, key_index(RECEIPT, CONTACT)
        note(row, "objection.changed")

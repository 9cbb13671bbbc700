"""Objections by anybody (domain.md 3.8; security.md 10 and 11)."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused
from core.policy import SYSTEM
from identification.case_choices import CaseOrigin, CaseStage
from identification.case_packs import REGISTER_2014
from identification.models import IdentificationCase, Objection
from identification.notice_choices import EntryOutcome, NoticeStep
from identification.objection_choices import Blocks, Finding, Inadmissible, ObjectionKind, ObjectionStage
from identification.queries.notices import published_notice
from identification.queries.objections import get_objection, objections_in_scope
from identification.queries.own_reports import opened_by
from identification.services import objections as services
from identification.services.objecting import blocks_of, level_needed
from tests.factories.needs import make_household
from tests.factories.notices import lines_of, make_case, make_notice, notice_of, object_to, objection_of, post
from tests.factories.people import VILLAGE, acting, make_person
from tests.factories.rounds import make_round
from tests.identification.conftest import Village, stage_of

PHONE = "13900001111"


def hung(village: Village) -> UUID:
    (notice_id,) = make_notice(village.officer)
    post(notice_id, village.officer)
    return notice_id


def step(objection_id: UUID, name: str, officer: UUID, **facts: object) -> None:
    """Take a step of an objection as an officer."""
    with acting(officer) as actor:
        found = db.session.get_one(Objection, objection_id)
        getattr(services, name)(found, actor=actor, **facts)


def decided(objection_id: UUID, officer: UUID, finding: Finding, *, second: UUID | None = None) -> None:
    """Take an objection from the box to its finding."""
    step(objection_id, "accept_objection", officer)
    step(objection_id, "investigate_objection", second or officer)
    step(objection_id, "decide_objection", second or officer, finding=finding, words="Looked at the house.")


@pytest.mark.parametrize(
    ("kind", "has_household", "blocks"),
    [
        (ObjectionKind.WRONG_INCLUSION, True, Blocks.HOUSEHOLD),
        (ObjectionKind.DATA_ERROR, True, Blocks.HOUSEHOLD),
        (ObjectionKind.CONFLICT_OF_INTEREST, True, Blocks.HOUSEHOLD),
        (ObjectionKind.CONFLICT_OF_INTEREST, False, Blocks.NOTHING),
        (ObjectionKind.OMISSION, False, Blocks.NOTHING),
        (ObjectionKind.PRIVACY, True, Blocks.NOTHING),
        (ObjectionKind.PROCEDURE, False, Blocks.LIST),
        (ObjectionKind.PROCEDURE, True, Blocks.LIST),
    ],
)
def test_it_holds_up_what_it_concerns(kind: ObjectionKind, has_household: bool, blocks: Blocks) -> None:
    assert blocks_of(kind, has_notice=True, has_household=has_household) is blocks


def test_what_is_about_the_making_goes_one_level_above_who_made_it() -> None:
    making = (ObjectionKind.PROCEDURE, ObjectionKind.CONFLICT_OF_INTEREST)
    assert [level_needed(kind, NoticeStep.VILLAGE) for kind in making] == [2, 2]
    assert [level_needed(kind, NoticeStep.SECOND) for kind in making] == [3, 3]
    assert [level_needed(kind, NoticeStep.ANNOUNCEMENT) for kind in making] == [3, 3]
    assert level_needed(ObjectionKind.OMISSION, None) == 2
    assert level_needed(ObjectionKind.DATA_ERROR, NoticeStep.VILLAGE) == 1


def test_who_is_anonymous_stands_nowhere_and_who_signed_in_is_forgotten(village: Village) -> None:
    notice_id = hung(village)
    receipt = object_to(notice_id, ObjectionKind.OMISSION)
    row = objection_of(receipt.objection.id)
    assert (row.is_anonymous, row.filer_name, row.filer_contact, row.entered_by) == (True, None, None, None)
    with unit_of_work(SYSTEM):
        actors = db.session.execute(
            text("SELECT role FROM records.record WHERE stream = :s"), {"s": f"objection/{row.id}"}
        ).scalars()
        assert set(actors) == {"anonymous"}
        assert opened_by(receipt.receipt_no, receipt.code) is not None
        assert opened_by(receipt.receipt_no, "00000000") is None
        assert opened_by("Y0000000000", receipt.code) is None


def test_who_left_a_phone_number_reads_the_reply_with_it(village: Village) -> None:
    receipt = object_to(hung(village), ObjectionKind.DATA_ERROR, line=0, name="黄某", contact="139 0000 1111")
    assert receipt.code == ""
    decided(receipt.objection.id, village.team, Finding.DISMISSED)
    step(receipt.objection.id, "reply_to_objection", village.team, words="Four persons live there.")
    with unit_of_work(SYSTEM):
        found = opened_by(f" {receipt.receipt_no[:4]} {receipt.receipt_no[4:].lower()}", f"+86{PHONE}")
        assert isinstance(found, Objection)
        assert (found.stage, found.reply) == (ObjectionStage.REPLIED, "Four persons live there.")


def test_a_reply_is_due_in_fifteen_days(village: Village) -> None:
    row = object_to(hung(village), ObjectionKind.OMISSION).objection
    assert row.due_on - row.filed_at.date() in (timedelta(days=15), timedelta(days=16))


def test_what_is_about_one_household_names_it(village: Village) -> None:
    with pytest.raises(NotValid) as refusal:
        object_to(hung(village), ObjectionKind.WRONG_INCLUSION)
    assert list(refusal.value.errors) == ["entry"]


@pytest.mark.parametrize(
    ("kind", "line", "reads"),
    [
        (ObjectionKind.DATA_ERROR, 0, {"officer", "team", "township", "county"}),
        (ObjectionKind.OMISSION, None, {"township", "county"}),
        (ObjectionKind.CONFLICT_OF_INTEREST, 0, {"township", "county"}),
        (ObjectionKind.PROCEDURE, None, {"township", "county"}),
    ],
)
def test_only_levels_that_may_handle_it_see_it(
    village: Village, kind: ObjectionKind, line: int | None, reads: set[str]
) -> None:
    objection_id = object_to(hung(village), kind, line=line).objection.id
    seen = set()
    for name in ("officer", "team", "township", "county"):
        with acting(getattr(village, name)) as actor:
            if objections_in_scope(actor).items:
                seen.add(name)
                get_objection(actor, objection_id)
            else:
                with pytest.raises(NotFound):
                    get_objection(actor, objection_id)
    assert seen == reads


def test_nobody_handles_or_reads_a_complaint_about_himself(village: Village) -> None:
    (notice_id,) = make_notice(village.officer)
    post(notice_id, village.township)
    objection_id = object_to(notice_id, ObjectionKind.PROCEDURE).objection.id
    with acting(village.township) as actor:
        assert not objections_in_scope(actor).items
        with pytest.raises(Refused) as refusal:
            services.accept_objection(db.session.get_one(Objection, objection_id), actor=actor)
        assert refusal.value.code == "is_concerned"
    step(objection_id, "accept_objection", village.county)


def test_whom_it_is_about_is_kept_out_as_soon_as_he_is_named(village: Village) -> None:
    objection_id = object_to(hung(village), ObjectionKind.DATA_ERROR, line=0).objection.id
    step(objection_id, "accept_objection", village.township, concerns=[village.team])
    with acting(village.team) as actor, pytest.raises(NotFound):
        get_objection(actor, objection_id)
    with pytest.raises(Refused) as refusal:
        step(objection_id, "investigate_objection", village.team)
    assert refusal.value.code == "is_concerned"


def test_the_village_cannot_close_an_omission_nor_a_neighbour_anything(village: Village) -> None:
    objection_id = object_to(hung(village), ObjectionKind.OMISSION).objection.id
    for name in ("accept_objection", "refuse_objection"):
        facts = {"why": Inadmissible.NO_FACTS, "words": "Nothing."} if name == "refuse_objection" else {}
        with pytest.raises(Refused) as refusal:
            step(objection_id, name, village.officer, **facts)
        assert refusal.value.code == "needs_level"
    with pytest.raises(NotPermitted):
        step(objection_id, "accept_objection", make_person(Role.VILLAGE_OFFICER, "451028100201"))


def test_who_looked_into_it_decides(village: Village) -> None:
    objection_id = object_to(hung(village), ObjectionKind.DATA_ERROR, line=0).objection.id
    step(objection_id, "accept_objection", village.team)
    step(objection_id, "investigate_objection", village.team)
    with pytest.raises(Refused) as refusal:
        step(objection_id, "decide_objection", village.township, finding=Finding.DISMISSED, words="No.")
    assert refusal.value.code == "not_investigator"


def test_an_upheld_one_sends_the_household_back_and_takes_it_off_the_list(village: Village) -> None:
    notice_id = hung(village)
    receipt = object_to(notice_id, ObjectionKind.WRONG_INCLUSION, line=0)
    decided(receipt.objection.id, village.township, Finding.UPHELD)
    gone, *others = lines_of(notice_id)
    assert gone.outcome is EntryOutcome.RETURNED
    assert {line.outcome for line in others} == {None}
    assert stage_of(gone.case_id) is CaseStage.VERIFYING


def test_an_upheld_omission_opens_a_clue_and_an_upheld_fault_restarts_the_whole_list(village: Village) -> None:
    notice_id = hung(village)
    omission = object_to(notice_id, ObjectionKind.OMISSION).objection.id
    decided(omission, village.township, Finding.UPHELD)
    with unit_of_work(SYSTEM):
        opened = db.session.scalars(select(IdentificationCase).filter_by(origin=CaseOrigin.OBJECTION)).one()
    assert (opened.stage, opened.region_code) == (CaseStage.CLUE, VILLAGE)
    procedure = object_to(notice_id, ObjectionKind.PROCEDURE).objection.id
    decided(procedure, village.township, Finding.PARTLY_UPHELD)
    with unit_of_work(SYSTEM):
        anew = db.session.execute(
            text("SELECT count(*) FROM records.record WHERE kind = 'notice_entry.started_anew'")
        ).scalar()
    assert anew == 3


def test_who_was_left_out_of_a_running_round_enters_it(village: Village) -> None:
    """domain.md 3.7.6 and 3.8: under the rules of the list, with its number and its steps."""
    running = make_round(village.officer)
    household_id = make_household(village.officer, household_no="H052", head_name="覃某某", group_no="3")
    make_case(household_id, stage=CaseStage.VILLAGE_VERIFIED, pack=REGISTER_2014)
    (notice_id,) = make_notice(village.officer, step=NoticeStep.FIRST, pack=REGISTER_2014)
    post(notice_id, village.officer)
    decided(object_to(notice_id, ObjectionKind.OMISSION).objection.id, village.township, Finding.UPHELD)
    with unit_of_work(SYSTEM):
        opened = db.session.scalars(select(IdentificationCase).filter_by(origin=CaseOrigin.OBJECTION)).one()
    assert (opened.round_id, opened.pack, opened.stage) == (running, REGISTER_2014, CaseStage.CLUE)


def test_privacy_hides_the_household_at_once_and_shows_it_again_only_when_it_was_not_right(village: Village) -> None:
    notice_id = hung(village)
    objection_id = object_to(notice_id, ObjectionKind.PRIVACY, line=0).objection.id
    row = objection_of(objection_id)
    assert row.mask_by == row.filed_at + timedelta(hours=24)
    with unit_of_work(SYSTEM):
        first = published_notice(notice_id).lines[0]
    assert (first.is_masked, first.masked_name, first.household_suffix, first.persons) == (True, "", "", 0)
    decided(objection_id, village.team, Finding.DISMISSED)
    with unit_of_work(SYSTEM):
        assert not published_notice(notice_id).lines[0].is_masked
    again = object_to(notice_id, ObjectionKind.PRIVACY, line=0).objection.id
    decided(again, village.team, Finding.UPHELD)
    with unit_of_work(SYSTEM):
        assert published_notice(notice_id).lines[0].is_masked


def test_the_second_look_is_another_persons_one_level_up(village: Village) -> None:
    notice_id = hung(village)
    objection_id = object_to(notice_id, ObjectionKind.WRONG_INCLUSION, line=0).objection.id
    decided(objection_id, village.team, Finding.DISMISSED)
    step(objection_id, "reply_to_objection", village.team, words="No.")
    with unit_of_work(SYSTEM):
        services.ask_second_look(db.session.get_one(Objection, objection_id))
    for officer, code in ((village.team, "four_eyes"), (village.officer, "not_permitted")):
        with pytest.raises((Refused, NotPermitted)) as refusal:
            step(objection_id, "reply_finally", officer, finding=Finding.UPHELD, words="Yes.")
        assert refusal.value.code in (code, "not_permitted")
    step(objection_id, "reply_finally", village.township, finding=Finding.UPHELD, words="Yes.")
    assert objection_of(objection_id).stage is ObjectionStage.REPLIED_FINAL
    assert lines_of(notice_id)[0].outcome is EntryOutcome.RETURNED


def test_what_is_not_taken_up_has_a_reason_that_its_receipt_shows(village: Village) -> None:
    receipt = object_to(hung(village), ObjectionKind.OMISSION)
    with pytest.raises(NotValid):
        step(receipt.objection.id, "refuse_objection", village.township, why=Inadmissible.NO_FACTS, words=" ")
    step(receipt.objection.id, "refuse_objection", village.township, why=Inadmissible.NO_FACTS, words="Name it.")
    with unit_of_work(SYSTEM):
        found = opened_by(receipt.receipt_no, receipt.code)
        assert isinstance(found, Objection)
        assert (found.stage, found.reply) == (ObjectionStage.NOT_ADMISSIBLE, "Name it.")


def test_the_notice_knows_its_makers(village: Village) -> None:
    notice = notice_of(hung(village))
    assert {notice.prepared_by, notice.posted_by} == {village.officer}

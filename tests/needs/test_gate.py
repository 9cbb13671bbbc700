"""The gate of workflows.md, table Need: three persons at two levels, and the rules."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.policy import SYSTEM
from core.records import published_records
from needs.choices import ConsentItem, NeedStage, RejectReason
from needs.models import Need
from needs.services import reject_need, return_need
from tests.factories.needs import (
    People,
    approve,
    make_draft,
    make_household,
    make_published,
    make_survey,
    submit,
    verify,
)
from tests.factories.people import acting


def stage_of(need_id: UUID) -> NeedStage:
    with unit_of_work(SYSTEM):
        return db.session.get_one(Need, need_id).stage


def kinds_of(need_id: UUID) -> list[str]:
    with unit_of_work(SYSTEM):
        return [record.kind for record in published_records(f"need/{need_id}", limit=50)]


def test_a_need_goes_through_three_hands(people: People) -> None:
    need_id = make_published(people)
    assert stage_of(need_id) is NeedStage.PUBLISHED
    kinds = kinds_of(need_id)
    assert [kind for kind in kinds if kind != "need_evidence.created"] == [
        "need.published",
        "need.verified",
        "need.submitted",
        "need.drafted",
    ]


def test_a_need_without_a_survey_is_refused(people: People) -> None:
    household_id = make_household(people.author)
    with pytest.raises(Refused) as refusal:
        make_draft(people.author, household_id)
    assert refusal.value.code == "survey_needed"


def test_the_author_cannot_verify(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    with pytest.raises(Refused) as refusal:
        verify(people.author, need_id)
    assert refusal.value.code == "four_eyes"


def test_somebody_else_cannot_submit_the_draft(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    with pytest.raises(NotPermitted):
        submit(people.verifier, need_id)


def test_a_verification_needs_evidence(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    with pytest.raises(Refused) as refusal:
        verify(people.verifier, need_id, evidence=[])
    assert refusal.value.code == "evidence_missing"


def test_a_visit_of_tomorrow_is_refused(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    with pytest.raises(Refused) as refusal:
        verify(people.verifier, need_id, visited_on=date.today() + timedelta(days=3))  # noqa: DTZ011 - any later day
    assert refusal.value.code == "visited_on"


def test_a_draft_cannot_be_verified(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    with pytest.raises(WrongState):
        verify(people.verifier, need_id)


def test_the_village_cannot_approve(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    with pytest.raises(NotPermitted):
        approve(people.author, need_id)


def test_a_dear_need_is_sent_up_to_the_county(people: People, household: UUID) -> None:
    dear = {"quantity": Decimal(10), "unit_price": Decimal(600), "item_code": None, "title": "木床 10 张"}
    need_id = make_draft(people.author, household, **dear)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    with pytest.raises(Refused) as refusal:
        approve(people.approver, need_id)
    assert (refusal.value.code, refusal.value.facts["needs_level"]) == ("needs_level", "county")
    approve(people.county, need_id)
    assert stage_of(need_id) is NeedStage.PUBLISHED


def test_the_county_leaves_ordinary_needs_to_the_township(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    with pytest.raises(Refused) as refusal:
        approve(people.county, need_id)
    assert refusal.value.facts["needs_level"] == "township"


def test_an_open_judgement_needs_its_reason(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household, unit_price=Decimal(200))
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    with pytest.raises(NotValid) as refusal:
        approve(people.approver, need_id)
    assert list(refusal.value.errors) == ["reason_price"]
    approve(people.approver, need_id, price="山里运费高")
    assert stage_of(need_id) is NeedStage.PUBLISHED


def test_without_consent_nothing_is_published(people: People) -> None:
    household_id = make_household(people.author)
    make_survey(people.author, household_id, items=[ConsentItem.GOODS_VIA_OFFICE])
    need_id = make_draft(people.author, household_id)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    with pytest.raises(Refused) as refusal:
        approve(people.approver, need_id)
    assert refusal.value.code == "consent"


def test_a_luxury_cannot_be_submitted(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household, title="茅台酒 2 箱", item_code=None)
    with pytest.raises(Refused) as refusal:
        submit(people.author, need_id)
    assert refusal.value.code in {"luxury", "brand"}


def test_a_phone_number_in_the_text_is_refused(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household, description="请打电话 13912345678")
    with pytest.raises(Refused) as refusal:
        submit(people.author, need_id)
    assert "phone" in {finding["code"] for finding in refusal.value.facts["findings"]}


def test_returning_voids_the_verification(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    with acting(people.approver) as actor:
        return_need(db.session.get_one(Need, need_id), actor=actor, reason="照片看不清")
    with unit_of_work(SYSTEM):
        need = db.session.get_one(Need, need_id)
        assert (need.stage, need.verified_by, need.visited_on) == (NeedStage.DRAFT, None, None)


def test_returning_needs_a_reason(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    with pytest.raises(NotValid), acting(people.verifier) as actor:
        return_need(db.session.get_one(Need, need_id), actor=actor, reason=" ")


def test_a_rejected_need_stays_rejected(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    with acting(people.approver) as actor:
        reject_need(db.session.get_one(Need, need_id), actor=actor, reason=RejectReason.NOT_NEEDED)
    assert stage_of(need_id) is NeedStage.REJECTED
    with pytest.raises(WrongState):
        approve(people.approver, need_id)


def test_the_same_thing_within_180_days_asks_for_a_reason(people: People, household: UUID) -> None:
    make_published(people, household)
    again = make_draft(people.author, household)
    submit(people.author, again)
    verify(people.verifier, again)
    with pytest.raises(NotValid) as refusal:
        approve(people.approver, again)
    assert "reason_repeat" in refusal.value.errors


@pytest.mark.parametrize("field", ["household_id", "title", "region_code", "description"])
def test_the_public_stream_of_a_need_holds_nothing_that_joins_or_names(
    people: People, household: UUID, field: str
) -> None:
    need_id = make_published(people, household)
    with unit_of_work(SYSTEM):
        need = db.session.get_one(Need, need_id)
        value = str(getattr(need, field))
        texts = [record.public for record in published_records(f"need/{need_id}", limit=50)]
    assert not any(value in text for text in texts)

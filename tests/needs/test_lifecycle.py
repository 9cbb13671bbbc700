"""How published needs expire, are renewed and withdrawn (workflows.md, table Need and doubts 7)."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import text

from core.clock import now, today
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused, WrongState
from core.policy import ANONYMOUS, SYSTEM
from needs.choices import NeedStage
from needs.events import need_withdrawn
from needs.models import Need
from needs.queries import needs_to_approve, needs_to_renew, needs_to_verify, published_need, published_needs
from needs.services import (
    add_confirmed,
    add_delivered,
    approve_sheet,
    expire_needs,
    hold,
    record_revisit,
    renew_need,
    set_disputed,
    withdraw_need,
)
from tests.factories.needs import People, make_draft, make_household, make_published, make_survey, submit, verify
from tests.factories.people import VILLAGE, acting


def set_expiry(need_id: UUID, days: int) -> None:
    with unit_of_work(SYSTEM):
        db.session.get_one(Need, need_id).expires_at = now() + timedelta(days=days)


def stage_of(need_id: UUID) -> NeedStage:
    with unit_of_work(SYSTEM):
        return db.session.get_one(Need, need_id).stage


def expire(need_id: UUID) -> None:
    set_expiry(need_id, -1)
    with unit_of_work(SYSTEM):
        assert expire_needs() == 1


def renew(people: People, need_id: UUID) -> None:
    with acting(people.verifier) as actor:
        renew_need(db.session.get_one(Need, need_id), actor=actor, visited_on=today(), second_visitor="村委委员")


def test_a_published_need_runs_ninety_days(people: People) -> None:
    need_id = make_published(people)
    with unit_of_work(SYSTEM):
        need = db.session.get_one(Need, need_id)
        assert need.expires_at - need.published_at == timedelta(days=90)


def test_a_need_of_a_later_season_runs_until_then(people: People) -> None:
    with unit_of_work(SYSTEM):
        day = today() + timedelta(days=200)
    need_id = make_published(people, needed_by=day)
    with unit_of_work(SYSTEM):
        assert db.session.get_one(Need, need_id).expires_at > now() + timedelta(days=199)


def test_an_expired_need_leaves_lists_and_its_page_at_once(people: People) -> None:
    need_id = make_published(people)
    expire(need_id)
    with unit_of_work(ANONYMOUS):
        assert published_needs().items == []
    with pytest.raises(NotFound), unit_of_work(ANONYMOUS):
        published_need(need_id)


def test_an_expired_need_with_a_pledge_keeps_its_page_without_the_story(people: People) -> None:
    need_id = make_published(people)
    with unit_of_work(SYSTEM):
        hold(need_id, Decimal(1))
    expire(need_id)
    with unit_of_work(ANONYMOUS):
        page = published_need(need_id)
    assert (page.status, page.description) == ("expired", "")


def test_a_fully_pledged_need_does_not_expire(people: People) -> None:
    need_id = make_published(people)
    with unit_of_work(SYSTEM):
        hold(need_id, Decimal(2))
    set_expiry(need_id, -1)
    with unit_of_work(SYSTEM):
        assert expire_needs() == 0
    assert stage_of(need_id) is NeedStage.PUBLISHED


def test_renewing_is_for_the_last_two_weeks_and_not_for_the_author(people: People) -> None:
    need_id = make_published(people)
    with pytest.raises(Refused) as refusal:
        renew(people, need_id)
    assert refusal.value.code == "too_early"
    set_expiry(need_id, 10)
    with acting(people.verifier) as actor:
        assert [task.id for task in needs_to_renew(actor)] == [need_id]
    with pytest.raises(Refused) as refusal, acting(people.author) as actor:
        renew_need(db.session.get_one(Need, need_id), actor=actor, visited_on=today(), second_visitor="x")
    assert refusal.value.code == "four_eyes"
    renew(people, need_id)
    with unit_of_work(SYSTEM):
        assert db.session.get_one(Need, need_id).expires_at > now() + timedelta(days=89)


def test_an_expired_need_comes_back_by_renewal(people: People) -> None:
    need_id = make_published(people)
    expire(need_id)
    renew(people, need_id)
    with unit_of_work(ANONYMOUS):
        assert [need.id for need in published_needs().items] == [need_id]


def test_the_author_withdraws_a_draft_and_an_officer_what_is_published(people: People, household: UUID) -> None:
    draft, published = make_draft(people.author, household), make_published(people)
    heard: list[str] = []

    def listen(need: Need, why: str) -> None:
        heard.append(f"{need.id} {why}")

    need_withdrawn.connect(listen)
    with pytest.raises(NotPermitted), acting(people.verifier) as actor:
        withdraw_need(db.session.get_one(Need, draft), actor=actor, reason="wrong")
    with acting(people.author) as actor:
        withdraw_need(db.session.get_one(Need, draft), actor=actor, reason="wrong")
    with acting(people.approver) as actor:
        withdraw_need(db.session.get_one(Need, published), actor=actor, reason="not_needed")
    assert heard == [f"{draft} wrong", f"{published} not_needed"]
    with unit_of_work(ANONYMOUS):
        assert published_needs().items == []


def test_a_fulfilled_need_cannot_be_withdrawn(people: People) -> None:
    need_id = make_published(people)
    with unit_of_work(SYSTEM):
        for step in (hold, add_delivered, add_confirmed):
            step(need_id, Decimal(2))
    with pytest.raises(Refused) as refusal, acting(people.approver) as actor:
        withdraw_need(db.session.get_one(Need, need_id), actor=actor, reason="not_needed")
    assert refusal.value.code == "fulfilled"


def test_a_withdrawn_need_cannot_be_approved(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    with acting(people.author) as actor:
        withdraw_need(db.session.get_one(Need, need_id), actor=actor, reason="wrong")
    with pytest.raises(WrongState):
        submit(people.author, need_id)


def test_a_dispute_is_laid_over_the_need_and_lifted(people: People) -> None:
    need_id = make_published(people)
    with unit_of_work(SYSTEM):
        set_disputed(db.session.get_one(Need, need_id), since=today(), actor=SYSTEM)
    with unit_of_work(ANONYMOUS):
        assert published_need(need_id).disputed
    with unit_of_work(SYSTEM):
        set_disputed(db.session.get_one(Need, need_id), since=None, actor=SYSTEM)
    with unit_of_work(ANONYMOUS):
        assert not published_need(need_id).disputed


def verified_line(people: People, **overrides: object) -> UUID:
    household_id = make_household(people.author)
    make_survey(people.author, household_id)
    need_id = make_draft(people.author, household_id, **overrides)
    submit(people.author, need_id)
    verify(people.verifier, need_id)
    return need_id


def test_green_standard_lines_are_approved_as_one_sheet_with_a_drawn_tenth(people: People) -> None:
    lines = [verified_line(people) for _ in range(3)]
    dear = verified_line(people, unit_price=Decimal(200))
    with acting(people.approver) as actor:
        sheet = approve_sheet(VILLAGE, actor=actor, need_ids=lines)
        assert (sheet.lines, sheet.drawn) == (3, 1)
    assert [stage_of(line).value for line in lines] == ["published"] * 3
    assert stage_of(dear) is NeedStage.VERIFIED
    with unit_of_work(SYSTEM):
        drawn = db.session.execute(text("SELECT id FROM need WHERE revisit_drawn")).scalars().all()
    assert len(drawn) == 1
    with acting(people.approver) as actor:
        record_revisit(db.session.get_one(Need, drawn[0]), actor=actor, visited_on=today(), as_written=True)
    with pytest.raises(Refused), acting(people.approver) as actor:
        record_revisit(db.session.get_one(Need, drawn[0]), actor=actor, visited_on=today(), as_written=True)


def test_a_line_that_needs_judgement_is_not_approved_by_sheet(people: People) -> None:
    dear = verified_line(people, unit_price=Decimal(200))
    with pytest.raises(Refused) as refusal, acting(people.approver) as actor:
        approve_sheet(VILLAGE, actor=actor, need_ids=[dear])
    assert refusal.value.code == "not_on_sheet"


def test_an_empty_sheet_is_refused(people: People) -> None:
    with pytest.raises(NotValid), acting(people.approver) as actor:
        approve_sheet(VILLAGE, actor=actor, need_ids=[])


def test_queues_hold_what_others_wrote(people: People, household: UUID) -> None:
    need_id = make_draft(people.author, household)
    submit(people.author, need_id)
    with acting(people.author) as actor:
        assert needs_to_verify(actor) == []
    with acting(people.verifier) as actor:
        assert [task.id for task in needs_to_verify(actor)] == [need_id]
    verify(people.verifier, need_id)
    with acting(people.approver) as actor:
        assert [task.id for task in needs_to_approve(actor)] == [need_id]
    with acting(people.county) as actor:
        assert needs_to_approve(actor) == []

"""Erasing a household: one official asks, another agrees, the key goes, the chain stays (architecture.md 5)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from accounts.models import Role
from core.clock import today
from core.crypto import SubjectErased
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, Refused
from core.files import read_file, store_file
from core.jobs import jobs
from core.policy import ANONYMOUS, SYSTEM
from core.records import open_payload, published_records, verify_stream
from needs.models import Consent, Need
from needs.services import Evidence, record_survey
from pairing.choices import LinkStage
from pledges.choices import Outcome
from pledges.models import Confirmation
from registry.choices import ErasureReason, ErasureStage
from registry.models import ErasureOrder, Household
from registry.queries import find_card, find_order, get_order, households_in_scope
from registry.services import agree_erasure, ask_erasure, decline_erasure, register_household, withdraw_erasure
from supervision.models import PublicReport
from tests.factories.donors import picture
from tests.factories.needs import make_draft, subject, submit, verify
from tests.factories.people import COUNTY, VILLAGE, acting, make_person, sign_in
from tests.factories.pledges import Scene, row

REASON = ErasureReason.ASKED_BY_HOUSEHOLD
NAME, COMMENT = "韦金丝雀", "被子很厚"


@pytest.fixture
def second(scene: Scene) -> UUID:
    """Another official of the county."""
    return make_person(Role.COUNTY_OFFICER, COUNTY)


def household(scene: Scene) -> Household:
    return row(Household, scene.household_id)


def ask(scene: Scene, account: UUID | None = None) -> UUID:
    with acting(account or scene.people.county) as actor:
        found = db.session.get_one(Household, scene.household_id)
        return ask_erasure(found, actor=actor, reason=REASON).id


def agree(order_id: UUID, account: UUID) -> None:
    with acting(account) as actor:
        agree_erasure(db.session.get_one(ErasureOrder, order_id), actor=actor)


def confirmed(scene: Scene) -> None:
    """Let two quilts be delivered and confirmed, with a comment."""
    delivery_id, code = scene.awaiting("2")
    scene.say(code.digits, Outcome.RECEIVED, comment=COMMENT)


def streams_of(scene: Scene) -> list[str]:
    return [f"household/{scene.household_id}", f"pairing/{scene.pairing_id}", f"need/{scene.need_id}"]


def words_in_rows() -> str:
    """Return every text that stands in any table of the application."""
    with unit_of_work(SYSTEM) as session:
        names = session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        tables = [name for name in names if not name.startswith("procrastinate")]
        return "".join(
            str(session.execute(text(f"SELECT coalesce(json_agg(t)::text, '') FROM {name} t")).scalar())
            for name in tables
        )


def test_one_official_is_not_enough(scene: Scene, second: UUID) -> None:
    order_id = ask(scene)
    with pytest.raises(Refused) as refusal:
        agree(order_id, scene.people.county)
    assert refusal.value.code == "four_eyes"
    assert household(scene).head_name == "韦某某"
    agree(order_id, second)
    assert row(ErasureOrder, order_id).stage is ErasureStage.DONE


@pytest.mark.parametrize("who", ["village officer", "township officer", "cadre", "officer of another county"])
def test_only_the_county_of_the_household_asks_and_agrees(scene: Scene, who: str) -> None:
    account = {
        "village officer": scene.people.author,
        "township officer": scene.people.approver,
        "cadre": scene.cadre,
        "officer of another county": make_person(Role.COUNTY_OFFICER, "451029"),
    }[who]
    with pytest.raises(NotPermitted):
        ask(scene, account)
    order_id = ask(scene)
    with pytest.raises(NotPermitted):
        agree(order_id, account)


def test_the_household_is_nowhere_any_more_and_the_chains_still_hold(scene: Scene, second: UUID) -> None:
    confirmed(scene)
    sums = scene.sums()
    agree(ask(scene), second)
    found = household(scene)
    assert (found.head_name, found.id_number, found.phone, found.group_no) == ("", "", None, "")
    assert found.household_no.startswith("erased-")
    assert found.erased_at is not None
    with unit_of_work(SYSTEM):
        assert {consent.given_by for consent in db.session.query(Consent)} == {"-"}
        assert {answer.comment for answer in db.session.query(Confirmation)} == {""}
        assert db.session.get_one(Need, scene.need_id).description == ""
        assert find_card(scene.household_id) is None
        for stream in streams_of(scene):
            assert verify_stream(stream).ok, stream
        kinds = [record.kind for record in published_records(f"household/{scene.household_id}", limit=50)]
        assert {"erasure.asked", "erasure.agreed", "subject.erased", "household.erased"} <= set(kinds)
        first = next(r for r in published_records(streams_of(scene)[0], limit=50) if r.kind == "household.created")
        with pytest.raises(SubjectErased):
            open_payload(first.stream, first.seq)
    assert scene.sums() == sums


def test_no_word_of_the_household_stands_in_any_row(scene: Scene, second: UUID) -> None:
    scene.offer("1", note="for the 韦 family")
    agree(ask(scene), second)
    assert "韦" not in words_in_rows()


def test_helpers_offers_and_what_is_public_end_with_it(scene: Scene, second: UUID, client: Any) -> None:
    pledge_id = scene.agreed("3", term="standing")
    draft = make_draft(scene.people.author, scene.household_id)
    agree(ask(scene), second)
    assert scene.pledge(pledge_id).stage == "released"
    assert scene.link(scene.pledge(pledge_id).link_id).stage is LinkStage.TERMINATED
    assert row(Need, draft).stage == "withdrawn"
    assert client.get(f"/needs/{scene.need_id}").status_code == 410
    assert client.get(f"/records/need/{scene.need_id}").status_code == 410


def test_a_delivery_that_is_not_answered_stands_against_it(scene: Scene, second: UUID) -> None:
    scene.awaiting("2")
    order_id = ask(scene)
    with pytest.raises(Refused) as refusal:
        agree(order_id, second)
    assert refusal.value.code == "delivery_open"
    assert household(scene).erased_at is None
    assert row(Need, scene.need_id).stage == "published"


def test_a_question_that_is_not_answered_stands_against_it(scene: Scene, second: UUID) -> None:
    with unit_of_work(ANONYMOUS) as session:
        session.add(
            PublicReport(
                household_id=scene.household_id,
                text="When?",
                region_code=VILLAGE,
                county_code=COUNTY,
                due_on=today() + timedelta(days=5),
            )
        )
    with pytest.raises(Refused) as refusal:
        agree(ask(scene), second)
    assert refusal.value.code == "report_open"


def test_an_order_is_declined_or_taken_back_and_everything_stays(scene: Scene, second: UUID) -> None:
    for account, step in ((second, decline_erasure), (scene.people.county, withdraw_erasure)):
        order_id = ask(scene)
        with pytest.raises(Refused):
            ask(scene)
        with acting(account) as actor:
            step(db.session.get_one(ErasureOrder, order_id), actor=actor)
        with pytest.raises(Refused):
            agree(order_id, second)
    order_id = ask(scene)
    with acting(second) as actor, pytest.raises(NotPermitted):
        withdraw_erasure(db.session.get_one(ErasureOrder, order_id), actor=actor)
    with acting(scene.people.county) as actor, pytest.raises(Refused):
        decline_erasure(db.session.get_one(ErasureOrder, order_id), actor=actor)
    assert household(scene).head_name == "韦某某"


def test_nothing_new_is_written_about_an_erased_household(scene: Scene, second: UUID) -> None:
    agree(ask(scene), second)
    for act in (
        lambda: make_draft(scene.people.author, scene.household_id),
        lambda: ask(scene),
        lambda: survey(scene),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "erased"
    with acting(scene.people.author) as actor:
        assert households_in_scope(actor).items == []


def survey(scene: Scene) -> None:
    with acting(scene.people.author) as actor:
        values = {"surveyed_on": today(), "second_visitor": "team"}
        record_survey(subject(scene.household_id), actor=actor, **values)


def test_the_same_person_can_be_put_on_file_anew(scene: Scene, second: UUID) -> None:
    number = household(scene).id_number
    values = {"region_code": VILLAGE, "household_no": "H9999", "size": 3, "head_name": "韦某某", "id_number": number}
    with acting(scene.people.author) as actor, pytest.raises(Refused):
        register_household(actor=actor, **values)
    agree(ask(scene), second)
    with acting(scene.people.author) as actor:
        register_household(actor=actor, **values)


def test_pictures_and_papers_are_removed_after_the_transaction(scene: Scene, second: UUID) -> None:
    draft = make_draft(scene.people.author, scene.household_id)
    submit(scene.people.author, draft)
    with acting(scene.people.verifier) as actor:
        stored = store_file(picture(), actor=actor, caption="on the table")
    verify(scene.people.verifier, draft, evidence=[Evidence(file_id=stored.id)])
    with unit_of_work(SYSTEM) as session:
        (file_id,) = session.scalars(text("SELECT file_id FROM need_evidence WHERE file_id IS NOT NULL")).all()
        assert read_file(file_id)[1]
    agree(ask(scene), second)
    with unit_of_work(SYSTEM) as session:
        waiting = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'core.remove_file'")
        (arguments,) = session.scalars(waiting).all()
    jobs.tasks["core.remove_file"](**arguments)
    with unit_of_work(SYSTEM), pytest.raises(NotFound):
        read_file(file_id)


def test_on_the_desk_one_asks_and_another_agrees(scene: Scene, second: UUID, app: Any) -> None:
    first, other = (sign_in(app.test_client(), who) for who in (scene.people.county, second))
    for client in (first, other):
        client.set_cookie("lang", "en")
    path = f"/desk/households/{scene.household_id}/erasure"
    assert path in first.get(f"/desk/households/{scene.household_id}").text
    assert first.post(path, data={}).status_code == 422
    assert first.post(path, data={"reason": "moved_away"}).status_code == 303
    assert first.post(path, data={"reason": "moved_away"}).status_code == 409
    with unit_of_work(SYSTEM):
        order = find_order(scene.household_id)
    assert order is not None
    agreeing = f"/desk/erasures/{order.id}/agree"
    assert agreeing not in first.get(path).text
    assert agreeing in other.get(path).text
    assert path in other.get("/desk").text
    assert path not in first.get("/desk").text
    assert first.post(agreeing).status_code == 409
    assert other.post(agreeing).status_code == 303
    shown = other.get(f"/desk/households/{scene.household_id}")
    assert shown.status_code == 200
    assert "were erased on" in shown.text
    assert other.post(agreeing).status_code == 409
    assert other.get(f"/records/household/{scene.household_id}").status_code == 200
    assert sign_in(app.test_client(), scene.people.author).get(path).status_code == 403


def test_whoever_is_outside_does_not_find_the_order(scene: Scene) -> None:
    order_id = ask(scene)
    with acting(make_person(Role.COUNTY_OFFICER, "451029")) as actor, pytest.raises(NotFound):
        get_order(actor, order_id)

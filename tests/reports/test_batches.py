"""All handbooks of a village as one file: step by step, only for who asked, gone after a day."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from accounts.models import Role
from core.clock import now
from core.db import db, unit_of_work
from core.errors import Gone, Refused
from core.policy import SYSTEM
from core.records import published_records
from registry.choices.papers import PrintPurpose
from registry.services import open_village
from reports.models import HandbookBatch, HandbookPiece
from reports.services import ask_handbooks, batches, cancel_handbooks, read_handbooks
from reports.services.batches import bind_handbooks, fill_handbooks, remove_old_handbooks
from tests.factories.needs import People, make_household
from tests.factories.people import VILLAGE, acting, make_account, make_person, sign_in
from tests.reports.pdf_text import page_texts


@pytest.fixture
def households(people: People) -> list[UUID]:
    return [make_household(people.author, household_no=f"00{at}") for at in range(3)]


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "STEP", 2)


def asked(people: People) -> UUID:
    with acting(people.author) as actor:
        village = open_village(VILLAGE, actor=actor)
        return ask_handbooks(village, actor=actor, purpose=PrintPurpose.COPY, language="zh").id


def batch_of(batch_id: UUID) -> HandbookBatch:
    with unit_of_work(SYSTEM):
        return db.session.get_one(HandbookBatch, batch_id)


def waiting_jobs() -> list[str]:
    with unit_of_work(SYSTEM):
        query = text("SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE 'reports.%' ORDER BY id")
        return list(db.session.scalars(query))


def made(people: People) -> UUID:
    batch_id = asked(people)
    fill_handbooks(batch_id=str(batch_id))
    bind_handbooks(batch_id=str(batch_id))
    return batch_id


def test_a_village_becomes_one_file_with_a_handbook_for_each_household(people: People, households: list[UUID]) -> None:
    batch_id = made(people)
    with unit_of_work(SYSTEM):
        pages = page_texts(read_handbooks(db.session.get_one(HandbookBatch, batch_id)))
        rows = [published_records(f"household/{key}", limit=1)[0] for key in households]
    covers = [page for page in pages if "一户一册" in page]
    assert [number in cover for number, cover in zip(("000", "001", "002"), covers, strict=True)] == [True] * 3
    assert [(row.kind, row.reason, row.role) for row in rows] == [("household.printed", "copy", "village_officer")] * 3


def test_each_step_is_seen_and_asks_for_the_next(people: People, households: list[UUID], two_at_a_time: None) -> None:
    batch_id = asked(people)
    fill_handbooks(batch_id=str(batch_id))
    assert (batch_of(batch_id).done, batch_of(batch_id).total) == (2, 3)
    fill_handbooks(batch_id=str(batch_id))
    assert batch_of(batch_id).done == 3
    assert waiting_jobs() == ["reports.fill_handbooks", "reports.fill_handbooks", "reports.bind_handbooks"]


def test_a_step_that_runs_twice_writes_no_handbook_twice(people: People, households: list[UUID]) -> None:
    batch_id = asked(people)
    for _time in range(2):
        fill_handbooks(batch_id=str(batch_id))
    with unit_of_work(SYSTEM):
        assert db.session.query(HandbookPiece).count() == 3


def test_a_stopped_print_writes_nothing_more(people: People, households: list[UUID], two_at_a_time: None) -> None:
    batch_id = asked(people)
    fill_handbooks(batch_id=str(batch_id))
    with acting(people.author):
        cancel_handbooks(db.session.get_one(HandbookBatch, batch_id))
    fill_handbooks(batch_id=str(batch_id))
    bind_handbooks(batch_id=str(batch_id))
    with unit_of_work(SYSTEM):
        assert db.session.query(HandbookPiece).count() == 0
    assert (batch_of(batch_id).done, batch_of(batch_id).file_id) == (2, None)


def test_a_print_ends_with_the_role_of_who_asked(people: People, households: list[UUID]) -> None:
    batch_id = asked(people)
    with unit_of_work(SYSTEM):
        db.session.get_one(HandbookBatch, batch_id).asked_by = make_account()
    fill_handbooks(batch_id=str(batch_id))
    assert batch_of(batch_id).cancelled_at is not None


def test_only_one_print_of_a_village_runs_for_one_person(people: People, households: list[UUID]) -> None:
    asked(people)
    with pytest.raises(Refused) as refusal:
        asked(people)
    assert refusal.value.code == "batch_running"


def test_a_village_without_households_has_nothing_to_print(people: People) -> None:
    with pytest.raises(Refused) as refusal:
        asked(people)
    assert refusal.value.code == "no_households"


def test_the_file_is_gone_after_a_day(people: People, households: list[UUID]) -> None:
    batch_id = made(people)
    with unit_of_work(SYSTEM):
        remove_old_handbooks()
        assert db.session.get_one(HandbookBatch, batch_id).is_ready
        db.session.get_one(HandbookBatch, batch_id).created_at = now() - timedelta(days=1, minutes=1)
    with unit_of_work(SYSTEM):
        remove_old_handbooks()
        keys = text("SELECT count(*) FROM subject_key WHERE subject LIKE 'handbooks/%'")
        assert db.session.scalar(keys) == 0
    with unit_of_work(SYSTEM), pytest.raises(Gone):
        read_handbooks(db.session.get_one(HandbookBatch, batch_id))


def test_only_who_asked_fetches_the_file(people: People, households: list[UUID], app: Any) -> None:
    batch_id = made(people)
    path = f"/desk/handbooks/{batch_id}"
    officer = sign_in(app.test_client(), people.author)
    assert "已生成 3 本手册" in officer.get(f"{path}?lang=zh").get_data(as_text=True)
    fetched = officer.get(f"{path}/handbooks.pdf")
    assert (fetched.status_code, fetched.headers["Cache-Control"]) == (200, "no-store")
    colleague = sign_in(app.test_client(), make_person(Role.VILLAGE_OFFICER, VILLAGE))
    assert [colleague.get(path).status_code, colleague.get(f"{path}/handbooks.pdf").status_code] == [404, 404]


def test_the_page_shows_how_far_it_is_and_stops_it(
    people: People, households: list[UUID], app: Any, two_at_a_time: None
) -> None:
    batch_id = asked(people)
    fill_handbooks(batch_id=str(batch_id))
    officer = sign_in(app.test_client(), people.author)
    path = f"/desk/handbooks/{batch_id}"
    assert "已写好 2 本，共 3 本" in officer.get(f"{path}?lang=zh").get_data(as_text=True)
    assert officer.post(f"{path}/cancel").status_code == 303
    assert "停止" in officer.get(f"{path}?lang=zh").get_data(as_text=True)

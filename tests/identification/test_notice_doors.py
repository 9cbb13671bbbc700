"""The doors of notices: what anybody sees, 410 with counts afterwards, noindex, objections without a name."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.models import Notice, Objection, OwnReport
from identification.services.noticing import withdraw_notice
from tests.factories.notices import board_photo, lines_of, make_notice, notice_of, post
from tests.factories.people import VILLAGE, acting, sign_in
from tests.identification.conftest import NAMES, Village
from tests.plugins.web import make_app

TOLD = "The house on this list belongs to somebody else."


@pytest.fixture
def hung(village: Village) -> UUID:
    (notice_id,) = make_notice(village.officer)
    post(notice_id, village.officer)
    return notice_id


@pytest.fixture
def app(village: Village) -> Flask:
    """The application on the village's database."""
    return make_app()


def taken_back(village: Village, notice_id: UUID) -> None:
    with acting(village.township) as actor:
        withdraw_notice(db.session.get_one(Notice, notice_id), actor=actor, reason="a wrong list")


def test_anybody_sees_the_first_character_and_officers_of_the_village_the_name(
    village: Village, hung: UUID, client: FlaskClient
) -> None:
    page = client.get(f"/notices/{hung}?lang=en")
    assert page.status_code == 200
    assert "韦*" in page.text
    assert not any(name in page.text for name in NAMES)
    assert all(name in sign_in(client, village.officer).get(f"/notices/{hung}").text for name in NAMES)


def test_after_its_time_it_is_gone_with_its_counts_left(village: Village, hung: UUID, client: FlaskClient) -> None:
    taken_back(village, hung)
    page = client.get(f"/notices/{hung}?lang=en")
    assert page.status_code == 410
    assert "韦*" not in page.text
    assert "Households on the list" in page.text
    assert "Fewer than 5 households; not shown" in page.text


def test_nothing_about_notices_stays_in_a_search_engine(village: Village, hung: UUID, client: FlaskClient) -> None:
    pages = ["/notices", f"/notices/{hung}", f"/notices/{hung}/object", f"/notices/{uuid4()}", "/my-case"]
    pages += [f"/object?village={VILLAGE}", "/object", "/own-reports", f"/own-reports?village={VILLAGE}"]
    for address in pages:
        assert "noindex" in client.get(address).headers["X-Robots-Tag"], address
    taken_back(village, hung)
    gone = client.get(f"/notices/{hung}")
    assert (gone.status_code, "noindex" in gone.headers["X-Robots-Tag"]) == (410, True)


def test_a_notice_that_does_not_hang_yet_is_not_there(village: Village, client: FlaskClient) -> None:
    (notice_id,) = make_notice(village.officer)
    assert client.get(f"/notices/{notice_id}").status_code == 404
    assert str(notice_id) not in client.get("/notices").text


def test_a_citizen_objects_without_a_name_and_reads_the_answer_with_his_code(
    village: Village, hung: UUID, client: FlaskClient
) -> None:
    entry = lines_of(hung)[0].id
    sent = client.post(
        f"/notices/{hung}/object?lang=en", data={"kind": "wrong_inclusion", "entry": str(entry), "told": TOLD}
    )
    assert sent.status_code == 200
    number, code = re.findall(r'jd-receipt-number">([^<]+)<', sent.text)
    found = client.post("/my-case?lang=en", data={"receipt_no": number, "key": code})
    assert found.status_code == 200
    assert "Received" in found.text
    assert TOLD not in found.text


def test_what_is_missing_is_said_with_everything_typed_kept(hung: UUID, client: FlaskClient) -> None:
    sent = client.post(f"/notices/{hung}/object?lang=en", data={"kind": "data_error", "told": TOLD})
    assert sent.status_code == 422
    assert TOLD in sent.text
    assert "Choose which household on the list it is about." in sent.text


def test_an_officer_who_objects_is_not_named_by_his_session(village: Village, hung: UUID, client: FlaskClient) -> None:
    sign_in(client, village.officer)
    key = "a-key-of-this-form"
    sent = client.post(f"/notices/{hung}/object", data={"kind": "procedure", "told": TOLD, "idempotency_key": key})
    assert sent.status_code == 200
    with unit_of_work(SYSTEM):
        row = db.session.scalars(select(Objection)).one()
        roles = db.session.execute(
            text("SELECT role FROM records.record WHERE stream = :s"), {"s": f"objection/{row.id}"}
        ).scalars()
        owners = db.session.execute(text("SELECT owner FROM idempotency_key WHERE key = :key"), {"key": key}).scalars()
        assert set(roles) == {"anonymous"}
        assert set(owners) == {f"anonymous/notices/{hung}/object".replace("anonymous/", "anonymous//")}


def test_a_flood_from_one_address_is_slowed(hung: UUID, client: FlaskClient) -> None:
    answers = [
        client.post(f"/notices/{hung}/object", data={"kind": "omission", "told": TOLD}).status_code for _ in range(6)
    ]
    assert answers == [200] * 5 + [429]


def test_a_wrong_number_and_a_wrong_key_get_the_same_answer(village: Village, client: FlaskClient) -> None:
    told = {"for_another": "no", "name": "韦一民", "told": "病了", "phone": "13900002222"}
    sent = client.post(f"/own-reports?village={VILLAGE}&lang=en", data=told)
    number = re.findall(r'jd-receipt-number">([^<]+)<', sent.text)[0]
    wrong_key = client.post("/my-case?lang=en", data={"receipt_no": number, "key": "13900009999"})
    wrong_number = client.post("/my-case?lang=en", data={"receipt_no": "S 000 000 0000", "key": "13900002222"})
    assert wrong_key.status_code == wrong_number.status_code == 422

    def without(page: str) -> str:
        return re.sub(r'value="[^"]*"', "", page)

    assert without(wrong_key.text) == without(wrong_number.text)
    right = client.post("/my-case?lang=en", data={"receipt_no": number, "key": "139 0000 2222"})
    assert right.status_code == 200
    assert "Clue" in right.text
    assert "韦一民" not in right.text


def test_guessing_a_receipts_key_is_slowed(village: Village, client: FlaskClient) -> None:
    data = {"receipt_no": "S1234567890", "key": "13900009999"}
    assert [client.post("/my-case", data=data).status_code for _ in range(6)] == [422] * 5 + [429]


def test_the_village_is_chosen_by_name_or_step_by_step(village: Village, client: FlaskClient) -> None:
    assert "同乐镇" in client.get("/own-reports?lang=zh").text
    assert f"village={VILLAGE}" in client.get("/own-reports?place=451028100000").text
    assert f"village={VILLAGE}" in client.get("/own-reports?q=九利").text
    assert client.get("/own-reports?place=999").status_code == 404


def test_an_officer_makes_hangs_and_looks_after_a_notice_in_the_pages(village: Village, client: FlaskClient) -> None:
    sign_in(client, village.officer)
    which = {"region_code": VILLAGE, "what": "B_monitoring_2021/village"}
    page = client.get("/desk/notices/new", query_string=which)
    assert all(name in page.text for name in NAMES)
    assert client.post("/desk/notices", data=which).status_code == 422
    reasons = {f"reason-{case}": "income" for case in village.cases}
    made = client.post("/desk/notices", data=which | reasons)
    assert made.status_code == 303
    address = made.headers["Location"]
    assert client.post(f"{address}/post").status_code == 422
    photo = {"photo": (BytesIO(board_photo()), "board.jpg")}
    assert client.post(f"{address}/post", data=photo).status_code == 303
    notice = notice_of(UUID(address.rsplit("/", 1)[1]))
    assert client.get(f"{address}/photos/{notice.photo_file_id}?small=1").mimetype == "image/jpeg"
    assert client.get(f"{address}/photos/{uuid4()}").status_code == 404
    assert client.post(f"{address}/inspections", data={"still_up": "yes"}).status_code == 303
    assert client.get(address).status_code == 200


def test_an_officer_puts_a_line_right_in_the_pages(village: Village, hung: UUID, client: FlaskClient) -> None:
    sign_in(client, village.officer)
    address = f"/desk/notice-entries/{lines_of(hung)[0].id}/correction"
    assert "韦一民" in client.get(address).text
    values = {"name": "韦一民", "persons": "0", "reason_group": "income"}
    assert client.post(address, data=values).status_code == 422
    assert client.post(address, data=values | {"persons": "5"}).status_code == 303
    assert lines_of(hung)[0].persons == 5


def test_officers_answer_an_objection_in_the_pages(village: Village, hung: UUID, client: FlaskClient) -> None:
    client.post(f"/notices/{hung}/object", data={"kind": "omission", "told": TOLD})
    with unit_of_work(SYSTEM):
        objection = db.session.scalars(select(Objection)).one()
    sign_in(client, village.township)
    address = f"/desk/objections/{objection.id}"
    assert f"/desk/objections/{objection.id}" in client.get("/desk/objections").text
    assert TOLD in client.get(address).text
    assert client.post(f"{address}/refuse", data={"why": "no_facts"}).status_code == 422
    for step, data in (
        ("accept", {}),
        ("investigate", {}),
        ("decide", {"finding": "dismissed", "words": "Visited; the household does not live here."}),
        ("reply", {"words": "It does not live in this village."}),
    ):
        assert client.get(address).status_code == 200
        assert client.post(f"{address}/{step}", data=data).status_code == 303, step
    assert client.post(f"{address}/reply", data={"words": "Again."}).status_code == 409


def test_officers_enter_what_came_on_paper(village: Village, hung: UUID, client: FlaskClient) -> None:
    sign_in(client, village.township)
    assert client.get("/desk/objections/new").status_code == 200
    values = {"region_code": VILLAGE, "channel": "paper", "kind": "data_error", "told": TOLD}
    assert client.post("/desk/objections", data=values).status_code == 422
    entry = lines_of(hung)[1].id
    assert client.post("/desk/objections", data=values | {"entry": str(entry)}).status_code == 200
    told = {"region_code": VILLAGE, "channel": "phone", "for_another": "no", "name": "韦一民", "told": "病了"}
    assert client.post("/desk/own-reports", data=told).status_code == 422
    assert client.post("/desk/own-reports", data=told | {"phone": "13900002222"}).status_code == 200
    with unit_of_work(SYSTEM):
        report = db.session.scalars(select(OwnReport)).one()
    assert "韦一民" in client.get(f"/desk/own-reports/{report.id}").text
    assert report.receipt_no[1:4] in client.get("/desk/own-reports").text


def test_a_sheet_of_codes_is_printed(village: Village, client: FlaskClient) -> None:
    sign_in(client, village.officer)
    assert client.get("/desk/paper-codes").status_code == 200
    printed = client.post("/desk/paper-codes", data={"region_code": VILLAGE})
    assert printed.data.startswith(b"%PDF")

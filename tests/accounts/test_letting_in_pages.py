"""The pages by which two persons let an official in again, and the mail that carries his link."""

import re

import pytest
from sqlalchemy import text

from accounts.models import AccessReset, Account, Role
from accounts.queries import open_resets
from accounts.reset_models import ResetStage
from accounts.services.reset_links import mail_link
from core.db import db, unit_of_work
from core.errors import NotValid
from core.policy import SYSTEM
from tests.accounts.test_letting_in_again import NEW, REASON, agree, ask, enters, officials
from tests.factories.people import acting, make_person, sign_in

pytestmark = pytest.mark.usefixtures("database")


def test_the_link_goes_to_the_mail_and_never_through_the_queue(monkeypatch, app):
    sent = []
    monkeypatch.setattr("accounts.services.reset_links.send_mail", lambda *parts: sent.append(parts))
    lost, first, second = officials()
    with unit_of_work(SYSTEM):
        db.session.get_one(Account, lost).email = "lost@example.org"
    assert agree(second, ask(first, lost), by_mail=True) is None
    with unit_of_work(SYSTEM) as session:
        (row,) = session.execute(text("DELETE FROM procrastinate_jobs RETURNING args")).scalars()
        assert session.execute(text("SELECT count(*) FROM reset_link")).scalar_one() == 0
    mail_link(**row)
    code = re.search(r"/login/reset/(\S+)", sent[0][2])[1]
    assert sent[0][0] == "lost@example.org"
    assert app.test_client().post("/login/reset", data={"code": code, "new": NEW}).status_code == 303


def test_without_a_mail_on_file_the_code_is_printed():
    lost, first, second = officials()
    reset_id = ask(first, lost)
    with pytest.raises(NotValid):
        agree(second, reset_id, by_mail=True)


def test_the_whole_way_in_the_pages(app):
    lost, first, second = officials()
    township, county = sign_in(app.test_client(), first), sign_in(app.test_client(), second)
    page = township.get(f"/accounts/{lost}").text
    assert f"/accounts/{lost}/resets" in page
    assert f"/accounts/{lost}/password" not in page
    wish = {"kind": "password", "reason": REASON}
    assert township.post(f"/accounts/{lost}/resets", data={"kind": "password"}).status_code == 422
    assert township.post(f"/accounts/{lost}/resets", data=wish).status_code == 303
    assert f"/accounts/{lost}#reset" in county.get("/accounts").text
    assert f"/accounts/{lost}#reset" in county.get("/desk").text
    assert f"/accounts/{lost}#reset" not in township.get("/desk").text
    with unit_of_work(SYSTEM) as session:
        reset_id = session.execute(text("SELECT id FROM access_reset")).scalar_one()
    assert REASON in county.get(f"/accounts/{lost}").text
    assert f"/accounts/resets/{reset_id}/agree" not in township.get(f"/accounts/{lost}").text
    assert township.post(f"/accounts/resets/{reset_id}/agree", data={"way": "paper"}).status_code == 409
    assert county.post(f"/accounts/resets/{reset_id}/agree", data={}).status_code == 422
    assert county.post(f"/accounts/resets/{reset_id}/agree", data={"way": "mail"}).status_code == 422
    done = county.post(f"/accounts/resets/{reset_id}/agree", data={"way": "paper"})
    code = re.search(r"\b[a-z0-9]{4}(-[a-z0-9]{4}){3}\b", done.text)[0]
    assert app.test_client().post("/login/reset", data={"code": code, "new": NEW}).status_code == 303
    assert enters(app, "lost", NEW)


def test_what_was_asked_is_withdrawn_in_the_pages(app):
    lost, first, second = officials()
    reset_id = ask(first, lost)
    assert sign_in(app.test_client(), second).post(f"/accounts/resets/{reset_id}/withdraw").status_code == 303
    with unit_of_work(SYSTEM):
        assert db.session.get_one(AccessReset, reset_id).stage is ResetStage.WITHDRAWN


def test_a_wish_is_seen_only_by_those_who_answer_for_the_account(app):
    lost, first, second = officials()
    reset_id = ask(first, lost)
    seen = {}
    for name, account_id in (
        ("county", second),
        ("security", make_person(Role.SECURITY_ADMIN)),
        ("neighbour", make_person(Role.TOWNSHIP_OFFICER, "451028101")),
        ("village", make_person(Role.VILLAGE_OFFICER)),
        ("auditor", make_person(Role.AUDITOR)),
    ):
        with acting(account_id) as actor:
            seen[name] = [reset.id for reset, _account in open_resets(actor)] == [reset_id]
    assert seen == {"county": True, "security": True, "neighbour": False, "village": False, "auditor": False}
    neighbour = sign_in(app.test_client(), make_person(Role.TOWNSHIP_OFFICER, "451028101"))
    assert neighbour.post(f"/accounts/resets/{reset_id}/withdraw").status_code == 404

"""The five messages: kept and enqueued with their cause, sent by a job (workflows.md, doubts 12)."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import text

from accounts.jobs import forget_old_messages
from accounts.models import Account, Role
from accounts.services import MessageKind, disable_account, notify
from accounts.services.messages import send_message
from core.db import db, unit_of_work
from core.i18n import label, use_locale
from core.policy import SYSTEM
from tests.factories.people import PASSWORD, acting, make_account, make_person, sign_in

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def outbox(monkeypatch):
    sent = []
    monkeypatch.setattr("accounts.services.messages.send_mail", lambda *parts: sent.append(("mail", *parts)))
    monkeypatch.setattr("accounts.services.messages.send_text", lambda *parts: sent.append(("text", *parts)))
    return sent


def tell(account_id, kind=MessageKind.DECISION_DUE, **facts):
    with unit_of_work(SYSTEM):
        notify([account_id], kind, link="/desk", **facts)


def queued(account_id):
    notify([account_id], MessageKind.PLEDGE_MADE, link="/desk")
    return True


def run_jobs():
    with unit_of_work(SYSTEM) as session:
        rows = list(session.execute(text("SELECT args FROM procrastinate_jobs ORDER BY id")).scalars())
    for row in rows:
        send_message(**(row if isinstance(row, dict) else json.loads(row)))
    return rows


def test_a_message_exists_only_if_its_cause_was_committed(outbox):
    account_id = make_account(email="cadre@example.org")
    with pytest.raises(KeyError), unit_of_work(SYSTEM):
        notify([account_id], MessageKind.PLEDGE_MADE, link=str({}["failure"]) if queued(account_id) else "")
    assert run_jobs() == []
    tell(account_id)
    run_jobs()
    assert [(kind, to) for kind, to, *_rest in outbox] == [("mail", "cadre@example.org")]


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_message_speaks_the_language_of_its_reader(outbox, kind, language):
    tell(make_account(email="cadre@example.org", language=language), kind, title="Two quilts", due_on=date(2999, 1, 2))
    run_jobs()
    _way, _to, subject, body = outbox[0]
    with use_locale(language):
        assert subject == label(kind)
    assert "Two quilts" in body
    assert "2999-01-02" in body
    assert "http://127.0.0.1:8000/desk" in body


def test_who_has_no_mail_gets_a_text_message(outbox):
    tell(make_account(phone="138 0000 1234"))
    run_jobs()
    assert outbox[0][:2] == ("text", "13800001234")


def test_who_has_neither_finds_it_on_the_desk_all_the_same(outbox, client):
    account_id = make_account()
    tell(account_id, MessageKind.GOODS_ARRIVED, title="Two quilts", due_on=date(2999, 1, 2))
    run_jobs()
    assert outbox == []
    sign_in(client, account_id)
    assert 'href="/account/messages"' in client.get("/desk?lang=en").text
    assert "1 new message" in client.get("/desk?lang=en").text
    page = client.get("/account/messages?lang=en").text
    assert "Goods have arrived at the village" in page
    assert "Two quilts" in page
    assert "2999-01-02" in page
    assert 'href="/desk"' in page


def test_looking_reads_nothing_and_marking_reads_all(client):
    account_id = make_account()
    for _number in range(3):
        tell(account_id)
    sign_in(client, account_id)
    client.get("/account/messages")
    assert "3 new messages" in client.get("/desk?lang=en").text
    assert client.post("/account/messages/read").status_code == 303
    assert "new message" not in client.get("/desk?lang=en").text
    assert "A decision is waiting for you" in client.get("/account/messages?lang=en").text


def test_nobody_sees_or_reads_the_messages_of_somebody_else(app):
    mine, theirs = make_account(), make_account()
    tell(theirs, title="Two quilts")
    client = sign_in(app.test_client(), mine)
    assert "Two quilts" not in client.get("/account/messages").text
    client.post("/account/messages/read")
    assert "1 new message" in sign_in(app.test_client(), theirs).get("/desk?lang=en").text


def test_the_list_goes_on_page_by_page_newest_first(client):
    account_id = make_account()
    for number in range(25):
        tell(account_id, title=f"row{number:02}")
    sign_in(client, account_id)
    first = client.get("/account/messages").text
    following = re.search(r'href="(/account/messages\?cursor=[^"]+)"', first)[1]
    second = client.get(following).text
    assert ("row24" in first, "row04" in first, "row04" in second, "row00" in second) == (True, False, True, True)


def test_messages_are_kept_for_half_a_year():
    account_id = make_account()
    tell(account_id)
    tell(account_id)
    with unit_of_work(SYSTEM) as session:
        session.execute(
            text(
                "UPDATE message SET created_at = created_at - interval '181 days'"
                " WHERE id = (SELECT id FROM message LIMIT 1)"
            )
        )
    forget_old_messages()
    with unit_of_work(SYSTEM) as session:
        assert session.execute(text("SELECT count(*) FROM message")).scalar_one() == 1


def test_a_new_mail_address_asks_for_the_password_and_is_used_next(client, outbox):
    account_id = make_account(email="old@example.org")
    sign_in(client, account_id)
    wrong = ({"email": "new@example.org", "password": "not it"}, {"email": "no address", "password": PASSWORD})
    for form in wrong:
        assert client.post("/account/email", data=form).status_code == 422
    changed = client.post("/account/email", data={"email": "new@example.org", "password": PASSWORD})
    assert changed.status_code == 303
    tell(account_id)
    run_jobs()
    assert [to for _way, to, *_rest in outbox] == ["new@example.org"]


def test_who_was_switched_off_meanwhile_gets_nothing(outbox):
    account_id = make_account(email="cadre@example.org")
    tell(account_id)
    with acting(make_person(Role.SECURITY_ADMIN)) as actor:
        disable_account(db.session.get_one(Account, account_id), actor=actor, reason="left")
    run_jobs()
    assert outbox == []


def test_the_queue_holds_no_address(outbox):
    tell(make_account(email="canary@example.org", phone="13800001234"))
    rows = run_jobs()
    assert "canary" not in str(rows)
    assert "13800001234" not in str(rows)

"""The five messages: enqueued with their cause, sent by a job (workflows.md, doubts 12)."""

import json
from datetime import date

import pytest
from sqlalchemy import text

from accounts.models import Account, Role
from accounts.services import MessageKind, disable_account, notify
from accounts.services.messages import send_message
from core.db import db, unit_of_work
from core.i18n import label, use_locale
from core.policy import SYSTEM
from tests.factories.people import acting, make_account, make_person

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


def test_who_has_neither_gets_nothing(outbox):
    tell(make_account())
    run_jobs()
    assert outbox == []


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

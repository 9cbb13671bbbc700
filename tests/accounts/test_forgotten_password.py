"""Helpers get in again by a link of their mail; officials never do (security.md, rows 37, 38, 39)."""

import re
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest
from sqlalchemy import text

from accounts.models import Account, Role
from accounts.queries import actor_for_token
from accounts.services import disable_account, make_token
from accounts.services.reset_caps import IN_ALL, PER_ADDRESS, PER_NAME
from accounts.services.reset_links import answer_wish, ask_for_link
from core.db import db, unit_of_work
from core.errors import TooManyRequests
from core.policy import ANONYMOUS, SYSTEM
from tests.factories.people import PASSWORD, acting, make_account, make_grant, make_person, sign_in

MAIL = "helper@example.org"
NEW = "a new set of words"


@pytest.fixture
def outbox(monkeypatch):
    sent = []
    monkeypatch.setattr("accounts.services.reset_links.send_mail", lambda *parts: sent.append(parts))
    return sent


def make_helper(username="helper", role=Role.DONOR_ADMIN, **overrides):
    account_id = make_account(username, **({"email": MAIL} | overrides))
    make_grant(account_id, role, "", donor_id=uuid4())
    return account_id


def run_jobs():
    with unit_of_work(SYSTEM) as session:
        rows = list(session.execute(text("DELETE FROM procrastinate_jobs RETURNING args")).scalars())
    for row in rows:
        answer_wish(**row)
    return rows


def ask(client, username, address="10.0.0.1"):
    return client.post("/login/forgotten", data={"username": username}, environ_base={"REMOTE_ADDR": address})


def code_of(mail):
    return re.search(r"/login/reset/(\S+)", mail[2])[1]


def link_for(client, outbox, username="helper"):
    assert ask(client, username).status_code == 200
    run_jobs()
    return code_of(outbox[-1])


def choose(client, code, new=NEW):
    return client.post("/login/reset", data={"code": code, "new": new})


def enters(app, username, password):
    return app.test_client().post("/login", data={"username": username, "password": password}).status_code == 303


def test_the_whole_way_from_the_sign_in_page_to_a_new_password(app, client, outbox):
    make_helper()
    assert "/login/forgotten" in client.get("/login").text
    code = link_for(client, outbox)
    assert outbox[0][0] == MAIL
    page = client.get(f"/login/reset/{code}")
    assert (page.status_code, code in page.text) == (200, True)
    assert choose(client, code).location == "/login"
    assert enters(app, "helper", NEW)
    assert not enters(app, "helper", PASSWORD)


def test_a_new_password_by_link_ends_all_sessions_and_tokens(app, client, outbox):
    helper = make_helper()
    there = sign_in(app.test_client(), helper)
    with unit_of_work(SYSTEM):
        token = make_token(db.session.get_one(Account, helper), name="test")[1]
    choose(client, link_for(client, outbox))
    assert there.get("/account").status_code == 401
    with unit_of_work(ANONYMOUS):
        assert actor_for_token(token) is None


def test_a_link_works_once(client, outbox):
    make_helper()
    code = link_for(client, outbox)
    assert choose(client, code).status_code == 303
    assert choose(client, code, "yet another set of words").status_code == 422
    assert client.get(f"/login/reset/{code}").status_code == 410


def test_a_link_works_once_even_at_the_same_moment(app, client, outbox):
    make_helper()
    code = link_for(client, outbox)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: choose(app.test_client(), code, f"{n} set of new words").status_code, range(4)))
    assert sorted(found) == [303, 422, 422, 422]


def test_a_link_lives_half_an_hour(client, outbox):
    make_helper()
    code = link_for(client, outbox)
    with unit_of_work(SYSTEM) as session:
        left = session.execute(text("SELECT expires_at - records.clock() FROM reset_link")).scalar_one()
        session.execute(text("UPDATE reset_link SET expires_at = records.clock()"))
    assert 1700 < left.total_seconds() <= 1800
    assert choose(client, code).status_code == 422


def test_a_password_that_is_refused_does_not_spend_the_link(client, outbox):
    make_helper()
    code = link_for(client, outbox)
    assert choose(client, code, "short").status_code == 422
    assert choose(client, code).status_code == 303


def test_a_newer_link_voids_the_older_one(client, outbox):
    make_helper()
    old, new = link_for(client, outbox), link_for(client, outbox)
    assert choose(client, old).status_code == 422
    assert choose(client, new).status_code == 303


def test_a_link_of_an_account_that_was_switched_off_opens_nothing(client, outbox):
    helper = make_helper()
    code = link_for(client, outbox)
    with acting(make_person(Role.SECURITY_ADMIN)) as actor:
        disable_account(db.session.get_one(Account, helper), actor=actor, reason="left")
    assert choose(client, code).status_code == 422


def strangers():
    """Everybody who gets no link: unknown, without mail, by phone only, official, helper in office, switched off."""
    make_helper("without.mail", email=None)
    make_helper("phone.only", email=None, phone="13800001234")
    make_grant(make_account("official", email=MAIL), Role.VILLAGE_OFFICER)
    make_grant(make_helper("helping.cadre"), Role.PAIRING_CADRE)
    with acting(make_person(Role.SECURITY_ADMIN)) as actor:
        disable_account(db.session.get_one(Account, make_helper("switched.off")), actor=actor, reason="left")
    return ["nobody", "without.mail", "phone.only", "official", "helping.cadre", "switched.off"]


def test_only_helpers_in_use_with_a_mail_get_a_link(client, outbox):
    for number, username in enumerate(strangers()):
        assert ask(client, username, f"10.0.1.{number}").status_code == 200
    run_jobs()
    assert outbox == []


def test_every_name_gets_the_same_answer(client, outbox):
    """Byte by byte, headers, and the same work behind it: one job, whose argument cannot be read."""
    make_helper()
    answers = set()
    for number, username in enumerate(["helper", *strangers()]):
        answer = ask(client, username, f"10.0.1.{number}")
        answers.add((answer.status_code, answer.data, str(sorted(answer.headers.keys()))))
        with unit_of_work(SYSTEM) as session:
            names, rows = zip(
                *session.execute(text("DELETE FROM procrastinate_jobs RETURNING task_name, args::text")), strict=True
            )
        assert names == ("accounts.answer_wish",)
        assert username not in rows[0]
    assert len(answers) == 1


def test_an_unknown_name_takes_as_long_as_a_known_one(client, monkeypatch):
    for cap in ("PER_NAME", "PER_ADDRESS", "IN_ALL"):
        monkeypatch.setattr(f"accounts.services.reset_caps.{cap}", 10_000)
    make_helper()
    timings = {"helper": [], "nobody": []}
    for _round in range(30):
        for username, found in timings.items():
            begun = perf_counter()
            ask(client, username)
            found.append(perf_counter() - begun)
    assert abs(median(timings["helper"]) - median(timings["nobody"])) < 0.005


@pytest.mark.parametrize("username", ["helper", "nobody"])
def test_a_name_is_asked_for_three_times_an_hour_from_wherever(client, username):
    make_helper()
    found = [ask(client, username, f"10.0.2.{number}") for number in range(PER_NAME + 2)]
    assert [answer.status_code for answer in found] == [200] * PER_NAME + [429] * 2
    assert 0 < int(found[-1].headers["Retry-After"]) <= 3600


def wish(number, address=None):
    try:
        with unit_of_work(ANONYMOUS):
            ask_for_link(f"name{number}", address=address or f"10.3.{number // 200}.{number % 200}")
    except TooManyRequests:
        return "wait"
    return "taken"


@pytest.mark.usefixtures("database")
def test_the_cap_of_an_address_holds_at_the_same_moment():
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda number: wish(number, "10.0.0.9"), range(PER_ADDRESS + 8)))
    assert (found.count("taken"), found.count("wait")) == (PER_ADDRESS, 8)


@pytest.mark.usefixtures("database")
def test_the_cap_of_all_together_holds_at_the_same_moment():
    with unit_of_work(SYSTEM) as session:
        session.execute(
            text(
                "INSERT INTO sign_in_attempt (purpose, name_key, address_key, at)"
                " SELECT 'reset', sha256(n::text::bytea), sha256(n::text::bytea), clock_timestamp()"
                " FROM generate_series(1, :count) n"
            ),
            {"count": IN_ALL - 5},
        )
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(wish, range(12)))
    assert (found.count("taken"), found.count("wait")) == (5, 7)


def test_a_refused_wish_does_not_prolong_the_wait(client):
    for number in range(PER_NAME + 4):
        ask(client, "nobody", f"10.0.2.{number}")
    with unit_of_work(SYSTEM) as session:
        counted = session.execute(text("SELECT count(*) FROM sign_in_attempt WHERE purpose = 'reset'")).scalar_one()
    assert counted == PER_NAME


def test_the_code_stands_in_no_table(client, outbox):
    make_helper()
    code = link_for(client, outbox)
    with unit_of_work(SYSTEM) as session:
        rows = session.execute(text("SELECT reset_link::text FROM reset_link")).scalars().all()
    assert len(rows) == 1
    assert code not in rows[0]
    assert len(code.replace("-", "")) == 28


def test_guessing_codes_is_slowed_down(client):
    statuses = [choose(client, f"aaaa-bbbb-cccc-{number:04}").status_code for number in range(7)]
    assert statuses == [422] * 5 + [429] * 2


def test_the_second_factor_stays_after_a_new_password(app, client, outbox):
    from tests.accounts.test_sign_in import second_factor

    second_factor(make_helper())
    choose(client, link_for(client, outbox))
    assert not enters(app, "helper", NEW)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_mail_speaks_the_language_of_its_reader(client, outbox, language):
    make_helper(language=language)
    link_for(client, outbox)
    assert ("new password" in outbox[0][1]) is (language == "en")
    for path in ("/login/forgotten", "/login/reset"):
        page = client.get(f"{path}?lang={language}")
        assert (page.status_code, page.text.count("<h1")) == (200, 1)


def test_an_empty_form_is_shown_again(client):
    assert client.post("/login/forgotten", data={"username": ""}).status_code == 422
    assert client.post("/login/reset", data={"code": "", "new": ""}).status_code == 422

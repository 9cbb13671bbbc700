"""Signing in (security.md, rows 36, 37, 40, 41, 44)."""

import re
import time
from dataclasses import replace
from statistics import median

import pyotp
import pytest
from sqlalchemy import text

from accounts.models import Account, Credential, Role
from accounts.queries import actor_for_sign_in
from accounts.services import begin_second_factor, confirm_second_factor, disable_account, prove, sign_in
from accounts.services.sign_in import NotProven
from accounts.services.throttle import PER_ADDRESS, PER_PAIR
from core.db import db, unit_of_work
from core.errors import NotValid, TooManyRequests
from core.policy import ANONYMOUS, SYSTEM
from core.settings import current
from tests.factories.people import PASSWORD, acting, actor_of, make_account, make_person

pytestmark = pytest.mark.usefixtures("database")


def attempt(username, password=PASSWORD, *, code="", address="10.0.0.1"):
    with unit_of_work(ANONYMOUS):
        return prove(username, password, code=code, address=address).id


def test_name_and_password_open_the_account_whatever_the_capitals():
    account_id = make_account("zhuping.officer")
    assert attempt(" Zhuping.Officer ") == account_id


@pytest.mark.parametrize("username", ["known", "unknown", "switched.off", "no.password"])
def test_every_wrong_attempt_gets_the_same_answer(username):
    make_account("known")
    make_account("no.password", password=None)
    off = make_account("switched.off")
    with acting(make_person(Role.SECURITY_ADMIN)) as actor:
        disable_account(db.session.get_one(Account, off), actor=actor, reason="left the office")
    password = PASSWORD if username != "known" else "something else"
    with pytest.raises(NotProven) as refusal:
        attempt(username, password)
    assert (refusal.value.status, refusal.value.code, str(refusal.value.errors)) == (
        401,
        "not_proven",
        str(NotProven().errors),
    )


def test_an_unknown_name_takes_as_long_as_a_wrong_password(monkeypatch):
    """Medians of the hash work alone; the throttle is lifted for the measurement."""
    monkeypatch.setattr("accounts.services.throttle.PER_PAIR", 10_000)
    monkeypatch.setattr("accounts.services.throttle.PER_ADDRESS", 10_000)
    make_account("known")
    timings: dict[str, list[float]] = {"known": [], "unknown": []}
    for _round in range(40):
        for username, found in timings.items():
            begun = time.perf_counter()
            with pytest.raises(NotProven):
                attempt(username, "wrong password")
            found.append(time.perf_counter() - begun)
    assert abs(median(timings["known"]) - median(timings["unknown"])) < 0.005


def test_the_sixth_guess_in_a_quarter_of_an_hour_waits_even_if_it_is_right():
    make_account("known")
    for _guess in range(PER_PAIR):
        with pytest.raises(NotProven):
            attempt("known", "wrong password")
    with pytest.raises(TooManyRequests) as refusal:
        attempt("known")
    assert 0 < refusal.value.retry_after <= 900


def test_a_guesser_elsewhere_does_not_shut_the_owner_out():
    account_id = make_account("known")
    for _guess in range(PER_PAIR + 3):
        with pytest.raises((NotProven, TooManyRequests)):
            attempt("known", "wrong password", address="10.9.9.9")
    assert attempt("known", address="10.0.0.1") == account_id


def test_unknown_names_are_throttled_like_known_ones():
    for _guess in range(PER_PAIR):
        with pytest.raises(NotProven):
            attempt("nobody")
    with pytest.raises(TooManyRequests):
        attempt("nobody")


def test_one_address_cannot_walk_through_many_names():
    refused = 0
    for number in range(PER_ADDRESS + 5):
        try:
            attempt(f"name{number}")
        except TooManyRequests:
            refused += 1
        except NotProven:
            pass
    assert refused == 5


def test_of_a_thousand_guesses_sixty_are_looked_at_and_nobody_else_notices():
    make_account("known")
    other = make_account("other")
    outcomes = {"looked at": 0, "waited": 0}
    for number in range(1000):
        try:
            attempt(f"name{number % 40}", "wrong password", address="10.9.9.9")
        except TooManyRequests:
            outcomes["waited"] += 1
        except NotProven:
            outcomes["looked at"] += 1
    assert outcomes == {"looked at": PER_ADDRESS, "waited": 1000 - PER_ADDRESS}
    assert attempt("other") == other


def test_a_right_password_forgets_the_wrong_ones_before():
    make_account("known")
    for _round in range(3):
        for _guess in range(PER_PAIR - 1):
            with pytest.raises(NotProven):
                attempt("known", "wrong password")
        attempt("known")


def test_a_user_name_is_taken_once_whatever_the_capitals():
    make_account("officer")
    with pytest.raises(NotValid):
        make_account("OFFICER")


def second_factor(account_id):
    with acting(account_id) as actor:
        account = db.session.get_one(Account, account_id)
        secret = begin_second_factor(account, actor=actor)
        codes = confirm_second_factor(account, actor=actor, code=pyotp.TOTP(secret).now())
    return pyotp.TOTP(secret), codes


def code_for_later(totp):
    """A code of the next step: the present one was spent by the set-up."""
    return totp.at(int(time.time()) + 30)


def test_with_a_second_factor_the_password_alone_is_not_enough():
    account_id = make_account("known")
    totp, _codes = second_factor(account_id)
    with pytest.raises(NotProven):
        attempt("known")
    assert attempt("known", code=code_for_later(totp)) == account_id


def test_no_code_works_twice():
    account_id = make_account("known")
    totp, _codes = second_factor(account_id)
    code = code_for_later(totp)
    assert attempt("known", code=code) == account_id
    with pytest.raises(NotProven):
        attempt("known", code=code)


def test_a_recovery_code_works_once():
    account_id = make_account("known")
    _totp, codes = second_factor(account_id)
    assert attempt("known", code=codes[0].upper()) == account_id
    with pytest.raises(NotProven):
        attempt("known", code=codes[0])
    assert attempt("known", code=codes[1]) == account_id


def test_the_secret_is_stored_encrypted():
    account_id = make_account("known")
    totp, _codes = second_factor(account_id)
    with unit_of_work(SYSTEM) as session:
        raw = session.execute(text("SELECT totp_secret FROM credential")).scalar_one()
        assert session.get_one(Credential, account_id).totp_secret == totp.secret
    assert totp.secret.encode() not in bytes(raw)


def test_a_session_is_known_by_its_token_only_and_stored_as_a_hash():
    make_account("known")
    with unit_of_work(ANONYMOUS):
        account, token = sign_in("known", PASSWORD, code="", address="10.0.0.1", agent="test")
    with unit_of_work(ANONYMOUS) as session:
        found = actor_for_sign_in(token)
        assert found is not None
        assert found.account_id == account.id
        assert actor_for_sign_in(token + "x") is None
        stored = session.execute(text("SELECT token_hash FROM sign_in")).scalar_one()
    assert not re.search(token.encode(), bytes(stored))


def age_sign_ins(change):
    with unit_of_work(SYSTEM) as session:
        session.execute(text(f"UPDATE sign_in SET {change}"))


@pytest.mark.parametrize(
    "change",
    [
        "idle_until = records.clock() - interval '1 second'",
        "expires_at = records.clock() - interval '1 second'",
        "ended_at = records.clock()",
    ],
)
def test_a_session_ends_by_rest_by_age_and_by_hand(change):
    make_account("known")
    with unit_of_work(ANONYMOUS):
        _account, token = sign_in("known", PASSWORD, code="", address="10.0.0.1", agent="test")
    age_sign_ins(change)
    with unit_of_work(ANONYMOUS):
        assert actor_for_sign_in(token) is None


def test_officials_rest_half_an_hour_and_others_a_day():
    make_person(Role.VILLAGE_OFFICER, username="official")
    make_account("helper")
    for username in ("official", "helper"):
        with unit_of_work(ANONYMOUS):
            sign_in(username, PASSWORD, code="", address="10.0.0.1", agent=username)
    with unit_of_work(SYSTEM) as session:
        rows = session.execute(text("SELECT agent, extract(epoch FROM idle_until - created_at) / 60 FROM sign_in"))
        minutes = {agent: round(float(found)) for agent, found in rows}
    assert minutes == {"official": 30, "helper": 24 * 60}


def test_an_initial_password_gives_no_role_until_it_is_changed():
    account_id = make_person(Role.VILLAGE_OFFICER)
    assert actor_of(account_id).grants != ()
    with unit_of_work(SYSTEM) as session:
        session.get_one(Credential, account_id).password_set_at = None
    assert actor_of(account_id).grants == ()


def test_where_it_is_required_an_official_without_second_factor_has_no_role(monkeypatch):
    account_id, helper = make_person(Role.VILLAGE_OFFICER), make_account()
    monkeypatch.setattr("accounts.queries.actors.current", lambda: replace(current(), totp_required=True))
    assert actor_of(account_id).grants == ()
    second_factor(account_id)
    assert [grant.role for grant in actor_of(account_id).grants] == ["village_officer"]
    assert actor_of(helper).account_id == helper

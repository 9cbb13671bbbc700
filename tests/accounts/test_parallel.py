"""Guesses and codes at the same moment (security.md, rows 36 and 40: also in parallel)."""

import time
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest

from accounts.models import Account
from accounts.services import begin_second_factor, confirm_second_factor, prove
from accounts.services.sign_in import NotProven
from accounts.services.throttle import PER_PAIR
from core.db import db, unit_of_work
from core.errors import TooManyRequests
from core.policy import ANONYMOUS
from tests.factories.people import PASSWORD, acting, make_account

pytestmark = pytest.mark.usefixtures("database")
THREADS = 4


def outcome(password, code="", address="10.0.0.1"):
    try:
        with unit_of_work(ANONYMOUS):
            prove("known", password, code=code, address=address)
    except NotProven:
        return "wrong"
    except TooManyRequests:
        return "wait"
    return "open"


def test_guesses_at_the_same_time_do_not_slip_past_the_limit():
    make_account("known")
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _guess: outcome("wrong password"), range(24)))
    assert found.count("wrong") <= PER_PAIR
    assert found.count("wait") >= 24 - PER_PAIR
    assert outcome(PASSWORD, address="10.0.0.2") == "open"


def test_one_code_opens_one_session_even_at_the_same_moment():
    account_id = make_account("known")
    with acting(account_id) as actor:
        account = db.session.get_one(Account, account_id)
        totp = pyotp.TOTP(begin_second_factor(account, actor=actor))
        confirm_second_factor(account, actor=actor, code=totp.now())
    code = totp.at(int(time.time()) + 30)
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda number: outcome(PASSWORD, code, f"10.0.1.{number}"), range(8)))
    assert found.count("open") == 1

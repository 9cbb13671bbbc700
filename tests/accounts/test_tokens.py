"""Tokens of the JSON door (contracts.md: POST /tokens)."""

import pytest
from sqlalchemy import text

from accounts.models import Account, Role
from accounts.policy import AccountPermission
from accounts.queries import actor_for_token
from accounts.services import make_token
from accounts.services.tokens import MOST_TOKENS
from core.db import db, unit_of_work
from core.errors import NotValid, Refused
from core.policy import SYSTEM, can
from tests.factories.people import PASSWORD, make_account, make_person


def post_token(client, **body):
    return client.post("/api/v1/tokens", json=body)


def test_name_and_password_give_a_token(client):
    account_id = make_account("machine")
    answer = post_token(client, username="machine", password=PASSWORD)
    assert answer.status_code == 201
    with unit_of_work(SYSTEM):
        assert actor_for_token(answer.json["token"]).account_id == account_id


@pytest.mark.parametrize("username", ["machine", "nobody"])
def test_a_wrong_password_is_a_401_that_tells_nothing(client, username):
    make_account("machine")
    answer = post_token(client, username=username, password="wrong password")
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:jiedui:problem:not_proven"


def test_guessing_is_slowed_down_with_retry_after(client):
    for _guess in range(5):
        post_token(client, username="machine", password="wrong password")
    answer = post_token(client, username="machine", password="wrong password")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_unknown_fields_are_refused(client):
    make_account("machine")
    answer = post_token(client, username="machine", password=PASSWORD, role="county_officer")
    assert answer.status_code == 422


def token_for(account_id, *scopes):
    with unit_of_work(SYSTEM):
        return make_token(db.session.get_one(Account, account_id), name="test", scopes=scopes)[1]


@pytest.mark.parametrize(
    ("scope", "reads", "grants"),
    [("all", True, True), ("read", True, False), ("account:*", True, False), ("role:grant", False, True)],
)
@pytest.mark.usefixtures("database")
def test_a_token_does_no_more_than_its_scopes(scope, reads, grants):
    token = token_for(make_person(Role.TOWNSHIP_OFFICER), scope)
    with unit_of_work(SYSTEM):
        actor = actor_for_token(token)
        assert can(actor, AccountPermission.ACCOUNT_READ) is reads
        assert can(actor, AccountPermission.ROLE_GRANT) is grants


@pytest.mark.parametrize("scope", ["", "everything", "need:", "NEED:CREATE", "need:create;drop"])
@pytest.mark.usefixtures("database")
def test_a_scope_is_spelt_right(scope):
    account_id = make_account()
    with pytest.raises(NotValid):
        token_for(account_id, scope)


@pytest.mark.usefixtures("database")
def test_an_account_has_at_most_twenty_tokens():
    account_id = make_account()
    for _number in range(MOST_TOKENS):
        token_for(account_id, "read")
    with pytest.raises(Refused):
        token_for(account_id, "read")


@pytest.mark.parametrize("change", ["expires_at = records.clock()", "revoked_at = records.clock()"])
@pytest.mark.usefixtures("database")
def test_an_old_or_ended_token_opens_nothing(change):
    token = token_for(make_account(), "all")
    with unit_of_work(SYSTEM) as session:
        session.execute(text(f"UPDATE api_token SET {change}"))
        assert actor_for_token(token) is None


@pytest.mark.usefixtures("database")
def test_the_last_use_of_a_token_is_kept():
    token = token_for(make_account(), "all")
    with unit_of_work(SYSTEM) as session:
        actor_for_token(token)
        assert session.execute(text("SELECT last_used_at IS NOT NULL FROM api_token")).scalar_one()

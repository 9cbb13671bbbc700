"""`jiedui accounts`: what the operator of the server may do (workflows.md, doubts 13)."""

import json

import pytest
from click.testing import CliRunner

from accounts.cli import accounts
from accounts.models import Role
from accounts.queries import actor_for_token, find_account_by_username
from accounts.services import prove
from core.db import unit_of_work
from core.errors import NotFound, Refused
from core.policy import ANONYMOUS, SYSTEM
from tests.accounts.test_sign_in import second_factor
from tests.factories.people import COUNTY, PASSWORD, VILLAGE, actor_of, make_account, make_person

pytestmark = pytest.mark.usefixtures("database")


def run(*arguments):
    result = CliRunner().invoke(accounts, [*arguments, "--json"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_an_account_is_opened_with_an_initial_password():
    answer = run("create", "first.admin", "--name", "First Admin")
    assert len(answer["initial_password"]) == 14
    with unit_of_work(SYSTEM):
        assert str(find_account_by_username("first.admin").id) == answer["id"]


def test_a_bad_user_name_is_refused_with_its_reason():
    with pytest.raises(Refused) as refusal:
        run("create", "no good name")
    assert "username" in str(refusal.value.detail)


def test_the_first_security_admin_needs_nobody_and_the_second_needs_two():
    make_account("first")
    make_account("second")
    assert run("grant", "first", "security_admin")["state"] == "active"
    with pytest.raises(Refused):
        run("grant", "second", "security_admin")
    proposed = run("grant", "second", "security_admin", "--by", "first")
    assert proposed["state"] == "pending"


def test_a_county_officer_is_named_by_two_persons_in_one_command():
    make_person(Role.SECURITY_ADMIN, username="first")
    make_person(Role.SECURITY_ADMIN, username="second")
    holder = make_account("county")
    answer = run("grant", "county", "county_officer", "--region", COUNTY, "--by", "first", "--approved-by", "second")
    assert answer["state"] == "active"
    assert actor_of(holder).grants[0].covers(VILLAGE)


def test_a_proposal_is_approved_later():
    make_person(Role.SECURITY_ADMIN, username="first")
    make_person(Role.SECURITY_ADMIN, username="second")
    make_account("county")
    proposed = run("grant", "county", "county_officer", "--region", COUNTY, "--by", "first")
    assert run("approve", proposed["id"], "--by", "second")["state"] == "active"


def test_without_a_giver_no_other_role_is_given():
    make_account("officer")
    with pytest.raises(Refused) as refusal:
        run("grant", "officer", "village_officer", "--region", VILLAGE)
    assert refusal.value.code == "giver_missing"


def test_a_role_is_taken_back():
    holder = make_person(Role.VILLAGE_OFFICER, username="officer")
    assert run("revoke", "officer", "village_officer", "--reason", "moved")["revoked"] == 1
    assert actor_of(holder).grants == ()
    with pytest.raises(NotFound):
        run("revoke", "officer", "village_officer", "--reason", "moved")


def test_a_token_is_made_and_works():
    holder = make_person(Role.VILLAGE_OFFICER, username="officer")
    answer = run("token", "officer", "--scope", "read")
    with unit_of_work(SYSTEM):
        assert actor_for_token(answer["token"]).account_id == holder
    assert answer["scopes"] == ["read"]


def test_a_forgotten_password_is_reset_on_the_server():
    holder = make_person(Role.SECURITY_ADMIN, username="admin")
    assert len(run("password", "admin")["initial_password"]) == 14
    assert actor_of(holder).grants == ()


def test_the_operator_takes_a_lost_second_factor_off_where_nobody_else_is_left():
    lost = make_person(Role.SECURITY_ADMIN, username="only.admin")
    second_factor(lost)
    assert run("remove-second-factor", "only.admin") == {"username": "only.admin"}
    with unit_of_work(ANONYMOUS):
        assert prove("only.admin", PASSWORD, code="", address="10.0.0.1").id == lost

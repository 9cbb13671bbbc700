"""Officials get in again by two other persons: one asks, another agrees (security.md, row 39)."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from accounts.models import AccessReset, Account, Credential, Role, RoleGrant
from accounts.queries import actor_for_token
from accounts.reset_models import ResetKind
from accounts.services import agree_reset, ask_reset, make_token, reset_password, revoke_grant, withdraw_reset
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.policy import ANONYMOUS, SYSTEM
from tests.accounts.test_sign_in import second_factor
from tests.factories.people import (
    PASSWORD,
    VILLAGE,
    acting,
    actor_of,
    grants_in,
    make_account,
    make_grant,
    make_person,
    sign_in,
)

NEW = "a new set of words"
REASON = "He stood before me with his badge."
pytestmark = pytest.mark.usefixtures("database")


def ask(asker, account_id, kind=ResetKind.PASSWORD):
    with acting(asker) as actor:
        return ask_reset(db.session.get_one(Account, account_id), kind, actor=actor, reason=REASON).id


def agree(agreer, reset_id, **more):
    with acting(agreer) as actor:
        return agree_reset(db.session.get_one(AccessReset, reset_id), actor=actor, **more)


def officials():
    """Who has lost his password, and two who answer for him."""
    return (
        make_person(Role.VILLAGE_OFFICER, username="lost"),
        make_person(Role.TOWNSHIP_OFFICER),
        make_person(Role.COUNTY_OFFICER),
    )


def credential(account_id):
    with unit_of_work(SYSTEM):
        return db.session.get_one(Credential, account_id)


def enters(app, username, password, **more):
    answer = app.test_client().post("/login", data={"username": username, "password": password, **more})
    return answer.status_code == 303


def test_one_person_alone_changes_nothing(app):
    lost, first, _second = officials()
    client = sign_in(app.test_client(), lost)
    ask(first, lost)
    assert client.get("/account").status_code == 200
    assert enters(app, "lost", PASSWORD)


def test_with_the_second_person_the_password_is_void_and_everything_open_is_closed(app):
    lost, first, second = officials()
    client = sign_in(app.test_client(), lost)
    with unit_of_work(SYSTEM):
        token = make_token(db.session.get_one(Account, lost), name="test")[1]
    code = agree(second, ask(first, lost))
    assert client.get("/account").status_code == 401
    assert not enters(app, "lost", PASSWORD)
    with unit_of_work(ANONYMOUS):
        assert actor_for_token(token) is None
    typed = code.upper().replace("-", " ")
    assert app.test_client().post("/login/reset", data={"code": typed, "new": NEW}).status_code == 303
    assert enters(app, "lost", NEW)
    assert actor_of(lost).has_role("village_officer")


def test_the_code_works_for_a_day():
    lost, first, second = officials()
    agree(second, ask(first, lost))
    with unit_of_work(SYSTEM) as session:
        left = session.execute(text("SELECT expires_at - records.clock() FROM reset_link")).scalar_one()
    assert 86_000 < left.total_seconds() <= 86_400


def test_who_asked_cannot_agree():
    lost, first, _second = officials()
    reset_id = ask(first, lost)
    with pytest.raises(Refused) as refusal:
        agree(first, reset_id)
    assert refusal.value.code == "second_person"


def test_nobody_lets_himself_in():
    admin, other = make_person(Role.SECURITY_ADMIN), make_person(Role.SECURITY_ADMIN)
    with pytest.raises((Refused, NotPermitted)):
        ask(admin, admin)
    reset_id = ask(other, admin)
    with pytest.raises((Refused, NotPermitted)):
        agree(admin, reset_id)


@pytest.mark.parametrize("role", [Role.VILLAGE_OFFICER, Role.TOWNSHIP_OFFICER, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_only_who_could_have_given_the_role_asks_and_agrees(role):
    """A township officer's account is the county's and the security administrator's, nobody else's."""
    lost = make_person(Role.TOWNSHIP_OFFICER)
    stranger = make_person(role)
    with pytest.raises(NotPermitted):
        ask(stranger, lost)
    reset_id = ask(make_person(Role.COUNTY_OFFICER), lost)
    with pytest.raises(NotPermitted):
        agree(stranger, reset_id)
    assert agree(make_person(Role.SECURITY_ADMIN), reset_id)


def test_a_neighbour_does_not_answer_for_the_account():
    lost, first, _second = officials()
    neighbour = make_person(Role.COUNTY_OFFICER, "451029")
    with pytest.raises(NotPermitted):
        ask(neighbour, lost)
    with pytest.raises(NotPermitted):
        agree(neighbour, ask(first, lost))


def test_who_asked_must_still_answer_for_the_account_when_it_opens():
    lost, first, second = officials()
    reset_id = ask(first, lost)
    grant_id = grants_in(first)[0].id
    with unit_of_work(SYSTEM):
        revoke_grant(db.session.get_one(RoleGrant, grant_id), actor=SYSTEM, reason="moved")
    with pytest.raises(Refused) as refusal:
        agree(second, reset_id)
    assert refusal.value.code == "asker_gone"
    assert credential(lost).password_hash is not None


def test_one_wish_waits_at_a_time_and_after_withdrawing_another_may_come():
    lost, first, second = officials()
    reset_id = ask(first, lost)
    with pytest.raises(Refused) as refusal:
        ask(second, lost)
    assert refusal.value.code == "reset_open"
    with acting(second) as actor:
        withdraw_reset(db.session.get_one(AccessReset, reset_id), actor=actor)
    with pytest.raises(WrongState):
        agree(second, reset_id)
    ask(second, lost)


def test_the_database_itself_wants_two_other_persons():
    lost, first, _second = officials()
    ask(first, lost)
    for wrong in (first, lost):
        with pytest.raises(IntegrityError), unit_of_work(SYSTEM) as session:
            session.execute(text("UPDATE access_reset SET agreed_by = :who"), {"who": wrong})
    with pytest.raises(IntegrityError), unit_of_work(SYSTEM) as session:
        session.execute(text("UPDATE access_reset SET asked_by = account_id"))


def test_a_lost_second_factor_goes_by_two_persons_and_the_password_stays(app):
    lost, first, second = officials()
    second_factor(lost)
    assert not enters(app, "lost", PASSWORD)
    client = sign_in(app.test_client(), lost)
    assert agree(second, ask(first, lost, ResetKind.SECOND_FACTOR)) is None
    assert client.get("/account").status_code == 401
    assert (credential(lost).totp_confirmed_at, credential(lost).recovery_hashes) == (None, [])
    assert enters(app, "lost", PASSWORD)


def test_both_can_be_lost_at_once(app):
    lost, first, second = officials()
    second_factor(lost)
    code = agree(second, ask(first, lost, ResetKind.BOTH))
    app.test_client().post("/login/reset", data={"code": code, "new": NEW})
    assert enters(app, "lost", NEW)


def test_a_new_password_by_code_does_not_pass_the_second_factor(app):
    lost, first, second = officials()
    second_factor(lost)
    code = agree(second, ask(first, lost))
    assert app.test_client().post("/login/reset", data={"code": code, "new": NEW}).status_code == 303
    assert not enters(app, "lost", NEW)


def test_a_second_factor_that_is_not_there_cannot_be_lost():
    lost, first, _second = officials()
    with pytest.raises(NotValid):
        ask(first, lost, ResetKind.SECOND_FACTOR)


@pytest.mark.parametrize("giver", [Role.TOWNSHIP_OFFICER, Role.SECURITY_ADMIN])
def test_no_single_person_resets_an_official(giver):
    lost, admin = make_person(Role.VILLAGE_OFFICER), make_person(giver)
    with acting(admin) as actor, pytest.raises(Refused) as refusal:
        reset_password(db.session.get_one(Account, lost), actor=actor)
    assert refusal.value.code == "two_persons"


def test_an_office_that_begins_later_counts_already():
    lost, admin = make_account(), make_person(Role.SECURITY_ADMIN)
    with unit_of_work(SYSTEM):
        begin = today() + timedelta(days=9)
    make_grant(lost, Role.VILLAGE_OFFICER, VILLAGE, valid_from=begin)
    with acting(admin) as actor, pytest.raises(Refused):
        reset_password(db.session.get_one(Account, lost), actor=actor)


def test_every_step_leaves_its_record_without_the_reason_in_clear():
    lost, first, second = officials()
    agree(second, ask(first, lost))
    with unit_of_work(SYSTEM) as session:
        found = session.execute(
            text("SELECT kind, reason, public FROM records.record WHERE stream = :s ORDER BY seq"),
            {"s": f"account/{lost}"},
        ).all()
    kinds = [row.kind for row in found]
    assert kinds[-3:] == ["reset.asked", "reset.agreed", "account.password_changed"]
    assert "badge" not in str(found)

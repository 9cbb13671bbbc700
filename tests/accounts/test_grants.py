"""Roles go downward, by another person, from county level with a second one (workflows.md, doubts 13)."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from accounts.models import Account, GrantStage, Role, RoleGrant
from accounts.policy import ALONE, GIVES, PLACE_DIGITS, SECOND_PERSON, conflicts
from accounts.services import appoint_first_admin, approve_grant, grant_role, revoke_grant
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused
from core.policy import SYSTEM
from tests.factories.people import (
    COUNTY,
    PROVINCE,
    TOWNSHIP,
    VILLAGE,
    acting,
    actor_of,
    grants_in,
    make_account,
    make_grant,
    make_person,
)

pytestmark = pytest.mark.usefixtures("database")


def give(giver, holder, role, region):
    with acting(giver) as actor:
        grant = grant_role(db.session.get_one(Account, holder), role, actor=actor, region_code=region)
        return grant.id, grant.stage


def test_a_township_officer_makes_a_village_officer_of_his_township():
    township = make_person(Role.TOWNSHIP_OFFICER)
    _id, stage = give(township, make_account(), Role.VILLAGE_OFFICER, VILLAGE)
    assert stage is GrantStage.ACTIVE


@pytest.mark.parametrize("region", ["451028101200", "451027100200"])
def test_nobody_gives_a_role_outside_his_own_places(region):
    township, holder = make_person(Role.TOWNSHIP_OFFICER), make_account()
    with pytest.raises(NotPermitted):
        give(township, holder, Role.VILLAGE_OFFICER, region)
    assert grants_in(holder) == []


@pytest.mark.parametrize("giver", [role for role in Role if role in PLACE_DIGITS])
def test_a_role_is_given_only_by_the_roles_above_it(giver):
    """Inside the giver's own place; GIVES is the expectation, and a township gives nothing for a county."""
    giver_id = make_person(giver)
    for role, digits in PLACE_DIGITS.items():
        region = {12: VILLAGE, 9: TOWNSHIP, 6: COUNTY, 2: PROVINCE}[max(digits)]
        assert is_given(giver_id, role, region) is (role in GIVES.get(giver, ())), (giver, role)


def is_given(giver, role, region):
    holder = make_account()
    try:
        _id, stage = give(giver, holder, role, region)
    except NotPermitted:
        return False
    assert stage is (GrantStage.PENDING if role in SECOND_PERSON else GrantStage.ACTIVE)
    return True


def test_nobody_gives_himself_a_role():
    county = make_person(Role.COUNTY_OFFICER)
    with pytest.raises(Refused) as refusal:
        give(county, county, Role.TOWNSHIP_OFFICER, TOWNSHIP)
    assert refusal.value.code == "own_account"


def test_a_county_role_works_only_after_a_second_person_agreed():
    first, second, holder = (make_person(Role.SECURITY_ADMIN), make_person(Role.SECURITY_ADMIN), make_account())
    grant_id, stage = give(first, holder, Role.COUNTY_OFFICER, COUNTY)
    assert stage is GrantStage.PENDING
    assert actor_of(holder).grants == ()
    with acting(second) as actor:
        approve_grant(db.session.get_one(RoleGrant, grant_id), actor=actor)
    assert [grant.role for grant in actor_of(holder).grants] == ["county_officer"]


def test_the_first_person_cannot_also_be_the_second():
    first, holder = make_person(Role.SECURITY_ADMIN), make_account()
    grant_id, _stage = give(first, holder, Role.COUNTY_OFFICER, COUNTY)
    with acting(first) as actor, pytest.raises(Refused) as refusal:
        approve_grant(db.session.get_one(RoleGrant, grant_id), actor=actor)
    assert refusal.value.code == "second_person"


def test_the_holder_cannot_be_the_second_person():
    first, holder = make_person(Role.SECURITY_ADMIN), make_person(Role.COUNTY_OFFICER)
    grant_id, _stage = give(first, holder, Role.COUNTY_OFFICER, "451027")
    with acting(holder) as actor, pytest.raises(Refused):
        approve_grant(db.session.get_one(RoleGrant, grant_id), actor=actor)


def test_the_database_itself_refuses_two_hats():
    first, holder = make_person(Role.SECURITY_ADMIN), make_account()
    grant_id, _stage = give(first, holder, Role.COUNTY_OFFICER, COUNTY)
    with pytest.raises(IntegrityError) as error, unit_of_work(SYSTEM):
        db.session.execute(text("UPDATE role_grant SET approved_by = granted_by WHERE id = :id"), {"id": grant_id})
    assert error.value.orig.diag.constraint_name == "role_grant_two_persons"


@pytest.mark.parametrize("alone", sorted(ALONE))
def test_who_watches_over_others_holds_nothing_else(alone):
    holder = make_person(Role.VILLAGE_OFFICER)
    with pytest.raises(Refused) as refusal:
        make_grant(holder, alone)
    assert refusal.value.code == "roles_conflict"


def test_a_checker_of_donors_is_no_donor():
    assert conflicts(Role.COUNTY_OFFICER, frozenset({Role.DONOR_ADMIN})) == {Role.DONOR_ADMIN}
    assert conflicts(Role.DONOR_MEMBER, frozenset({Role.TOWNSHIP_OFFICER})) == {Role.TOWNSHIP_OFFICER}
    assert conflicts(Role.PAIRING_CADRE, frozenset({Role.VILLAGE_OFFICER})) == frozenset()


@pytest.mark.parametrize(
    ("role", "region"),
    [
        (Role.VILLAGE_OFFICER, COUNTY),
        (Role.TOWNSHIP_OFFICER, VILLAGE),
        (Role.COUNTY_OFFICER, "4510"),
        (Role.COUNTY_OFFICER, "45102"),
        (Role.VILLAGE_OFFICER, "nowhere"),
        (Role.HOUSEHOLD, VILLAGE),
        (Role.DONOR_ADMIN, COUNTY),
    ],
)
def test_a_role_needs_a_place_of_its_own_level(role, region):
    holder = make_account()
    with pytest.raises(NotValid):
        make_grant(holder, role, region)


def test_the_same_role_is_not_given_twice():
    holder = make_person(Role.VILLAGE_OFFICER)
    with pytest.raises(Refused) as refusal:
        make_grant(holder, Role.VILLAGE_OFFICER)
    assert refusal.value.code == "role_held"


def test_a_revoked_role_is_gone_at_once():
    township, holder = make_person(Role.TOWNSHIP_OFFICER), make_account()
    grant_id, _stage = give(township, holder, Role.VILLAGE_OFFICER, VILLAGE)
    with acting(township) as actor:
        revoke_grant(db.session.get_one(RoleGrant, grant_id), actor=actor, reason="moved to another village")
    assert actor_of(holder).grants == ()


def test_taking_a_role_back_needs_a_reason():
    township, holder = make_person(Role.TOWNSHIP_OFFICER), make_account()
    grant_id, _stage = give(township, holder, Role.VILLAGE_OFFICER, VILLAGE)
    with acting(township) as actor, pytest.raises(NotValid):
        revoke_grant(db.session.get_one(RoleGrant, grant_id), actor=actor, reason=" ")


def test_a_role_works_only_between_its_days():
    with unit_of_work(SYSTEM):
        day = today()
    later, earlier = make_account(), make_account()
    make_grant(later, Role.VILLAGE_OFFICER, valid_from=day + timedelta(days=1))
    make_grant(earlier, Role.VILLAGE_OFFICER, valid_from=day - timedelta(days=9), valid_to=day - timedelta(days=1))
    assert actor_of(later).grants == () == actor_of(earlier).grants


def test_the_first_security_admin_is_appointed_once():
    first, second = make_account(), make_account()
    with unit_of_work(SYSTEM):
        appoint_first_admin(db.session.get_one(Account, first))
    assert actor_of(first).grants[0].covers("451028100200")
    with pytest.raises(Refused) as refusal, unit_of_work(SYSTEM):
        appoint_first_admin(db.session.get_one(Account, second))
    assert refusal.value.code == "admin_exists"


def test_the_last_security_admin_stays():
    only = make_person(Role.SECURITY_ADMIN)
    grant = grants_in(only)[0]
    with pytest.raises(Refused) as refusal, unit_of_work(SYSTEM):
        revoke_grant(db.session.get_one(RoleGrant, grant.id), actor=SYSTEM, reason="leaves")
    assert refusal.value.code == "last_admin"


def test_each_step_of_a_role_leaves_an_update_record():
    first, second, holder = (make_person(Role.SECURITY_ADMIN), make_person(Role.SECURITY_ADMIN), make_account())
    grant_id, _stage = give(first, holder, Role.COUNTY_OFFICER, COUNTY)
    with acting(second) as actor:
        grant = db.session.get_one(RoleGrant, grant_id)
        approve_grant(grant, actor=actor)
        revoke_grant(grant, actor=actor, reason="moved")
    with unit_of_work(SYSTEM) as session:
        kinds = session.execute(
            text("SELECT kind FROM records.record WHERE stream = :stream ORDER BY seq"), {"stream": f"account/{holder}"}
        ).scalars()
        assert list(kinds) == ["account.created", "grant.proposed", "grant.approved", "grant.revoked"]

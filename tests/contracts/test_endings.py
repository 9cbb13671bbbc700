"""Whoever may no longer act is refused at the next request, on pages and in the JSON door (security.md, row 34).

One route of each kind of permission, asked with a session and a token that were given before. The endings are written
into the rows past the services, so that nothing but the question at each request can be what refuses.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from accounts.models import Role
from accounts.role_rows import HOLDS_CARD, OWN_HOUSEHOLD
from accounts.roles import ROLE_TABLE
from core.db import db, unit_of_work
from core.policy import SYSTEM
from donors.models import Donor
from donors.services import blacklist_donor
from tests.contracts.authz_stage import Stage
from tests.contracts.authz_table import Row
from tests.factories.people import acting, make_person
from tests.factories.world import COUNTY, INSIDE, OUTSIDE

API = "/api/v1"
PAIRING = "/desk/pairings/<uuid:pairing_id>"
NEED = "/needs/<uuid:need_id>"
# How far a permission reaches → who has it, a page and a call that ask for it.
KINDS: dict[str, tuple[str, str, tuple[tuple[str, str, str], ...]]] = {
    "region": (
        "village_officer",
        INSIDE,
        (("GET", "/desk/needs/<uuid:need_id>", ""), ("GET", f"{API}/pairings/<uuid:pairing_id>", "")),
    ),
    "anywhere": (
        "donor_admin",
        INSIDE,
        (("GET", "/accounts/new", ""), ("POST", f"{API}/pledges", "")),
    ),
    "own_donor": (
        "donor_admin",
        INSIDE,
        (("GET", "/desk/donor", ""), ("GET", f"{API}/donors/<uuid:donor_id>/transitions", "")),
    ),
    "verified_donor": ("donor_member", OUTSIDE, (("GET", NEED, ""), ("GET", f"{API}{NEED}", "published"))),
    "invited_to_need": ("donor_admin", OUTSIDE, (("GET", NEED, ""), ("GET", f"{API}{NEED}", "published"))),
    "account_in_scope": ("township_officer", INSIDE, (("GET", "/accounts/<uuid:account_id>", "clerk of the village"),)),
    "account_below": ("township_officer", INSIDE, (("POST", "/accounts/<uuid:account_id>/resets", ""),)),
    "cadre_of_subject": (
        "pairing_cadre",
        INSIDE,
        (("GET", PAIRING, ""), ("POST", f"{API}/pairings/<uuid:pairing_id>/invitations", "")),
    ),
    "party_of_pairing": (
        "donor_member",
        INSIDE,
        (("GET", PAIRING, ""), ("GET", f"{API}/pairings/<uuid:pairing_id>", "")),
    ),
    "own_pledge": (
        "donor_member",
        INSIDE,
        (("GET", "/desk/pledges/<uuid:pledge_id>", ""), ("POST", f"{API}/pledges/<uuid:pledge_id>/deliveries", "")),
    ),
}
# Households act by their card and have no account.
WITHOUT_ACCOUNT = {OWN_HOUSEHOLD, HOLDS_CARD}

LIMITED = "UPDATE need SET visibility = 'donors'"
# Needs that not everybody reads, for the permissions to read them.
VISIBLE = {"verified_donor": LIMITED, "invited_to_need": "UPDATE need SET visibility = 'invited'"}
ENDINGS = {
    "switched off": "UPDATE account SET state = 'disabled'",
    "run out": "UPDATE role_grant SET valid_from = current_date - 9, valid_to = current_date - 2",
    "not begun": "UPDATE role_grant SET valid_from = current_date + 2",
    "taken back": "UPDATE role_grant SET stage = 'revoked'",
    "waiting for the second person": "UPDATE role_grant SET stage = 'pending'",
    "initial password": "UPDATE credential SET password_set_at = NULL",
}


def write(stage: Stage, *statements: str) -> None:
    """Write past triggers and services."""
    with stage.admin.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))
        connection.execute(text("SET session_replication_role = origin"))


def answers(stage: Stage) -> Iterator[tuple[str, int]]:
    """Ask each route; yield which, and the status."""
    for reach, (role, place, routes) in KINDS.items():
        write(stage, VISIBLE.get(reach, "UPDATE need SET visibility = 'public'"))
        for method, route, case in routes:
            answer = stage.ask(Row(method, route, case, {}), (role, place))
            yield f"{reach}: {method} {route}", answer.status_code
            answer.close()


def test_every_kind_of_permission_is_asked_for() -> None:
    assert {rule.reach for rule in ROLE_TABLE} == set(KINDS) | WITHOUT_ACCOUNT
    held = {(rule.reach, rule.role) for rule in ROLE_TABLE}
    assert {(reach, role) for reach, (role, _place, _routes) in KINDS.items()} <= held


def test_before_anything_ended_all_are_let_in(stage: Stage) -> None:
    refused = {name: status for name, status in answers(stage) if not 200 <= status < 400}
    stage.again()
    assert refused == {}


@pytest.mark.parametrize("ending", ENDINGS)
def test_after_the_end_nobody_is(stage: Stage, ending: str) -> None:
    write(stage, ENDINGS[ending])
    found = dict(answers(stage))
    wanted = {401, 404} if ending == "switched off" else {401, 403, 404}
    assert {name: status for name, status in found.items() if status not in wanted} == {}
    assert len(found) == sum(len(routes) for _role, _place, routes in KINDS.values())
    stage.again()


BARRED = (
    ("POST", f"{API}/pledges", ""),
    ("POST", f"{NEED}/pledge", ""),
    ("POST", f"{API}/pairings/<uuid:pairing_id>/links", ""),
    ("POST", f"{PAIRING}/links", ""),
    ("POST", f"{API}/invitations/<uuid:invitation_id>/transitions", "accept"),
    ("POST", "/desk/invitations/<uuid:invitation_id>/<any(accept,decline,withdraw):step>", "accept"),
    ("GET", NEED, ""),
    ("GET", f"{API}{NEED}", "published"),
)
STILL = (("GET", "/desk", ""), ("GET", "/desk/donor", ""), ("GET", f"{API}/invitations", ""))


def bar(stage: Stage) -> None:
    """Bar the outside organisation by two officers."""
    for officer in (stage.world.account(Role.COUNTY_OFFICER), make_person(Role.COUNTY_OFFICER, COUNTY)):
        with acting(officer) as actor:
            donor = db.session.get_one(Donor, stage.world.ids["donor_outside"])
            blacklist_donor(donor, actor=actor, reason="False papers.")


@pytest.mark.parametrize("role", ["donor_admin", "donor_member"])
def test_members_of_a_barred_donor_join_pledge_and_read_no_more(stage: Stage, role: str) -> None:
    for method, route, case in BARRED:
        stage.again()
        if method == "GET":
            write(stage, LIMITED)
        assert 200 <= stage.ask(Row(method, route, case, {}), (role, OUTSIDE)).status_code < 400, route
    stage.again()
    bar(stage)
    write(stage, LIMITED)
    found = {f"{row[0]} {row[1]}": stage.ask(Row(*row, {}), (role, OUTSIDE)).status_code for row in BARRED}
    assert {name: status for name, status in found.items() if status not in {403, 404, 409}} == {}
    assert {stage.ask(Row(*row, {}), (role, OUTSIDE)).status_code for row in STILL} == {200}


def test_the_head_of_a_barred_donor_may_appeal(stage: Stage) -> None:
    stage.again()
    bar(stage)
    stage.let_go()
    appealed = stage.ask(Row("POST", "/desk/donor/appeal", "", {}), ("donor_admin", OUTSIDE))
    stage.hold()
    assert appealed.status_code == 303
    with unit_of_work(SYSTEM):
        assert db.session.get_one(Donor, stage.world.ids["donor_outside"]).appeal_open
    stage.again()

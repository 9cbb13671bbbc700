"""Who loses a role is refused at his next request, with the same session and the same token (security.md, row 34).

Every cell that the table allows because of a role is asked again after the role has ended; nothing else has changed.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from accounts.models import RoleGrant
from accounts.services import revoke_grant
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import note
from tests.contracts.authz_stage import Stage
from tests.contracts.authz_table import OK, ROWS, Row, Who

ALLOWED = [
    (row, who)
    for row in ROWS
    if row.is_for_some
    for who, wanted in row.expected.items()
    if wanted == OK and who[0] != "anonymous"
]
REFUSED = {401, 403, 404}


def revoke(grant: RoleGrant) -> None:
    """Take the role back as an administrator does."""
    revoke_grant(grant, actor=SYSTEM, reason="moved to another county")


def run_out(grant: RoleGrant) -> None:
    """Let the role's last day pass."""
    day = today()
    with db.session.no_autoflush:  # one change, one record
        grant.valid_from, grant.valid_to = day - timedelta(days=2), day - timedelta(days=1)
        note(grant, "grant.given")


@pytest.fixture(params=[revoke, run_out], ids=["revoked", "run out"])
def bare(stage: Stage, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The stage on which everybody of the world has lost his role, and keeps session and token."""
    stage.again()
    with unit_of_work(SYSTEM):
        accounts = [caller.account_id for caller in stage.world.people.values()]
        for grant in db.session.query(RoleGrant).filter(RoleGrant.account_id.in_(accounts)).all():
            request.param(grant)
    assert not stage.is_untouched()
    stage.whole = stage.fingerprint()
    yield stage
    stage.again()
    stage.whole = stage.fingerprint()


def is_refused(stage: Stage, row: Row, who: Who) -> bool:
    answer = stage.ask(row, who)
    answer.close()
    return answer.status_code in REFUSED


def test_who_has_lost_his_role_is_refused_wherever_it_let_him_in(bare: Stage) -> None:
    assert len(ALLOWED) > 500
    assert [f"{row.name}: {who}" for row, who in ALLOWED if not is_refused(bare, row, who)] == []
    assert bare.is_untouched()


def test_who_has_lost_his_role_is_still_signed_in(bare: Stage) -> None:
    """Else the test above would only show that everybody was signed out."""
    account = next(row for row in ROWS if row.name == "GET /account")
    assert [who for who in bare.world.people if bare.ask(account, who).status_code != 200] == []

"""What waits for a second person, so that somebody gets in again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from accounts.models import AccessReset, Account
from accounts.policy import AccountPermission
from accounts.queries.lists import answered_for, get_account
from accounts.reset_models import ResetStage
from core.db import db
from core.errors import NotFound
from core.policy import Actor, can


def get_reset(actor: Actor, reset_id: UUID) -> AccessReset:
    """Return the reset if the actor may look at its account, else raise NotFound."""
    reset = db.session.get(AccessReset, reset_id)
    if reset is None:
        raise NotFound
    get_account(actor, reset.account_id)
    return reset


def open_reset_of(account_id: UUID) -> AccessReset | None:
    """Return the reset of an account that waits for its second person."""
    query = select(AccessReset).where(AccessReset.account_id == account_id, AccessReset.stage == ResetStage.ASKED)
    return db.session.scalar(query)


def open_resets(actor: Actor, *, limit: int = 200) -> Sequence[tuple[AccessReset, Account]]:
    """Return the resets that wait for a second person and that the actor may decide, oldest first."""
    if not can(actor, AccountPermission.ACCOUNT_RESET):
        return []
    query = (
        select(AccessReset, Account)
        .join(Account, Account.id == AccessReset.account_id)
        .where(AccessReset.stage == ResetStage.ASKED, answered_for(actor))
        .order_by(AccessReset.created_at, AccessReset.id)
        .limit(limit)
    )
    rows = [(reset, account) for reset, account in db.session.execute(query)]
    return [(reset, account) for reset, account in rows if can(actor, AccountPermission.ACCOUNT_RESET, account)]

"""Households and villages on file without a first helper: nobody is left out silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select, tuple_

from core.db import db
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, require
from core.scope import scope_clause
from pairing.choices import LinkStage
from pairing.models import HelperLink, Pairing
from pairing.policy import PairingPermission
from registry.models import Household, Village


@dataclass(frozen=True)
class Unpaired:
    """A household, by its number, that has no pairing yet."""

    household_id: UUID
    region_code: str
    household_no: str
    group_no: str
    size: int


def unpaired_households(
    actor: Actor, *, region: str = "", cursor: str | None = None, limit: int = 20
) -> Page[Unpaired]:
    """Return the households of the actor's places without a first helper, by place and number."""
    require(actor, PairingPermission.PAIRING_READ_UNPAIRED)
    query = select(
        Household.id, Household.region_code, Household.household_no, Household.group_no, Household.size
    ).where(
        scope_clause(Household, actor),
        Household.erased_at.is_(None),
        Household.ended_on.is_(None),
        ~exists().where(Pairing.household_id == Household.id),
    )
    if region:
        query = query.where(Household.region_code.startswith(region, autoescape=True))
    if (after := decode_cursor(cursor, str, str)) is not None:
        query = query.where(tuple_(Household.region_code, Household.household_no) > tuple_(*after))
    rows = db.session.execute(query.order_by(Household.region_code, Household.household_no).limit(limit + 1))
    found = [Unpaired(*row) for row in rows]
    return make_page(found, limit, lambda row: encode_cursor(row.region_code, row.household_no))


def unpaired_villages(actor: Actor, *, limit: int = 50) -> Sequence[Village]:
    """Return the villages on file in the actor's places without a first helper, by code."""
    require(actor, PairingPermission.PAIRING_READ_UNPAIRED)
    query = select(Village).where(scope_clause(Village, actor), ~exists().where(Pairing.village_id == Village.id))
    return db.session.scalars(query.order_by(Village.region_code).limit(limit)).all()


def households_by_helper(account_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return for each account how many households and villages it is first helper of from now on."""
    query = (
        select(HelperLink.account_id, func.count())
        .where(HelperLink.rank == 1, HelperLink.stage == LinkStage.ACTIVE, HelperLink.account_id.in_(account_ids))
        .group_by(HelperLink.account_id)
    )
    return {account_id: count for account_id, count in db.session.execute(query) if account_id is not None}

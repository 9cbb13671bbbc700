"""One need as the public, a helper or an officer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from core.db import db
from core.errors import Gone, NotFound
from core.i18n import _l
from core.policy import ANONYMOUS, Actor, can
from needs.choices import NeedStage, NeedVisibility
from needs.policy import NeedPermission
from needs.queries.listing import PATH_NAMES
from needs.queries.needs import get_need

_ONE = text(
    "SELECT n.id, n.title, n.description, n.category, n.level, coalesce(n.shown_region_code, n.region_code) AS place,"  # noqa: S608 - our own words
    f" {PATH_NAMES} AS path_names, n.quantity, n.unit, n.min_lot, b.held, b.delivered, b.confirmed, b.progress,"
    " n.urgency,"
    " n.published_at, n.verified_at, n.expires_at, n.disputed_since, n.size_band, n.needed_from, n.needed_by,"
    " n.stage, n.visibility, n.visited_on, n.verified_by, n.approved_by, n.author_id, n.taken_down_at, n.region_code,"
    " n.household_id, n.village_id"
    " FROM need n JOIN need_balance b ON b.need_id = n.id"
    " LEFT JOIN region r ON r.code = coalesce(n.shown_region_code, n.region_code) AND r.valid_to IS NULL"
    " WHERE n.id = :need_id"
)


@dataclass(frozen=True, slots=True)
class PublishedNeed:
    """A need's page. `*_by` are accounts, to be shown as role and place; the last four stay inside."""

    id: UUID
    title: str
    description: str
    category: str
    level: str
    place: str
    path_names: Sequence[str]
    quantity: Decimal
    unit: str
    min_lot: Decimal
    held: Decimal
    delivered: Decimal
    confirmed: Decimal
    progress: str
    urgency: str
    published_at: datetime | None
    verified_at: datetime | None
    expires_at: datetime | None
    disputed_since: date | None
    size_band: str | None
    needed_from: date | None
    needed_by: date | None
    stage: str
    visibility: str
    visited_on: date | None
    verified_by: UUID | None
    approved_by: UUID | None
    author_id: UUID
    taken_down_at: datetime | None
    region_code: str
    household_id: UUID | None
    village_id: UUID | None

    @property
    def need_id(self) -> UUID:
        return self.id

    @property
    def remaining(self) -> Decimal:
        return self.quantity - self.held

    @property
    def status(self) -> str:
        """What the API calls status: the progress while published, else the stage."""
        return self.progress if self.stage == NeedStage.PUBLISHED else self.stage

    @property
    def disputed(self) -> bool:
        return self.disputed_since is not None

    @property
    def is_open(self) -> bool:
        """Whether it can be pledged for."""
        return self.stage == NeedStage.PUBLISHED and self.remaining > 0


def published_need(need_id: UUID, viewer: Actor = ANONYMOUS) -> PublishedNeed:
    """Return the need, or raise NotFound or Gone (workflows.md, doubts 5 and 7).

    An ended need's page stays without its description as long as somebody's pledge hangs on it.
    """
    row = db.session.execute(_ONE, {"need_id": need_id}).one_or_none()
    if row is None:
        raise NotFound
    need = _need(row)
    if need.taken_down_at is not None:
        raise Gone(_l("The household no longer wants this to be shown."), code="consent_withdrawn")
    if need.stage == NeedStage.PUBLISHED:
        return _if_reached(need, viewer)
    if need.stage in (NeedStage.EXPIRED, NeedStage.WITHDRAWN) and need.held > 0:
        return _if_reached(_need(row, description=""), viewer)
    raise NotFound(place=need.place if need.stage == NeedStage.EXPIRED else "")


def inner_need(actor: Actor, need_id: UUID) -> PublishedNeed:
    """Return the need in whatever state to who has it in his places or relations; raise NotFound to others."""
    need = get_need(actor, need_id)
    db.session.flush()  # the statement below must find what was just changed
    return _need(db.session.execute(_ONE, {"need_id": need.id}).one())


def _need(row: Row[Any], **changes: str) -> PublishedNeed:
    return PublishedNeed(**{**row._mapping, **changes})


def _if_reached(need: PublishedNeed, viewer: Actor) -> PublishedNeed:
    wanted = {
        NeedVisibility.DONORS: (NeedPermission.NEED_READ_LIMITED, NeedPermission.NEED_READ),
        NeedVisibility.INVITED: (NeedPermission.NEED_READ_INVITED, NeedPermission.NEED_READ),
    }.get(NeedVisibility(need.visibility))
    if wanted is None or any(can(viewer, permission, need) for permission in wanted):
        return need
    raise NotFound

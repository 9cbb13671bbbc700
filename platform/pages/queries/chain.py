"""Who helps a subject and what each has done for one need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import load_only

from core.db import db
from donors.models import Donor
from needs.queries import PublishedNeed
from pairing.queries.public import PublishedHelper, published_helpers

_DONE = text(
    """
    SELECT l.rank, coalesce(sum(p.quantity) FILTER (WHERE p.stage IN ('offered', 'agreed')), 0) AS promised,
        sum(p.delivered) AS delivered, sum(p.confirmed) AS confirmed,
        min(p.due_on) FILTER (WHERE p.stage = 'agreed' AND p.delivered < p.quantity) AS due_on
    FROM pledge p JOIN helper_link l ON l.id = p.link_id WHERE p.need_id = :need_id GROUP BY l.rank
    """
)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Done:
    """What one helper pledged, delivered and had confirmed for a need; the levels are never added up."""

    promised: Decimal = ZERO
    delivered: Decimal = ZERO
    confirmed: Decimal = ZERO
    due_on: date | None = None


def published_chain(need: PublishedNeed) -> list[tuple[PublishedHelper, Done]]:
    """Return the helpers of the need's subject by rank, each with what he has done for this need."""
    helpers = published_helpers(need)
    done = {row.rank: Done(row.promised, row.delivered, row.confirmed, row.due_on) for row in _done(need.id)}
    return [(helper, done.get(helper.rank, Done())) for helper in helpers]


def _done(need_id: UUID) -> Sequence[Any]:
    return db.session.execute(_DONE, {"need_id": need_id}).all()


def donors_by_id(ids: Iterable[UUID | None]) -> dict[UUID, Donor]:
    """Return donors with nothing loaded but what makes their public name."""
    wanted = {donor_id for donor_id in ids if donor_id is not None}
    if not wanted:
        return {}
    shown = load_only(Donor.kind, Donor.name, Donor.city_code, Donor.named_publicly, Donor.stage)
    rows: Sequence[Donor] = db.session.scalars(select(Donor).where(Donor.id.in_(wanted)).options(shown)).all()
    return {donor.id: donor for donor in rows}

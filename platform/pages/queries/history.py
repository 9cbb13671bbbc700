"""What update records of a need or a donor mean: the names behind the ids that their public parts hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core.db import db
from core.records import RecordRow
from donors.queries import public_name
from pages.queries.chain import donors_by_id

_PLEDGES = text(
    "SELECT p.id, p.donor_id, l.rank FROM pledge p JOIN helper_link l ON l.id = p.link_id WHERE p.id = ANY(:ids)"
)
_DELIVERIES = text("SELECT id, pledge_id, quantity FROM delivery WHERE id = ANY(:ids)")
_COUNT = text("SELECT seq FROM records.head WHERE stream = :stream")
_STEPS = text(
    "SELECT DISTINCT ON (kind) kind, role, at FROM records.record WHERE stream = :stream"
    " AND kind IN ('need.verified', 'need.published') ORDER BY kind, seq DESC"
)


@dataclass(frozen=True)
class Who:
    """A helper behind a pledge."""

    name: str
    rank: int


@dataclass(frozen=True)
class Behind:
    """The facts behind the records of one page."""

    pledges: Mapping[str, Who] = field(default_factory=dict)
    deliveries: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    is_village: bool = False

    def who(self, payload: Mapping[str, Any]) -> Who | None:
        """Return the helper whom a record is about, or None."""
        return self.pledges.get(self._pledge_of(payload))

    def delivered(self, payload: Mapping[str, Any]) -> Decimal | None:
        """Return the quantity of the delivery that a record is about, or None."""
        found = self.deliveries.get(str(payload.get("delivery_id") or payload.get("id")))
        return found[1] if found else None

    def _pledge_of(self, payload: Mapping[str, Any]) -> str:
        if payload.get("table") == "pledge":
            return str(payload.get("id"))
        if "pledge_id" in payload:
            return str(payload["pledge_id"])
        found = self.deliveries.get(str(payload.get("delivery_id") or payload.get("id")))
        return found[0] if found else ""


def count_records(stream: str) -> int:
    """Return how many records a stream has."""
    return int(db.session.execute(_COUNT, {"stream": stream}).scalar() or 0)


def checking_roles(stream: str) -> dict[str, str]:
    """Return the roles that verified and published a need, by the kind of record."""
    return {row.kind: row.role for row in db.session.execute(_STEPS, {"stream": stream})}


def behind(records: Iterable[RecordRow], *, is_village: bool = False) -> Behind:
    """Return the facts behind records, in three statements at most; a village's need is confirmed by the village."""
    payloads = [record.payload for record in records]
    deliveries = _deliveries(_ids(payloads, "delivery", "delivery_id"))
    wanted = _ids(payloads, "pledge", "pledge_id") | {UUID(pledge) for pledge, _quantity in deliveries.values()}
    return Behind(_pledges(wanted), deliveries, is_village)


def _ids(payloads: Iterable[Mapping[str, Any]], table: str, key: str) -> set[UUID]:
    found = {payload.get("id") for payload in payloads if payload.get("table") == table}
    found |= {payload.get(key) for payload in payloads}
    return {UUID(str(value)) for value in found if value}


def _deliveries(ids: set[UUID]) -> dict[str, tuple[str, Decimal]]:
    rows = db.session.execute(_DELIVERIES, {"ids": list(ids)}) if ids else ()
    return {str(row.id): (str(row.pledge_id), row.quantity) for row in rows}


def _pledges(ids: set[UUID]) -> dict[str, Who]:
    rows = db.session.execute(_PLEDGES, {"ids": list(ids)}).all() if ids else []
    donors = donors_by_id(row.donor_id for row in rows)
    return {
        str(row.id): Who(public_name(donors[row.donor_id]) if row.donor_id in donors else "", row.rank) for row in rows
    }

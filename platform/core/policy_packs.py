"""Policy packs: lines, limits, days and names as data, by the longest region prefix and the date."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Date, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, db
from core.privacy import public
from core.types import CreatedAt, PublicId

SHIPPED = Path(__file__).parent / "packs"
_IN_FORCE = text(
    "SELECT value FROM policy_value WHERE name = :name AND starts_with(:region, region_prefix)"
    " AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)"
    " ORDER BY length(region_prefix) DESC, valid_from DESC, revision DESC LIMIT 1"
)


class PolicyValue(Base):
    """One value of one place from one day on. A new day is a new row; old rows stay."""

    __tablename__ = "policy_value"
    __table_args__ = (UniqueConstraint("name", "region_prefix", "valid_from", "revision"),)

    id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(info=public())
    region_prefix: Mapped[str] = mapped_column(info=public())
    valid_from: Mapped[date] = mapped_column(Date, info=public())
    valid_to: Mapped[date | None] = mapped_column(Date, info=public())
    revision: Mapped[int] = mapped_column(default=1, info=public())
    value: Mapped[dict[str, Any]] = mapped_column(info=public())
    source: Mapped[str] = mapped_column(default="", info=public())
    recorded_by: Mapped[UUID | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]


def policy_value(name: str, region_code: str, on: date) -> dict[str, Any]:
    """Return the value in force: a row of the longest prefix, else the shipped one. Asked once a transaction."""
    known: dict[tuple[str, str, date], dict[str, Any]] = db.session.info.setdefault("policy_values", {})
    key = (name, region_code, on)
    if key not in known:
        known[key] = _stored_value(name, region_code, on) or shipped_value(name)
    return known[key]


def _stored_value(name: str, region_code: str, on: date) -> dict[str, Any] | None:
    values = {"name": name, "region": region_code, "day": on}
    with db.session.no_autoflush:  # policy rows do not depend on what the caller is changing
        found = db.session.execute(_IN_FORCE, values).scalar()
    return None if found is None else dict(found)


def record_value(
    name: str, value: dict[str, Any], *, valid_from: date, region_prefix: str = "", source: str, by: UUID | None = None
) -> PolicyValue:
    """Put a value on file from a day on, as a new revision; what stood there before stays."""
    same = (PolicyValue.name == name, PolicyValue.region_prefix == region_prefix, PolicyValue.valid_from == valid_from)
    last = db.session.scalar(select(func.max(PolicyValue.revision)).where(*same)) or 0
    row = PolicyValue(
        id=uuid4(),
        name=name,
        region_prefix=region_prefix,
        valid_from=valid_from,
        revision=last + 1,
        value=value,
        source=source,
        recorded_by=by,
    )
    db.session.add(row)
    db.session.info.pop("policy_values", None)
    return row


@cache
def shipped_value(name: str) -> dict[str, Any]:
    """Return the default that comes with the platform; KeyError if there is none."""
    for folder in (SHIPPED, *sorted(SHIPPED.parents[1].glob("*/defaults"))):
        path = folder / f"{name}.json"
        if path.exists():
            return dict(json.loads(path.read_text(encoding="utf-8")))
    raise KeyError(name)

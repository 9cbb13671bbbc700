"""What tasks are about, by name: the helper who wants to join, the household by its number."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, text

from core.db import db
from donors.models import Donor
from donors.queries import public_name

_NUMBERS = text("SELECT id, household_no FROM household WHERE id = ANY(:ids)")


def names_of_donors(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return how each donor is named publicly."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {donor.id: public_name(donor) for donor in db.session.scalars(select(Donor).where(Donor.id.in_(wanted)))}


def household_numbers(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the numbers of households on file; only for people who may read households."""
    wanted = list(set(ids))
    return {row.id: row.household_no for row in db.session.execute(_NUMBERS, {"ids": wanted})} if wanted else {}


def household_of(subject: str) -> UUID | None:
    """Return the household that a subject names, or None for a village."""
    kind, _, identity = subject.partition("/")
    return UUID(identity) if kind == "household" else None

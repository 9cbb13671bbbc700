"""The full list of a village's households, each with how it was reached in a round. Names are masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, func, or_, select

from core.clock import today
from core.db import db
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.privacy import mask_name
from identification.case_choices import Contact
from identification.models import IdentificationRound
from identification.queries.rounds.contacts import latest_contacts
from identification.queries.rounds.coverage import listed
from identification.round_choices import ListPart
from registry.models import Household


@dataclass(frozen=True)
class FrameRow:
    """A household of the list: the name masked, and how it was reached."""

    household_id: UUID
    household_no: str
    group_no: str
    masked_name: str
    state: Contact | None
    happened_on: date | None

    @property
    def is_open(self) -> bool:
        """Return whether somebody must still reach it."""
        return self.state in (None, Contact.ABSENT_UNREACHABLE)


def frame_page(
    running: IdentificationRound, *, show: ListPart | Contact = ListPart.ALL, cursor: str | None = None, limit: int = 50
) -> Page[FrameRow]:
    """Return the village's list by household number."""
    latest = latest_contacts([running.id], today())
    query = _shown(_with_contacts(running, latest), latest, show).order_by(Household.household_no).limit(limit + 1)
    if (after := decode_cursor(cursor, str)) is not None:
        query = query.where(Household.household_no > after[0])
    rows = [
        FrameRow(row.id, row.household_no, row.group_no, mask_name(row.head_name), found, day)
        for row, found, day in db.session.execute(query)
    ]
    return make_page(rows, limit, lambda row: encode_cursor(row.household_no))


def _with_contacts(running: IdentificationRound, latest: Subquery) -> Select[Any]:
    return (
        select(Household, latest.c.state, latest.c.happened_on)
        .join(IdentificationRound, listed()[0])
        .outerjoin(latest, latest.c.household_id == Household.id)
        .where(IdentificationRound.id == running.id, *listed()[1:])
    )


def _shown(query: Select[Any], latest: Subquery, show: ListPart | Contact) -> Select[Any]:
    if show is ListPart.ALL:
        return query
    if show is ListPart.OPEN:
        return query.where(or_(latest.c.state.is_(None), latest.c.state == Contact.ABSENT_UNREACHABLE))
    return query.where(latest.c.state == show)


def contact_of(running: IdentificationRound, household_id: UUID) -> tuple[Contact, date] | None:
    """Return how and when a household was reached last in the round."""
    latest = latest_contacts([running.id], today())
    row = db.session.execute(
        select(latest.c.state, latest.c.happened_on).where(latest.c.household_id == household_id)
    ).one_or_none()
    return None if row is None else (row.state, row.happened_on)


def state_counts(running: IdentificationRound) -> dict[Contact | None, int]:
    """Return how many households of the list stand in each kind of contact; None counts those not gone to yet."""
    latest = latest_contacts([running.id], today())
    listing = _with_contacts(running, latest).with_only_columns(latest.c.state, func.count(Household.id))
    return {state: int(count) for state, count in db.session.execute(listing.group_by(latest.c.state))}


def households_listed(running: IdentificationRound, household_ids: Sequence[UUID]) -> Sequence[Household]:
    """Return those of the households that stand on the round's list, by household number."""
    query = (
        select(Household)
        .join(IdentificationRound, listed()[0])
        .where(IdentificationRound.id == running.id, Household.id.in_(household_ids), *listed()[1:])
    )
    return db.session.scalars(query.order_by(Household.household_no)).all()

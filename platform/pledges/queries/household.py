"""What a household sees with its slip or its card: what came, from whom, what is on its way, who helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, text

from accounts.models import Account
from core.clock import today
from core.db import db
from core.i18n import _
from donors.models import Donor
from donors.queries import public_name
from needs.choices import NeedStage
from needs.models import Need
from needs.rules import item_of
from pairing.choices import LIVE_LINK
from pairing.models import HelperLink
from pairing.queries import find_pairing, first_link
from pledges.choices import DeliveryStage, PledgeStage
from pledges.models import Confirmation, Delivery, Pledge
from regions.queries import published_places
from registry.models import Household


@dataclass(frozen=True)
class Arrival:
    """One delivery as the household sees it."""

    id: UUID
    title: str
    quantity: Decimal
    asked: Decimal
    unit: str
    delivered_on: date
    giver: str
    stage: DeliveryStage
    is_village: bool


@dataclass(frozen=True)
class OnTheWay:
    """What is still to come."""

    title: str
    quantity: Decimal
    unit: str
    due_on: date


@dataclass(frozen=True)
class Helper:
    """Somebody who helps, by the card's page: the household may end it."""

    link_id: UUID
    name: str
    is_first: bool
    may_end: bool


def arrival_of(delivery: Delivery) -> Arrival:
    """Return a delivery in the household's words."""
    need = db.session.get_one(Need, delivery.need_id)
    return Arrival(
        id=delivery.id,
        title=thing_of(need),
        quantity=delivery.quantity,
        asked=delivery.quantity - delivery.received_quantity,
        unit=need.unit,
        delivered_on=delivery.arrived_on or delivery.delivered_on,
        giver=giver_name(delivery.donor_id),
        stage=delivery.stage,
        is_village=delivery.subject.startswith("village/"),
    )


def thing_of(need: Need) -> str:
    """Return what it is, without how many: the name on the standard list, else the need's whole title."""
    item = item_of(need.item_code, need.region_code, today())
    return item.name if item is not None else need.title


def giver_name(donor_id: UUID | None) -> str:
    """Return who gives, as it may be public."""
    donor = None if donor_id is None else db.session.get(Donor, donor_id)
    return _("Helping unit of the county") if donor is None else public_name(donor)


def arrivals_of_household(household_id: UUID) -> list[Arrival]:
    """Return the deliveries of a household that were brought, newest first."""
    query = select(Delivery).where(
        Delivery.subject == f"household/{household_id}", Delivery.stage != DeliveryStage.PLANNED
    )
    rows = db.session.scalars(query.order_by(Delivery.delivered_on.desc(), Delivery.id).limit(20))
    return [arrival_of(row) for row in rows]


def on_the_way(subject: str) -> list[OnTheWay]:
    """Return what was agreed for a household or village and not brought yet."""
    query = (
        select(Pledge, Need)
        .join(Need, Need.id == Pledge.need_id)
        .where(Pledge.subject == subject, Pledge.stage == PledgeStage.AGREED, Pledge.delivered < Pledge.quantity)
        .order_by(Pledge.due_on, Pledge.id)
    )
    return [
        OnTheWay(thing_of(need), pledge.quantity - pledge.delivered, need.unit, pledge.due_on)
        for pledge, need in db.session.execute(query)
    ]


def answer_with(code_id: UUID) -> Confirmation | None:
    """Return the answer that was given with a slip."""
    return db.session.scalar(select(Confirmation).where(Confirmation.code_id == code_id))


def shown_needs(household_id: UUID) -> Sequence[Need]:
    """Return what the web shows of a household now."""
    query = select(Need).where(Need.household_id == household_id, Need.stage == NeedStage.PUBLISHED)
    return db.session.scalars(query.order_by(Need.published_at.desc(), Need.id)).all()


def helpers_of_household(household_id: UUID) -> list[Helper]:
    """Return who helps a household now, by rank."""
    pairing = find_pairing(db.session.get_one(Household, household_id))
    if pairing is None:
        return []
    query = select(HelperLink).where(
        HelperLink.pairing_id == pairing.id, HelperLink.rank > 1, HelperLink.stage.in_(LIVE_LINK)
    )
    rows = db.session.scalars(query.order_by(HelperLink.rank)).all()
    return [Helper(row.id, giver_name(row.donor_id), is_first=False, may_end=row.stage != "proposed") for row in rows]


def cadre_phone(subject: str) -> str:
    """Return the phone number of today's cadre for a household or village, if it is on file."""
    query = select(Delivery.pairing_id).where(Delivery.subject == subject).limit(1)
    pairing_id = db.session.scalar(query)
    if pairing_id is None:
        return ""
    link = first_link(pairing_id, today())
    account = None if link is None or link.account_id is None else db.session.get(Account, link.account_id)
    return "" if account is None else account.phone or ""


@dataclass(frozen=True)
class Shown:
    """What the web shows of a household in one line."""

    need_id: UUID
    title: str
    place: str
    band: str


def shown_rows(household_id: UUID) -> list[Shown]:
    """Return what the web shows of a household now, with the place as it stands there."""
    found = shown_needs(household_id)
    places = published_places([need.shown_region_code for need in found if need.shown_region_code])
    rows = []
    for need in found:
        place = places.get(need.shown_region_code or "")
        rows.append(Shown(need.id, need.title, "" if place is None else place.said_whole, need.size_band or ""))
    return rows


def last_record_number(need_id: UUID) -> int:
    """Return the number of the newest update record of a need."""
    number = text("SELECT coalesce(max(seq), 0) FROM records.record WHERE stream = :stream")
    return int(db.session.execute(number, {"stream": f"need/{need_id}"}).scalar_one())

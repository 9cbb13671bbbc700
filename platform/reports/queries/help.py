"""Who helps a household, and what came, as the handbook lists it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from accounts.queries import get_account
from core.db import db
from core.i18n import _, label
from core.policy import SYSTEM
from needs.models import Need
from needs.rules.units import unit_in_words
from pairing.choices import LinkStage
from pairing.models import HelperLink
from pairing.queries import find_pairing, links_of
from pairing.queries.showing import helper_name, is_serving
from pledges.choices import DeliveryStage
from pledges.models import Delivery
from pledges.queries import giver_name
from registry.models import Household
from reports.layouts.values import number
from reports.sheets import Cells, HelperLine

BROUGHT = (
    DeliveryStage.RECORDED,
    DeliveryStage.AWAITING,
    DeliveryStage.MENDING,
    DeliveryStage.CONFIRMED,
    DeliveryStage.UNANSWERED,
    DeliveryStage.DISPUTED,
)
SHOWN = frozenset({LinkStage.ACTIVE, LinkStage.SUSPENDED, LinkStage.COMPLETED})
MOST = 200
Brought = tuple[Delivery, Need]


def helper_lines(household: Household, day: date) -> tuple[HelperLine, ...]:
    """Return the helpers by rank, whoever serves on that day first."""
    pairing = find_pairing(household)
    links = [] if pairing is None else [link for link in links_of(pairing.id) if _had_begun(link, day)]
    return tuple(_line(link) for link in sorted(links, key=lambda link: (not is_serving(link, day), link.rank)))


def _had_begun(link: HelperLink, day: date) -> bool:
    return link.stage in SHOWN and (link.starts_on is None or link.starts_on <= day)


def _line(link: HelperLink) -> HelperLine:
    """Officials stand with name and phone, others with the name that may be shown."""
    period = _("%(start)s to %(end)s", start=_day(link.starts_on), end=_day(link.ends_on)) if link.starts_on else ""
    if link.account_id is None:
        return HelperLine(str(link.rank), helper_name(link), label(link.kind), "", period)
    account = get_account(SYSTEM, link.account_id)
    return HelperLine(str(link.rank), account.display_name, link.unit_name, account.phone or "", period)


def _day(day: date | None) -> str:
    return day.isoformat() if day else _("today")


def brought_until(household_id: UUID, day: date) -> list[Brought]:
    """Return what was brought until a day, oldest first."""
    query = (
        select(Delivery, Need)
        .join(Need, Need.id == Delivery.need_id)
        .where(Delivery.subject == f"household/{household_id}", Delivery.stage.in_(BROUGHT))
        .where(func.coalesce(Delivery.arrived_on, Delivery.delivered_on) <= day)
        .order_by(Delivery.delivered_on, Delivery.id)
        .limit(MOST)
    )
    return [(delivery, need) for delivery, need in db.session.execute(query)]


def measure_cells(brought: Iterable[Brought]) -> tuple[Cells, ...]:
    """Return one row for each thing that was brought; the signature stays empty."""
    return tuple(
        (
            (delivery.arrived_on or delivery.delivered_on).isoformat(),
            label(need.category),
            _said(delivery, need),
            giver_name(delivery.donor_id),
            label(delivery.fund_source),
            "",
        )
        for delivery, need in brought
    )


def result_cells(brought: Iterable[Brought]) -> tuple[Cells, ...]:
    """Return what the household answered to each delivery."""
    return tuple(
        (
            (delivery.arrived_on or delivery.delivered_on).isoformat(),
            label(need.category),
            _("%(thing)s: %(answer)s", thing=_said(delivery, need), answer=label(delivery.stage)),
            "",
            "",
        )
        for delivery, need in brought
        if delivery.stage in {DeliveryStage.CONFIRMED, DeliveryStage.DISPUTED, DeliveryStage.MENDING}
    )


def _said(delivery: Delivery, need: Need) -> str:
    quantity = f"{number(delivery.quantity)}\u00a0{unit_in_words(need.unit, delivery.quantity)}"
    return _("%(thing)s, %(quantity)s", thing=need.title, quantity=quantity)

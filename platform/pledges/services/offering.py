"""Offering a pledge: what it asks is held at once, and a helper who is new to the pairing is proposed with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.services import MessageKind
from core.clock import add_working_days, now, today
from core.db import db
from core.errors import NotFound, Refused
from core.i18n import _l
from core.policy import Actor, require
from donors.models import Donor
from needs.choices import ConsentItem
from needs.models import Need
from needs.services import hold, release_hold
from pairing.choices import LinkOrigin, LinkTerm
from pairing.models import HelperLink, Pairing
from pairing.queries import find_live_link, find_pairing, find_unit_link
from pairing.services import propose_link, touch_link
from pledges.choices import PledgeKind
from pledges.models import Pledge
from pledges.policy import PledgePermission
from pledges.services.messages import deciders_of, tell
from pledges.settings import settings_for
from pledges.workflow import pledge_workflow

LONGEST_NOTE = 500
_IN_PERSON = frozenset({PledgeKind.SERVICE_SKILL, PledgeKind.JOB, PledgeKind.VOLUNTEERING})


@dataclass(frozen=True)
class Offer:
    """What a helper promises."""

    quantity: Decimal
    kind: PledgeKind
    due_on: date
    term: LinkTerm = LinkTerm.ONE_TIME
    note: str = ""


def offer_pledge(need: Need, donor: Donor | None, *, actor: Actor, **promise: Any) -> Pledge:
    """Pledge a part of a need. Without a donor the actor's own helping unit pledges through its link.

    Raises Refused (`too_much`, with `remaining`) where it asks more than is still needed.
    """
    require(actor, PledgePermission.PLEDGE_OFFER)
    offer = Offer(**promise)
    pairing = find_pairing(need)
    if pairing is None:
        raise Refused(_l("There is no pairing yet. The county assigns a cadre first."), code="no_pairing")
    link = _link_of(pairing, donor, actor)
    pledge = _pledge(need, pairing, donor, offer, actor)
    pledge.term = link.term if link is not None else offer.term
    facts = {"need": need, "donor": donor, "link": link}
    pledge_workflow.check(pledge, "offer", actor=actor, facts=facts)
    if link is None and donor is not None:
        link = _propose(pairing, donor, need, offer, actor)
    if link is None:
        raise NotFound
    _hold(need, pledge)
    pledge.link_id = link.id
    pledge_workflow.fire(pledge, "offer", actor=actor, facts=facts, rank=link.rank, **_named(donor))
    db.session.add(pledge)
    db.session.flush()  # deliveries need pledge.id
    touch_link(link, on=today())
    tell(deciders_of(pledge), MessageKind.PLEDGE_MADE, pledge, due_on=pledge.decide_by)
    return pledge


def _link_of(pairing: Pairing, donor: Donor | None, actor: Actor) -> HelperLink | None:
    if donor is not None:
        return find_live_link(pairing.id, donor.id)
    found = None if actor.account_id is None else find_unit_link(pairing.id, actor.account_id)
    if found is None:
        raise Refused(_l("Your unit does not belong to this pairing."), code="no_link")
    return found


def _pledge(need: Need, pairing: Pairing, donor: Donor | None, offer: Offer, actor: Actor) -> Pledge:
    day, settings = today(), settings_for(need.region_code, today())
    return Pledge(
        id=uuid4(),
        need_id=need.id,
        pairing_id=pairing.id,
        subject=pairing.subject,
        region_code=need.region_code,
        county_code=need.county_code,
        donor_id=donor.id if donor else None,
        unit_account_id=None if donor else actor.account_id,
        quantity=offer.quantity,
        delivered=Decimal(0),
        confirmed=Decimal(0),
        kind=offer.kind,
        term=offer.term,
        due_on=offer.due_on,
        note=offer.note.strip()[:LONGEST_NOTE],
        offered_at=now(),
        decide_by=add_working_days(day, settings.decision_working_days),
        lapses_on=day + timedelta(days=settings.offer_lapses_days),
    )


def _propose(pairing: Pairing, donor: Donor, need: Need, offer: Offer, actor: Actor) -> HelperLink:
    wants = ConsentItem.SERVICES if offer.kind in _IN_PERSON else ConsentItem.GOODS_VIA_OFFICE
    return propose_link(pairing, donor, actor=actor, term=offer.term, need=need, origin=LinkOrigin.PLEDGED, wants=wants)


def _hold(need: Need, pledge: Pledge) -> None:
    """Hold first, then look at the smallest lot: only the statement knows what really remained."""
    before = hold(need.id, pledge.quantity) + pledge.quantity
    least = min(need.min_lot, before)
    if pledge.quantity < least:
        release_hold(need.id, pledge.quantity)
        words = _l("The smallest part is %(least)s.", least=f"{least.normalize():f}")
        raise Refused(words, code="below_min_lot", min_lot=least)


def _named(donor: Donor | None) -> dict[str, Any]:
    """The public record names organisations that agreed to be named, and nobody else."""
    named = donor is not None and donor.is_organisation and donor.named_publicly
    return {"donor": donor.id} if named and donor is not None else {}

"""What follows for pledges when a link, a need or a donor changes."""

from typing import Any

from sqlalchemy import select

from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import SYSTEM
from donors.models import Donor
from needs.models import Need
from pairing.choices import LinkEnd, LinkStage, LinkTerm
from pairing.models import HelperLink
from pairing.services import complete_link
from pledges.choices import LIVE_PLEDGE, PledgeStage
from pledges.models import Delivery, Pledge
from pledges.services.following import release_all, release_offers
from pledges.sums import is_open


def refuse_if_open(link: HelperLink, **facts: Any) -> None:
    """A link is not completed while a pledge of it is still to be done."""
    pledges = db.session.scalars(select(Pledge).where(Pledge.link_id == link.id)).all()
    if any(is_open(pledge) for pledge in pledges):
        raise Refused(_l("A pledge of this link is still open."), code="pledge_open")


def follow_ended_link(link: HelperLink, *, why: LinkEnd, **facts: Any) -> None:
    """Give back what an ended link had pledged and not delivered."""
    if why is LinkEnd.COMPLETED:
        return
    query = select(Pledge.id).where(Pledge.link_id == link.id, Pledge.stage.in_(LIVE_PLEDGE))
    release_all(db.session.scalars(query.order_by(Pledge.id)).all(), reason=f"link_{why.value}")


def follow_withdrawn_need(need: Need, *, why: str, **facts: Any) -> None:
    """Release offers for a need that was withdrawn; agreed pledges go on."""
    release_offers(need, reason="consent_withdrawn" if why == "consent_withdrawn" else "need_withdrawn")


def follow_barred_donor(donor: Donor, **facts: Any) -> None:
    """Release what a barred donor had only offered."""
    query = select(Pledge.id).where(Pledge.donor_id == donor.id, Pledge.stage == PledgeStage.OFFERED)
    release_all(db.session.scalars(query.order_by(Pledge.id)).all(), reason="donor_blacklisted")


def complete_one_time(delivery: Delivery, **facts: Any) -> None:
    """Complete a one-time link when its last delivery is answered and nothing of it is open."""
    pledge = db.session.get_one(Pledge, delivery.pledge_id)
    link = db.session.get_one(HelperLink, pledge.link_id)
    if link.term is not LinkTerm.ONE_TIME or link.stage is not LinkStage.ACTIVE:
        return
    db.session.flush()  # the question below is asked of the rows
    pledges = db.session.scalars(select(Pledge).where(Pledge.link_id == link.id)).all()
    if not any(is_open(other) for other in pledges):
        complete_link(link, actor=SYSTEM)

"""Relations and reaches: whose household somebody is paired with, to which pairings he belongs."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, false, or_, select, text

from core.clock import today
from core.db import db
from core.policy import Actor
from needs.models import Need
from pairing.choices import LIVE_LINK, InvitationStage, LinkKind, LinkStage
from pairing.models import HelperLink, Invitation, Pairing
from registry.models import Household, Village

_CADRE_OF = text(
    "SELECT 1 FROM helper_link l JOIN pairing p ON p.id = l.pairing_id"
    " WHERE l.account_id = :account"
    " AND ((l.rank = 1 AND l.starts_on <= :day AND (l.ends_on IS NULL OR l.ends_on >= :day))"
    " OR (l.rank > 1 AND l.kind = 'unit' AND l.stage = 'active'))"
    " AND (p.id = :pairing OR p.household_id = :household OR p.village_id = :village) LIMIT 1"
)


def is_cadre_of(account_id: UUID, subject: Any) -> bool:
    """Return whether the account is today's first helper, or an active unit, of the row's pairing."""
    values = {
        "account": account_id,
        "day": today(),
        "pairing": getattr(subject, "pairing_id", None),
        "household": getattr(subject, "household_id", None),
        "village": getattr(subject, "village_id", None),
    }
    return db.session.execute(_CADRE_OF, values).scalar() is not None


def cadre_of_subject(actor: Actor, subject: Any) -> bool:
    """Answer the relation for a need, household, village, pairing, or a row of one."""
    return actor.account_id is not None and is_cadre_of(actor.account_id, subject)


def party_of_pairing(actor: Actor, subject: Any) -> bool:
    """Return whether the actor's donor or unit has a live link there."""
    if cadre_of_subject(actor, subject):
        return True
    pairing_id = _pairing_of(subject)
    if actor.donor_id is None or pairing_id is None:
        return False
    linked = select(HelperLink.id).where(
        HelperLink.pairing_id == pairing_id, HelperLink.donor_id == actor.donor_id, HelperLink.stage.in_(LIVE_LINK)
    )
    return db.session.scalar(linked.limit(1)) is not None


def invited_to_need(actor: Actor, subject: Any) -> bool:
    """Return whether the actor is a party, or an invitation of his donor to this need waits for an answer."""
    if party_of_pairing(actor, subject):
        return True
    pairing_id = _pairing_of(subject)
    if actor.donor_id is None or pairing_id is None:
        return False
    invited = select(Invitation.id).where(
        Invitation.pairing_id == pairing_id,
        Invitation.donor_id == actor.donor_id,
        Invitation.stage == InvitationStage.SENT,
        any_(Invitation.need_ids) == subject.need_id,
    )
    return db.session.scalar(invited.limit(1)) is not None


def _pairing_of(subject: Any) -> UUID | None:
    found: UUID | None = getattr(subject, "pairing_id", None)
    if found is not None:
        return found
    household, village = getattr(subject, "household_id", None), getattr(subject, "village_id", None)
    if household is None and village is None:
        return None
    same = Pairing.household_id == household if household else Pairing.village_id == village
    return db.session.scalar(select(Pairing.id).where(same))


def paired_with(actor: Actor) -> Any:
    """Return a subquery of the pairings where the account is today's first helper or an active unit."""
    day = today()
    first = and_(
        HelperLink.rank == 1,
        HelperLink.starts_on <= day,
        or_(HelperLink.ends_on.is_(None), HelperLink.ends_on >= day),
    )
    unit = and_(HelperLink.rank > 1, HelperLink.kind == LinkKind.UNIT, HelperLink.stage == LinkStage.ACTIVE)
    return select(HelperLink.pairing_id).where(HelperLink.account_id == actor.account_id, or_(first, unit))


def joined_by(actor: Actor) -> Any:
    """Return a subquery of the pairings that the actor's donor belongs to now."""
    return select(HelperLink.pairing_id).where(HelperLink.donor_id == actor.donor_id, HelperLink.stage.in_(LIVE_LINK))


def pairings_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return Pairing.id.in_(paired_with(actor)) if actor.account_id else false()


def pairings_of_donor(actor: Actor) -> ColumnElement[bool]:
    return Pairing.id.in_(joined_by(actor)) if actor.donor_id else false()


def links_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return HelperLink.pairing_id.in_(paired_with(actor)) if actor.account_id else false()


def links_of_donor(actor: Actor) -> ColumnElement[bool]:
    return HelperLink.donor_id == actor.donor_id if actor.donor_id else false()


def invitations_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return Invitation.pairing_id.in_(paired_with(actor)) if actor.account_id else false()


def invitations_of_donor(actor: Actor) -> ColumnElement[bool]:
    return Invitation.donor_id == actor.donor_id if actor.donor_id else false()


def needs_of_cadre(actor: Actor) -> ColumnElement[bool]:
    own = _own_pairings(actor)
    return or_(Need.household_id.in_(select(own.c.household_id)), Need.village_id.in_(select(own.c.village_id)))


def households_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return Household.id.in_(select(_own_pairings(actor).c.household_id))


def villages_of_cadre(actor: Actor) -> ColumnElement[bool]:
    return Village.id.in_(select(_own_pairings(actor).c.village_id))


def _own_pairings(actor: Actor) -> Any:
    return select(Pairing).where(pairings_of_cadre(actor)).subquery()

"""Reads of pairings, links and invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from core.clock import add_working_days, local_day, today
from core.db import db
from core.errors import NotFound
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import scope_clause, within_scope
from core.tokens import token_hash
from needs.models import Need
from pairing.choices import LIVE_LINK, InvitationStage, LinkKind, LinkStage
from pairing.models import HelperLink, Invitation, Pairing
from pairing.policy import PairingPermission
from pairing.queries.public import may_know_pairing
from pairing.queries.relations import paired_with
from registry.models import Household
from registry.queries import Subject, find_subject

INVITATION = "invitation"
COMMENT_DAYS = 3


@dataclass(frozen=True)
class LinkTask:
    """A link that waits for somebody's word."""

    link: HelperLink
    step: str
    due_on: date


def find_pairing(subject: Any) -> Pairing | None:
    """Return the pairing of a need, a household, a village, or a subject."""
    household, village = getattr(subject, "household_id", None), getattr(subject, "village_id", None)
    if household is None and village is None:
        return None
    same = Pairing.household_id == household if household is not None else Pairing.village_id == village
    return db.session.scalar(select(Pairing).where(same))


def find_pairing_by_id(pairing_id: UUID) -> Pairing | None:
    """Return the pairing whoever asks; for services of upper packages, never for a page."""
    return db.session.get(Pairing, pairing_id)


def subject_of_pairing(pairing: Pairing) -> Subject:
    """Return who is paired."""
    found = find_subject(household_id=pairing.household_id, village_id=pairing.village_id)
    if found is None:
        raise NotFound
    return found


def get_pairing(actor: Actor, pairing_id: UUID) -> Pairing:
    """Return the pairing if it is in the actor's places or he belongs to it, else raise NotFound."""
    found: Pairing | None = db.session.scalar(
        within_scope(select(Pairing).where(Pairing.id == pairing_id), Pairing, actor)
    )
    if found is None or not can(actor, PairingPermission.PAIRING_READ, found):
        raise NotFound
    return found


def pairing_to_join(actor: Actor, pairing_id: UUID) -> Pairing:
    """Return a pairing that a verified donor may know of, or that the actor sees anyway."""
    found = db.session.get(Pairing, pairing_id)
    if found is None or not may_know_pairing(actor, found):
        raise NotFound
    return found


def pairings_in_scope(actor: Actor, *, region: str = "", cursor: str | None = None, limit: int = 20) -> Page[Pairing]:
    """Return the pairings that the actor sees, by place."""
    query = within_scope(select(Pairing), Pairing, actor)
    if region:
        query = query.where(Pairing.region_code.startswith(region, autoescape=True))
    if (after := decode_cursor(cursor, str, UUID)) is not None:
        code, last = after
        query = query.where(or_(Pairing.region_code > code, and_(Pairing.region_code == code, Pairing.id > last)))
    rows = db.session.scalars(query.order_by(Pairing.region_code, Pairing.id).limit(limit + 1)).all()
    return make_page(rows, limit, lambda row: encode_cursor(row.region_code, row.id))


def own_pairings(actor: Actor, *, limit: int = 200) -> Sequence[Pairing]:
    """Return the pairings that the cadre or unit looks after."""
    query = select(Pairing).where(Pairing.id.in_(paired_with(actor)))
    return db.session.scalars(query.order_by(Pairing.region_code, Pairing.id).limit(limit)).all()


def links_of(pairing_id: UUID) -> Sequence[HelperLink]:
    """Return the links that were not rejected, by rank."""
    query = select(HelperLink).where(HelperLink.pairing_id == pairing_id, HelperLink.stage != LinkStage.REJECTED)
    return db.session.scalars(query.order_by(HelperLink.rank, HelperLink.starts_on, HelperLink.id)).all()


def get_link(actor: Actor, link_id: UUID) -> HelperLink:
    """Return the link if it is in the actor's places or his own, else raise NotFound."""
    found: HelperLink | None = db.session.scalar(
        within_scope(select(HelperLink).where(HelperLink.id == link_id), HelperLink, actor)
    )
    if found is None:
        raise NotFound
    return found


def find_link(link_id: UUID) -> HelperLink | None:
    """Return the link whoever asks; for services, never for a page."""
    return db.session.get(HelperLink, link_id)


def find_live_link(pairing_id: UUID, donor_id: UUID) -> HelperLink | None:
    """Return the donor's link that did not end."""
    query = select(HelperLink).where(
        HelperLink.pairing_id == pairing_id, HelperLink.donor_id == donor_id, HelperLink.stage.in_(LIVE_LINK)
    )
    return db.session.scalar(query)


def find_unit_link(pairing_id: UUID, account_id: UUID) -> HelperLink | None:
    """Return the link by which a helping unit's account helps today: as first helper, or behind him."""
    serving = and_(HelperLink.rank > 1, HelperLink.stage == LinkStage.ACTIVE)
    query = select(HelperLink).where(
        HelperLink.pairing_id == pairing_id,
        HelperLink.account_id == account_id,
        HelperLink.kind == LinkKind.UNIT,
        or_(serving, first_on(today())),
    )
    return db.session.scalar(query.order_by(HelperLink.rank).limit(1))


def first_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a link is the first helper of that day."""
    open_end = or_(HelperLink.ends_on.is_(None), HelperLink.ends_on >= day)
    return and_(HelperLink.rank == 1, HelperLink.starts_on <= day, open_end)


def first_link(pairing_id: UUID, on: date) -> HelperLink | None:
    """Return the rank-1 link of that day."""
    return db.session.scalar(select(HelperLink).where(HelperLink.pairing_id == pairing_id, first_on(on)))


def lock_pairing(pairing_id: UUID) -> None:
    """Hold the pairing until this transaction ends: ranks and first helpers are given one after the other."""
    db.session.execute(select(Pairing.id).where(Pairing.id == pairing_id).with_for_update())


def highest_rank(pairing_id: UUID) -> int:
    """Return the highest rank that was ever given on the pairing."""
    return db.session.scalar(select(func.max(HelperLink.rank)).where(HelperLink.pairing_id == pairing_id)) or 1


def is_helping(pairing_id: UUID, account_id: UUID) -> bool:
    """Return whether the account is the first helper from today on, or an official helper of a further rank."""
    query = select(HelperLink.id).where(
        HelperLink.pairing_id == pairing_id,
        HelperLink.account_id == account_id,
        or_(HelperLink.ends_on.is_(None), HelperLink.ends_on >= today()),
        HelperLink.stage.in_((*LIVE_LINK, LinkStage.COMPLETED)),
    )
    return db.session.scalar(query.limit(1)) is not None


def cadre_accounts(pairing_id: UUID) -> list[UUID]:
    """Return the account of today's first helper, if it has one."""
    link = first_link(pairing_id, today())
    return [] if link is None or link.account_id is None else [link.account_id]


def links_to_decide(actor: Actor, *, limit: int = 100) -> list[LinkTask]:
    """Return links that wait for the actor: a comment, a consent, a confirmation; oldest first."""
    query = select(HelperLink).where(
        HelperLink.stage.in_((LinkStage.PROPOSED, LinkStage.HOUSEHOLD_CONSENTED)), scope_clause(HelperLink, actor)
    )
    found = db.session.scalars(query.order_by(HelperLink.proposed_at, HelperLink.id).limit(limit))
    return [task for link in found if (task := _task(link, actor)) is not None]


def _task(link: HelperLink, actor: Actor) -> LinkTask | None:
    since = local_day(link.proposed_at or link.created_at)
    if link.commented_at is None and can(actor, PairingPermission.LINK_COMMENT, link):
        return LinkTask(link, "comment", add_working_days(since, COMMENT_DAYS))
    if link.stage is LinkStage.PROPOSED and can(actor, PairingPermission.LINK_RECORD_CONSENT, link):
        return LinkTask(link, "record_consent", add_working_days(since, 5))
    waits = link.stage is LinkStage.HOUSEHOLD_CONSENTED and actor.account_id != link.consent_by
    if waits and can(actor, PairingPermission.LINK_CONFIRM, link):
        return LinkTask(link, "confirm", add_working_days(since, 6))
    return None


def links_of_donor(actor: Actor, *, limit: int = 100) -> Sequence[HelperLink]:
    """Return the links of the actor's donor, newest first."""
    query = select(HelperLink).where(HelperLink.donor_id == actor.donor_id, HelperLink.rank > 1)
    return db.session.scalars(query.order_by(HelperLink.created_at.desc(), HelperLink.id).limit(limit)).all()


def get_invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """Return the invitation if it is the actor's or in his places, else raise NotFound."""
    query = within_scope(select(Invitation).where(Invitation.id == invitation_id), Invitation, actor)
    found: Invitation | None = db.session.scalar(query)
    if found is None or not can(actor, PairingPermission.INVITATION_READ, found):
        raise NotFound
    return found


def find_invitation_by_token(token: str) -> Invitation | None:
    """Return the invitation whose one-time link this is."""
    return db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(INVITATION, token)))


def invitations(
    actor: Actor, *, stage: InvitationStage | None = None, cursor: str | None = None, limit: int = 20
) -> Page[Invitation]:
    """Return the invitations that the actor sent, got, or watches over, newest first."""
    require(actor, PairingPermission.INVITATION_READ)
    query: Select[Any] = within_scope(select(Invitation), Invitation, actor)
    if stage is not None:
        query = query.where(Invitation.stage == stage)
    if (after := decode_cursor(cursor, datetime.fromisoformat, UUID)) is not None:
        at, last = after
        query = query.where(or_(Invitation.sent_at < at, and_(Invitation.sent_at == at, Invitation.id < last)))
    rows: Sequence[Invitation] = db.session.scalars(
        query.order_by(Invitation.sent_at.desc(), Invitation.id.desc()).limit(limit + 1)
    ).all()
    return make_page(rows, limit, lambda row: encode_cursor(row.sent_at, row.id))


def invitations_of(pairing_id: UUID) -> Sequence[Invitation]:
    """Return the invitations of a pairing that the caller has loaded, newest first."""
    query = select(Invitation).where(Invitation.pairing_id == pairing_id)
    return db.session.scalars(query.order_by(Invitation.sent_at.desc(), Invitation.id).limit(50)).all()


def needs_named(need_ids: Sequence[UUID]) -> Sequence[Need]:
    """Return the needs of an invitation, in the order of their titles."""
    return db.session.scalars(select(Need).where(Need.id.in_(need_ids)).order_by(Need.title, Need.id)).all()


def household_number(pairing: Pairing | Subject) -> str:
    """Return the household's number on file, or nothing for a village."""
    row = db.session.get(Household, pairing.household_id) if pairing.household_id else None
    return "" if row is None else row.household_no

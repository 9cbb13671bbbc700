"""Reads of donors: the public part, the donor's own, the county's queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from core.db import db
from core.errors import NotFound
from core.i18n import _, label
from core.names import look_key, parts_of_key, sound_key
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor, can, require
from core.scope import within_scope
from donors.cities import city_name
from donors.models import Donor, DonorEvidence, DonorKind, DonorName, DonorStage, EvidenceKind
from donors.policy import REQUIRED_EVIDENCE, DonorPermission

SHOWN = (DonorStage.VERIFIED, DonorStage.EXPIRED)
PHONE = "phone"


@dataclass(frozen=True)
class PublicDonor:
    """What anybody sees of an organisation."""

    id: UUID
    name: str
    kind: DonorKind
    uscc: str
    city_code: str
    stage: DonorStage
    level: int
    verified_at: datetime | None
    verified_until: date | None
    region_code: str


def get_donor(actor: Actor, donor_id: UUID) -> Donor:
    """Return the donor if it is the actor's own or in his county, else raise NotFound."""
    donor: Donor | None = db.session.scalar(within_scope(select(Donor).where(Donor.id == donor_id), Donor, actor))
    if donor is None or not can_see(actor, donor):
        raise NotFound
    return donor


def can_see(actor: Actor, donor: Donor) -> bool:
    """Return whether the actor's role lets him read the donor's page."""
    return not actor.is_signed_in or can(actor, DonorPermission.DONOR_READ, donor)


def find_donor(donor_id: UUID) -> Donor | None:
    """Return the donor whoever asks; for services of upper packages, never for a page."""
    return db.session.get(Donor, donor_id)


def find_donor_by_identity(index: bytes) -> Donor | None:
    """Return the donor of a code's or identity number's blind index."""
    return db.session.scalar(select(Donor).where(Donor.identity_index == index))


def published_donor(donor_id: UUID) -> PublicDonor:
    """Return the public part of a verified organisation that agreed to be named; persons have no page."""
    donor = db.session.get(Donor, donor_id)
    if donor is None or not is_shown(donor):
        raise NotFound
    return PublicDonor(
        id=donor.id,
        name=donor.name,
        kind=donor.kind,
        uscc=donor.uscc or "",
        city_code=donor.city_code,
        stage=donor.stage,
        level=donor.level,
        verified_at=donor.verified_at,
        verified_until=donor.verified_until,
        region_code=donor.region_code,
    )


def is_shown(donor: Donor) -> bool:
    """Return whether the donor has a public page."""
    return donor.is_organisation and donor.named_publicly and donor.stage in SHOWN


def public_name(donor: Donor) -> str:
    """Return the name of an organisation that agreed to be named, else its kind and city."""
    return donor.name if is_shown(donor) else _anonymous(donor.kind, city_name(donor.city_code))


def _anonymous(kind: DonorKind, city: str) -> str:
    if kind is DonorKind.INDIVIDUAL:
        return _("a citizen of %(city)s", city=city) if city else _("a citizen")
    kind_word = label(kind)
    return _("%(kind)s in %(city)s", kind=kind_word, city=city) if city else kind_word


def is_pledger(donor: Donor, minimum_level: int, today: date) -> bool:
    """Return whether the donor is verified at that level today; a person has a proven phone number as well."""
    valid = donor.verified_until is not None and donor.verified_until >= today
    proven = donor.is_organisation or donor.phone_verified_at is not None
    return donor.stage is DonorStage.VERIFIED and donor.level >= minimum_level and valid and proven


def search_donors(actor: Actor, text: str, *, limit: int = 10) -> Sequence[Donor]:
    """Return verified organisations that agreed to be named, by a part of the name or the whole credit code."""
    require(actor, DonorPermission.DONOR_SEARCH)
    words = text.strip()
    if len(words) < 2:
        return []
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    query = (
        select(Donor)
        .where(
            Donor.stage == DonorStage.VERIFIED,
            Donor.named_publicly,
            Donor.kind != DonorKind.INDIVIDUAL,
        )
        .where(Donor.name.ilike(pattern) | (Donor.uscc == words.upper()))
    )
    return list(db.session.scalars(query.order_by(Donor.name, Donor.id).limit(limit)))


def donors_named_like(name: str, *, but: UUID | None = None, limit: int = 5) -> Sequence[Donor]:
    """Return verified organisations whose name looks or sounds like this one, or stands whole inside it.

    By keys with an index each, so that it stays quick however many there are.
    """
    look, sound = look_key(name), sound_key(name)
    alike = DonorName.look.in_({look, *parts_of_key(look)} - {""})
    query = select(Donor).join(DonorName, DonorName.donor_id == Donor.id).where(alike | (DonorName.sound == sound))
    query = query.where(Donor.stage.in_(SHOWN), Donor.kind != DonorKind.INDIVIDUAL, DonorName.look != "")
    if but is not None:
        query = query.where(Donor.id != but)
    return list(db.session.scalars(query.order_by(Donor.name, Donor.id).limit(limit)))


def namesakes_of(donor: Donor) -> list[tuple[str, UUID | None]]:
    """Return the verified organisations for which the donor can be taken, as the public knows them, with their page."""
    found = donors_named_like(donor.name, but=donor.id)
    return [(public_name(other), other.id if is_shown(other) else None) for other in found]


def evidence_of(donor: Donor) -> Sequence[DonorEvidence]:
    """Return the papers of a donor that the caller has loaded, oldest first."""
    query = select(DonorEvidence).where(DonorEvidence.donor_id == donor.id)
    return list(db.session.scalars(query.order_by(DonorEvidence.created_at, DonorEvidence.id)))


def get_evidence(actor: Actor, evidence_id: UUID) -> DonorEvidence:
    """Return a paper of a donor that the actor may read, else raise NotFound."""
    found = db.session.get(DonorEvidence, evidence_id)
    if found is None:
        raise NotFound
    get_donor(actor, found.donor_id)
    return found


def missing_evidence(donor: Donor) -> list[str]:
    """Return what is missing before the donor can hand in: kinds of papers, and "phone" for a person."""
    there = {evidence.kind for evidence in evidence_of(donor)}
    missing = [
        str(kind) for kind in EvidenceKind if kind in REQUIRED_EVIDENCE.get(donor.kind, ()) and kind not in there
    ]
    if not donor.is_organisation and donor.phone_verified_at is None:
        missing.append(PHONE)
    return missing


def donors_in_queue(
    actor: Actor,
    *,
    stage: DonorStage | None = DonorStage.SUBMITTED,
    cursor: str | None = None,
    limit: int = 20,
) -> Page[Donor]:
    """Return a page of the county's donors in a stage, who waits longest first; without a stage the appeals."""
    require(actor, DonorPermission.DONOR_VERIFY)
    query: Select[Any] = within_scope(select(Donor), Donor, actor)
    query = query.where(Donor.appeal_open) if stage is None else query.where(Donor.stage == stage)
    after = decode_cursor(cursor, datetime.fromisoformat, UUID)
    if after is not None:
        query = query.where((Donor.created_at > after[0]) | ((Donor.created_at == after[0]) & (Donor.id > after[1])))
    rows = list(db.session.scalars(query.order_by(Donor.created_at, Donor.id).limit(limit + 1)))
    return make_page(rows, limit, lambda donor: encode_cursor(donor.created_at, donor.id))


def donors_due_to_expire(day: date, *, limit: int = 200) -> Sequence[Donor]:
    """Return verified donors whose time has passed."""
    query = select(Donor).where(Donor.stage == DonorStage.VERIFIED, Donor.verified_until < day)
    return list(db.session.scalars(query.order_by(Donor.verified_until, Donor.id).limit(limit)))

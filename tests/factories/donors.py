"""Donors for tests: registered, submitted, verified, with a head who can sign in."""

from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID

from PIL import Image

from accounts.models import Account, Role
from core.clock import now
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.records import note
from donors.models import Donor, DonorKind, DonorStage, EvidenceKind
from donors.policy import REQUIRED_EVIDENCE
from donors.services import Registration, add_evidence, register_donor, submit_donor, verify_donor
from donors.specimens import make_resident_id, make_uscc
from tests.factories.people import COUNTY, acting, make_account, make_person

_numbers = count(1)


def picture() -> bytes:
    """Return a small PNG."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def registration(kind: DonorKind = DonorKind.FOUNDATION, **overrides: Any) -> Registration:
    """Return what a donor of the kind says about itself."""
    number = next(_numbers)
    person = kind is DonorKind.INDIVIDUAL
    values: dict[str, Any] = {
        "kind": kind,
        "name": f"Helper {number}",
        "contact_name": f"Contact {number}",
        "contact_phone": f"138{number:08}",
        "uscc": "" if person else make_uscc(kind, number),
        "id_number": make_resident_id(number) if person else "",
        "named_publicly": not person,
        "region": "",
    }
    return Registration(**(values | overrides))


def county_officer(region: str = COUNTY) -> UUID:
    """Open an account of a county officer."""
    return make_person(Role.COUNTY_OFFICER, region)


def make_donor(
    kind: DonorKind = DonorKind.FOUNDATION,
    *,
    stage: DonorStage = DonorStage.VERIFIED,
    level: int = 2,
    officer: UUID | None = None,
    **overrides: Any,
) -> tuple[UUID, UUID]:
    """Bring a donor to a stage by the services; return its id and its head's account."""
    officer = officer or county_officer()
    head = make_account()
    with unit_of_work(SYSTEM):
        account = db.session.get_one(Account, head)
        donor_id = register_donor(registration(kind, **overrides), actor=SYSTEM, account=account).id
    if stage is DonorStage.REGISTERED:
        return donor_id, head
    hand_in(donor_id, head)
    if stage is DonorStage.VERIFIED:
        verify(donor_id, officer, level=level)
    return donor_id, head


def hand_in(donor_id: UUID, head: UUID) -> None:
    """Add the papers that the kind needs, prove the phone of a person, and submit."""
    with acting(head) as actor:
        donor = db.session.get_one(Donor, donor_id)
        for kind in sorted(REQUIRED_EVIDENCE[donor.kind]):
            add_evidence(donor, picture(), kind=kind, actor=actor)
        if not donor.is_organisation:
            donor.phone_verified_at = now()
            note(donor, "donor.phone_verified")
        submit_donor(donor, actor=actor)


def verify(donor_id: UUID, officer: UUID, *, level: int = 2) -> None:
    """Verify as a county officer."""
    with acting(officer) as actor:
        donor = db.session.get_one(Donor, donor_id)
        seen: list[EvidenceKind] = sorted(REQUIRED_EVIDENCE[donor.kind])
        verify_donor(donor, actor=actor, level=level, evidence_seen=seen)


def donor_of(donor_id: UUID) -> Donor:
    """Return the donor's row as it stands."""
    with unit_of_work(SYSTEM):
        return db.session.get_one(Donor, donor_id)

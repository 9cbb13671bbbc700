"""Donors: organisations, firms and persons who help, and the papers that show who they are."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.i18n import _l, register_labels
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice


class DonorKind(StrEnum):
    """The kinds of domain.md 8.3."""

    GOVERNMENT_ORGAN = "government_organ"
    PUBLIC_INSTITUTION = "public_institution"
    PEOPLE_ORGANISATION = "people_organisation"
    DEMOCRATIC_PARTY = "democratic_party"
    ASSOCIATION = "association"
    SOCIAL_SERVICE_AGENCY = "social_service_agency"
    FOUNDATION = "foundation"
    ENTERPRISE = "enterprise"
    SOLE_TRADER = "sole_trader"
    FARMER_COOPERATIVE = "farmer_cooperative"
    VOLUNTEER_GROUP = "volunteer_group"
    OVERSEAS_NGO = "overseas_ngo"
    INDIVIDUAL = "individual"


class DonorStage(StrEnum):
    REGISTERED = "registered"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REJECTED = "rejected"
    EXPIRED = "expired"
    BLACKLISTED = "blacklisted"


class EvidenceKind(StrEnum):
    """What a verifier asks for (domain.md 8.3)."""

    REGISTRATION_CERTIFICATE = "registration_certificate"
    BUSINESS_LICENCE = "business_licence"
    OFFICIAL_LETTER = "official_letter"
    AUTHORISATION_LETTER = "authorisation_letter"
    AFFILIATION_GUARANTEE = "affiliation_guarantee"
    ANNUAL_CHECK = "annual_check"
    CHARITY_MARK = "charity_mark"
    OTHER = "other"


kind_labels = {
    DonorKind.GOVERNMENT_ORGAN: _l("Party or government body"),
    DonorKind.PUBLIC_INSTITUTION: _l("Public institution"),
    DonorKind.PEOPLE_ORGANISATION: _l("People's organisation"),
    DonorKind.DEMOCRATIC_PARTY: _l("Democratic party"),
    DonorKind.ASSOCIATION: _l("Association"),
    DonorKind.SOCIAL_SERVICE_AGENCY: _l("Social service agency"),
    DonorKind.FOUNDATION: _l("Foundation"),
    DonorKind.ENTERPRISE: _l("Enterprise"),
    DonorKind.SOLE_TRADER: _l("Sole trader"),
    DonorKind.FARMER_COOPERATIVE: _l("Farmers' cooperative"),
    DonorKind.VOLUNTEER_GROUP: _l("Volunteer group without legal person"),
    DonorKind.OVERSEAS_NGO: _l("Organisation from overseas"),
    DonorKind.INDIVIDUAL: _l("Individual"),
}
stage_labels = {
    DonorStage.REGISTERED: _l("Registered, papers missing"),
    DonorStage.SUBMITTED: _l("Waiting for the county's check"),
    DonorStage.VERIFIED: _l("Verified"),
    DonorStage.REJECTED: _l("Not accepted"),
    DonorStage.EXPIRED: _l("Verification has run out"),
    DonorStage.BLACKLISTED: _l("Barred"),
}
evidence_labels = {
    EvidenceKind.REGISTRATION_CERTIFICATE: _l("Registration certificate"),
    EvidenceKind.BUSINESS_LICENCE: _l("Business licence"),
    EvidenceKind.OFFICIAL_LETTER: _l("Official letter that names the contact"),
    EvidenceKind.AUTHORISATION_LETTER: _l("Authorisation of the contact"),
    EvidenceKind.AFFILIATION_GUARANTEE: _l("Guarantee of the unit it belongs to"),
    EvidenceKind.ANNUAL_CHECK: _l("Last annual check"),
    EvidenceKind.CHARITY_MARK: _l("Proof of charity status"),
    EvidenceKind.OTHER: _l("Another paper"),
}
register_labels(kind_labels)
register_labels(stage_labels)
register_labels(evidence_labels)


class Donor(RegionScoped, Recorded, Base):
    """Somebody who helps. `region_code` is the county that checks; `city_code` is where the donor is at home."""

    __tablename__ = "donor"
    __stream__ = ("donor", "id")
    __table_args__: Any = (
        CheckConstraint("level BETWEEN 0 AND 3", name="level_known"),
        CheckConstraint("(kind = 'individual') = (id_number IS NOT NULL)", name="person_by_id"),
        CheckConstraint(
            "stage <> 'verified' OR (level > 0 AND verified_until IS NOT NULL)",
            name="verified_whole",
        ),
        CheckConstraint("appeals_used BETWEEN 0 AND 1", name="appeal_once"),
        Index("uq_donor_identity", "identity_index", unique=True),
        Index("ix_donor_queue", "region_code", "stage", "submitted_at"),
        Index(
            "ix_donor_until",
            "verified_until",
            postgresql_where=text("stage = 'verified'"),
        ),
        Index("ix_donor_recent", "created_at", "id"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    kind: Mapped[DonorKind] = mapped_column(choice(DonorKind), info=public())
    name: Mapped[str] = mapped_column(info=restricted())
    uscc: Mapped[str | None] = mapped_column(info=public(sealed=True))
    id_number: Mapped[str | None] = mapped_column(EncryptedText("donor.id_number"), info=sensitive())
    identity_index: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    contact_name: Mapped[str] = mapped_column(EncryptedText("donor.contact_name"), info=sensitive())
    contact_phone: Mapped[str] = mapped_column(EncryptedText("donor.contact_phone"), info=sensitive())
    contact_email: Mapped[str | None] = mapped_column(EncryptedText("donor.contact_email"), info=sensitive())
    city_code: Mapped[str] = mapped_column(default="", info=public())
    named_publicly: Mapped[bool] = mapped_column(default=False, info=public())
    warnings: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, info=restricted())
    stage: Mapped[DonorStage] = mapped_column(choice(DonorStage), info=public())
    level: Mapped[int] = mapped_column(default=0, info=public())
    phone_verified_at: Mapped[datetime | None] = mapped_column(info=restricted())
    submitted_at: Mapped[datetime | None] = mapped_column(info=public())
    evidence_seen: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, info=public())
    verified_at: Mapped[datetime | None] = mapped_column(info=public())
    verified_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    verified_until: Mapped[date | None] = mapped_column(Date, info=public())
    last_reason: Mapped[str] = mapped_column(default="", info=restricted())
    decided_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    appeal_open: Mapped[bool] = mapped_column(default=False, info=public())
    appeals_used: Mapped[int] = mapped_column(default=0, info=public())
    blacklist_first_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    registered_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"donor/{self.id}"

    @property
    def donor_id(self) -> UUID:
        """The donor itself, so that one relation answers for a donor and for its rows."""
        return self.id

    @property
    def is_organisation(self) -> bool:
        return self.kind is not DonorKind.INDIVIDUAL


class DonorName(Base):
    """By what a donor's name is compared with others: how it looks, and how it sounds (security.md, row 46)."""

    __tablename__ = "donor_name"
    __table_args__ = (Index("ix_donor_name_look", "look"), Index("ix_donor_name_sound", "sound"))

    donor_id: Mapped[UUID] = mapped_column(ForeignKey("donor.id"), primary_key=True, info=public())
    look: Mapped[str] = mapped_column(info=restricted())
    sound: Mapped[str] = mapped_column(info=restricted())


class DonorEvidence(Recorded, Base):
    """A paper that a donor handed in; the file itself lies in `core.files`."""

    __tablename__ = "donor_evidence"
    __stream__ = ("donor", "donor_id")
    __table_args__ = (Index("ix_donor_evidence_donor", "donor_id"),)

    id: Mapped[PublicId]
    donor_id: Mapped[UUID] = mapped_column(ForeignKey("donor.id"), info=public())
    kind: Mapped[EvidenceKind] = mapped_column(choice(EvidenceKind), info=public())
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), info=restricted())
    created_at: Mapped[CreatedAt]

    def record_subject(self) -> str:
        return f"donor/{self.donor_id}"


class PhoneCode(Base):
    """A one-time code sent to a donor's phone; its digits are derived from the row, never stored."""

    __tablename__ = "phone_code"
    __table_args__ = (
        Index("ix_phone_code_donor", "donor_id", "issued_at"),
        Index("ix_phone_code_phone", "phone_key", "issued_at"),
    )

    id: Mapped[PublicId]
    donor_id: Mapped[UUID] = mapped_column(ForeignKey("donor.id"), info=restricted())
    phone_key: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive())
    issued_at: Mapped[datetime] = mapped_column(info=restricted())
    expires_at: Mapped[datetime] = mapped_column(info=restricted())
    used_at: Mapped[datetime | None] = mapped_column(info=restricted())

"""Pairings, their helper links by rank, and invitations to join."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from needs.choices import ConsentItem, ConsentMethod
from pairing.choices import InvitationStage, LinkFunction, LinkKind, LinkOrigin, LinkStage, LinkTerm, UnitLevel

LIVE = text("stage IN ('proposed', 'household_consented', 'active', 'suspended') AND donor_id IS NOT NULL")


class Pairing(RegionScoped, Recorded, Base):
    """Who stands beside one household or village. One for each subject."""

    __tablename__ = "pairing"
    __stream__ = ("pairing", "id")
    __table_args__: Any = (
        CheckConstraint("num_nonnulls(household_id, village_id) = 1", name="one_subject"),
        Index("uq_pairing_household", "household_id", unique=True),
        Index("uq_pairing_village", "village_id", unique=True),
        Index("ix_pairing_scope", "region_code", "id"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted())
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), info=restricted())
    village_id: Mapped[UUID | None] = mapped_column(ForeignKey("village.id"), info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    @property
    def pairing_id(self) -> UUID:
        """The pairing itself, so that one relation answers for a pairing and for its rows."""
        return self.id

    @property
    def subject(self) -> str:
        """Whose key seals the personal part of records."""
        return f"household/{self.household_id}" if self.household_id else f"village/{self.region_code}"

    def record_subject(self) -> str:
        return self.subject


class HelperLink(RegionScoped, Recorded, Base):
    """One helper of a pairing. Rank 1 is the cadre or unit, one after the other without a gap; further ranks join."""

    __tablename__ = "helper_link"
    __stream__ = ("pairing", "pairing_id")
    __table_args__: Any = (
        CheckConstraint("rank >= 1", name="rank_from_one"),
        CheckConstraint("num_nonnulls(account_id, donor_id) >= 1", name="somebody_helps"),
        CheckConstraint("rank > 1 OR kind IN ('cadre', 'unit')", name="first_is_official"),
        CheckConstraint("rank > 1 OR stage IN ('active', 'completed')", name="first_at_once_active"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="runs_forward"),
        CheckConstraint("stage <> 'active' OR starts_on IS NOT NULL", name="active_since"),
        CheckConstraint("confirmed_by IS DISTINCT FROM consent_by OR consent_by IS NULL", name="two_officers"),
        CheckConstraint("consent_method <> 'thumbprint' OR consent_witness <> ''", name="thumbprint_witnessed"),
        Index("uq_helper_link_rank", "pairing_id", "rank", unique=True, postgresql_where=text("rank > 1")),
        Index("uq_helper_link_donor", "pairing_id", "donor_id", unique=True, postgresql_where=LIVE),
        Index("ix_helper_link_account", "account_id", "pairing_id"),
        Index("ix_helper_link_donor", "donor_id", "stage"),
        Index("ix_helper_link_queue", "region_code", "stage", "proposed_at"),
        Index("ix_helper_link_update", "last_update_on", postgresql_where=text("stage = 'active' AND rank > 1")),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted(recorded=False))
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"), info=restricted())
    rank: Mapped[int] = mapped_column(info=public())
    kind: Mapped[LinkKind] = mapped_column(choice(LinkKind), info=public())
    function: Mapped[LinkFunction] = mapped_column(choice(LinkFunction), default=LinkFunction.HELP, info=public())
    account_id: Mapped[UUID | None] = mapped_column(info=restricted())
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("donor.id"), info=restricted())
    unit_name: Mapped[str] = mapped_column(default="", info=restricted())
    unit_level: Mapped[UnitLevel | None] = mapped_column(choice(UnitLevel), info=public())
    stage: Mapped[LinkStage] = mapped_column(choice(LinkStage), info=public())
    term: Mapped[LinkTerm] = mapped_column(choice(LinkTerm), default=LinkTerm.STANDING, info=public())
    origin: Mapped[LinkOrigin] = mapped_column(choice(LinkOrigin), info=public())
    one_time_need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), info=restricted())
    starts_on: Mapped[date | None] = mapped_column(Date, info=public())
    ends_on: Mapped[date | None] = mapped_column(Date, info=public())
    proposed_at: Mapped[datetime | None] = mapped_column(info=public())
    proposed_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    commented_at: Mapped[datetime | None] = mapped_column(info=public())
    commented_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    objection: Mapped[bool] = mapped_column(default=False, info=public())
    comment: Mapped[str] = mapped_column(default="", info=restricted())
    wants: Mapped[ConsentItem | None] = mapped_column(choice(ConsentItem), info=public())
    by_survey: Mapped[bool] = mapped_column(default=False, info=public())
    consent_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    consent_method: Mapped[ConsentMethod | None] = mapped_column(choice(ConsentMethod), info=public())
    consent_scope: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, info=public())
    consent_until: Mapped[date | None] = mapped_column(Date, info=public())
    consent_witness: Mapped[str] = mapped_column(default="", info=restricted())
    confirmed_at: Mapped[datetime | None] = mapped_column(info=public())
    confirmed_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    last_reason: Mapped[str] = mapped_column(default="", info=restricted(recorded=False))
    last_update_on: Mapped[date | None] = mapped_column(Date, info=restricted(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_live(self) -> bool:
        return self.stage in {
            LinkStage.PROPOSED,
            LinkStage.HOUSEHOLD_CONSENTED,
            LinkStage.ACTIVE,
            LinkStage.SUSPENDED,
        }

    def record_subject(self) -> str:
        return self.subject


class Invitation(RegionScoped, Recorded, Base):
    """A cadre asks somebody to join: a donor on file, or an address that gets a one-time link."""

    __tablename__ = "invitation"
    __stream__ = ("pairing", "pairing_id")
    __table_args__: Any = (
        CheckConstraint("num_nonnulls(donor_id, email) >= 1", name="somebody_invited"),
        CheckConstraint("cardinality(need_ids) > 0", name="for_a_need"),
        Index("uq_invitation_token", "token_hash", unique=True),
        Index("uq_invitation_donor", "pairing_id", "donor_id", unique=True, postgresql_where=text("stage = 'sent'")),
        Index("uq_invitation_email", "pairing_id", "email_index", unique=True, postgresql_where=text("stage = 'sent'")),
        Index("ix_invitation_donor", "donor_id", "stage"),
        Index("ix_invitation_due", "expires_at", postgresql_where=text("stage = 'sent'")),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    region_code: Mapped[str] = mapped_column(info=restricted(recorded=False))
    subject: Mapped[str] = mapped_column(info=restricted(recorded=False))
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id"), info=restricted())
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("donor.id"), info=restricted())
    email: Mapped[str | None] = mapped_column(EncryptedText("invitation.email"), info=sensitive())
    email_index: Mapped[bytes | None] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    need_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), info=restricted())
    message: Mapped[str] = mapped_column(default="", info=restricted())
    language: Mapped[str] = mapped_column(default="zh", server_default="zh", info=restricted(recorded=False))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    stage: Mapped[InvitationStage] = mapped_column(choice(InvitationStage), info=public())
    sent_by: Mapped[UUID | None] = mapped_column(info=restricted(recorded=False))
    sent_at: Mapped[datetime] = mapped_column(info=public())
    expires_at: Mapped[datetime] = mapped_column(info=public())
    answered_at: Mapped[datetime | None] = mapped_column(info=public())
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("helper_link.id"), info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return self.subject

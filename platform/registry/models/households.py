"""Villages and households on file: who they are. What is said about them has dates and stands in other tables."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import aggregate_only, public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from registry.choices import (
    Cause,
    ClearingMethod,
    IdentificationStandard,
    MonitoringKind,
    MonitoringStatus,
    PovertyStatus,
    RelocationMode,
)
from registry.models.dated import Dated, codes, no_overlap


class Village(RegionScoped, Recorded, Base):
    """A village as somebody who can need something and be paired. Its name is the place's."""

    __tablename__ = "village"
    __stream__ = ("village", "region_code")
    __table_args__: Any = (
        Index("uq_village_region", "region_code", unique=True),
        CheckConstraint("region_code ~ '^[1-8][0-9]{11}$'", name="region_code_whole"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class Household(RegionScoped, Recorded, Base):
    """A household on file. Who they are is encrypted; the number of the ID is found by its blind index only.

    `group_no`, `size`, `head_name`, `id_number`, `id_index` and `phone` repeat what the dated rows say today. Services
    keep them; nobody else writes them.
    """

    __tablename__ = "household"
    __stream__ = ("household", "id")
    __table_args__: Any = (
        Index("uq_household_number", "region_code", "household_no", unique=True),
        Index("uq_household_identity", "id_index", unique=True),
        Index("ix_household_scope", "region_code", "id"),
        CheckConstraint("size BETWEEN 1 AND 30", name="size_known"),
        CheckConstraint("region_code ~ '^[1-8][0-9]{11}$'", name="region_code_whole"),
        CheckConstraint("household_no <> ''", name="number_given"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_no: Mapped[str] = mapped_column(info=restricted())
    group_no: Mapped[str] = mapped_column(default="", info=restricted())
    size: Mapped[int] = mapped_column(info=restricted())
    head_name: Mapped[str] = mapped_column(EncryptedText("household.head_name"), info=sensitive())
    id_number: Mapped[str] = mapped_column(EncryptedText("household.id_number"), info=sensitive())
    id_index: Mapped[bytes] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    phone: Mapped[str | None] = mapped_column(EncryptedText("household.phone"), info=sensitive())
    ended_on: Mapped[date | None] = mapped_column(Date, info=public())
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), info=restricted())
    erased_at: Mapped[datetime | None] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    @property
    def household_id(self) -> UUID:
        """The household itself, so that one relation answers for a household and for its rows."""
        return self.id

    @property
    def village_id(self) -> None:
        """No village: the subject is the household."""
        return None


class HouseholdProfile(RegionScoped, Dated, Recorded, Base):
    """What is said about a household from a day to a day (domain.md 2.1, 5.4, 5.6). None is "not collected"."""

    __tablename__ = "household_profile"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        no_overlap("household_profile", "household_id"),
        Index("ix_household_profile_household", "household_id", "valid_from"),
        Index("ix_household_profile_place", "region_code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="days_in_order"),
        CheckConstraint("cardinality(other_causes) <= 2", name="two_other_causes"),
        CheckConstraint("cardinality(risk_types) <= 5", name="five_risks"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    natural_village: Mapped[str] = mapped_column(default="", server_default="", info=aggregate_only())
    group_no: Mapped[str] = mapped_column(default="", server_default="", info=restricted())
    address_detail: Mapped[str | None] = mapped_column(
        EncryptedText("household_profile.address_detail"), info=sensitive()
    )
    phone: Mapped[str | None] = mapped_column(EncryptedText("household_profile.phone"), info=sensitive())
    bank_name: Mapped[str | None] = mapped_column(EncryptedText("household_profile.bank_name"), info=sensitive())
    bank_account: Mapped[str | None] = mapped_column(EncryptedText("household_profile.bank_account"), info=sensitive())
    identification_standard: Mapped[IdentificationStandard | None] = mapped_column(
        choice(IdentificationStandard), info=aggregate_only()
    )
    household_category: Mapped[list[str]] = codes(aggregate_only())
    main_cause: Mapped[Cause | None] = mapped_column(choice(Cause), info=sensitive())
    other_causes: Mapped[list[str]] = codes(sensitive())
    cause_note: Mapped[str | None] = mapped_column(EncryptedText("household_profile.cause_note"), info=sensitive())
    registered_year: Mapped[int | None] = mapped_column(info=restricted())
    planned_exit_year: Mapped[int | None] = mapped_column(info=restricted())
    poverty_status: Mapped[PovertyStatus] = mapped_column(
        choice(PovertyStatus), default=PovertyStatus.NONE, server_default="none", info=restricted()
    )
    exit_year: Mapped[int | None] = mapped_column(info=restricted())
    relapse_year: Mapped[int | None] = mapped_column(info=restricted())
    relapse_cause: Mapped[Cause | None] = mapped_column(choice(Cause), info=restricted())
    policy_enjoying: Mapped[bool | None] = mapped_column(info=restricted())
    is_martyr_family: Mapped[bool | None] = mapped_column(info=sensitive())
    is_only_child_household: Mapped[bool | None] = mapped_column(info=sensitive())
    is_two_daughter_household: Mapped[bool | None] = mapped_column(info=sensitive())
    is_relocation_household: Mapped[bool | None] = mapped_column(info=restricted())
    relocation_mode: Mapped[RelocationMode | None] = mapped_column(choice(RelocationMode), info=restricted())
    resettlement_site: Mapped[str] = mapped_column(default="", server_default="", info=restricted())
    relocation_difficulties: Mapped[str] = mapped_column(default="", server_default="", info=restricted())
    monitoring_status: Mapped[MonitoringStatus] = mapped_column(
        choice(MonitoringStatus), default=MonitoringStatus.NONE, server_default="none", info=restricted()
    )
    monitoring_kind: Mapped[MonitoringKind | None] = mapped_column(choice(MonitoringKind), info=restricted())
    monitored_since: Mapped[date | None] = mapped_column(Date, info=restricted())
    cleared_on: Mapped[date | None] = mapped_column(Date, info=restricted())
    clearing_method: Mapped[ClearingMethod | None] = mapped_column(choice(ClearingMethod), info=restricted())
    risk_types: Mapped[list[str]] = codes(sensitive())
    is_relative_of_official: Mapped[bool | None] = mapped_column(info=restricted())
    previously_registered: Mapped[bool | None] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]

"""The members of households: who a person is, to which household from when to when, and what changed it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice
from registry.choices import (
    DisabilityType,
    Education,
    IdType,
    Labour,
    MemberEventKind,
    PoliticalStatus,
    Relation,
    SchoolStatus,
    Sex,
    WorkRegion,
)
from registry.models.dated import Dated, codes, no_overlap


class Member(RegionScoped, Recorded, Base):
    """A person of a household. `household_id` is where he belongs now, or belonged last.

    `birth_date` is a day as text ("1968-04-02"), encrypted; `birth_year` alone stands open, so that the database can
    find children of school age and old people. `id_index` is that of `Household.id_index`: one person, one index.
    """

    __tablename__ = "member"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        Index("ix_member_household", "household_id"),
        Index("ix_member_identity", "id_index"),
        Index("ix_member_place", "region_code", "id"),
        CheckConstraint("(id_number IS NULL) = (id_index IS NULL)", name="number_indexed"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    name: Mapped[str] = mapped_column(EncryptedText("member.name"), info=sensitive())
    sex: Mapped[Sex | None] = mapped_column(choice(Sex), info=sensitive())
    id_type: Mapped[IdType | None] = mapped_column(choice(IdType), info=sensitive())
    id_number: Mapped[str | None] = mapped_column(EncryptedText("member.id_number"), info=sensitive())
    id_index: Mapped[bytes | None] = mapped_column(LargeBinary, info=sensitive(recorded=False))
    birth_date: Mapped[str | None] = mapped_column(EncryptedText("member.birth_date"), info=sensitive())
    birth_year: Mapped[int | None] = mapped_column(info=sensitive())
    ethnicity: Mapped[str | None] = mapped_column(EncryptedText("member.ethnicity"), info=sensitive())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}


class Membership(RegionScoped, Dated, Recorded, Base):
    """From when to when a person belongs to a household, and what he is to its head.

    A new relation (another head) closes the row and opens the next one without an event of coming or going.
    """

    __tablename__ = "membership"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        no_overlap("membership", "member_id"),
        Index("ix_membership_member", "member_id", "valid_from"),
        no_overlap("membership", "household_id", where="relation_to_head = 'head'", name="one_head"),
        Index("ix_membership_household", "household_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="days_in_order"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), info=restricted())
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    relation_to_head: Mapped[Relation] = mapped_column(choice(Relation), info=sensitive())
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("member_event.id"), info=restricted())
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("member_event.id"), info=restricted())
    created_at: Mapped[CreatedAt]


class MemberProfile(RegionScoped, Dated, Recorded, Base):
    """What is said about a member from a day to a day (domain.md 2.1, A9 to A16). None is "not collected"."""

    __tablename__ = "member_profile"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        no_overlap("member_profile", "member_id"),
        Index("ix_member_profile_member", "member_id", "valid_from"),
        Index("ix_member_profile_household", "household_id"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="days_in_order"),
        CheckConstraint("work_months BETWEEN 0 AND 12", name="months_of_a_year"),
        CheckConstraint("job_months BETWEEN 0 AND 12", name="job_months_of_a_year"),
        CheckConstraint("disability_level BETWEEN 1 AND 4", name="four_levels"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), info=restricted())
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    education_level: Mapped[Education | None] = mapped_column(choice(Education), info=sensitive())
    school_status: Mapped[SchoolStatus | None] = mapped_column(choice(SchoolStatus), info=sensitive())
    dropout_reason: Mapped[str | None] = mapped_column(EncryptedText("member_profile.dropout_reason"), info=sensitive())
    health_status: Mapped[list[str]] = codes(sensitive())
    disability_type: Mapped[DisabilityType | None] = mapped_column(choice(DisabilityType), info=sensitive())
    disability_level: Mapped[int | None] = mapped_column(info=sensitive())
    labour_ability: Mapped[Labour | None] = mapped_column(choice(Labour), info=sensitive())
    work_region: Mapped[WorkRegion | None] = mapped_column(choice(WorkRegion), info=sensitive())
    work_place: Mapped[str | None] = mapped_column(EncryptedText("member_profile.work_place"), info=sensitive())
    work_months: Mapped[int | None] = mapped_column(info=sensitive())
    receives_dibao: Mapped[bool | None] = mapped_column(info=sensitive())
    has_basic_medical_insurance: Mapped[bool | None] = mapped_column(info=sensitive())
    has_basic_pension: Mapped[bool | None] = mapped_column(info=sensitive())
    has_serious_illness_insurance: Mapped[bool | None] = mapped_column(info=sensitive())
    has_commercial_medical: Mapped[bool | None] = mapped_column(info=sensitive())
    has_accident_insurance_subsidy: Mapped[bool | None] = mapped_column(info=sensitive())
    speaks_putonghua: Mapped[bool | None] = mapped_column(info=sensitive())
    public_welfare_job: Mapped[bool | None] = mapped_column(info=sensitive())
    job_months: Mapped[int | None] = mapped_column(info=sensitive())
    political_status: Mapped[PoliticalStatus | None] = mapped_column(choice(PoliticalStatus), info=sensitive())
    is_widowed: Mapped[bool | None] = mapped_column(info=sensitive())
    counts_for_income: Mapped[bool] = mapped_column(default=True, server_default="true", info=sensitive())
    counts_reason: Mapped[str | None] = mapped_column(EncryptedText("member_profile.counts_reason"), info=sensitive())
    created_at: Mapped[CreatedAt]


class MemberEvent(RegionScoped, Recorded, Base):
    """What happened to a household's members on a day. The household counts anew by these events alone."""

    __tablename__ = "member_event"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (Index("ix_member_event_household", "household_id", "happened_on"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), info=restricted())
    kind: Mapped[MemberEventKind] = mapped_column(choice(MemberEventKind), info=restricted())
    happened_on: Mapped[date] = mapped_column(Date, info=restricted())
    reason: Mapped[str | None] = mapped_column(EncryptedText("member_event.reason"), info=sensitive())
    other_household_id: Mapped[UUID | None] = mapped_column(ForeignKey("household.id"), info=restricted())
    recorded_by: Mapped[UUID | None] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

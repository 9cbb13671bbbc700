"""The village register of one year, the team stationed there, its plan and what came of it (domain.md 2.3)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import public, restricted
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, Version, choice
from registry.choices import TeamLevel
from registry.models.dated import Dated, Noted, no_overlap, one_live
from registry.models.village_fields import (
    VillageIdentity,
    VillageIndustry,
    VillageLand,
    VillageMoney,
    VillagePopulation,
    VillageRoads,
    VillageServices,
)


class VillageProfile(
    VillageIdentity,
    VillagePopulation,
    VillageLand,
    VillageMoney,
    VillageRoads,
    VillageServices,
    VillageIndustry,
    RegionScoped,
    Noted,
    Recorded,
    Base,
):
    """One year's sheet of a village. Money is in yuan, whatever the form says."""

    __tablename__ = "village_profile"
    __stream__ = ("village", "region_code")
    __table_args__: Any = (
        one_live("village_profile", "village_id"),
        Index("ix_village_profile_village", "village_id", "year"),
        Index("ix_village_profile_year", "year", "region_code"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year_known"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    village_id: Mapped[UUID] = mapped_column(ForeignKey("village.id"), info=public())
    year: Mapped[int] = mapped_column(info=public())
    created_at: Mapped[CreatedAt]


class StationedTeam(RegionScoped, Dated, Recorded, Base):
    """The team that a unit stations in a village, and its first secretary."""

    __tablename__ = "stationed_team"
    __stream__ = ("village", "region_code")
    __table_args__: Any = (
        no_overlap("stationed_team", "village_id"),
        Index("ix_stationed_team_village", "village_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="days_in_order"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    village_id: Mapped[UUID] = mapped_column(ForeignKey("village.id"), info=public())
    unit: Mapped[str] = mapped_column(info=public(sealed=True))
    unit_level: Mapped[TeamLevel | None] = mapped_column(choice(TeamLevel), info=public())
    leader: Mapped[str] = mapped_column(default="", server_default="", info=restricted())
    first_secretary: Mapped[str] = mapped_column(default="", server_default="", info=restricted())
    members: Mapped[str] = mapped_column(default="", server_default="", info=restricted())
    created_at: Mapped[CreatedAt]


class VillagePlan(RegionScoped, Noted, Recorded, Base):
    """One project that a village plans for a year. `budget` names yuan by source of funds."""

    __tablename__ = "village_plan"
    __stream__ = ("village", "region_code")
    __table_args__: Any = (Index("ix_village_plan_year", "village_id", "year"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    village_id: Mapped[UUID] = mapped_column(ForeignKey("village.id"), info=public())
    year: Mapped[int] = mapped_column(info=public())
    project: Mapped[str] = mapped_column(info=public(sealed=True))
    category: Mapped[str] = mapped_column(default="", server_default="", info=public(sealed=True))
    scale: Mapped[str] = mapped_column(default="", server_default="", info=public(sealed=True))
    beneficiary_households: Mapped[int | None] = mapped_column(info=public())
    beneficiary_people: Mapped[int | None] = mapped_column(info=public())
    budget: Mapped[dict[str, Any]] = mapped_column(info=public())
    starts_on: Mapped[date | None] = mapped_column(Date, info=public())
    ends_on: Mapped[date | None] = mapped_column(Date, info=public())
    responsible_unit: Mapped[str] = mapped_column(default="", server_default="", info=public(sealed=True))
    created_at: Mapped[CreatedAt]


class VillageResult(RegionScoped, Noted, Recorded, Base):
    """What became of a planned project."""

    __tablename__ = "village_result"
    __stream__ = ("village", "region_code")
    __table_args__: Any = (Index("ix_village_result_plan", "plan_id"),)

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    village_id: Mapped[UUID] = mapped_column(ForeignKey("village.id"), info=public())
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("village_plan.id"), info=public())
    year: Mapped[int] = mapped_column(info=public())
    project: Mapped[str] = mapped_column(info=public(sealed=True))
    spent: Mapped[Decimal | None] = mapped_column(info=public())
    progress: Mapped[str] = mapped_column(default="", server_default="", info=public(sealed=True))
    accepted_on: Mapped[date | None] = mapped_column(Date, info=public())
    effect: Mapped[str] = mapped_column(default="", server_default="", info=public(sealed=True))
    created_at: Mapped[CreatedAt]

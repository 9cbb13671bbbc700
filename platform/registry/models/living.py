"""How a household lives: land, water, house, road (domain.md 2.1). None is "not collected"."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from core.privacy import aggregate_only, public, restricted, sensitive
from core.records import Recorded
from core.scope import RegionScoped
from core.types import CreatedAt, PublicId, Version, choice
from registry.choices import HouseGrade, HouseStructure, RoadType, WaterSource
from registry.models.dated import Dated, codes, no_overlap

AREA = Numeric(10, 2)


class LivingConditions(RegionScoped, Dated, Recorded, Base):
    __tablename__ = "living_conditions"
    __stream__ = ("household", "household_id")
    __table_args__: Any = (
        no_overlap("living_conditions", "household_id"),
        Index("ix_living_conditions_household", "household_id", "valid_from"),
        Index("ix_living_conditions_place", "region_code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="days_in_order"),
        CheckConstraint("cardinality(fuel_types) <= 3", name="three_fuels"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=restricted())
    farmland_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    irrigated_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    dry_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    paddy_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    titled_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    forest_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    returned_forest_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    orchard_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    pasture_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    water_mu: Mapped[Decimal | None] = mapped_column(AREA, info=restricted())
    cattle: Mapped[int | None] = mapped_column(info=restricted())
    sheep: Mapped[int | None] = mapped_column(info=restricted())
    pigs: Mapped[int | None] = mapped_column(info=restricted())
    poultry: Mapped[int | None] = mapped_column(info=restricted())
    other_livestock: Mapped[int | None] = mapped_column(info=restricted())
    has_production_power: Mapped[bool | None] = mapped_column(info=aggregate_only())
    has_household_power: Mapped[bool | None] = mapped_column(info=aggregate_only())
    has_tv: Mapped[bool | None] = mapped_column(info=aggregate_only())
    water_difficult: Mapped[bool | None] = mapped_column(info=aggregate_only())
    water_safe: Mapped[bool | None] = mapped_column(info=aggregate_only())
    water_source: Mapped[WaterSource | None] = mapped_column(choice(WaterSource), info=aggregate_only())
    distance_main_road_km: Mapped[Decimal | None] = mapped_column(Numeric(6, 2), info=aggregate_only())
    road_type: Mapped[RoadType | None] = mapped_column(choice(RoadType), info=aggregate_only())
    house_m2: Mapped[Decimal | None] = mapped_column(Numeric(7, 2), info=restricted())
    house_structure: Mapped[HouseStructure | None] = mapped_column(choice(HouseStructure), info=restricted())
    house_year: Mapped[int | None] = mapped_column(info=restricted())
    house_grade: Mapped[HouseGrade | None] = mapped_column(choice(HouseGrade), info=restricted())
    dilapidated_repaired_year: Mapped[int | None] = mapped_column(info=restricted())
    has_sanitary_toilet: Mapped[bool | None] = mapped_column(info=aggregate_only())
    fuel_types: Mapped[list[str]] = codes(aggregate_only())
    in_cooperative: Mapped[bool | None] = mapped_column(info=aggregate_only())
    led_by_enterprise: Mapped[bool | None] = mapped_column(info=aggregate_only())
    led_by_pioneer: Mapped[bool | None] = mapped_column(info=aggregate_only())
    in_mutual_aid_fund: Mapped[bool | None] = mapped_column(info=sensitive())
    microcredit_amount: Mapped[Decimal | None] = mapped_column(info=sensitive())
    disaster_hit: Mapped[bool | None] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]

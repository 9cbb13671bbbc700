"""The fields of the village register (domain.md 2.3), by the groups of its form.

They describe a village, not persons. Numbers of a sensitive group (dibao, tekun, disabled) are shown in public only
through `registry.small_cells`.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import ARRAY, Integer, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.privacy import aggregate_only, public, restricted
from core.types import choice
from registry.choices import Terrain, VillageType

AREA = Numeric(12, 2)
BANDS = ("under_5", "from_5", "from_10", "from_20", "from_50", "from_100")


def count() -> Any:
    """Return a column for a number of things or people."""
    return mapped_column(Integer, info=public())


def sensitive_count() -> Any:
    """Return a column for a number of households or people of a sensitive group."""
    return mapped_column(Integer, info=aggregate_only())


def area() -> Any:
    """Return a column for land in mu."""
    return mapped_column(AREA, info=public())


class VillageIdentity:
    village_type: Mapped[VillageType | None] = mapped_column(choice(VillageType), info=public())
    development_direction: Mapped[str] = mapped_column(Text, default="", server_default="", info=public(sealed=True))
    terrain: Mapped[Terrain | None] = mapped_column(choice(Terrain), info=public())
    lon: Mapped[Decimal | None] = mapped_column(Numeric(9, 6), info=public())
    lat: Mapped[Decimal | None] = mapped_column(Numeric(8, 6), info=public())
    village_head: Mapped[str] = mapped_column(Text, default="", server_default="", info=restricted())
    village_head_post: Mapped[str] = mapped_column(Text, default="", server_default="", info=restricted())
    office_phone: Mapped[str] = mapped_column(Text, default="", server_default="", info=restricted())
    party_members: Mapped[int | None] = count()
    graduate_officials: Mapped[int | None] = count()


class VillagePopulation:
    natural_villages: Mapped[int | None] = count()
    village_groups: Mapped[int | None] = count()
    households: Mapped[int | None] = count()
    population: Mapped[int | None] = count()
    minority_population: Mapped[int | None] = count()
    women: Mapped[int | None] = count()
    labour_force: Mapped[int | None] = count()
    migrant_workers: Mapped[int | None] = count()
    poor_households: Mapped[int | None] = count()
    poor_population: Mapped[int | None] = count()
    dibao_households: Mapped[int | None] = sensitive_count()
    dibao_population: Mapped[int | None] = sensitive_count()
    tekun_households: Mapped[int | None] = sensitive_count()
    tekun_population: Mapped[int | None] = sensitive_count()
    disabled_population: Mapped[int | None] = sensitive_count()


class VillageLand:
    farmland_mu: Mapped[Decimal | None] = area()
    irrigated_mu: Mapped[Decimal | None] = area()
    forest_mu: Mapped[Decimal | None] = area()
    returned_forest_mu: Mapped[Decimal | None] = area()
    orchard_mu: Mapped[Decimal | None] = area()
    pasture_mu: Mapped[Decimal | None] = area()
    water_mu: Mapped[Decimal | None] = area()


class VillageMoney:
    net_income_per_capita: Mapped[Decimal | None] = mapped_column(info=public())
    collective_income: Mapped[Decimal | None] = mapped_column(info=public())


class VillageRoads:
    """`roadless_villages`: natural villages without a road, by how many households they have, in the order of BANDS."""

    paved_road_to_township: Mapped[bool | None] = mapped_column(info=public())
    bus_service: Mapped[bool | None] = mapped_column(info=public())
    unpaved_km_to_township: Mapped[Decimal | None] = mapped_column(Numeric(7, 2), info=public())
    natural_villages_unpaved: Mapped[int | None] = count()
    natural_villages_unpaved_km: Mapped[Decimal | None] = mapped_column(Numeric(7, 2), info=public())
    roadless_villages: Mapped[list[int] | None] = mapped_column(ARRAY(Integer), info=public())


class VillageServices:
    """Water, power, housing, health, schools, culture and lines."""

    households_unsafe_water: Mapped[int | None] = count()
    households_water_difficulty: Mapped[int | None] = count()
    natural_villages_without_household_power: Mapped[int | None] = count()
    natural_villages_without_production_power: Mapped[int | None] = count()
    natural_villages_with_power: Mapped[int | None] = count()
    dilapidated_households: Mapped[int | None] = count()
    clinics: Mapped[int | None] = count()
    public_toilets: Mapped[int | None] = count()
    doctors: Mapped[int | None] = count()
    waste_points: Mapped[int | None] = count()
    medical_insured: Mapped[int | None] = count()
    pension_insured: Mapped[int | None] = count()
    kindergartens: Mapped[int | None] = count()
    primary_schools: Mapped[int | None] = count()
    teaching_points: Mapped[int | None] = count()
    culture_rooms: Mapped[int | None] = count()
    tv_households: Mapped[int | None] = count()
    broadband_households: Mapped[int | None] = count()
    broadband_schools: Mapped[int | None] = count()
    mobile_internet_households: Mapped[int | None] = count()
    information_officers: Mapped[int | None] = count()


class VillageIndustry:
    cooperatives: Mapped[int | None] = count()
    cooperative_poor_households: Mapped[int | None] = count()
    tourism_households: Mapped[int | None] = count()
    tourism_people: Mapped[int | None] = count()
    farm_stay_households: Mapped[int | None] = count()
    farm_stay_income: Mapped[Decimal | None] = mapped_column(info=public())
    specialty_industry: Mapped[str] = mapped_column(Text, default="", server_default="", info=public(sealed=True))

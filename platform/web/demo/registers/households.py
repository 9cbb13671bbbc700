"""What the register says about an invented household: where it comes from, whether it is monitored, how it lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from registry.choices import (
    Cause,
    Fuel,
    HouseGrade,
    HouseholdCategory,
    HouseStructure,
    IdentificationStandard,
    MonitoringKind,
    MonitoringStatus,
    PovertyStatus,
    RelocationMode,
    RiskType,
    RoadType,
    WaterSource,
)
from web.demo.names import story

EXITED, MONITORED, CLEARED, DIBAO, RELOCATED = 0.78, 0.10, 0.05, 0.16, 0.07
RISKS = {
    Cause.SCHOOLING: RiskType.SCHOOLING,
    Cause.LACK_LABOUR: RiskType.LACK_LABOUR,
    Cause.DISASTER: RiskType.NATURAL_DISASTER,
}
STRUCTURES = (HouseStructure.BRICK_CONCRETE, HouseStructure.BRICK_WOOD, HouseStructure.REINFORCED_CONCRETE)


@dataclass(frozen=True)
class Standing:
    """What a household is to the register."""

    exited: bool
    monitored: bool
    cleared: bool
    dibao: bool


def draw_standing(dice: Random) -> Standing:
    """Draw whether a household has left poverty, is monitored, was cleared, receives dibao."""
    exited, watched = dice.random() < EXITED, dice.random()
    return Standing(
        exited, watched < MONITORED or (not exited and watched < 0.5), 1 - watched < CLEARED, dice.random() < DIBAO
    )


def describe_household(
    standing: Standing, causes: Sequence[Cause], day: date, number: int, dice: Random
) -> dict[str, Any]:
    """Return the description of a household on a day; `number` is that of its head in the county."""
    words = story("registers")
    group = number % len(words["natural_villages"])
    values: dict[str, Any] = {
        "natural_village": words["natural_villages"][group],
        "group_no": str(group + 1),
        "address_detail": words["address"].format(village=words["natural_villages"][group], number=number % 60 + 1),
        "bank_name": words["bank"],
        "bank_account": f"{number:019d}",
        "is_relative_of_official": dice.random() < 0.015,
        "is_relocation_household": False,
    }
    values |= _of_exited(standing, causes, dice) if standing.exited else {}
    values |= _of_monitored(standing, causes, day, dice)
    return values


def _of_exited(standing: Standing, causes: Sequence[Cause], dice: Random) -> dict[str, Any]:
    registered = dice.choice((2014, 2014, 2014, 2015, 2016))
    moved = dice.random() < RELOCATED
    category = HouseholdCategory.DIBAO_POOR if standing.dibao else HouseholdCategory.GENERAL_POOR
    found = {
        "poverty_status": PovertyStatus.EXITED,
        "identification_standard": IdentificationStandard.NATIONAL,
        "household_category": [category.value],
        "main_cause": causes[0],
        "other_causes": [cause.value for cause in causes[1:]],
        "registered_year": registered,
        "exit_year": registered + dice.randint(1, 4),
        "policy_enjoying": True,
        "previously_registered": True,
    }
    place = {
        "relocation_mode": RelocationMode.CONCENTRATED,
        "resettlement_site": story("registers")["resettlement_site"],
    }
    return {**found, "is_relocation_household": True, **place} if moved else found


def _of_monitored(standing: Standing, causes: Sequence[Cause], day: date, dice: Random) -> dict[str, Any]:
    if not standing.monitored and not standing.cleared:
        return {}
    kind = MonitoringKind.UNSTABLE_EXITED if standing.exited else MonitoringKind.MARGINAL_AT_RISK
    if dice.random() < 0.2:
        kind = MonitoringKind.SUDDEN_SEVERE_DIFFICULTY
    return {
        "monitoring_status": MonitoringStatus.MONITORED,
        "monitoring_kind": kind,
        "monitored_since": day - timedelta(days=dice.randint(60, 700)),
        "risk_types": [RISKS.get(causes[0], RiskType.UNSTABLE_WORK).value],
    }


def living(standing: Standing, size: int, dice: Random) -> dict[str, Any]:
    """Return how a household lives."""
    paddy, dry = _area(dice, 0, 2.2), _area(dice, 0.6, 5)
    adobe = dice.random() < 0.02
    return {
        "farmland_mu": paddy + dry,
        "paddy_mu": paddy,
        "dry_mu": dry,
        "irrigated_mu": paddy,
        "forest_mu": _area(dice, 0, 26),
        "returned_forest_mu": _area(dice, 0, 4) if dice.random() < 0.4 else Decimal(0),
        "orchard_mu": _area(dice, 0, 6) if dice.random() < 0.4 else Decimal(0),
        "cattle": dice.choice((0, 0, 0, 1, 2)),
        "pigs": dice.choice((0, 0, 1, 2, 4, 6)),
        "poultry": dice.choice((0, 10, 15, 20, 40, 60)),
        "has_production_power": dice.random() < 0.97,
        "has_household_power": True,
        "has_tv": dice.random() < 0.96,
        "in_cooperative": dice.random() < 0.45,
        "microcredit_amount": Decimal(50_000) if standing.exited and dice.random() < 0.06 else Decimal(0),
        **_house(adobe, size, dice),
        **_water_and_road(dice),
    }


def _house(adobe: bool, size: int, dice: Random) -> dict[str, Any]:
    grade = HouseGrade.C if adobe else dice.choice((HouseGrade.A, HouseGrade.A, HouseGrade.B))
    return {
        "house_m2": Decimal(dice.randint(22, 36) * max(size, 2)),
        "house_structure": HouseStructure.ADOBE if adobe else dice.choice(STRUCTURES),
        "house_year": dice.randint(1978, 1995) if adobe else dice.randint(2003, 2019),
        "house_grade": grade,
        "has_sanitary_toilet": not adobe,
        "fuel_types": [Fuel.CLEAN_ENERGY.value, *([Fuel.FIREWOOD.value] if dice.random() < 0.6 else [])],
    }


def _water_and_road(dice: Random) -> dict[str, Any]:
    rain = dice.random() < 0.02
    return {
        "water_source": WaterSource.RAIN
        if rain
        else dice.choice((WaterSource.TREATED_TAP, WaterSource.PROTECTED_WELL)),
        "water_safe": not rain,
        "water_difficult": rain,
        "distance_main_road_km": Decimal(dice.randint(0, 24)) / 10,
        "road_type": dice.choices((RoadType.CEMENT, RoadType.GRAVEL, RoadType.EARTH), weights=(80, 14, 6))[0],
    }


def _area(dice: Random, low: float, high: float) -> Decimal:
    return Decimal(round(dice.uniform(low, high), 1)).quantize(Decimal("0.1"))

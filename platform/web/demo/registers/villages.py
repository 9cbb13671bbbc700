"""The village register of a year: numbers that fit each other, larger than what the demo puts on file."""

from decimal import Decimal
from random import Random
from typing import Any

from registry.choices import Terrain, VillageType
from web.demo.names import story


def village_sheet(code: str, year: int, *, seed: int, head: str) -> dict[str, Any]:
    """Return the sheet of a village; that of a later year follows from the same numbers."""
    dice = Random(f"{seed}/{code}/sheet")  # noqa: S311 - a demo that can be repeated
    later = year % 10 / 100
    households = dice.randint(210, 640)
    people = round(households * dice.uniform(3.8, 4.4))
    found = _identity(code, head, dice) | _people(households, people, dice) | _land(households, dice)
    found["net_income_per_capita"] = Decimal(round(dice.randint(11_500, 17_500) * (1 + later * 6), -1))
    found["collective_income"] = Decimal(round(dice.randint(60_000, 320_000) * (1 + later * 8), -2))
    return found | _services(households, people, dice)


def _identity(code: str, head: str, dice: Random) -> dict[str, Any]:
    words, poor = story("registers"), dice.random() < 0.6
    return {
        "village_type": VillageType.EXITED_POOR_VILLAGE if poor else VillageType.ORDINARY,
        "development_direction": dice.choice(words["directions"]),
        "terrain": Terrain.MOUNTAINS if dice.random() < 0.8 else Terrain.HILLS,
        "village_head": head,
        "village_head_post": words["head_post"],
        "party_members": dice.randint(24, 68),
        "graduate_officials": dice.choice((0, 1, 1, 2)),
        "specialty_industry": dice.choice(words["industries"]),
    }


def _people(households: int, people: int, dice: Random) -> dict[str, Any]:
    labour, dibao = people * dice.randint(52, 60) // 100, households * dice.randint(9, 17) // 100
    return {
        "natural_villages": dice.randint(6, 22),
        "village_groups": dice.randint(8, 24),
        "households": households,
        "population": people,
        "minority_population": people * dice.randint(48, 94) // 100,
        "women": people * dice.randint(46, 49) // 100,
        "labour_force": labour,
        "migrant_workers": labour * dice.randint(34, 58) // 100,
        "dibao_households": dibao,
        "dibao_population": dibao * 27 // 10,
        "tekun_households": (tekun := dice.randint(2, 11)),
        "tekun_population": tekun + dice.randint(0, 2),
        "disabled_population": people * dice.randint(3, 6) // 100,
    }


def _land(households: int, dice: Random) -> dict[str, Any]:
    farmland = Decimal(households * dice.randint(22, 46)) / 10
    return {
        "farmland_mu": farmland,
        "irrigated_mu": farmland * dice.randint(15, 45) / 100,
        "forest_mu": Decimal(households * dice.randint(12, 40)),
        "returned_forest_mu": Decimal(households * dice.randint(1, 4)),
        "orchard_mu": Decimal(households * dice.randint(1, 6)),
    }


def _services(households: int, people: int, dice: Random) -> dict[str, Any]:
    return {
        "paved_road_to_township": True,
        "bus_service": dice.random() < 0.9,
        "natural_villages_unpaved": (unpaved := dice.choice((0, 0, 0, 1, 2))),
        "natural_villages_unpaved_km": Decimal(unpaved * dice.randint(10, 32)) / 10,
        "households_unsafe_water": dice.choice((0, 0, 0, 0, 3, 6)),
        "households_water_difficulty": dice.choice((0, 0, 2, 5)),
        "natural_villages_without_household_power": 0,
        "dilapidated_households": dice.choice((0, 0, 0, 1, 2)),
        "clinics": dice.choice((1, 1, 1, 2)),
        "public_toilets": dice.randint(1, 6),
        "doctors": dice.choice((1, 1, 2)),
        "waste_points": dice.randint(5, 20),
        "medical_insured": people * dice.randint(96, 99) // 100,
        "kindergartens": dice.choice((0, 1, 1)),
        "primary_schools": dice.choice((0, 1, 1)),
        "teaching_points": dice.choice((0, 0, 1)),
        "culture_rooms": 1,
        "tv_households": households * dice.randint(94, 99) // 100,
        "broadband_households": households * dice.randint(58, 88) // 100,
        "mobile_internet_households": households * dice.randint(88, 98) // 100,
        "information_officers": 1,
        "cooperatives": dice.randint(1, 6),
    }

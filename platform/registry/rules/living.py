"""Rules about land, house and water."""

from collections.abc import Iterator
from decimal import Decimal

from core.i18n import _l
from registry.choices import DILAPIDATED, HouseStructure, Severity, WaterSource
from registry.rules.checking import DataQualityRule, Found, HouseholdFacts

ZERO = Decimal(0)
UNSAFE = {WaterSource.UNPROTECTED_WELL, WaterSource.RIVER_OR_LAKE}


def _parts_exceed(facts: HouseholdFacts) -> Iterator[Found]:
    """No part of the land is larger than the whole; dry and paddy land together neither."""
    living = facts.living
    if living is None:
        return
    pairs = {
        "irrigated_mu": (living.irrigated_mu, living.farmland_mu),
        "dry_and_paddy_mu": ((living.dry_mu or ZERO) + (living.paddy_mu or ZERO), living.farmland_mu),
        "returned_forest_mu": (living.returned_forest_mu, living.forest_mu),
    }
    wrong = [name for name, (part, whole) in pairs.items() if part and whole is not None and part > whole]
    if wrong:
        yield Found(details={"fields": wrong})


def _house_contradicts(facts: HouseholdFacts) -> Iterator[Found]:
    living = facts.living
    if living is None:
        return
    none = living.house_structure is HouseStructure.NO_HOUSE
    early = living.dilapidated_repaired_year and living.house_year
    if (none and living.house_m2) or (early and living.dilapidated_repaired_year < living.house_year):  # type: ignore[operator]  # both are there
        yield Found()


def _house_year_ahead(facts: HouseholdFacts) -> Iterator[Found]:
    living = facts.living
    years = () if living is None else (living.house_year, living.dilapidated_repaired_year)
    if any(year is not None and year > facts.day.year for year in years):
        yield Found()


def _dilapidated(facts: HouseholdFacts) -> Iterator[Found]:
    living = facts.living
    if living is not None and living.house_grade in DILAPIDATED and living.dilapidated_repaired_year is None:
        yield Found(details={"grade": living.house_grade.value if living.house_grade else ""})


def _water_contradicts(facts: HouseholdFacts) -> Iterator[Found]:
    living = facts.living
    if living is None:
        return
    if living.water_safe and (living.water_difficult or living.water_source in UNSAFE):
        yield Found()


def _crowded(facts: HouseholdFacts) -> Iterator[Found]:
    living, size = facts.living, facts.household.size
    if living is None or not living.house_m2:
        return
    each = living.house_m2 / size
    if not facts.limit("house_m2_from") <= each <= facts.limit("house_m2_to"):
        yield Found(details={"m2_each": int(each)})


R, S = DataQualityRule[HouseholdFacts], Severity
LIVING_RULES: tuple[DataQualityRule[HouseholdFacts], ...] = (
    R("land_parts", _l("A part of the land is larger than the whole"), S.ERROR, _parts_exceed),
    R("house_contradicts", _l("What is said about the house contradicts itself"), S.ERROR, _house_contradicts),
    R("house_year_ahead", _l("The house was built or repaired in the future"), S.ERROR, _house_year_ahead),
    R("dilapidated", _l("A dilapidated house was not repaired"), S.OVERDUE, _dilapidated),
    R(
        "water_contradicts",
        _l("Water is called safe although it is scarce or unprotected"),
        S.ERROR,
        _water_contradicts,
    ),
    R("house_size", _l("The house is far too small or too large for its people"), S.SUSPICIOUS, _crowded),
)

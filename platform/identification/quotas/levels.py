"""What is split to what, and the factors by which villages are compared."""

from enum import StrEnum

from core.i18n import _l, register_labels
from regions.codes import RegionLevel


class QuotaLevel(StrEnum):
    """What a number is split to, and from what."""

    PROVINCES = "provinces"
    COUNTIES = "counties"
    VILLAGES = "villages"
    VILLAGES_BY_SCORE = "villages_by_score"

    @property
    def is_of_villages(self) -> bool:
        return self in (QuotaLevel.VILLAGES, QuotaLevel.VILLAGES_BY_SCORE)

    @property
    def places(self) -> RegionLevel:
        """The level of the places that get a part."""
        return _PLACES[self]


class FactorCode(StrEnum):
    """Factors of poverty that a village's sample or the registers can tell (domain.md 4.2)."""

    DILAPIDATED_HOUSES = "dilapidated_houses"
    UNSAFE_WATER = "unsafe_water"
    UNPAVED_ROAD = "unpaved_road"
    ILL_OR_DISABLED = "ill_or_disabled"
    SCHOOL_DROPOUT = "school_dropout"
    MIGRANT_WORKERS = "migrant_workers"
    FARMLAND = "farmland"
    COLLECTIVE_INCOME = "collective_income"
    DISTANCE = "distance"

    @property
    def poorer_with_more(self) -> bool:
        """The factor's direction."""
        return self not in _LESS_IS_POORER


_PLACES = {
    QuotaLevel.PROVINCES: RegionLevel.PROVINCE,
    QuotaLevel.COUNTIES: RegionLevel.COUNTY,
    QuotaLevel.VILLAGES: RegionLevel.VILLAGE,
    QuotaLevel.VILLAGES_BY_SCORE: RegionLevel.VILLAGE,
}
_LESS_IS_POORER = frozenset({FactorCode.MIGRANT_WORKERS, FactorCode.FARMLAND, FactorCode.COLLECTIVE_INCOME})

register_labels(
    {
        QuotaLevel.PROVINCES: _l("Nation to provinces"),
        QuotaLevel.COUNTIES: _l("Province to counties"),
        QuotaLevel.VILLAGES: _l("County to villages, by sampled factors"),
        QuotaLevel.VILLAGES_BY_SCORE: _l("County to villages, by a cut-off of household scores"),
    }
)
register_labels(
    {
        FactorCode.DILAPIDATED_HOUSES: _l("Share of dilapidated houses"),
        FactorCode.UNSAFE_WATER: _l("Share of households without safe water"),
        FactorCode.UNPAVED_ROAD: _l("Unpaved road, km"),
        FactorCode.ILL_OR_DISABLED: _l("Share of persons with a disability or serious illness"),
        FactorCode.SCHOOL_DROPOUT: _l("Share of children out of school"),
        FactorCode.MIGRANT_WORKERS: _l("Share of migrant workers"),
        FactorCode.FARMLAND: _l("Farmland per head, mu"),
        FactorCode.COLLECTIVE_INCOME: _l("Collective income per head, yuan"),
        FactorCode.DISTANCE: _l("Distance to the county town, km"),
    }
)

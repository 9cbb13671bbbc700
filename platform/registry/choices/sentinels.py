"""Lists that tell of households in need whether or not anybody applied (domain.md 3.7.3)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class Sentinel(StrEnum):
    DIBAO = "dibao"
    TEKUN = "tekun"
    DISABILITY = "disability"
    HIGH_MEDICAL_COST = "high_medical_cost"
    SCHOOL_DROPOUT = "school_dropout"
    DILAPIDATED_HOUSE = "dilapidated_house"
    UNSAFE_WATER = "unsafe_water"
    DISASTER_HIT = "disaster_hit"
    OLD_ALONE = "old_alone"
    NEW_WIDOW = "new_widow"


register_labels(
    {
        Sentinel.DIBAO: _l("On dibao"),
        Sentinel.TEKUN: _l("In extreme difficulty (tekun)"),
        Sentinel.DISABILITY: _l("Somebody with a disability"),
        Sentinel.HIGH_MEDICAL_COST: _l("High costs of illness"),
        Sentinel.SCHOOL_DROPOUT: _l("A child out of school"),
        Sentinel.DILAPIDATED_HOUSE: _l("Dilapidated house"),
        Sentinel.UNSAFE_WATER: _l("Unsafe drinking water"),
        Sentinel.DISASTER_HIT: _l("Hit by a disaster"),
        Sentinel.OLD_ALONE: _l("Old people living alone"),
        Sentinel.NEW_WIDOW: _l("Newly widowed"),
    }
)

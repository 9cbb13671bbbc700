"""The closed sets of living conditions (domain.md 2.1) and of the village register (2.3)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class WaterSource(StrEnum):
    TREATED_TAP = "treated_tap"
    PROTECTED_WELL = "protected_well"
    UNPROTECTED_WELL = "unprotected_well"
    RIVER_OR_LAKE = "river_or_lake"
    RAIN = "rain"
    BARRELLED = "barrelled"
    OTHER = "other"


class RoadType(StrEnum):
    EARTH = "earth"
    GRAVEL = "gravel"
    CEMENT = "cement"
    ASPHALT = "asphalt"


class HouseStructure(StrEnum):
    REINFORCED_CONCRETE = "reinforced_concrete"
    BRICK_CONCRETE = "brick_concrete"
    BRICK_WOOD = "brick_wood"
    ADOBE = "adobe"
    OTHER = "other"
    NO_HOUSE = "no_house"


class HouseGrade(StrEnum):
    """A and B are safe, C and D dilapidated."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


class Fuel(StrEnum):
    FIREWOOD = "firewood"
    DUNG = "dung"
    COAL = "coal"
    CLEAN_ENERGY = "clean_energy"
    OTHER = "other"


class VillageType(StrEnum):
    POOR_VILLAGE = "poor_village"
    EXITED_POOR_VILLAGE = "exited_poor_village"
    ORDINARY = "ordinary"


class Terrain(StrEnum):
    PLAIN = "plain"
    HILLS = "hills"
    MOUNTAINS = "mountains"
    PLATEAU = "plateau"
    BASIN = "basin"


class TeamLevel(StrEnum):
    """To which level the unit belongs that sends a stationed team."""

    CENTRAL = "central"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


DILAPIDATED = frozenset({HouseGrade.C, HouseGrade.D})

register_labels(
    {
        WaterSource.TREATED_TAP: _l("Treated tap water"),
        WaterSource.PROTECTED_WELL: _l("Protected well or spring"),
        WaterSource.UNPROTECTED_WELL: _l("Unprotected well or spring"),
        WaterSource.RIVER_OR_LAKE: _l("River or lake"),
        WaterSource.RAIN: _l("Collected rain"),
        WaterSource.BARRELLED: _l("Barrelled water"),
        WaterSource.OTHER: _l("Another source"),
    }
)
register_labels(
    {
        RoadType.EARTH: _l("Earth road"),
        RoadType.GRAVEL: _l("Gravel road"),
        RoadType.CEMENT: _l("Cement road"),
        RoadType.ASPHALT: _l("Asphalt road"),
    }
)
register_labels(
    {
        HouseStructure.REINFORCED_CONCRETE: _l("Reinforced concrete"),
        HouseStructure.BRICK_CONCRETE: _l("Brick and concrete"),
        HouseStructure.BRICK_WOOD: _l("Brick and wood, or cave dwelling"),
        HouseStructure.ADOBE: _l("Adobe"),
        HouseStructure.OTHER: _l("Another structure"),
        HouseStructure.NO_HOUSE: _l("No house"),
    }
)
register_labels(
    {
        HouseGrade.A: _l("Grade A, safe"),
        HouseGrade.B: _l("Grade B, safe"),
        HouseGrade.C: _l("Grade C, partly dilapidated"),
        HouseGrade.D: _l("Grade D, dilapidated"),
    }
)
register_labels(
    {
        Fuel.FIREWOOD: _l("Firewood"),
        Fuel.DUNG: _l("Dried dung"),
        Fuel.COAL: _l("Coal"),
        Fuel.CLEAN_ENERGY: _l("Gas, power or biogas"),
        Fuel.OTHER: _l("Another fuel"),
    }
)
register_labels(
    {
        VillageType.POOR_VILLAGE: _l("Poor village"),
        VillageType.EXITED_POOR_VILLAGE: _l("Village out of poverty"),
        VillageType.ORDINARY: _l("Ordinary village"),
    }
)
register_labels(
    {
        Terrain.PLAIN: _l("Plain"),
        Terrain.HILLS: _l("Hills"),
        Terrain.MOUNTAINS: _l("Mountains"),
        Terrain.PLATEAU: _l("Plateau"),
        Terrain.BASIN: _l("Basin"),
    }
)
register_labels(
    {
        TeamLevel.CENTRAL: _l("Central unit"),
        TeamLevel.PROVINCE: _l("Provincial unit"),
        TeamLevel.PREFECTURE: _l("Municipal unit"),
        TeamLevel.COUNTY: _l("County unit"),
        TeamLevel.TOWNSHIP: _l("Township unit"),
    }
)

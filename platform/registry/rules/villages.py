"""Rules about a village's sheet of a year."""

from collections.abc import Iterator

from core.i18n import _l
from registry.choices import Severity, VillageType
from registry.rules.checking import DataQualityRule, Found, VillageFacts
from registry.small_cells import SENSITIVE_COUNTS, is_small

# Each on the left is at most what stands on the right.
AT_MOST = (
    ("households", "population"),
    ("women", "population"),
    ("minority_population", "population"),
    ("labour_force", "population"),
    ("migrant_workers", "labour_force"),
    ("poor_households", "households"),
    ("poor_population", "population"),
    ("poor_households", "poor_population"),
    ("dibao_households", "households"),
    ("dibao_population", "population"),
    ("dibao_households", "dibao_population"),
    ("tekun_households", "households"),
    ("tekun_households", "tekun_population"),
    ("disabled_population", "population"),
    ("households_unsafe_water", "households"),
    ("households_water_difficulty", "households"),
    ("dilapidated_households", "households"),
    ("broadband_households", "households"),
    ("tv_households", "households"),
    ("mobile_internet_households", "households"),
    ("tourism_households", "households"),
    ("medical_insured", "population"),
    ("pension_insured", "population"),
    ("party_members", "population"),
    ("natural_villages_unpaved", "natural_villages"),
    ("natural_villages_without_household_power", "natural_villages"),
    ("natural_villages_without_production_power", "natural_villages"),
    ("natural_villages_with_power", "natural_villages"),
    ("cooperative_poor_households", "poor_households"),
    ("irrigated_mu", "farmland_mu"),
    ("returned_forest_mu", "forest_mu"),
)
CHINA = {"lon": (73, 136), "lat": (3, 54)}


def _more_than_the_whole(facts: VillageFacts) -> Iterator[Found]:
    wrong = [
        [part, whole]
        for part, whole in AT_MOST
        if (left := getattr(facts.profile, part)) is not None
        if (right := getattr(facts.profile, whole)) is not None and left > right
    ]
    if wrong:
        yield Found(facts.profile.year, {"pairs": wrong})


def _exit_impossible(facts: VillageFacts) -> Iterator[Found]:
    """Marked out of poverty while those with unsafe water or a dilapidated house are more than all (5.5 f)."""
    sheet = facts.profile
    troubled = (sheet.households_unsafe_water or 0) + (sheet.dilapidated_households or 0)
    if sheet.village_type is VillageType.EXITED_POOR_VILLAGE and sheet.households and troubled > sheet.households:
        yield Found(sheet.year, {"troubled": troubled, "households": sheet.households})


def _road_contradicts(facts: VillageFacts) -> Iterator[Found]:
    if facts.profile.paved_road_to_township and facts.profile.unpaved_km_to_township:
        yield Found(facts.profile.year)


def _bands_exceed(facts: VillageFacts) -> Iterator[Found]:
    bands, whole = facts.profile.roadless_villages, facts.profile.natural_villages
    if bands and whole is not None and sum(bands) > whole:
        yield Found(facts.profile.year, {"sum": sum(bands), "natural_villages": whole})


def _register_larger(facts: VillageFacts) -> Iterator[Found]:
    whole = facts.profile.households
    if whole is not None and facts.households_on_file > whole:
        yield Found(facts.profile.year, {"on_file": facts.households_on_file, "households": whole})


def _elsewhere(facts: VillageFacts) -> Iterator[Found]:
    wrong = [
        name
        for name, (low, high) in CHINA.items()
        if (value := getattr(facts.profile, name)) is not None and not low <= value <= high
    ]
    if wrong:
        yield Found(facts.profile.year, {"fields": wrong})


def _small_counts(facts: VillageFacts) -> Iterator[Found]:
    """Numbers from 1 to 4 of a sensitive group stay out of public pages."""
    small = sorted(name for name in SENSITIVE_COUNTS if is_small(getattr(facts.profile, name)))
    if small:
        yield Found(facts.profile.year, {"fields": small})


def _household_large(facts: VillageFacts) -> Iterator[Found]:
    sheet = facts.profile
    if sheet.households and sheet.population and sheet.population > sheet.households * facts.limits["persons_each"]:
        yield Found(sheet.year)


R, S = DataQualityRule[VillageFacts], Severity
VILLAGE_RULES: tuple[DataQualityRule[VillageFacts], ...] = (
    R("village_parts", _l("A number of the village is larger than its whole"), S.ERROR, _more_than_the_whole),
    R("village_exit", _l("Out of poverty, yet troubled households outnumber all"), S.ERROR, _exit_impossible),
    R("village_road", _l("A paved road to the township, and kilometres without one"), S.ERROR, _road_contradicts),
    R("village_bands", _l("More natural villages without a road than there are"), S.ERROR, _bands_exceed),
    R("village_register", _l("More households on file than the village has"), S.ERROR, _register_larger),
    R("village_place", _l("The village's position cannot be right"), S.ERROR, _elsewhere),
    R("village_small", _l("Small numbers of a sensitive group stay out of public pages"), S.NOTE, _small_counts),
    R("village_persons", _l("Too many persons for each household"), S.SUSPICIOUS, _household_large),
)

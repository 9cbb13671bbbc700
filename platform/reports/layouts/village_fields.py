"""The lines of the village's form: B numbers where they are known (domain.md 2.3), else the national code."""

from collections.abc import Iterable
from typing import Any

from core.i18n import LazyString, _, _l
from registry.choices import TeamLevel, Terrain, VillageType
from reports.layouts.values import boxes, of, said, yes_or_no
from reports.sheets import Value, VillageGroup, VillageLine

Line = tuple[str, LazyString, str, LazyString | str]
PERSONS, HOUSES, MU, KM, PLACES = _l("persons"), _l("households"), _l("mu"), _l("km"), _l("places")

GROUPS: tuple[tuple[LazyString, tuple[Line, ...]], ...] = (
    (
        _l("Population"),
        (
            ("AAD006", _l("Natural villages"), "natural_villages", PLACES),
            ("", _l("Villagers' groups"), "village_groups", PLACES),
            ("AAD005", _l("Households in all"), "households", HOUSES),
            ("AAD010", _l("Population in all"), "population", PERSONS),
            ("AAD014", _l("People of minorities"), "minority_population", PERSONS),
            ("AAD015", _l("Women"), "women", PERSONS),
            ("AAD017", _l("Labour force"), "labour_force", PERSONS),
            ("AAD018", _l("Away for work more than three months"), "migrant_workers", PERSONS),
            ("", _l("Households on the register"), "poor_households", HOUSES),
            ("", _l("Persons on the register"), "poor_population", PERSONS),
            ("AAD008", _l("Dibao households"), "dibao_households", HOUSES),
            ("AAD012", _l("Dibao persons"), "dibao_population", PERSONS),
            ("AAD009", _l("Tekun households"), "tekun_households", HOUSES),
            ("AAD013", _l("Tekun persons"), "tekun_population", PERSONS),
            ("AAD016", _l("Disabled persons"), "disabled_population", PERSONS),
        ),
    ),
    (
        _l("Land and income"),
        (
            ("AAD019", _l("Farmland"), "farmland_mu", MU),
            ("AAD027", _l("Irrigated farmland"), "irrigated_mu", MU),
            ("AAD021", _l("Woodland"), "forest_mu", MU),
            ("AAD022", _l("Returned to forest"), "returned_forest_mu", MU),
            ("AAD023", _l("Forest fruit"), "orchard_mu", MU),
            ("AAD024", _l("Pasture"), "pasture_mu", MU),
            ("AAD025", _l("Water surface"), "water_mu", MU),
            ("AAD301", _l("Net income of farmers per person"), "net_income_per_capita", _l("yuan")),
            ("AAD302", _l("Income of the village collective"), "collective_income", _l("yuan")),
        ),
    ),
    (
        _l("Roads, water, power, housing"),
        (
            ("B22", _l("Unpaved road to the township"), "unpaved_km_to_township", KM),
            ("B23", _l("Regular bus"), "bus_service", ""),
            ("B24", _l("Natural villages without a paved road"), "natural_villages_unpaved", PLACES),
            ("B25", _l("Unpaved roads to natural villages"), "natural_villages_unpaved_km", KM),
            ("AAD328", _l("Paved road to the township"), "paved_road_to_township", ""),
            ("AAD331", _l("Without safe drinking water"), "households_unsafe_water", HOUSES),
            ("AAD332", _l("Hard to get drinking water"), "households_water_difficulty", HOUSES),
            (
                "",
                _l("Natural villages without power for living"),
                "natural_villages_without_household_power",
                PLACES,
            ),
            (
                "",
                _l("Natural villages without power for production"),
                "natural_villages_without_production_power",
                PLACES,
            ),
            ("AAD358", _l("Natural villages with power"), "natural_villages_with_power", PLACES),
            ("AAD361", _l("Dilapidated houses"), "dilapidated_households", HOUSES),
        ),
    ),
    (
        _l("Health, schools, culture, lines"),
        (
            ("AAD391", _l("Clinics"), "clinics", PLACES),
            ("AAD393", _l("Doctors and assistant doctors"), "doctors", PERSONS),
            ("AAD392", _l("Public sanitary toilets"), "public_toilets", PLACES),
            ("AAD394", _l("Collection points for waste"), "waste_points", PLACES),
            ("AAD311", _l("In the medical insurance"), "medical_insured", PERSONS),
            ("AAD313", _l("In the pension insurance"), "pension_insured", PERSONS),
            ("", _l("Kindergartens"), "kindergartens", PLACES),
            ("", _l("Primary schools"), "primary_schools", PLACES),
            ("", _l("Teaching points"), "teaching_points", PLACES),
            ("AAD401", _l("Culture and reading rooms"), "culture_rooms", PLACES),
            ("", _l("With radio and television"), "tv_households", HOUSES),
            ("AAD411", _l("With broadband"), "broadband_households", HOUSES),
            ("AAD412", _l("Primary schools with broadband"), "broadband_schools", PLACES),
            ("AAD413", _l("On line by mobile phone"), "mobile_internet_households", HOUSES),
            ("AAD414", _l("Information officers"), "information_officers", PERSONS),
        ),
    ),
    (
        _l("Industry"),
        (
            ("AAD371", _l("Farmers' cooperatives"), "cooperatives", PLACES),
            ("", _l("Registered households in cooperatives"), "cooperative_poor_households", HOUSES),
            ("AAD381", _l("In rural tourism"), "tourism_households", HOUSES),
            ("AAD383", _l("People in rural tourism"), "tourism_people", PERSONS),
            ("AAD382", _l("Farm stays"), "farm_stay_households", HOUSES),
            ("AAD384", _l("Income of a farm stay"), "farm_stay_income", _l("yuan")),
            ("", _l("Special products"), "specialty_industry", ""),
        ),
    ),
)
FACTS = {"bus_service", "paved_road_to_township"}
BANDS = (
    _l("under 5 households"),
    _l("5 to 9 households"),
    _l("10 to 19 households"),
    _l("20 to 49 households"),
    _l("50 to 99 households"),
    _l("100 households and more"),
)


def village_groups(profile: Any, team: Any = None) -> tuple[VillageGroup, ...]:
    """Return the groups of lines, with the values of the year's profile or empty."""
    found = [_identity(profile)]
    found += [VillageGroup(str(title), tuple(_lines(profile, lines))) for title, lines in GROUPS]
    return (*found, _roadless(profile), _team(team))


def _lines(profile: Any, lines: Iterable[Line]) -> Iterable[VillageLine]:
    for number, words, name, unit in lines:
        yield VillageLine(number, str(words), _value(profile, name), str(unit))


def _value(profile: Any, name: str) -> Value:
    value = of(profile, name)
    return yes_or_no(value) if name in FACTS else said(value)


def _identity(profile: Any) -> VillageGroup:
    graduates = said(of(profile, "graduate_officials"))
    lines = (
        VillageLine("AAD004", _("Kind of village"), boxes(VillageType, of(profile, "village_type"))),
        VillageLine("AAD036", _("Terrain"), boxes(Terrain, of(profile, "terrain"))),
        VillageLine("AAD035", _("Direction of development"), said(of(profile, "development_direction"))),
        VillageLine("AAR101", _("Longitude, degrees east"), said(of(profile, "lon"))),
        VillageLine("AAR102", _("Latitude, degrees north"), said(of(profile, "lat"))),
        VillageLine("AAR011", _("Head of the village"), said(of(profile, "village_head"))),
        VillageLine("", _("Post of the head"), said(of(profile, "village_head_post"))),
        VillageLine("AAR012", _("Office phone"), said(of(profile, "office_phone"))),
        VillageLine("AAD037", _("Party members"), said(of(profile, "party_members")), str(PERSONS)),
        VillageLine("AAD038", _("Graduates as village officials"), graduates, str(PERSONS)),
    )
    return VillageGroup(_("Village and office"), lines, whole=True)


def _roadless(profile: Any) -> VillageGroup:
    """B21: natural villages without a road, by how many households they have."""
    counts = list(of(profile, "roadless_villages") or ()) + [None] * len(BANDS)
    lines = [VillageLine("B21", str(words), said(counts[at]), str(PLACES)) for at, words in enumerate(BANDS)]
    return VillageGroup(_("Natural villages without a road"), tuple(lines))


def _team(team: Any) -> VillageGroup:
    lines = (
        VillageLine("B48", _("Unit that stations the team"), said(of(team, "unit"))),
        VillageLine("", _("Level of the unit"), boxes(TeamLevel, of(team, "unit_level"))),
        VillageLine("B49", _("First secretary and members"), _people(team)),
    )
    return VillageGroup(_("Stationed team"), lines, whole=True)


def _people(team: Any) -> str:
    names = [said(of(team, name)) for name in ("first_secretary", "leader", "members")]
    return _(", ").join(dict.fromkeys(name for name in names if name))

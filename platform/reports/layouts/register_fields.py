"""The fields of a household's form, from its rows in the register or, without them, to be filled in by hand."""

from typing import Any

from core.i18n import _
from registry.choices import (
    Cause,
    Fuel,
    Health,
    HouseGrade,
    HouseholdCategory,
    HouseStructure,
    IdentificationStandard,
    MonitoringKind,
    PovertyStatus,
    RelocationMode,
    RiskType,
    RoadType,
    WaterSource,
)
from reports.layouts.values import boxes, day_said, of, said, words_of, year, yes_or_no
from reports.sheets import Cells, Era, Field, Fields

WIDE = 9
# Words of the register of 2014: a form of today shows them only where the file still says them.
POOR = (HouseholdCategory.GENERAL_POOR, HouseholdCategory.DIBAO_POOR)
NEVER_ON_A_FORM = (PovertyStatus.NONE, PovertyStatus.REMOVED, PovertyStatus.ENDED)


def numbered(number: str, words: str, era: Era) -> str:
    """Return a name with its number on the form of 2014 (domain.md 2.1); today's form has none."""
    return f"{number} {words}" if era is Era.REGISTER else words


def identity_fields(
    profile: Any, *, number: str = "", head: str = "", phone: str = "", size: str = "", place: str = ""
) -> Fields:
    """Return number, head, address, phone and bank. The account itself is never printed."""
    address = [place, said(of(profile, "natural_village")), group_said(of(profile, "group_no"))]
    address.append(said(of(profile, "address_detail")))
    return (
        Field(_("Household number"), number),
        Field(_("Head of the household"), head),
        Field(_("Phone of the household"), said(of(profile, "phone")) or phone),
        Field(_("Persons in the household"), size),
        Field(_("Home address"), " ".join(part for part in address if part), 2),
        Field(_("Bank"), said(of(profile, "bank_name")), 2),
        Field(_("Bank account"), _("On file, not printed") if of(profile, "bank_account") else ""),
    )


def group_said(group: str | None) -> str:
    """Return a villagers' group as an address says it; a name stands as it is."""
    return _("group %(number)s", number=group) if group and group.isdigit() else group or ""


def standing_fields(profile: Any, era: Era) -> Fields:
    """Return A1 to A3 and the standing in the words of its time."""
    kinds = boxes(HouseholdCategory, of(profile, "household_category"), hidden=() if era is Era.REGISTER else POOR)
    return (
        Field(
            numbered("A1", _("Standard"), era), boxes(IdentificationStandard, of(profile, "identification_standard"))
        ),
        Field(numbered("A2", _("Kind of household"), era), kinds),
        *cause_fields(profile, era),
        *(_then(profile) if era is Era.REGISTER else _now(profile)),
        Field(_("Relocated household"), yes_or_no(of(profile, "is_relocation_household"))),
        Field(_("Way of relocation"), boxes(RelocationMode, of(profile, "relocation_mode"))),
    )


def _then(profile: Any) -> Fields:
    status = boxes(PovertyStatus, of(profile, "poverty_status"), hidden=NEVER_ON_A_FORM)
    return (
        Field(_("Poverty status"), status),
        Field(_("Planned year of leaving poverty"), year(of(profile, "planned_exit_year"))),
    )


def _now(profile: Any) -> Fields:
    return (
        Field(_("Kind of monitored household"), boxes(MonitoringKind, of(profile, "monitoring_kind")), 2),
        Field(_("Risks of falling into poverty"), boxes(RiskType, of(profile, "risk_types")), 2),
        Field(_("Monitored since"), day_said(of(profile, "monitored_since"))),
        Field(_("Year of leaving poverty"), year(of(profile, "exit_year"))),
    )


def cause_fields(profile: Any, era: Era) -> Fields:
    """Return A3: the main cause, up to two others, and the note."""
    return (
        Field(numbered("A3", _("Main cause"), era), boxes(Cause, of(profile, "main_cause")), 2),
        Field(numbered("A3", _("Other causes, two at most"), era), boxes(Cause, of(profile, "other_causes")), 2),
        Field(_("Note on the causes"), said(of(profile, "cause_note")), 2),
    )


def member_cells(member: Any, membership: Any, profile: Any) -> Cells:
    """Return one row of the table of members; the ID number itself is never printed."""
    work = [said(of(profile, "work_region")), said(of(profile, "work_place"))]
    return (
        said(of(member, "name")),
        said(of(member, "sex")),
        _("Yes") if of(member, "id_number") else "",
        said(of(membership, "relation_to_head")),
        said(of(member, "ethnicity")),
        said(of(profile, "education_level")),
        said(of(profile, "school_status")),
        words_of(Health, of(profile, "health_status")),
        said(of(profile, "labour_ability")),
        _(", ").join(part for part in work if part),
        said(of(profile, "work_months")),
        said(of(profile, "receives_dibao")),
        said(of(profile, "has_basic_medical_insurance")),
        said(of(profile, "has_basic_pension")),
    )


def living_fields(living: Any) -> Fields:
    """Return land, animals, water, house and road."""
    counted = (
        (_("Farmland, mu"), "farmland_mu"),
        (_("Of it irrigated, mu"), "irrigated_mu"),
        (_("Of it dry, mu"), "dry_mu"),
        (_("Of it paddy, mu"), "paddy_mu"),
        (_("With a title, mu"), "titled_mu"),
        (_("Woodland, mu"), "forest_mu"),
        (_("Returned to forest, mu"), "returned_forest_mu"),
        (_("Orchard, mu"), "orchard_mu"),
        (_("Pasture, mu"), "pasture_mu"),
        (_("Water surface, mu"), "water_mu"),
        (_("Cattle"), "cattle"),
        (_("Sheep and goats"), "sheep"),
        (_("Pigs"), "pigs"),
        (_("Poultry"), "poultry"),
        (_("Other animals"), "other_livestock"),
        (_("Living space, square metres"), "house_m2"),
        (_("Kilometres to the main road"), "distance_main_road_km"),
        (_("Microcredit, yuan"), "microcredit_amount"),
    )
    years = (
        (_("Year the house was built"), "house_year"),
        (_("Year the house was made safe"), "dilapidated_repaired_year"),
    )
    facts = (
        (_("Electricity in the house"), "has_household_power"),
        (_("Electricity for production"), "has_production_power"),
        (_("Radio and television"), "has_tv"),
        (_("Safe drinking water"), "water_safe"),
        (_("Hard to get water"), "water_difficult"),
        (_("Sanitary toilet"), "has_sanitary_toilet"),
        (_("In a cooperative"), "in_cooperative"),
        (_("Led by an enterprise"), "led_by_enterprise"),
        (_("Led by a pioneer"), "led_by_pioneer"),
        (_("In a mutual aid fund"), "in_mutual_aid_fund"),
    )
    sets = (
        (_("Structure of the house"), "house_structure", HouseStructure),
        (_("Safety of the house"), "house_grade", HouseGrade),
        (_("Source of water"), "water_source", WaterSource),
        (_("Road to the house"), "road_type", RoadType),
        (_("Main fuels"), "fuel_types", Fuel),
    )
    return (
        *(Field(words, said(of(living, name))) for words, name in counted),
        *(Field(words, year(of(living, name))) for words, name in years),
        *(Field(words, yes_or_no(of(living, name))) for words, name in facts),
        *(Field(words, boxes(kind, of(living, name)), WIDE) for words, name, kind in sets),
    )

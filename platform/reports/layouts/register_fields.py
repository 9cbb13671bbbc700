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
from reports.layouts.values import boxes, of, said, words_of, year, yes_or_no
from reports.sheets import Cells, Era, Field, Fields

WIDE = 9


def identity_fields(
    profile: Any, *, number: str = "", head: str = "", phone: str = "", size: str = "", place: str = ""
) -> Fields:
    """Return number, head, address, phone and bank. The account itself is never printed."""
    address = [place, said(of(profile, "natural_village")), said(of(profile, "group_no"))]
    address.append(said(of(profile, "address_detail")))
    return (
        Field(_("Household number"), number),
        Field(_("Head of the household"), head),
        Field(_("Phone of the household"), said(of(profile, "phone")) or phone),
        Field(_("Home address"), " ".join(part for part in address if part), 2),
        Field(_("Persons in the household"), size),
        Field(_("Bank"), said(of(profile, "bank_name"))),
        Field(_("Bank account"), _("On file, not printed") if of(profile, "bank_account") else "", 2),
    )


def standing_fields(profile: Any, era: Era) -> Fields:
    """Return A1 to A3 and the standing in the words of its time."""
    then = (
        Field(_("Poverty status"), boxes(PovertyStatus, of(profile, "poverty_status"))),
        Field(_("Planned year of leaving poverty"), year(of(profile, "planned_exit_year"))),
    )
    now = (
        Field(_("Kind of monitored household"), boxes(MonitoringKind, of(profile, "monitoring_kind")), 2),
        Field(_("Risks of falling into poverty"), boxes(RiskType, of(profile, "risk_types")), 2),
        Field(_("Monitored since"), said(of(profile, "monitored_since"))),
        Field(_("Year of leaving poverty"), year(of(profile, "exit_year"))),
    )
    return (
        Field(_("A1 Standard"), boxes(IdentificationStandard, of(profile, "identification_standard"))),
        Field(_("A2 Kind of household"), boxes(HouseholdCategory, of(profile, "household_category"))),
        *cause_fields(profile),
        *(then if era is Era.REGISTER else now),
        Field(_("Relocated household"), yes_or_no(of(profile, "is_relocation_household"))),
        Field(_("Way of relocation"), boxes(RelocationMode, of(profile, "relocation_mode"))),
    )


def cause_fields(profile: Any) -> Fields:
    """Return A3: the main cause, up to two others, and the note."""
    return (
        Field(_("A3 Main cause"), boxes(Cause, of(profile, "main_cause")), 2),
        Field(_("A3 Other causes, two at most"), boxes(Cause, of(profile, "other_causes")), 2),
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
        (_("Of it paddy, mu"), "paddy_mu"),
        (_("Woodland, mu"), "forest_mu"),
        (_("Returned to forest, mu"), "returned_forest_mu"),
        (_("Orchard, mu"), "orchard_mu"),
        (_("Cattle"), "cattle"),
        (_("Sheep and goats"), "sheep"),
        (_("Pigs"), "pigs"),
        (_("Poultry"), "poultry"),
        (_("Living space, square metres"), "house_m2"),
        (_("Kilometres to the main road"), "distance_main_road_km"),
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
        Field(_("Year the house was built"), year(of(living, "house_year"))),
        *(Field(words, yes_or_no(of(living, name))) for words, name in facts),
        *(Field(words, boxes(kind, of(living, name)), WIDE) for words, name, kind in sets),
    )

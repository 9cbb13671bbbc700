"""The columns of a sheet of households (domain.md 2.1)."""

from datetime import date
from functools import lru_cache

from core.clock import today
from core.i18n import _l
from core.spreadsheets.cells import day, text, whole, year, yes_no
from core.spreadsheets.columns import Column, Layout
from registry.choices import (
    Cause,
    HouseholdCategory,
    IdentificationStandard,
    MonitoringKind,
    MonitoringStatus,
    PovertyStatus,
    RelocationMode,
    RiskType,
)
from registry.services.importing.readers import account, choice_of, choices_of, id_number, phone, place_code, words

PLACE_COLUMNS = ("village_code", "township", "village")


def household_layout() -> Layout:
    """Return the layout; ID numbers are held against today's date."""
    return _layout(today())


@lru_cache(maxsize=2)
def _layout(_day: date) -> Layout:
    known = words("households")
    headings = {name: tuple(found) for name, found in known["headings"].items()}
    return Layout((*place_columns(), *_identity(), *_poverty(known["choices"]), *_later(known["choices"])), headings)


def place_columns() -> tuple[Column, ...]:
    return (
        Column("village_code", _l("Village code"), place_code),
        Column("township", _l("Township"), text(40, without_spaces=True)),
        Column("village", _l("Village"), text(40, without_spaces=True)),
    )


def _identity() -> tuple[Column, ...]:
    return (
        Column("household_no", _l("Household number"), text(30), required=True),
        Column("natural_village", _l("Natural village"), text(60)),
        Column("group_no", _l("Village group"), text(30)),
        Column("head_name", _l("Name of the head"), text(50, without_spaces=True), required=True),
        Column("id_number", _l("ID number of the head"), id_number(), required=True),
        Column("phone", _l("Phone"), phone),
        Column("size", _l("Persons in the household"), whole(1, 30), figure=True),
        Column("address_detail", _l("Address"), text(200)),
        Column("bank_name", _l("Bank"), text(80)),
        Column("bank_account", _l("Bank account"), account),
    )


def _poverty(known: dict[str, dict[str, list[str]]]) -> tuple[Column, ...]:
    standard, status = known["identification_standard"], known["poverty_status"]
    return (
        Column(
            "identification_standard",
            _l("Standard of identification"),
            choice_of(IdentificationStandard, standard),
            options=IdentificationStandard,
        ),
        Column(
            "household_category",
            _l("Kind of household"),
            choices_of(HouseholdCategory, known["household_category"], 4),
            options=HouseholdCategory,
        ),
        Column("main_cause", _l("Main cause"), choice_of(Cause, known["cause"]), options=Cause),
        Column("other_causes", _l("Other causes"), choices_of(Cause, known["cause"], 2)),
        Column("cause_note", _l("About the causes"), text(500)),
        Column("registered_year", _l("Year of registration"), year),
        Column("planned_exit_year", _l("Planned year of exit"), year),
        Column("poverty_status", _l("Status of poverty"), choice_of(PovertyStatus, status), options=PovertyStatus),
        Column("exit_year", _l("Year of exit"), year),
    )


def _later(known: dict[str, dict[str, list[str]]]) -> tuple[Column, ...]:
    kind, status, mode = known["monitoring_kind"], known["monitoring_status"], known["relocation_mode"]
    return (
        Column("monitoring_status", _l("Monitoring"), choice_of(MonitoringStatus, status), options=MonitoringStatus),
        Column("monitoring_kind", _l("Kind of monitoring"), choice_of(MonitoringKind, kind), options=MonitoringKind),
        Column("monitored_since", _l("Monitored since"), day),
        Column("risk_types", _l("Risks"), choices_of(RiskType, known["risk_type"], 5)),
        Column("policy_enjoying", _l("Still enjoys the policies"), yes_no, yes_no=True),
        Column("is_relocation_household", _l("Resettled household"), yes_no, yes_no=True),
        Column("relocation_mode", _l("How it was resettled"), choice_of(RelocationMode, mode), options=RelocationMode),
        Column("resettlement_site", _l("Place of resettlement"), text(100)),
        Column("is_martyr_family", _l("Family of a soldier or martyr"), yes_no, yes_no=True),
        Column("is_only_child_household", _l("Household with an only child"), yes_no, yes_no=True),
        Column("is_two_daughter_household", _l("Household with two daughters"), yes_no, yes_no=True),
        Column("is_relative_of_official", _l("Relative of a village official"), yes_no, yes_no=True),
    )

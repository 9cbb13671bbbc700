"""An admitted household enters the register: its status, the day from which it counts, and when it is surveyed."""

from datetime import timedelta
from typing import Any

from core.clock import today
from core.db import db
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.case_packs import pack_of
from identification.models import IdentificationCase
from registry.choices import ClearingMethod, MonitoringStatus, PovertyStatus, Source
from registry.models import Household
from registry.services import save_profile


def enter_register(case: IdentificationCase) -> None:
    """Write the decision into the register, as the platform: the county decides a case, not the file's other fields.

    From this day the village owes the household its card and a survey of its needs; the case says until when.
    """
    _write(case, _values(case))
    days = int(pack_of(case.pack, case.region_code, case.entered_on)["survey_within_days"])
    case.survey_due_on = today() + timedelta(days=days)


def leave_monitoring(case: IdentificationCase, way: ClearingMethod) -> None:
    """Write into the register that the risk is gone, since today, and how it went."""
    _write(case, {"monitoring_status": MonitoringStatus.CLEARED, "cleared_on": today(), "clearing_method": way})


def _write(case: IdentificationCase, values: dict[str, Any]) -> None:
    household = db.session.get_one(Household, case.household_id)
    save_profile(household, values, actor=SYSTEM, valid_from=today(), source=Source.FORM)


def _values(case: IdentificationCase) -> dict[str, Any]:
    if case.stage is CaseStage.REGISTERED:
        return {"poverty_status": PovertyStatus.NOT_OUT, "registered_year": today().year}
    return {
        "monitoring_status": MonitoringStatus.MONITORED,
        "monitoring_kind": case.monitored_kind,
        "monitored_since": today(),
        "risk_types": list(case.risk_types),
        "cleared_on": None,
        "clearing_method": None,
    }

"""Days, limits and shares of pledges: policy data of the place, with shipped defaults."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.policy_packs import policy_value, shipped_value


@dataclass(frozen=True)
class PledgeSettings:
    """What workflows.md leaves to the county."""

    decision_working_days: int
    offer_lapses_days: int
    person_limit_yuan: Decimal
    mend_days: int
    remind_days: int
    close_days: int
    code_days: int
    call_back_percent: int
    soon_minutes: int
    longest_due_days: int


def settings_for(region_code: str, on: date) -> PledgeSettings:
    """Return the values in force at a place on a day."""
    return _read(policy_value("pledges", region_code, on))


def shipped_settings() -> PledgeSettings:
    """Return the values that come with the platform, for jobs that look at all counties at once."""
    return _read(shipped_value("pledges"))


def _read(value: dict[str, Any]) -> PledgeSettings:
    return PledgeSettings(**{**value, "person_limit_yuan": Decimal(str(value["person_limit_yuan"]))})

"""Plausibility rules: named checks of what the registers say (domain.md 5.4, 5.5 and the tables' own rules).

A rule looks at one household or one village and yields what it found: a year where it is about one, and codes and
numbers as details. It never reads the database and never names anybody.
"""

from typing import Any

from registry.rules.checking import DataQualityRule, Found, HouseholdFacts, Measure, VillageFacts, rule_label
from registry.rules.households import HOUSEHOLD_RULES as _HOUSEHOLD
from registry.rules.incomes import INCOME_RULES as _INCOME
from registry.rules.living import LIVING_RULES as _LIVING
from registry.rules.members import MEMBER_RULES as _MEMBER
from registry.rules.monitoring import MONITORING_RULES as _MONITORING
from registry.rules.villages import VILLAGE_RULES

HOUSEHOLD_RULES: tuple[DataQualityRule[HouseholdFacts], ...] = (
    *_HOUSEHOLD,
    *_MEMBER,
    *_INCOME,
    *_LIVING,
    *_MONITORING,
)
RULES: dict[str, DataQualityRule[Any]] = {
    **{rule.code: rule for rule in HOUSEHOLD_RULES},
    **{rule.code: rule for rule in VILLAGE_RULES},
}

__all__ = [
    "HOUSEHOLD_RULES",
    "RULES",
    "VILLAGE_RULES",
    "DataQualityRule",
    "Found",
    "HouseholdFacts",
    "Measure",
    "VillageFacts",
    "rule_label",
]

"""The limits in force at a place on a day: what a county wrote, over what is shipped."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.policy_packs import policy_value, shipped_value
from needs.choices import Category, NeedLevel, NeedVisibility
from needs.rules.results import Verdict


@dataclass(frozen=True)
class Limits:
    """Limits of one category: units and yuan."""

    quantity_judge: Decimal
    quantity_most: Decimal
    value_judge: Decimal
    value_send_up: Decimal
    value_most: Decimal


@dataclass(frozen=True)
class RuleSet:
    """One version of the rules, read."""

    raw: dict[str, Any]

    @property
    def version(self) -> str:
        return str(self.raw["version"])

    @property
    def default_visibility(self) -> NeedVisibility:
        return NeedVisibility(self.raw["default_visibility"])

    def days(self, name: str) -> int:
        """Return a number of days by its name."""
        return int(self.raw[name])

    def deadline(self, name: str) -> int:
        """Return the working days that a step may take."""
        return int(self.raw["deadlines"][name])

    def limits(self, level: NeedLevel, category: Category) -> Limits:
        row = self.raw["limits"][level.value][category.value]
        return Limits(**{name: Decimal(row[name]) for name in Limits.__dataclass_fields__})

    def text_verdict(self, code: str) -> Verdict:
        return Verdict(self.raw["text"][code])

    def part(self, name: str) -> dict[str, Any]:
        """Return the settings of one rule."""
        return dict(self.raw[name])


def ruleset_for(region_code: str, on: date) -> RuleSet:
    """Return the rules in force."""
    return RuleSet(_merged(shipped_value("rules"), policy_value("rules", region_code, on)))


def _merged(shipped: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """Return what is shipped with what was written over it, so that a county writes only what differs."""
    found = dict(shipped)
    for key, value in written.items():
        below = found.get(key)
        found[key] = _merged(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return found

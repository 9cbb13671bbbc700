"""Lines of a year and a place. Statistical standard, exit ladder and monitoring reference are never mixed (5.3)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.policy_packs import policy_value, shipped_value

PACK = "policy_lines"


@dataclass(frozen=True)
class PolicyLine:
    """What a year's income per head is compared with: a reference for people who decide, no cut-off."""

    series: str
    kind: str
    year: int
    concept: str
    amount: int
    source: str


def line_for(region_code: str, year: int, *, series: str, kind: str, on: date) -> PolicyLine | None:
    """Return the line of a year or, where none is on file, of the last year before it; the place's own goes first."""
    own, shipped = policy_value(PACK, region_code, on), shipped_value(PACK)
    for rows in (own["lines"], shipped["lines"]):
        found = [row for row in rows if _fits(row, series, kind, year)]
        if found:
            return PolicyLine(**max(found, key=lambda row: int(row["year"])))
    return None


def _fits(row: dict[str, Any], series: str, kind: str, year: int) -> bool:
    return bool(row["series"] == series and row["kind"] == kind and row["year"] <= year)

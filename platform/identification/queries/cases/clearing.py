"""What the registers say when a risk is to be called gone: the income, and who can work (domain.md 5.5)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.clock import today
from identification.case_packs import pack_of
from identification.models import IdentificationCase
from identification.queries.lines import PolicyLine, line_for
from registry.choices import Labour
from registry.measures_provider import measures_for
from registry.queries import incomes_until, members_on

NO_LABOUR = frozenset({Labour.LOST, Labour.NONE})


@dataclass(frozen=True)
class RiskOnFile:
    """The latest income per person beside this year's line, and whether somebody can work; None is "not on file"."""

    income_year: int | None
    per_capita: Decimal | None
    line: PolicyLine | None
    can_work: bool | None

    @property
    def is_below(self) -> bool:
        return self.per_capita is not None and self.line is not None and self.per_capita < self.line.amount


def risk_on_file(case: IdentificationCase) -> RiskOnFile:
    """Return what is on file of a case's household today. Rigid costs are taken off the income, as the line asks."""
    day = today()
    wanted = pack_of(case.pack, case.region_code, case.entered_on)["line"]
    line = line_for(case.region_code, day.year, series=wanted["series"], kind=wanted["kind"], on=day)
    if case.household_id is None:
        return RiskOnFile(None, None, line, None)
    last = next(iter(incomes_until(case.household_id, day.year)), None)
    if last is None:
        return RiskOnFile(None, None, line, can_work(case.household_id))
    per_capita = last.sums.monitoring_reference_per_capita
    return RiskOnFile(last.record.year, per_capita, line, can_work(case.household_id))


def can_work(household_id: UUID) -> bool | None:
    """Return whether somebody in the house can work; None where that is not written down of everybody."""
    members = members_on(household_id, today())
    known = {found.profile.labour_ability if found.profile is not None else None for found in members}
    if known - NO_LABOUR - {None}:
        return True
    return False if known and None not in known else None


def measures_since(case: IdentificationCase) -> int:
    """Return how many deliveries the household has confirmed since it is monitored, as far as this platform knows."""
    if case.household_id is None or case.decided_on is None:
        return 0
    done = measures_for([case.household_id]).get(case.household_id, ())
    return sum(1 for _category, on in done if on >= case.decided_on)


def risk_facts(case: IdentificationCase) -> dict[str, Any]:
    """Return what stands against clearing by the registers; what they do not know is asked."""
    found = risk_on_file(case)
    facts: dict[str, Any] = {"income_below": found.is_below}
    if found.can_work is not None:
        facts["without_labour"] = not found.can_work
    return facts

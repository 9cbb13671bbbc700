"""What a rule is, and what it may look at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from core.i18n import LazyString
from registry.choices import Severity
from registry.models import Household, HouseholdProfile, LivingConditions, VillageProfile
from registry.queries.dossiers import IncomeOn, MemberOn

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Found:
    """One thing that a rule found: the year that it is about (0: none), and codes and numbers."""

    year: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DataQualityRule(Generic[Facts]):
    """A named check. `label` is the sentence that a person reads; `check` yields what it found."""

    code: str
    label: LazyString
    severity: Severity
    check: Callable[[Facts], Iterable[Found]]


@dataclass(frozen=True)
class Measure:
    """Something that was done for the household: its category of needs, and when."""

    category: str
    on: date


@dataclass(frozen=True)
class HouseholdFacts:
    """One household on a day, with what the rules ask for.

    `shared` and `started` count by year who shared the income at the end and at the start of its period.
    """

    household: Household
    day: date
    profile: HouseholdProfile | None
    members: Sequence[MemberOn]
    living: LivingConditions | None
    incomes: Sequence[IncomeOn]
    shared: Mapping[int, int]
    started: Mapping[int, int]
    twice: frozenset[UUID]
    measures: Sequence[Measure]
    limits: Mapping[str, Any]
    lines: Mapping[int, Decimal]

    def limit(self, name: str) -> int:
        """Return a threshold of the place."""
        return int(self.limits[name])

    def line(self, year: int) -> Decimal | None:
        """Return the monitoring reference of the year, or of the last year before that has one."""
        years = [known for known in self.lines if known <= year]
        return self.lines[max(years)] if years else None


@dataclass(frozen=True)
class VillageFacts:
    """One village's sheet of a year, and how many households of it are on file."""

    profile: VillageProfile
    households_on_file: int
    limits: Mapping[str, Any]


def rule_label(rules: Mapping[str, DataQualityRule[Any]], code: str) -> str | LazyString:
    """Return the sentence of a rule; a rule that is gone has its code."""
    found = rules.get(code)
    return code if found is None else found.label

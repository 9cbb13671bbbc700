"""Shares and alarms of a village from its counts, in exact fractions (domain.md 3.7.2, 3.7.5, 3.7.8)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from identification.round_choices import Alarm, OldRegister


@dataclass(frozen=True)
class Counts:
    """What is counted in a village under one pack in one year; households unless it says otherwise.

    `reached` is None without a round. `old` stood on the old register, `kept` are those of them that were admitted.
    `unvoted` cases wait for their vote. `longest_wait` is in days. `compares`: the pack looks at the old register.
    """

    households: int
    reached: int | None = None
    applications: int = 0
    admitted: int = 0
    unvoted: int = 0
    old: int = 0
    kept: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    objections: int = 0
    upheld: int = 0
    over_quota: int = 0
    longest_wait: int = 0
    compares: bool = True

    def as_values(self) -> dict[str, Any]:
        """Return the counts as they are stored."""
        return asdict(self)

    @property
    def unreached(self) -> int:
        return 0 if self.reached is None else self.households - self.reached

    @property
    def new(self) -> int:
        """Admitted households that did not stand on the old register."""
        return self.admitted - self.kept

    @property
    def dropped(self) -> int:
        """Households of the old register that were not admitted."""
        return self.old - self.kept

    @property
    def old_register(self) -> OldRegister:
        """Whether anybody may see what compares with the old register: not before the last vote (3.7.1)."""
        if not self.compares:
            return OldRegister.NOT_ASKED
        if self.unvoted:
            return OldRegister.VOTES_OPEN
        return OldRegister.SHOWN if self.old else OldRegister.NOT_ON_FILE


@dataclass(frozen=True)
class Limits:
    """From where on a figure is an alarm: policy data `village_figures`, and of the pack. None: no such alarm."""

    new_entry_least: Fraction
    retention_most: Fraction
    coverage_least: Fraction | None = None
    answer_days: int | None = None


def limits_of(rules: Mapping[str, Any], pack: Mapping[str, Any]) -> Limits:
    """Return the limits as policy data and the pack write them."""
    least, days = pack["coverage_min"], pack["over_quota_answer_days"]
    return Limits(
        Fraction(rules["new_entry_least"]),
        Fraction(rules["retention_most"]),
        None if least is None else Fraction(least),
        None if days is None else int(days),
    )


def coverage(counts: Counts) -> Fraction | None:
    """Return the share of all households that were reached; None without a round or a household."""
    if counts.reached is None or not counts.households:
        return None
    return Fraction(counts.reached, counts.households)


def applications_per_hundred(counts: Counts) -> Fraction | None:
    """Return the applications for 100 households of the list; None without a household."""
    return Fraction(100 * counts.applications, counts.households) if counts.households else None


def new_entry_share(counts: Counts) -> Fraction | None:
    """Return the share of the admitted who did not stand on the old register; None while nobody may know it."""
    if counts.old_register is not OldRegister.SHOWN or not counts.admitted:
        return None
    return Fraction(counts.new, counts.admitted)


def dropped_share(counts: Counts) -> Fraction | None:
    """Return the share of the old register that was not admitted again; None while nobody may know it."""
    if counts.old_register is not OldRegister.SHOWN:
        return None
    return Fraction(counts.dropped, counts.old)


def alarms(counts: Counts, limits: Limits) -> list[Alarm]:
    """Return what the figures alone say somebody should look into."""
    reached, new, dropped = coverage(counts), new_entry_share(counts), dropped_share(counts)
    found = {
        Alarm.LOW_COVERAGE: reached is not None
        and limits.coverage_least is not None
        and reached < limits.coverage_least,
        Alarm.NO_NEW_ENTRY: new is not None and new <= limits.new_entry_least,
        Alarm.OLD_REGISTER_KEPT: dropped is not None and 1 - dropped > limits.retention_most,
        Alarm.ANSWER_LATE: limits.answer_days is not None and counts.longest_wait > limits.answer_days,
    }
    return [alarm for alarm, rings in found.items() if rings]

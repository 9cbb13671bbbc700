"""A village's figures as the public may see them: no number from 1 to 4 can be worked out (security.md 29, 165).

Counts below the smallest are hidden whether or not they are nothing, others are rounded; no count has a shown sum.
The two shares that compare with the old register are shown together or not at all, and only where each of the three
groups behind them is nobody or not small. Alarms are shown only where what they say is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from identification.figures.arithmetic import Counts, Limits, alarms, dropped_share, new_entry_share
from identification.round_choices import Alarm, OldRegister

OF_OLD_REGISTER = (Alarm.NO_NEW_ENTRY, Alarm.OLD_REGISTER_KEPT)


@dataclass(frozen=True)
class Smallest:
    """Policy data: counts from `count` on are shown, rounded to `step`; shares of at least `base` households."""

    count: int = 5
    base: int = 10
    step: int = 5


def smallest_of(rules: Mapping[str, Any]) -> Smallest:
    """Return the limits of a place's policy data; no place may show more than the platform's own limits do."""
    least = Smallest()
    return Smallest(
        max(int(rules["smallest"]), least.count),
        max(int(rules["share_base"]), least.base),
        max(int(rules["step"]), least.step),
    )


@dataclass(frozen=True)
class OldBlock:
    """What compares with the old register, in whole per cent, and why it may be missing."""

    state: OldRegister
    new_share: int | None = None
    dropped_share: int | None = None
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True)
class Shown:
    """The public row of a village. None: fewer than the smallest, or nothing to say."""

    households: int | None
    has_round: bool
    unreached: int | None
    applications: int | None
    admitted: int | None
    rejected: dict[str, int | None]
    objections: int | None
    upheld: int | None
    over_quota: int | None
    longest_wait: int | None
    alarms: list[Alarm]
    old: OldBlock = field(default_factory=lambda: OldBlock(OldRegister.NOT_ON_FILE))

    def as_values(self) -> dict[str, Any]:
        """Return the row as it is stored."""
        return asdict(self)


def shown_of(counts: Counts, limits: Limits, smallest: Smallest, reasons: Iterable[str], old: OldBlock) -> Shown:
    """Return the public row of counts; `old` is what may be shown beside the old register (see `settled`)."""

    def coarse(count: int) -> int | None:
        return coarse_count(count, smallest)

    over = coarse(counts.over_quota)
    unreached = coarse(counts.unreached)
    visible = {Alarm.LOW_COVERAGE: unreached is not None, Alarm.ANSWER_LATE: over is not None}
    return Shown(
        households=counts.households if counts.households >= smallest.base else None,
        has_round=counts.reached is not None,
        unreached=unreached,
        applications=coarse(counts.applications),
        admitted=coarse(counts.admitted),
        rejected={reason: coarse(counts.rejected.get(reason, 0)) for reason in reasons},
        objections=coarse(counts.objections),
        upheld=coarse(counts.upheld),
        over_quota=over,
        longest_wait=counts.longest_wait if over is not None else None,
        alarms=[alarm for alarm in alarms(counts, limits) if visible.get(alarm, False)] + list(old.alarms),
        old=old,
    )


def coarse_count(count: int, smallest: Smallest) -> int | None:
    """Return the count rounded to the step, never below the smallest; None where it is small or nothing."""
    if count < smallest.count:
        return None
    return max(smallest.count, smallest.step * ((2 * count + smallest.step) // (2 * smallest.step)))


def old_block(counts: Counts, limits: Limits, smallest: Smallest) -> OldBlock:
    """Return both shares beside the old register, or why neither is shown."""
    new, dropped = new_entry_share(counts), dropped_share(counts)
    if counts.old_register is not OldRegister.SHOWN:
        return OldBlock(counts.old_register)
    groups = (counts.new, counts.kept, counts.dropped)
    is_few = counts.admitted < smallest.base or counts.old < smallest.base
    if new is None or dropped is None or is_few or any(0 < group < smallest.count for group in groups):
        return OldBlock(OldRegister.FEW)
    rings = tuple(alarm for alarm in alarms(counts, limits) if alarm in OF_OLD_REGISTER)
    return OldBlock(OldRegister.SHOWN, whole_percent(new), whole_percent(dropped), rings)


def whole_percent(share: Fraction) -> int:
    """Return a share in whole per cent; what is not nothing never shows as 0, what is not all never as 100."""
    rounded = (200 * share.numerator + share.denominator) // (2 * share.denominator)
    if 0 < share < 1:
        return min(max(rounded, 1), 99)
    return rounded


def may_change(before: Counts, after: Counts, smallest: Smallest) -> bool:
    """Return whether the shares may be shown anew: not when the change itself would tell of fewer than the smallest.

    Two months side by side would else say of one newly admitted household whether it stood on the old register.
    """
    steps = (after.new - before.new, after.kept - before.kept, after.dropped - before.dropped)
    return not any(0 < abs(step) < smallest.count for step in steps)


def total_of(exact: int, shown: Iterable[int | None], smallest: Smallest) -> int | None:
    """Return a rounded sum of one column, or None where it would narrow down what is hidden in the column.

    Each hidden number could, for all that the sum and the shown numbers say, still be anything below the smallest.
    """
    total, numbers = coarse_count(exact, smallest), list(shown)
    hidden = numbers.count(None)
    if total is None or not hidden:
        return total
    slack = smallest.step // 2
    least = sum(max(number - slack, smallest.count) for number in numbers if number is not None)
    most = sum(number + slack for number in numbers if number is not None)
    top = smallest.count - 1
    lowest_total, highest_total = max(total - slack, smallest.count), total + slack
    could_be_none = lowest_total - most - top * (hidden - 1) <= 0
    could_be_most = highest_total - least >= top
    return total if could_be_none and could_be_most else None


@dataclass(frozen=True)
class Compared:
    """What was last said beside the old register, and the counts behind it."""

    counts: Counts
    block: OldBlock

    def as_values(self) -> dict[str, Any]:
        """Return both as they are stored."""
        return asdict(self)


def settled(
    counts: Counts, limits: Limits, smallest: Smallest, before: Compared | None
) -> tuple[OldBlock, Compared | None]:
    """Return what is said beside the old register this month, and what the next month compares with."""
    if counts.old_register is not OldRegister.SHOWN:
        return OldBlock(counts.old_register), before
    if before is not None and not may_change(before.counts, counts, smallest):
        return before.block, before
    block = old_block(counts, limits, smallest)
    return block, Compared(counts, block)


def compared_from(values: Mapping[str, Any] | None) -> Compared | None:
    """Return what was stored of an earlier month."""
    return None if values is None else Compared(Counts(**values["counts"]), block_from(values["block"]))


def shown_from(values: Mapping[str, Any]) -> Shown:
    """Return a public row as it was stored."""
    alarms = [Alarm(alarm) for alarm in values["alarms"]]
    return Shown(**{**values, "alarms": alarms, "old": block_from(values["old"])})


def block_from(values: Mapping[str, Any]) -> OldBlock:
    rings = tuple(Alarm(alarm) for alarm in values["alarms"])
    return OldBlock(OldRegister(values["state"]), values["new_share"], values["dropped_share"], rings)

"""Measuring side by side on a noisy machine: subjects take turns, and only ratios within a round count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]


@dataclass(frozen=True)
class Compared:
    """What two subjects cost, round by round."""

    ours: Sequence[float]
    reference: Sequence[float]

    @property
    def ratio(self) -> float:
        """The middle one of the ratios of the rounds."""
        return median(own / other for own, other in zip(self.ours, self.reference, strict=True))

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest ratio of a round."""
        ratios = [own / other for own, other in zip(self.ours, self.reference, strict=True)]
        return min(ratios), max(ratios)

    @property
    def middle(self) -> tuple[float, float]:
        """A cost of each, whose quotient is the ratio."""
        reference = median(self.reference)
        return self.ratio * reference, reference


def alternate(subjects: Mapping[str, Measure], *, rounds: int) -> dict[str, list[float]]:
    """Let every subject measure once in each round; the order turns round from one round to the next."""
    found: dict[str, list[float]] = {name: [] for name in subjects}
    for turn in range(rounds):
        order = list(subjects) if turn % 2 == 0 else list(reversed(subjects))
        for name in order:
            found[name].append(subjects[name]())
    return found


def compare(ours: Measure, reference: Measure, *, rounds: int) -> Compared:
    """Measure two subjects in turns."""
    found = alternate({"ours": ours, "reference": reference}, rounds=rounds)
    return Compared(found["ours"], found["reference"])

"""One place's number, step by step, in exact fractions (domain.md 4.2): what pages tell and files hand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from identification.quotas.apportionment import Share
from identification.quotas.decomposition import Step, split_by_score
from identification.quotas.levels import QuotaLevel
from identification.quotas.poverty_scores import Factor
from identification.quotas.tasks import Line, Task, counties_of, factors_of, households_of, steps, village_of
from identification.quotas.tracing import Trace, Traced, traced


@dataclass(frozen=True, slots=True)
class FactorStep:
    """A factor of one village: its sample, the county's span, where in it the village stands, what it adds."""

    code: str
    weight: Fraction
    poorer_with_more: bool
    mean: Fraction
    error: Fraction
    least: Fraction
    most: Fraction

    @property
    def placed(self) -> Fraction:
        """The mean brought to 0..1, 1 being poorest; 1/2 where all villages are alike."""
        if self.most == self.least:
            return Fraction(1, 2)
        above = self.mean - self.least if self.poorer_with_more else self.most - self.mean
        return above / (self.most - self.least)

    @property
    def part(self) -> Fraction:
        return self.weight * self.placed

    @property
    def variance(self) -> Fraction:
        """The square of what the factor adds to the score's standard error."""
        if self.most == self.least:
            return Fraction(0)
        return (self.weight * self.error / (self.most - self.least)) ** 2


@dataclass(frozen=True, slots=True)
class ScoreSteps:
    """From a village's sample to its weight."""

    factors: list[FactorStep]
    step: Step
    people: int
    usual: Fraction
    mean_score: Fraction

    @property
    def variance(self) -> Fraction:
        """The square of the score's standard error."""
        return sum((factor.variance for factor in self.factors), Fraction(0))


@dataclass(frozen=True, slots=True)
class CutOff:
    """What household scores say: the cut-off, the persons up to it here, and those with the next points."""

    points: int | None
    whole: int
    next_points: int | None
    next_persons: int


@dataclass(frozen=True, slots=True)
class Story:
    """Everything about one place's number. Provinces have neither shares nor remainders."""

    line: Line
    traced: Traced | None = None
    scored: ScoreSteps | None = None
    cut: CutOff | None = None

    @property
    def trace(self) -> Trace | None:
        return self.traced.lines.get(self.line.code) if self.traced else None

    @property
    def weight(self) -> Fraction | None:
        """What the place is weighed by: population x incidence."""
        if self.scored:
            return self.scored.step.weight
        return (
            self.line.population * Fraction(self.line.inputs["incidence"]) if "incidence" in self.line.inputs else None
        )


def story_of(task: Task, lines: Sequence[Line], code: str) -> Story:
    """Return how the number of one place came about; raises KeyError for a place that took no part."""
    line = {line.code: line for line in lines}[code]
    if task.level is QuotaLevel.VILLAGES:
        return _by_factors(task, lines, line)
    if task.level is QuotaLevel.VILLAGES_BY_SCORE:
        return _by_score(task, lines, line)
    if task.level is QuotaLevel.COUNTIES:
        shares = [
            Share(place.code, place.population * place.incidence, place.population, place.population)
            for place in counties_of(lines)
        ]
        return Story(line, traced(task.total, shares, task.method))
    return Story(line)


def weighed_shares(lines: Sequence[Line], found: Sequence[Step]) -> list[Share]:
    """Return the villages as they take part in the last step."""
    return [
        Share(line.code, step.weight, line.population, line.population) for line, step in zip(lines, found, strict=True)
    ]


def _by_factors(task: Task, lines: Sequence[Line], line: Line) -> Story:
    found = steps(task, lines)
    step = next(step for step in found if step.code == line.code)
    people = sum(one.population for one in lines)
    weighed = sum((one.population * each.score.value for one, each in zip(lines, found, strict=True)), Fraction(0))
    scored = ScoreSteps(
        [_factor(factor, lines, line) for factor in factors_of(task)],
        step,
        people,
        Fraction(task.total, people) if people else Fraction(0),
        weighed / people if people else Fraction(0),
    )
    return Story(line, traced(task.total, weighed_shares(lines, found), task.method), scored)


def _factor(factor: Factor, lines: Sequence[Line], line: Line) -> FactorStep:
    means = [Fraction(one.inputs["factors"][factor.code][0]) for one in lines]
    own = village_of(line).factors[factor.code]
    return FactorStep(factor.code, factor.weight, factor.poorer_with_more, own.mean, own.error, min(means), max(means))


def _by_score(task: Task, lines: Sequence[Line], line: Line) -> Story:
    visited = list(households_of(lines))
    points, _ = split_by_score(task.total, visited, task.method)
    later = sorted({one.points for one in visited if points is None or one.points > points})
    following = later[0] if later else None
    here = [one for one in visited if one.village == line.code]
    whole = sum(one.persons for one in here if points is not None and one.points <= points)
    level: dict[str, int] = {}
    for one in visited:
        if one.points == following:
            level[one.village] = level.get(one.village, 0) + one.persons
    room = task.total - sum(one.persons for one in visited if points is not None and one.points <= points)
    shares = [Share(code, Fraction(persons), persons) for code, persons in level.items()]
    told = traced(room, shares, task.method) if room and shares else None
    return Story(line, told, cut=CutOff(points, whole, following, level.get(line.code, 0)))

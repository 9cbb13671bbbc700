"""The chart of a run: the share of persons by the places above (or provinces' numbers), with its finding and table."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from core.i18n import _, label
from identification.models import QuotaRun
from identification.queries.quotas.listing import GroupRow, published_groups, published_places_of
from identification.quotas.explaining import FactorStep
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.views.quotas.numbers import share, short
from regions.queries import published_places

MOST = 40


@dataclass(frozen=True)
class Bar:
    """One row: what the bar says, and the same in words."""

    name: str
    places: int
    population: int
    quota: int
    value: Fraction
    words: str = ""

    @property
    def text(self) -> str:
        return self.words or self._counted

    @property
    def _counted(self) -> str:
        return share(self.value) if self.population else f"{self.quota:,}"


@dataclass(frozen=True)
class Chart:
    """The finding, the bars from the least to the most, and the average where there is one."""

    finding: str
    caption: str
    bars: list[Bar] = field(default_factory=list)
    average: Fraction | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What the page's script draws."""
        percent = self.average is not None
        return {
            "names": [bar.name for bar in self.bars],
            "values": [float(round(bar.value * (100 if percent else 1), 2)) for bar in self.bars],
            "texts": [bar.text for bar in self.bars],
            "average": float(round(self.average * 100, 2)) if self.average is not None else None,
            "averageText": _("average %(share)s", share=share(self.average)) if self.average is not None else "",
            "label": self.finding,
        }

    @property
    def as_json(self) -> str:
        return json.dumps(self.values, ensure_ascii=False)


def chart_of(run: QuotaRun) -> Chart:
    """Return the chart of a run; without bars where there is one group only."""
    if run.level is QuotaLevel.PROVINCES:
        return _of_provinces(run)
    groups = published_groups(run.id)
    names = published_places(group.code for group in groups)
    bars = [_bar(group, names[group.code].said if group.code in names else group.name) for group in groups]
    people = sum(bar.population for bar in bars)
    bars.sort(key=lambda bar: (bar.value, bar.name))
    return Chart(
        _("The largest share is in %(place)s, %(share)s", place=bars[-1].name, share=bars[-1].text),
        _("Persons of the planning number for 100 registered rural inhabitants, before transfers."),
        bars[-MOST:],
        Fraction(run.total, people) if people else None,
    )


def _bar(group: GroupRow, name: str) -> Bar:
    value = Fraction(group.quota, group.population) if group.population else Fraction(0)
    return Bar(name, group.places, group.population, group.quota, value)


def _of_provinces(run: QuotaRun) -> Chart:
    rows = published_places_of(run.id, limit=MOST).items
    names = published_places(row.code for row in rows)
    bars = [
        Bar(names[row.code].said if row.code in names else row.name, 1, 0, row.quota, Fraction(row.quota))
        for row in rows
    ]
    bars.sort(key=lambda bar: (bar.value, bar.name))
    return Chart(
        _("The largest number is that of %(place)s, %(persons)s", place=bars[-1].name, persons=bars[-1].text),
        _("Persons of each province, before transfers."),
        bars,
    )


def chart_of_factors(factors: Iterable[FactorStep]) -> Chart:
    """Return what each factor adds to a village's score, for the page that tells how its number came about."""
    bars = [Bar(label(FactorCode(one.code)), 1, 0, 0, one.part * 100, short(one.part)) for one in factors]
    bars.sort(key=lambda bar: (bar.value, bar.name))
    return Chart(
        _("%(factor)s adds most to the score: %(part)s", factor=bars[-1].name, part=bars[-1].text),
        _("What each factor adds to the score, from 0 to 1; all weights together are 1."),
        bars,
    )

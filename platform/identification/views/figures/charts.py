"""Bars of villages for the chart: the finding in words, what the script draws, and the same for the table."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import _
from identification.queries.figures.published import PublishedFigures
from identification.views.figures.words import applications_share

MOST = 30


@dataclass(frozen=True)
class Bars:
    """Villages from the least to the most. `values` are whole numbers, `texts` what stands at the end of a bar."""

    finding: str
    caption: str
    column: str
    rows: list[tuple[str, int, str]]

    @property
    def table(self) -> list[tuple[str, str]]:
        """Return the same for the table behind the chart."""
        return [(name, text) for name, _value, text in self.rows]

    @property
    def as_json(self) -> str:
        values: dict[str, Any] = {
            "names": [name for name, _value, _text in self.rows],
            "values": [value for _name, value, _text in self.rows],
            "texts": [text for _name, _value, text in self.rows],
            "average": None,
            "averageText": "",
            "label": self.finding,
        }
        return json.dumps(values, ensure_ascii=False)


def bars_of(rows: Sequence[PublishedFigures], names: Mapping[str, str]) -> Bars | None:
    """Return the shares of new entries where at least two villages show them, else the applications."""
    new = _rows(rows, names, lambda row: row.shown.old.new_share, lambda value: f"{value}%")
    if len(new) > 1:
        return Bars(
            _("Fewest new entries: %(place)s, %(share)s", place=new[0][0], share=new[0][2]),
            _("Share of the admitted that did not stand on the old register, in per cent."),
            _("New among the admitted"),
            new,
        )
    asked = _rows(rows, names, _asked, str)
    if len(asked) > 1:
        return Bars(
            _("Fewest applications: %(place)s, %(count)s for 100 households", place=asked[0][0], count=asked[0][2]),
            _("Applications for 100 households, from rounded numbers."),
            _("Applications for 100 households"),
            asked,
        )
    return None


def _asked(row: PublishedFigures) -> int | None:
    hidden = row.shown.applications is None or row.shown.households is None
    return None if hidden else applications_share(row.shown)


def _rows(
    rows: Sequence[PublishedFigures],
    names: Mapping[str, str],
    value_of: Callable[[PublishedFigures], int | None],
    text_of: Callable[[int], str],
) -> list[tuple[str, int, str]]:
    found = [(names[row.region_code], value) for row in rows if (value := value_of(row)) is not None]
    found.sort(key=lambda one: (one[1], one[0]))
    return [(name, value, text_of(value)) for name, value in found[:MOST]]

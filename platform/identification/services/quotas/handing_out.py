"""What went into a run, as a file. Where fewer than five households were asked, the public does not see the means."""

from collections.abc import Iterable, Iterator

from identification.models import QuotaRun
from identification.quotas.levels import QuotaLevel
from identification.quotas.tasks import Line

FEW = 5


def is_shown(line: Line) -> bool:
    """Return whether a village's sample is large enough to be shown to everybody (domain.md, class P1)."""
    sampled: int = line.inputs.get("sampled", FEW)
    return sampled >= FEW


def input_rows(run: QuotaRun, lines: Iterable[Line], *, sees_all: bool) -> Iterator[list[object]]:
    """Yield the rows of a run's file in its columns, then the number; households only to officers."""
    for line in lines:
        for cells in _CELLS[run.level](run, line, sees_all=sees_all):
            yield [line.code, *cells, line.quota]


def _province(run: QuotaRun, line: Line, *, sees_all: bool) -> Iterator[list[object]]:
    yield [line.inputs[name] for name in ("published", "statistic", "float", "approval_ref")]


def _county(run: QuotaRun, line: Line, *, sees_all: bool) -> Iterator[list[object]]:
    yield [line.population, line.inputs["incidence"]]


def _village(run: QuotaRun, line: Line, *, sees_all: bool) -> Iterator[list[object]]:
    inputs, shown = line.inputs, sees_all or is_shown(line)
    measured = [cell for one in run.factors for cell in inputs["factors"][one["code"]]]
    yield [line.population, inputs["households"], inputs["sampled"], *(measured if shown else [""] * len(measured))]


def _households(run: QuotaRun, line: Line, *, sees_all: bool) -> Iterator[list[object]]:
    if sees_all:
        yield from ([points, persons] for points, persons in line.inputs["scores"])
    else:
        yield ["", line.population]


_CELLS = {
    QuotaLevel.PROVINCES: _province,
    QuotaLevel.COUNTIES: _county,
    QuotaLevel.VILLAGES: _village,
    QuotaLevel.VILLAGES_BY_SCORE: _households,
}

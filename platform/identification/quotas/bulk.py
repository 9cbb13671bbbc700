"""Many counties at once: what one process reads, computes and writes down for COPY, without any database."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.errors import NotValid, Refused
from core.i18n import set_locale
from identification.quotas.fitting import QuotaPlace, misfits, placed
from identification.quotas.input_files import CellError, read_rows
from identification.quotas.levels import FactorCode
from identification.quotas.tasks import Line, Task, compute, digest


@dataclass(frozen=True, slots=True)
class Job:
    """One county: its number, the places of the register, the lines of the file with their numbers."""

    run_id: UUID
    region_code: str
    total: int
    expected: list[QuotaPlace]
    numbers: list[int]
    rows: list[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Several counties with what they share."""

    task: Task
    heading: Mapping[str, int]
    factors: Sequence[FactorCode]
    jobs: list[Job]


@dataclass(frozen=True, slots=True)
class Done:
    """A computed county: the fingerprint of its run and its lines as COPY reads them; or what is wrong."""

    run_id: UUID
    region_code: str
    total: int
    places: int
    digest: str
    text: str
    wrong: list[CellError]


def compute_batch(batch: Batch) -> list[Done]:
    """Compute the counties of a batch, one after the other."""
    set_locale("en")
    return [_compute(batch, job) for job in batch.jobs]


def _compute(batch: Batch, job: Job) -> Done:
    expected = {place.code: place for place in job.expected}
    rows = zip(job.numbers, csv.reader(job.rows), strict=True)
    read = read_rows(batch.task.level, rows, dict(batch.heading), batch.factors)
    wrong = [*read.wrong, *misfits(read, expected, closed=lambda codes: set())]
    if wrong:
        return _refused(job, wrong)
    task = replace(batch.task, total=job.total)
    try:
        lines = compute(task, placed(read, expected).lines)
    except (Refused, NotValid) as refusal:
        return _refused(job, [CellError(0, "", f"{job.region_code}: {refusal.detail}")])
    return Done(
        job.run_id, job.region_code, job.total, len(lines), digest(task, lines), copy_text(job.run_id, lines), []
    )


def _refused(job: Job, wrong: Sequence[CellError]) -> Done:
    said = [CellError(error.line, error.column, str(error.message)) for error in wrong]
    return Done(job.run_id, job.region_code, job.total, 0, "", "", said)


def copy_text(run_id: UUID, lines: Iterable[Line]) -> str:
    """Return the lines of a run as COPY reads them."""
    marks = {True: "t", False: "f"}
    return "".join(
        f"{run_id}\t{line.code}\t{line.population}\t{_json(line)}\t{line.quota}\t{marks[line.low_confidence]}\n"
        for line in lines
    )


def _json(line: Line) -> str:
    return json.dumps(line.inputs, separators=(",", ":")).replace("\\", "\\\\")

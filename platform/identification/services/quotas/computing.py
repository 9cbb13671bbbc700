"""Computing a run: from inputs to stored lines, and once more from what was stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from core.db import db
from core.errors import NotValid, Refused
from core.i18n import LazyString, _l
from core.policy import Actor
from identification.models import QuotaRun
from identification.queries.quotas.places import COUNTRY, county_of, levels_of
from identification.queries.quotas.reading import current_run, lines_of, standing, task_of
from identification.quotas.apportionment import Method
from identification.quotas.bulk import copy_text
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.quotas.tasks import Line, Task, compute, digest, total_of, weighed
from identification.services.quotas.storing import store_text
from identification.workflow import run_workflow
from regions.queries import find_published_region

EARLIEST, LATEST = 2013, 2100


@dataclass(frozen=True, slots=True)
class Order:
    """What an officer asks for: a place's number of a year, split to what, how. The nation's total is its sum."""

    region_code: str
    level: QuotaLevel
    year: int
    total: int = 0
    method: Method = Method.HAMILTON
    weights: Mapping[FactorCode, str] = field(default_factory=dict)
    source: str = ""

    @property
    def task(self) -> Task:
        factors = weighed(self.weights) if self.level is QuotaLevel.VILLAGES else []
        return Task(self.level, self.total, self.method, factors)


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A run computed once more: whether it is the same, and the places that are not."""

    stored: str
    found: str
    differing: list[str]

    @property
    def is_same(self) -> bool:
        return self.stored == self.found and not self.differing


def compute_run(order: Order, lines: Sequence[Line], *, actor: Actor, parent_id: UUID | None = None) -> QuotaRun:
    """Compute and keep a run; it counts only once another officer publishes it.

    `parent_id` is the run that gave the place its number, by default the published one. Raises NotValid for a year,
    level or total that does not fit the place, and what `decomposition` refuses.
    """
    _check(order)
    done = compute(order.task, lines)
    task, before = order.task, current_run(order.region_code, order.year)
    total = total_of(task, done)
    above = None if parent_id else standing(order.region_code, order.year)
    run = add_run(
        Computed(uuid4(), total, len(done), digest(Task(task.level, total, task.method, task.factors), done)),
        order,
        actor=actor,
        parent_id=parent_id or (above.run_id if above else None),
        replaces_id=before.id if before else None,
    )
    db.session.flush()  # its lines refer to the run
    store_text(copy_text(run.id, done))
    return run


@dataclass(frozen=True, slots=True)
class Computed:
    """What is known of a run once its lines are there."""

    run_id: UUID
    total: int
    places: int
    digest: str


def add_run(
    found: Computed, order: Order, *, actor: Actor, parent_id: UUID | None, replaces_id: UUID | None
) -> QuotaRun:
    """Add a computed run to the session; its lines follow in the same transaction."""
    run = QuotaRun(
        id=found.run_id,
        region_code=order.region_code,
        county_code=county_of(order.region_code),
        level=order.level,
        method=order.method,
        year=order.year,
        total=found.total,
        places=found.places,
        factors=list(map(dict, order.task.factors)),
        source=order.source.strip()[:200],
        digest=found.digest,
        parent_id=parent_id,
        replaces_id=replaces_id,
        computed_by=actor.account_id,
    )
    run_workflow.fire(run, "compute", actor=actor)
    db.session.add(run)
    return run


def reproduce(run: QuotaRun) -> Reproduction:
    """Compute a stored run once more from its stored inputs (domain.md 4.4, 7)."""
    task, stored = task_of(run), lines_of(run.id)
    again = compute(task, [Line(line.code, line.population, line.inputs) for line in stored])
    differing = [
        one.code
        for one, other in zip(stored, again, strict=True)
        if (one.quota, one.low_confidence) != (other.quota, other.low_confidence)
    ]
    return Reproduction(run.digest, digest(task, again), differing)


def _check(order: Order) -> None:
    errors: dict[str, list[str | LazyString]] = {}
    place = None if order.region_code == COUNTRY else find_published_region(order.region_code)
    if order.region_code != COUNTRY and place is None:
        errors["region_code"] = [_l("There is no such place in the register.")]
    elif order.level not in levels_of(place.level if place else None):
        errors["region_code"] = [_l("The number of this place is not split in this way.")]
    if not EARLIEST <= order.year <= LATEST:
        errors["year"] = [_l("Enter a year, for example 2014.")]
    if order.total < 0:
        errors["total"] = [_l("Enter how many persons are shared out.")]
    if errors:
        raise NotValid(errors)


def refuse_other_total(run: QuotaRun) -> None:
    """What is shared out is what the place was given (domain.md 4.4, 1)."""
    above = standing(run.region_code, run.year)
    if above is None and run.parent_id is not None:
        raise Refused(
            _l("The numbers that this place was given are not published yet. They come first."),
            code="parent_unpublished",
        )
    if above is not None and above.persons != run.total:
        raise Refused(
            _l(
                "This place was given %(given)s persons for the year, but %(total)s were shared out.",
                given=above.persons,
                total=run.total,
            ),
            code="other_total",
            given=above.persons,
        )

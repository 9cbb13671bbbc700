"""What villages used of a run's numbers, as its desk page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.http import actor
from core.i18n import _, ngettext
from core.policy import can
from identification.forms.quotas import SettleForm
from identification.models import QuotaRun, RunStage
from identification.policy import QuotaPermission
from identification.queries.cases.quota import recognised_by_cases
from identification.queries.quotas import Pool, Use, pools_of, uses_of
from identification.queries.quotas.listing import PlaceRow
from identification.views.quotas.words import name_of
from regions.queries import Place, published_places


@dataclass(frozen=True)
class Used:
    """The settled villages by township, and the form for the next one, for who may settle."""

    pools: list[list[str]]
    villages: list[list[str]]
    form: SettleForm | None


def used_part(
    run: QuotaRun, rows: Iterable[PlaceRow], places: Mapping[str, Place], form: SettleForm | None
) -> Used | None:
    """Return what was used of a published run of villages; None for other runs."""
    if run.stage is not RunStage.PUBLISHED or not run.level.is_of_villages:
        return None
    uses = uses_of(run.id)
    townships = published_places(use.township for use in uses)
    pools = [_pool_cells(name_of(code, townships), pool) for code, pool in pools_of(uses).items()]
    may_settle = can(actor(), QuotaPermission.QUOTA_SETTLE, run)
    offered = (form or SettleForm()).offer(_choices(run, rows, places)) if may_settle else None
    return Used(pools, [_use_cells(name_of(use.code, places), use) for use in uses], offered)


def _pool_cells(township: str, pool: Pool) -> list[str]:
    return [
        township,
        *(f"{count:,}" for count in (pool.villages, pool.recognised, pool.returned, pool.drawn, pool.left)),
    ]


def _use_cells(village: str, use: Use) -> list[str]:
    return [village, *(f"{count:,}" for count in (use.persons, use.recognised, use.unused, use.over))]


def _choices(run: QuotaRun, rows: Iterable[PlaceRow], places: Mapping[str, Place]) -> list[tuple[str, str]]:
    counted = recognised_by_cases(run.region_code, run.year)
    return [(row.code, _choice(name_of(row.code, places), row.persons, counted.get(row.code, 0))) for row in rows]


def _choice(name: str, persons: int, counted: int) -> str:
    """Return a village with its number, and how many persons the cases count."""
    if not counted:
        return _("%(place)s, %(persons)s now", place=name, persons=persons)
    return ngettext(
        "%(place)s, %(persons)s now; the cases count %(count)s person",
        "%(place)s, %(persons)s now; the cases count %(count)s persons",
        counted,
        place=name,
        persons=persons,
    )

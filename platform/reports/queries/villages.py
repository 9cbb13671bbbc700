"""The village's form of a year, filled from its register or empty."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.i18n import _, label
from regions.queries import find_published_region
from registry.choices import FundSource
from registry.models import Village, VillagePlan, VillageResult
from registry.queries.village_register import stationed_team_on, village_plans, village_profile, village_results
from reports.layouts.values import said, yuan
from reports.layouts.village_fields import village_groups
from reports.sheets import Cells, Era, VillageSheet


def village_sheet(village: Village | None, year: int, *, era: Era | None = None) -> VillageSheet:
    """Return the village's form; a year without a sheet gives an empty one with the village's name."""
    last_day = date(year, 12, 31)
    if village is None:
        return VillageSheet(era or Era.of(last_day), groups=village_groups(None))
    place = find_published_region(village.region_code)
    return VillageSheet(
        Era.of(last_day),
        place=village.region_code if place is None else place.said_path,
        code=village.region_code,
        year=str(year),
        groups=village_groups(village_profile(village.id, year), stationed_team_on(village.id, last_day)),
        plans=tuple(_plan(row) for row in village_plans(village.id, year)),
        results=tuple(_result(row) for row in village_results(village.id, year)),
    )


def _plan(row: VillagePlan) -> Cells:
    counts = [said(count) for count in (row.beneficiary_households, row.beneficiary_people) if count is not None]
    days = [said(day) for day in (row.starts_on, row.ends_on) if day is not None]
    return (
        row.project,
        row.category,
        row.scale,
        " / ".join(counts),
        _budget(row.budget),
        " ".join(days),
        row.responsible_unit,
    )


def _budget(budget: Mapping[str, Any]) -> str:
    """Return the funds by source, one after the other."""
    named = {source.value: label(source) for source in FundSource}
    parts = (f"{named.get(source, source)} {yuan(Decimal(str(amount)))}" for source, amount in budget.items())
    return _("; ").join(parts)


def _result(row: VillageResult) -> Cells:
    spent = "" if row.spent is None else yuan(row.spent)
    return (row.project, spent, row.progress, said(row.accepted_on), row.effect)

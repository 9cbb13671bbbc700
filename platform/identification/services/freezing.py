"""Once a month a county's figures are frozen for the public, coarse and all at once (security.md 165)."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, select, text

from core.clock import now, today
from core.db import db
from core.policy_packs import policy_value
from identification.case_choices import RejectReason
from identification.case_packs import pack_of
from identification.figures.arithmetic import Counts, Limits, limits_of
from identification.figures.published import compared_from, settled, shown_of, smallest_of
from identification.models import VillageFigure
from identification.queries.figures.counting import POLICY, counts_in, periods_in
from regions.codes import county_code

REASONS = tuple(reason.value for reason in RejectReason)
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:county, 29))")


def freeze_county(place: str) -> int:
    """Freeze the figures of a county for this month, if that was not done yet; return how many rows were written."""
    county, month = county_code(place), today().replace(day=1)
    db.session.execute(_ALONE, {"county": f"figures/{county}"})
    same = (VillageFigure.county_code == county, VillageFigure.month >= month)
    if db.session.scalar(select(VillageFigure.id).where(*same).limit(1)) is not None:
        return 0
    return sum(_freeze(county, pack, year, month) for pack, year in periods_in(county))


def _freeze(county: str, pack: str, year: int, month: date) -> int:
    counted, moment = counts_in(county, pack, year), now()
    rows = {row.region_code: row for row in db.session.scalars(_standing(county, pack, year))}
    limits = limits_of(policy_value(POLICY, county, month), pack_of(pack, county, month))
    for region_code, counts in counted.items():
        row = rows.get(region_code)
        if row is None:
            row = VillageFigure(id=uuid4(), region_code=region_code, county_code=county, pack=pack, year=year)
            db.session.add(row)
        _write(row, counts, limits, month, moment)
    return len(counted)


def _standing(county: str, pack: str, year: int) -> Select[Any]:
    return select(VillageFigure).where(
        VillageFigure.county_code == county, VillageFigure.pack == pack, VillageFigure.year == year
    )


def _write(row: VillageFigure, counts: Counts, limits: Limits, month: date, moment: datetime) -> None:
    smallest = smallest_of(policy_value(POLICY, row.region_code, month))
    block, compared = settled(counts, limits, smallest, compared_from(row.compared))
    row.month, row.counted_at = month, moment
    row.shown = shown_of(counts, limits, smallest, REASONS, block).as_values()
    row.counts = counts.as_values()
    row.compared = None if compared is None else compared.as_values()

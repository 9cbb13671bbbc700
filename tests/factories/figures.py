"""Villages with counted figures for tests: households in any state, and what is frozen of them."""

from typing import Any
from uuid import UUID, uuid4

from core.clock import now, today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.policy_packs import shipped_value
from identification.case_choices import CaseStage
from identification.case_packs import REGISTER_2014
from identification.figures.arithmetic import Counts, limits_of
from identification.figures.published import settled, shown_of, smallest_of
from identification.models import VillageFigure
from identification.queries.figures.counting import counts_in
from identification.services.freezing import REASONS, freeze_county
from regions.codes import county_code
from tests.factories.case_steps import put_case
from tests.factories.needs import make_household
from tests.factories.rounds import describe

YEAR = 2026
PERIOD = (REGISTER_2014, YEAR)


def counted(place: str, period: tuple[str, int] = PERIOD) -> dict[str, Counts]:
    with unit_of_work(SYSTEM):
        return counts_in(place, *period)


def home_in(officer: UUID, stage: CaseStage | None, *, old: bool = False, region: str, **columns: Any) -> UUID:
    """Put a household on file, with a case that has come so far, and say if it stood on the old register."""
    household_id = make_household(officer, region=region)
    if old:
        describe(household_id, previously_registered=True)
    if stage is not None:
        put_case(household_id, stage, REGISTER_2014, **columns)
    return household_id


def freeze(place: str) -> int:
    with unit_of_work(SYSTEM):
        return freeze_county(place)


def put_figures(region_code: str, counts: Counts, period: tuple[str, int] = PERIOD) -> None:
    """Put a village's frozen row on file, as if so much had been counted."""
    smallest = smallest_of(shipped_value("village_figures"))
    limits = limits_of(shipped_value("village_figures"), shipped_value(period[0]))
    block, compared = settled(counts, limits, smallest, None)
    with unit_of_work(SYSTEM):
        db.session.add(
            VillageFigure(
                id=uuid4(),
                region_code=region_code,
                county_code=county_code(region_code),
                pack=period[0],
                year=period[1],
                month=today().replace(day=1),
                counted_at=now(),
                shown=shown_of(counts, limits, smallest, REASONS, block).as_values(),
                counts=counts.as_values(),
                compared=compared.as_values() if compared else None,
            )
        )

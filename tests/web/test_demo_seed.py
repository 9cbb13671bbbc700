"""The same seed tells the same story: equal counts, equal public values (workflows.md, doubts 9)."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from core import settings
from core.db import unit_of_work
from core.errors import StartupRefused
from core.policy import SYSTEM
from core.provision import Prepared
from core.settings import Settings
from tests.plugins.databases import copied
from web.demo.loader import DemoWish, load_demo

SMALL = DemoWish(households=60, needs=90, seed=7)
TABLES = (
    "household",
    "need",
    "donor",
    "pledge",
    "delivery",
    "confirmation",
    "helper_link",
    "invitation",
    "account",
    "member",
    "income_item",
    "identification_case",
    "case_step",
    "notice_entry",
    "meeting_vote",
)
PUBLIC = (
    "SELECT n.title, n.quantity::text, n.unit, n.category, coalesce(n.shown_region_code, n.region_code), n.stage,"
    " b.held::text, b.delivered::text, b.confirmed::text FROM need n LEFT JOIN need_balance b ON b.need_id = n.id"
    " ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
)
CASES = (
    "SELECT c.stage, c.origin, c.pack, c.persons, h.household_no, c.entered_on::text, c.stage_on::text"
    " FROM identification_case c LEFT JOIN household h ON h.id = c.household_id ORDER BY 5, 6, 1, 2, 3, 4, 7"
)
NAMES = "SELECT name, kind, stage FROM donor ORDER BY 1, 2, 3"
SAID = {"needs": PUBLIC, "donors": NAMES, "cases": CASES}


def told(prepared: Prepared, var: Path) -> dict[str, object]:
    """Load the demo into a database of its own; return what it holds."""
    with copied(prepared) as found:
        settings.configure(replace(found, var=var))
        load_demo(SMALL, on_progress=lambda count: None)
        with unit_of_work(SYSTEM) as session:
            counts = {table: session.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in TABLES}
            rows = {name: [tuple(row) for row in session.execute(text(sql))] for name, sql in SAID.items()}
            return {"counts": counts, **rows}


def test_one_seed_tells_one_story(demo_template: Prepared, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert told(demo_template, tmp_path / "a") == told(demo_template, tmp_path / "b")


def test_the_demo_is_refused_where_the_database_was_not_made_for_it(database: Settings) -> None:
    with pytest.raises(StartupRefused):
        load_demo(SMALL, on_progress=lambda count: None)

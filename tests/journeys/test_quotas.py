"""Numbers of a county: computed by one officer, published by another, followed by anybody step by step."""

import os
from pathlib import Path
from uuid import UUID

import pytest

from tests.factories.places import COUNTY, lay_places
from tests.factories.quotas import VILLAGES_CSV, agree, make_officers, make_published_run, make_transfer
from tests.plugins.browser import Visit, Visitor
from tests.plugins.web import Live

SHOTS = os.environ.get("SHOTS")
WRONG = VILLAGES_CSV.replace("42%", "much").replace(",1520,", ",x,")


def shoot(visitor: Visitor, name: str) -> None:
    if SHOTS:
        for width in (1280, 390):
            visitor.page.set_viewport_size({"width": width, "height": 900})
            visitor.page.reload()
            visitor.page.wait_for_timeout(300)
            visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


@pytest.fixture
def officers(live: Live) -> tuple[UUID, UUID]:
    lay_places()
    return make_officers()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_officers_publish_and_a_villager_follows(
    officers: tuple[UUID, UUID], visit: Visit, tmp_path: Path, language: str
) -> None:
    old = make_published_run(*officers, total=1100)
    agree(officers[1], make_transfer(officers[0], old))
    officer = visit(language).signed_in(officers[0])
    officer.opens("/desk/quotas").presses("Compute new numbers").fills(year="2014", total="1200")
    shoot(officer, f"new-{language}")
    officer.opens(f"/desk/quotas/new?region={COUNTY}").fills(year="2014", total="1200", text=WRONG)
    officer.fills(dilapidated_houses="0.6", farmland="0.4").presses("Read and compute", 422)
    assert "much" in officer.text()
    shoot_now(officer, f"wrong-{language}")
    officer.fills(text=VILLAGES_CSV).presses("Read and compute").reads("Beside the run before")
    shoot(officer, f"working-{language}")
    address = officer.page.url
    second = officer.beside(officers[1]).opens(address).presses("Publish these numbers")
    second.reads("The numbers are published. Everybody can follow how they came about.")
    shoot(second, f"published-{language}")

    villager = visit(language).opens("/stats").presses("Planning numbers, and how they came about")
    shoot(villager, f"index-{language}")
    villager.does(villager.page.locator("main table a").first.click)
    chart = villager.page.locator("[data-chart] svg")
    chart.wait_for()
    assert villager.page.locator("[data-chart-table][open]").count() == 0
    shoot(villager, f"run-{language}")
    villager.does(villager.page.locator("#numbers table a").first.click).reads("The exact share")
    shoot(villager, f"place-{language}")
    villager.presses("All numbers of this run").presses("Compute it again").reads("Computed now")
    shoot(villager, f"check-{language}")
    villager.opens(f"/quotas/runs/{old}")
    shoot(villager, f"old-{language}")
    villager.opens(f"/records/quota_run/{old}")


def shoot_now(visitor: Visitor, name: str) -> None:
    if SHOTS:
        visitor.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.browser
def test_without_scripts_the_table_stands_where_the_chart_would(officers: tuple[UUID, UUID], visit: Visit) -> None:
    run_id = make_published_run(*officers)
    villager = visit("zh", width=390, script=False).opens(f"/quotas/runs/{run_id}")
    assert villager.page.locator("[data-chart-table][open] table").count() == 1
    assert not villager.page.locator("[data-chart]").is_visible()

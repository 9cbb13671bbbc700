"""A villager tells on a phone that his household is in difficulty; two weeks later it is monitored (domain.md 3.9)."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from core.db import unit_of_work
from core.policy import SYSTEM
from core.settings import Settings
from identification.case_choices import CaseStage, Department
from identification.case_packs import MONITORING_2021
from identification.queries.households import profile_on
from registry.choices import MonitoringKind, MonitoringStatus
from tests.factories.needs import make_household
from tests.factories.places import VILLAGE, lay_places
from tests.journeys.offices import Clock, Offices, cases, kept_clock, moment, night, sends, sheets, stage_of
from tests.plugins.browser import Visit, Visitor
from tests.plugins.web import make_app

PHONE = "13900002222"
TOLD = "房顶漏雨，男人腿摔断了，干不了活。"
NAMES = "黄小河\n覃秋菊\n陆春生\n农玉兰\n罗小雨\n岑大山"
TOLD_AT, MET_AT = moment(2026, 3, 2), moment(2026, 3, 3)
LAST_DAY, OVER = moment(2026, 3, 9, 16), moment(2026, 3, 10, 8)


@pytest.fixture
def app(demo_database: Settings) -> Flask:
    """The application on a database whose clock can be moved."""
    return make_app()


@pytest.fixture
def clock(app: Flask) -> Iterator[Clock]:
    with kept_clock(moment(2026, 2, 2)) as clock:
        yield clock


def tells(villager: Visitor) -> str:
    """Tell of the household on the public page; return the number of the receipt."""
    villager.opens("/").presses("My household is in difficulty", within="footer")
    for _place in range(2):
        villager.does(villager.page.locator("main .jd-tree a").first.click)
    villager.chooses(for_another="no").fills(name="韦一民", told=TOLD, phone=PHONE)
    villager.presses("Send it to the village").reads("It is received")
    return villager.page.locator(".jd-receipt-number").first.inner_text().strip()


def asks(villager: Visitor, number: str, answer: str) -> None:
    """Ask how far it is."""
    villager.opens("/my-case").fills(receipt_no=number, key=PHONE).presses("Look it up").reads(answer)
    assert "韦一民" not in villager.text()


def verified(offices: Offices, case_id: UUID, household_id: UUID) -> None:
    """Village, team, county and township find out what is so, and the team says which kind of monitoring it is."""
    offices.takes(offices.village, case_id, "take_up")
    offices.village.opens(f"/desk/cases/{case_id}/household").chooses(household=str(household_id))
    sends(offices.village, "/household")
    offices.village.opens(f"/desk/cases/{case_id}/propose", 409)
    offices.sign_letter(case_id)
    offices.visits(case_id, housing="not_sound", labour="at_risk")
    offices.answer_for(case_id, found=[Department.VEHICLES])
    flag = offices.township.opens(f"/desk/cases/{case_id}").page.locator("main a[href*='/flags/']").first
    offices.township.does(flag.click).chooses(decision="hardship", hardship="tool_for_work")
    sends(
        offices.township.fills(evidence="三轮车是收废品用的，旧车。"),
        offices.township.page.url.partition("/desk")[2][-36:],
    )
    team = offices.team.opens(f"/desk/cases/{case_id}/kind")
    team.chooses(monitored_kind="marginal_at_risk", risk_1="accident")
    sends(team, "/kind")
    sends(offices.village.opens(f"/desk/cases/{case_id}/propose"), "/propose")


@pytest.mark.browser
def test_a_household_that_tells_of_itself_is_monitored_after_two_weeks(
    clock: Clock, visit: Visit, tmp_path: Path
) -> None:
    lay_places()
    offices = Offices(visit, clock, tmp_path)
    home = make_household(offices.people[next(iter(offices.people))], head_name="韦一民", household_no="H012")
    offices.come_on(TOLD_AT)
    villager = visit("zh", width=390)
    number = tells(villager)
    (case_id,) = cases().values()
    offices.village.opens("/desk")
    offices.village.does(offices.village.page.locator(f"main a[href$='/desk/cases/{case_id}']").first.click)
    assert TOLD in offices.village.text()
    verified(offices, case_id, home)
    asks(villager, number, "Before the meeting")

    offices.come_on(MET_AT)
    offices.meets(MONITORING_2021, NAMES, lambda line: (5, 1))
    offices.makes_notice(offices.village, VILLAGE, MONITORING_2021, "village")
    (sheet,) = sheets("village")
    offices.hangs(sheet, offices.village)
    asks(villager, number, "Village notice")
    assert "韦*" in villager.opens(f"/notices/{sheet}").text()

    offices.come_on(LAST_DAY)
    offices.looks(sheet, offices.team)
    night()
    assert stage_of(case_id) is CaseStage.NOTICE_VILLAGE
    offices.come_on(OVER)
    night()
    villager.opens(f"/notices/{sheet}", 410)
    offices.takes(offices.township, case_id, "township_approve")
    offices.takes(offices.county, case_id, "county_approve")
    asks(villager, number, "Under monitoring")
    with unit_of_work(SYSTEM):
        profile = profile_on(home, OVER.date())
        assert profile is not None
        assert profile.monitoring_status is MonitoringStatus.MONITORED
        assert profile.monitoring_kind is MonitoringKind.MARGINAL_AT_RISK

"""A survey that is going on, and the village register of a year, for the small world."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.policy import SYSTEM
from registry.models import Finding, Household, Membership
from registry.services import check_household, ensure_village, save_stationed_team, save_village_plan
from registry.services.drafting import begin_survey, keep_step
from registry.services.village_register import save_village_profile
from tests.factories.people import acting

YEAR = 2025
SHEET = {
    "village_head": "村主任",
    "village_head_post": "主任",
    "office_phone": "0776-7920000",
    "households": 320,
    "population": 1280,
    "dibao_households": 12,
    "tekun_households": 3,
}


def add_survey(world: Any, village: str) -> None:
    """Let the officer of the village be in the middle of a survey, and write down a sheet of the village."""
    with acting(world.account(Role.VILLAGE_OFFICER)) as actor:
        household = db.session.get_one(Household, world.ids["household_new"])
        begin_survey(household, actor=actor)
        keep_step(household, "living", [("house_m2", "86")], actor=actor, base="", revision=0)
        place = ensure_village(village, actor=actor)
        check_household(household)
        save_village_profile(place, YEAR, SHEET, actor=actor, as_of=today())
        team = {"unit": "县教育局", "leader": "黄队长"}
        save_stationed_team(place, team, actor=actor, valid_from=today() - timedelta(days=30))
        plan = save_village_plan(place, YEAR, {"project": "屯级路"}, actor=actor, as_of=today())
        world.ids["village_plan"] = plan.id
    with unit_of_work(SYSTEM):
        heads = select(Membership.member_id).where(Membership.household_id == world.ids["household"])
        open_ones = select(Finding.id).where(Finding.region_code == village, Finding.accepted_at.is_(None))
        world.ids["finding"] = db.session.scalars(open_ones.order_by(Finding.id)).first()
        world.ids["member"] = db.session.scalars(heads).first()

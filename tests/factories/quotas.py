"""Runs of the decomposition for the small world's places."""

from typing import Any
from uuid import UUID

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from identification.models import QuotaRun, QuotaTransfer
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.services.quotas import (
    Order,
    agree_transfer,
    ask_transfer,
    compute_run,
    publish_run,
    read_inputs,
    settle,
)
from tests.factories.people import acting, make_person
from tests.factories.places import COUNTY, PROVINCE

WEIGHTS = {FactorCode.DILAPIDATED_HOUSES: "0.6", FactorCode.FARMLAND: "0.4"}
VILLAGES_CSV = """code,population,households,sampled,dilapidated_houses,dilapidated_houses_se,farmland,farmland_se
451028100200,1520,400,40,0.31,0.02,0.8,0.05
451028100201,980,260,40,42%,0.02,0.6,0.05
451028101200,2210,560,20,0.12,0.05,1.9,0.1
451028101201,640,170,30,0.5,0.02,0.4,0.05
"""
COUNTIES_CSV = "code,population,incidence\n451028000000,5350,24%\n451029000000,8000,0.182\n"
SCORES_CSV = """code,points,persons
451028100200,40,5
451028100200,57,3
451028100201,40,4
451028101200,60,6
451028101201,57,2
"""
YEAR = 2014


def order(**overrides: Any) -> Order:
    """Return an order for the county's villages."""
    values = {
        "region_code": f"{COUNTY}000000",
        "level": QuotaLevel.VILLAGES,
        "year": YEAR,
        "total": 1200,
        "weights": WEIGHTS,
        "source": "villages.csv",
    }
    return Order(**(values | overrides))


def make_run(officer: UUID, text: str = VILLAGES_CSV, **overrides: Any) -> UUID:
    """Read and compute as an officer; return the run's id."""
    wanted = order(**overrides)
    with acting(officer) as actor:
        factors = tuple(wanted.weights) if wanted.level is QuotaLevel.VILLAGES else ()
        inputs = read_inputs(text, region_code=wanted.region_code, level=wanted.level, factors=factors)
        return compute_run(wanted, inputs.lines, actor=actor).id


def publish(officer: UUID, run_id: UUID) -> None:
    """Publish as another officer."""
    with acting(officer) as actor:
        publish_run(db.session.get_one(QuotaRun, run_id), actor=actor)


def make_published_run(first: UUID, second: UUID, text: str = VILLAGES_CSV, **overrides: Any) -> UUID:
    """Compute as one officer, publish as another; return the run's id."""
    run_id = make_run(first, text, **overrides)
    publish(second, run_id)
    return run_id


def make_transfer(officer: UUID, run_id: UUID, **overrides: Any) -> UUID:
    """Ask to move persons from the first village to the second."""
    values = {"from_code": "451028100200", "to_code": "451028100201", "persons": 5, "reason": "A hamlet moved."}
    with acting(officer) as actor:
        run = db.session.get_one(QuotaRun, run_id)
        return ask_transfer(run, actor=actor, **(values | overrides)).id


def agree(officer: UUID, transfer_id: UUID) -> None:
    with acting(officer) as actor:
        agree_transfer(db.session.get_one(QuotaTransfer, transfer_id), actor=actor)


def run_of(run_id: UUID) -> QuotaRun:
    """Return the run as it stands."""
    with unit_of_work(SYSTEM):
        return db.session.get_one(QuotaRun, run_id)


def make_officers(*, level: str = "county") -> tuple[UUID, UUID]:
    """Return two officers who may compute and publish."""
    role, place = (Role.COUNTY_OFFICER, COUNTY) if level == "county" else (Role.PROVINCE_OFFICER, PROVINCE)
    return make_person(role, place), make_person(role, place)


def add_quotas(world: Any) -> None:
    """Give the small world a published run with a transfer that waits, and one that waits to be published."""
    second = make_person(Role.COUNTY_OFFICER, COUNTY, username="second-county-officer")
    county = world.account(Role.COUNTY_OFFICER)
    world.ids["quota_run"] = make_published_run(county, second)
    agree(county, make_transfer(second, world.ids["quota_run"], persons=2))
    world.ids["transfer"] = make_transfer(second, world.ids["quota_run"])
    world.ids["quota_run_waiting"] = make_run(second, total=1300)
    with acting(county) as actor:
        settle("451028100200", YEAR, actor=actor, recognised=100, last_household=3)

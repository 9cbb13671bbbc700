"""What tests of notices share: officers of one village, and households that are ready for its board."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import make_url

from accounts.models import Role
from core.db import db, unit_of_work
from core.policy import SYSTEM
from core.provision import Prepared
from identification.case_choices import CaseStage
from identification.models import IdentificationCase
from tests.factories.casework import Desk
from tests.factories.needs import People, make_household
from tests.factories.notices import make_case
from tests.factories.people import make_person
from tests.factories.places import lay_places
from tests.factories.rounds import make_round
from tests.plugins.server import copy_database, on_server
from tests.plugins.worlds import Source, connect_to

World = TypeVar("World")
NAMES = ("韦一民", "黄二妹", "覃三妹")
BEFORE = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


@dataclass
class Village:
    """Its officers and its cases, in the order of the board."""

    people: dict[Role, UUID]
    cases: list[UUID]

    @property
    def officer(self) -> UUID:
        return self.people[Role.VILLAGE_OFFICER]

    @property
    def team(self) -> UUID:
        return self.people[Role.STATIONED_TEAM]

    @property
    def township(self) -> UUID:
        return self.people[Role.TOWNSHIP_OFFICER]

    @property
    def county(self) -> UUID:
        return self.people[Role.COUNTY_OFFICER]


def _village(at: datetime | None) -> Village:
    lay_places()
    roles = (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER)
    people = {role: make_person(role) for role in roles}
    officer = people[Role.VILLAGE_OFFICER]
    cases = []
    for number, name in enumerate(NAMES, 1):
        home = make_household(officer, household_no=f"H0{number}2", head_name=name, size=number + 1, group_no="3")
        cases.append(make_case(home, at=at))
    return Village(people, cases)


@dataclass
class Listed:
    """A village with a running round of the register of 2014: two households beside one that nobody goes to."""

    people: People
    homes: list[UUID]
    round_id: UUID


def _listed() -> Listed:
    lay_places()
    people = People()
    make_household(people.author, household_no="H900")
    homes = [make_household(people.author, household_no=f"H00{number}") for number in (1, 2)]
    return Listed(people, homes, make_round(people.author))


def _made(prepared: Prepared, what: str, make: Callable[[], World]) -> Iterator[Source[World]]:
    """Make a small world once for the run, in a database that its tests copy."""
    empty = make_url(prepared.app_url)
    name = f"{empty.database}_{what}"
    db.dispose()
    copy_database(str(empty.database), name)
    address = connect_to(empty.set(database=name))
    found = make()
    db.dispose()
    yield Source(found, address)
    on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def village_source(template: Prepared) -> Iterator[Source[Village]]:
    yield from _made(template, "village", lambda: _village(None))


@pytest.fixture(scope="session")
def demo_village_source(demo_template: Prepared) -> Iterator[Source[Village]]:
    yield from _made(demo_template, "village", lambda: _village(BEFORE))


@pytest.fixture(scope="session")
def listed_source(template: Prepared) -> Iterator[Source[Listed]]:
    yield from _made(template, "listed", _listed)


def _copied(source: Source[World]) -> Iterator[World]:
    name = f"{source.address.database}_copy"
    source.copy(name)
    yield source.world
    db.dispose()
    on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def village(village_source: Source[Village]) -> Iterator[Village]:
    yield from _copied(village_source)


@pytest.fixture
def demo_village(demo_village_source: Source[Village]) -> Iterator[Village]:
    """The same in a database whose clock can be moved; its cases are older than the moments of the tests."""
    yield from _copied(demo_village_source)


@pytest.fixture
def listed(listed_source: Source[Listed]) -> Iterator[Listed]:
    yield from _copied(listed_source)


@pytest.fixture
def desk(village: Village) -> Desk:
    """The four who work on the village's cases."""
    return Desk(village.officer, village.team, village.township, village.county)


def stage_of(case_id: UUID) -> CaseStage:
    with unit_of_work(SYSTEM):
        return db.session.get_one(IdentificationCase, case_id).stage

"""A small county with its officers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.factories.needs import VILLAGE, People, make_household, make_places
from tests.factories.people import sign_in
from tests.factories.pledges import Scene
from tests.factories.survey_officer import Officer

Enter = Callable[..., Officer]


@pytest.fixture
def people(database: object) -> People:
    """The officers of one village."""
    make_places()
    return People()


@pytest.fixture
def scene(database: object) -> Scene:
    """A household with its cadre, card, helper and a published need."""
    make_places()
    return Scene()


@pytest.fixture
def enter(app: Any, people: People) -> Enter:
    """Somebody with a browser before a household."""

    def come(household_id: UUID, account_id: UUID | None = None) -> Officer:
        return Officer(sign_in(app.test_client(), account_id or people.author), household_id)

    return come


@pytest.fixture
def household_id(people: People) -> UUID:
    return make_household(people.author, region=VILLAGE)

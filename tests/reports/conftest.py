"""A small county with its officers."""

import pytest

from tests.factories.needs import People, make_places
from tests.factories.pledges import Scene


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

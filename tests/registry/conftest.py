"""A small county with its officers."""

import pytest

from tests.factories.needs import People, make_places


@pytest.fixture
def people(database: object) -> People:
    """The officers of one village."""
    make_places()
    return People()

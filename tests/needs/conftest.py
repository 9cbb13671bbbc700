"""A small county with its officers."""

import pytest

from tests.factories.needs import People, make_household, make_places, make_survey


@pytest.fixture
def people(database: object) -> People:
    """The officers of one village, in a county of two townships."""
    make_places()
    return People()


@pytest.fixture
def household(people: People) -> object:
    """A household of four with a survey that agrees to publishing."""
    household_id = make_household(people.author)
    make_survey(people.author, household_id)
    return household_id

"""A paired household with a published need of six quilts."""

import pytest

from tests.factories.needs import make_places
from tests.factories.pledges import Scene


@pytest.fixture
def scene(database: object) -> Scene:
    """A household, its cadre, officers, a verified donor, and a need of six."""
    make_places()
    return Scene()

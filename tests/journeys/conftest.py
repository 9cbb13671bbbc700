"""A paired household with a published need, its officers, a cadre and a verified organisation."""

import pytest

from tests.factories.pledges import Scene
from tests.factories.world import lay_places
from tests.plugins.web import Live


@pytest.fixture
def scene(live: Live) -> Scene:
    """The scene behind the running server."""
    lay_places()
    return Scene(title="冬被 6 床（1.8 米，4 公斤）")

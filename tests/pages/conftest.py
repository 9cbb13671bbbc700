"""A paired household with a published need of six, and the figures that jobs keep."""

from collections.abc import Callable

import pytest

from core.db import unit_of_work
from core.policy import SYSTEM
from needs.services import freeze_village_shares, roll_up_counters
from tests.factories.needs import make_places
from tests.factories.pledges import Scene


def _settle() -> None:
    with unit_of_work(SYSTEM):
        roll_up_counters()
        freeze_village_shares()


@pytest.fixture
def settle(database: object) -> Callable[[], None]:
    """Run the jobs that keep counters and the order of villages."""
    return _settle


@pytest.fixture
def scene(database: object) -> Scene:
    """A household, its cadre, officers, a verified donor, and a need of six that the figures know."""
    make_places()
    found = Scene()
    _settle()
    return found

"""The stage of the authorization tests."""

from collections.abc import Iterator

import pytest

from tests.contracts.authz_stage import Stage
from tests.plugins.worlds import Source


@pytest.fixture(scope="module")
def stage(world_source: Source) -> Iterator[Stage]:
    """The application on a copy of the world; no request changes it for good."""
    stage = Stage(world_source)
    stage.hold()
    yield stage
    stage.let_go()
    stage.close()

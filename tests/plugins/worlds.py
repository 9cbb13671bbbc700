"""One small world for the whole run: made once by each worker, copied by each test that asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from core.db import db
from core.provision import Prepared
from core.settings import configure
from tests.factories.world import World, make_world
from tests.plugins.server import admin_url, copy_database, on_server, settings_at
from web.composition import wire

# Sessions and tokens note once a minute that they are in use; those of the world need not for a day.
AHEAD = (
    "UPDATE sign_in SET last_seen_at = last_seen_at + interval '1 day'",
    "UPDATE api_token SET last_used_at = records.clock() + interval '1 day'",
)


Made = TypeVar("Made")


@dataclass(frozen=True)
class Source(Generic[Made]):
    """A world, and the database that it stands in; nobody connects there, everybody copies it."""

    world: Made
    address: URL

    def copy(self, name: str) -> URL:
        """Make a copy of that name, connect this process to it, and return its address."""
        db.dispose()
        copy_database(str(self.address.database), name)
        return connect_to(self.address.set(database=name))


@pytest.fixture(scope="session")
def world_source(template: Prepared) -> Iterator[Source[World]]:
    empty = make_url(template.app_url)
    name = f"{empty.database}_world"
    db.dispose()
    copy_database(str(empty.database), name)
    address = connect_to(empty.set(database=name))
    world = make_world()
    db.dispose()
    _run_as_admin(name, *AHEAD)
    yield Source(world, address)
    on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def connect_to(address: URL) -> URL:
    """Connect this process to the database, and return its address."""
    settings = settings_at(address.render_as_string(hide_password=False))
    configure(settings)
    db.configure(settings.app_url or "")
    wire()
    return address


def _run_as_admin(name: str, *statements: str) -> None:
    engine = create_engine(admin_url().set(database=name))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def peopled(world_source: Source[World]) -> Iterator[World]:
    """The world in a fresh database of this test's own."""
    name = f"{world_source.address.database}_copy"
    world_source.copy(name)
    yield world_source.world
    db.dispose()
    on_server(f'DROP DATABASE "{name}" WITH (FORCE)')

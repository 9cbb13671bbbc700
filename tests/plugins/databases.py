"""Fixtures: a database of its own for each test that asks, copied from a migrated one in 0.05 s."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from sqlalchemy import make_url

from core.db import db
from core.provision import Prepared, prepare
from core.settings import Settings, configure
from tests.plugins.server import admin_url, copy_database, on_server, settings_at
from web.composition import wire

_numbers = count(1)


def _name(what: str) -> str:
    return f"{os.environ['TEST_PREFIX']}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{what}"


def _template(what: str, *, demo: bool) -> Iterator[Prepared]:
    name = _name(what)
    address = admin_url().set(database=name).render_as_string(hide_password=False)
    yield prepare(settings_at(admin=address), demo=demo)
    on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def template() -> Iterator[Prepared]:
    """A migrated, empty database that nobody connects to; tests get copies of it."""
    yield from _template("template", demo=False)


@pytest.fixture(scope="session")
def demo_template() -> Iterator[Prepared]:
    """The same, made as a demo."""
    yield from _template("demo", demo=True)


@contextmanager
def copied(prepared: Prepared) -> Iterator[Settings]:
    """Point this process at a fresh copy, dropped at the end."""
    source, name = make_url(prepared.app_url), _name(str(next(_numbers)))
    db.dispose()
    copy_database(str(source.database), name)
    settings = settings_at(source.set(database=name).render_as_string(hide_password=False))
    configure(settings)
    db.configure(settings.app_url or "")
    wire()
    try:
        yield settings
    finally:
        db.dispose()
        on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database(template: Prepared) -> Iterator[Settings]:
    """A fresh database for this test, with real commits; the settings that name it."""
    with copied(template) as settings:
        yield settings


@pytest.fixture
def demo_database(demo_template: Prepared) -> Iterator[Settings]:
    """A fresh database that was made as a demo: its clock may be moved."""
    with copied(demo_template) as settings:
        yield settings

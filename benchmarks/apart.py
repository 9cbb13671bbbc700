"""A database of its own for a benchmark that needs an empty or a small one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import make_url

from benchmarks.server import Bench, dropped
from core.db import db
from core.provision import prepare
from core.settings import configure


@contextmanager
def database_apart(bench: Bench, name: str) -> Iterator[str]:
    """Make an empty database and point this process at it; take it away at the end. Yields its address for psycopg."""
    server = make_url(bench.admin.replace("postgresql://", "postgresql+psycopg://", 1))
    address = server.set(database=name).render_as_string(hide_password=False)
    maintenance = server.set(database="postgres").render_as_string(hide_password=False)
    dropped(maintenance, name)
    settings = replace(bench.settings, admin_url=address, owner_url=None, app_url=None)
    settings = replace(settings, app_url=prepare(settings, demo=False).app_url)
    configure(settings)
    db.configure(str(settings.app_url), pool_size=1, max_overflow=0)
    try:
        yield address
    finally:
        db.dispose()
        dropped(maintenance, name)
        configure(bench.settings)
        db.configure(str(bench.settings.app_url), pool_size=2)

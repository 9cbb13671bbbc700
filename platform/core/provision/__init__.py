"""Make a database ready: roles, database, rights, migrations. Everything that starts calls `prepare` first.

    prepared = prepare(Settings.load())
    db.configure(prepared.app_url)

With `DATABASE_URL` (an administrator) it makes what is missing; with `OWNER_DATABASE_URL` and `APP_DATABASE_URL`
it only migrates. It may be called any number of times and by several processes at once.
"""

from dataclasses import dataclass

from sqlalchemy import URL, Connection, make_url, text

from core.errors import StartupRefused
from core.provision.connecting import connected, locked, with_password
from core.provision.migrating import alembic_config, current_revision, expected_head, is_behind, migrate
from core.provision.roles import (
    APP,
    OWNER,
    RECORDS,
    give_schema,
    make_database,
    make_roles,
    may_become_records,
    owner_may_become_records,
    role_address,
)
from core.settings import Settings

__all__ = ["Prepared", "alembic_config", "current_revision", "expected_head", "prepare"]

MAINTENANCE = "postgres"


@dataclass(frozen=True)
class Prepared:
    """Where the application and the migrating role connect; whether this call found the database empty."""

    app_url: str
    owner_url: str
    created_empty: bool
    is_demo: bool


def prepare(settings: Settings, *, demo: bool | None = None) -> Prepared:
    """Return the addresses of a migrated database, or raise StartupRefused with one line that says what to do.

    `demo` (default: the settings' choice) counts only for a database that is empty now.
    """
    wanted = settings.demo if demo is None else demo
    if settings.owner_url and settings.app_url:
        return _by_hand(make_url(settings.owner_url), make_url(settings.app_url), demo=wanted)
    if not settings.admin_url:
        raise StartupRefused("Set DATABASE_URL, or both OWNER_DATABASE_URL and APP_DATABASE_URL.")
    return _as_administrator(make_url(settings.admin_url), demo=wanted)


def _by_hand(owner: URL, app: URL, *, demo: bool) -> Prepared:
    with connected(owner) as connection, locked(connection):
        empty = _is_empty(connection)
        if is_behind(connection):
            if not may_become_records(connection):
                raise StartupRefused(
                    f"A migration waits that needs the role {RECORDS}: as administrator run"
                    f" GRANT {RECORDS} TO {owner.username}, start again, then REVOKE it."
                )
            migrate(connection, demo=demo and empty)
        is_demo = _is_demo(connection)
    return _checked(app, owner, empty=empty, is_demo=is_demo)


def _as_administrator(admin: URL, *, demo: bool) -> Prepared:
    owner, app = role_address(admin, OWNER), role_address(admin, APP)
    with connected(admin.set(database=MAINTENANCE)) as server, locked(server):
        make_roles(server, admin)
        make_database(server, str(owner.database))
        with connected(admin.set(database=owner.database)) as connection:
            give_schema(connection, str(owner.database))
        with connected(owner) as connection:
            empty = _is_empty(connection)
            if is_behind(connection):
                with owner_may_become_records(server):
                    migrate(connection, demo=demo and empty)
            is_demo = _is_demo(connection)
    return _checked(app, owner, empty=empty, is_demo=is_demo)


def _checked(app: URL, owner: URL, *, empty: bool, is_demo: bool) -> Prepared:
    """Return the addresses once the application's role has really been let in."""
    with connected(app):
        return Prepared(with_password(app), with_password(owner), empty, is_demo)


def _is_empty(connection: Connection) -> bool:
    """Return whether the database holds no table of anybody."""
    found = connection.scalar(
        text(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p', 'v', 'm')"
            " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
        )
    )
    connection.rollback()
    return not found


def _is_demo(connection: Connection) -> bool:
    found = connection.scalar(text("SELECT is_demo FROM records.database"))
    connection.rollback()
    return bool(found)

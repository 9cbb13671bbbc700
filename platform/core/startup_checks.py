"""What the application checks about its database before it serves. Each failure is one line that says what to do."""

from collections.abc import Callable

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from core.errors import StartupRefused
from core.provision import current_revision, expected_head
from core.provision.connecting import cause
from core.records.standing import switched_off_triggers, unguarded_tables
from core.settings import current

OLDEST_SERVER = 150000
RECORDS = "jiedui_records"


def check(engine: Engine, *, testing: bool | None = None) -> None:
    """Raise StartupRefused at the first thing that is not as it must be; tests may run without fsync."""
    lax = current().testing if testing is None else testing
    try:
        with engine.connect() as connection:
            for one in CHECKS if lax else (*CHECKS, _writes_reach_the_disk):
                one(connection)
            connection.rollback()
    except OperationalError as failure:
        raise StartupRefused(f"Cannot connect to the database: {cause(failure.orig)}") from failure


def _setting(connection: Connection, name: str) -> str:
    return str(connection.scalar(text("SELECT current_setting(:name)"), {"name": name}))


def _server_is_new_enough(connection: Connection) -> None:
    if int(_setting(connection, "server_version_num")) < OLDEST_SERVER:
        found = _setting(connection, "server_version")
        raise StartupRefused(f"PostgreSQL 15 or newer is needed, this is {found}: update the server.")


def _text_is_utf8(connection: Connection) -> None:
    found = _setting(connection, "server_encoding")
    if found != "UTF8":
        raise StartupRefused(f"The database is encoded in {found}: make one with ENCODING 'UTF8'.")


def _commits_are_kept(connection: Connection) -> None:
    found = _setting(connection, "synchronous_commit")
    if found == "off":
        raise StartupRefused("synchronous_commit is off, so an answer given could be lost: set it to on.")


def _writes_reach_the_disk(connection: Connection) -> None:
    for name in ("fsync", "full_page_writes"):
        if _setting(connection, name) != "on":
            raise StartupRefused(f"{name} is off, so a crash could destroy the database: set it to on.")


def _migrations_are_at_head(connection: Connection) -> None:
    found, wanted = current_revision(connection), expected_head()
    if found != wanted:
        raise StartupRefused(
            f"The database is at migration {found or 'none'}, the code needs {wanted}: run jiedui db upgrade."
        )


def _role_is_plain(connection: Connection) -> None:
    row = connection.execute(
        text(
            "SELECT rolname, rolsuper, rolcreaterole, pg_has_role(oid, :records, 'MEMBER') AS is_records,"
            " EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "  WHERE n.nspname IN ('public', 'records') AND pg_has_role(r.oid, c.relowner, 'MEMBER')) AS is_owner"
            " FROM pg_roles r WHERE rolname = current_user"
        ),
        {"records": RECORDS},
    ).one()
    if row.rolsuper or row.rolcreaterole or row.is_records or row.is_owner:
        raise StartupRefused(
            f"The role {row.rolname} could change update records: connect as jiedui_app, which owns nothing."
        )


def _records_cannot_be_written(connection: Connection) -> None:
    rights = connection.scalars(
        text(
            "SELECT t.name || ' ' || r.name FROM unnest(ARRAY['record', 'head', 'sealed', 'kind', 'secret',"
            " 'database', 'guarded']) AS t (name),"
            " unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS r (name)"
            " WHERE has_table_privilege(current_user, 'records.' || t.name, r.name)"
        )
    ).all()
    if rights:
        raise StartupRefused(
            f"The application's role has rights on update records ({', '.join(sorted(rights))}): REVOKE them."
        )


def _triggers_are_on(connection: Connection) -> None:
    off = [*switched_off_triggers(connection), *(f"{name}_recorded" for name in unguarded_tables(connection))]
    if off:
        raise StartupRefused(f"Triggers that protect update records are missing or off: {', '.join(off)}. Enable them.")


CHECKS: tuple[Callable[[Connection], None], ...] = (
    _server_is_new_enough,
    _text_is_utf8,
    _commits_are_kept,
    _migrations_are_at_head,
    _role_is_plain,
    _records_cannot_be_written,
    _triggers_are_on,
)

"""Each thing that the application checks about its database before it serves, and the one line that it says."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, create_engine, pool, text

from core import startup_checks
from core.errors import StartupRefused
from core.startup_checks import check
from tests.factories.recorded import World, admin_address, engine_of, run_on_server, scratch_database, unique_name


def refusal(engine: Engine, *, testing: bool = True) -> str:
    with pytest.raises(StartupRefused) as found:
        check(engine, testing=testing)
    line = str(found.value)
    assert "\n" not in line
    return line


def as_admin(world: World, statement: str) -> None:
    with world.admin.begin() as connection:
        connection.execute(text(statement))


@contextmanager
def acting_as(world: World, role: str) -> Iterator[Engine]:
    """An engine whose connections have the rights of a role."""
    options = {"options": f"-c role={role}"}
    engine = create_engine(world.admin.url, poolclass=pool.NullPool, connect_args=options)
    yield engine
    engine.dispose()


def test_a_database_as_it_must_be_is_accepted(world: World) -> None:
    check(world.app, testing=True)


def test_an_old_server_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup_checks, "OLDEST_SERVER", 990000)
    assert "PostgreSQL 15 or newer is needed" in refusal(world.app)


def test_another_encoding_is_refused() -> None:
    name = unique_name()
    run_on_server(
        f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII'"
        " LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    engine = engine_of(admin_address().set(database=name))
    try:
        assert "encoded in SQL_ASCII" in refusal(engine)
    finally:
        engine.dispose()
        run_on_server(f"DROP DATABASE {name} WITH (FORCE)")


def test_asynchronous_commits_are_refused(world: World) -> None:
    as_admin(world, f"ALTER DATABASE {world.admin.url.database} SET synchronous_commit = off")
    world.app.dispose()
    assert "synchronous_commit is off" in refusal(world.app)


@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_server_that_may_lose_writes_is_refused_outside_tests(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = startup_checks._setting
    told = {"fsync": "on", "full_page_writes": "on", name: "off"}
    monkeypatch.setattr(
        startup_checks, "_setting", lambda connection, asked: told.get(asked) or real(connection, asked)
    )
    assert f"{name} is off" in refusal(world.app, testing=False)
    check(world.app, testing=True)


def test_a_database_behind_the_code_is_refused(world: World) -> None:
    as_admin(world, "UPDATE alembic_version SET version_num = '0001'")
    assert "is at migration 0001, the code needs" in refusal(world.app)


def test_a_database_without_migrations_is_refused() -> None:
    with scratch_database(unique_name()) as url:
        engine = engine_of(url)
        assert "is at migration none" in refusal(engine)
        engine.dispose()


@pytest.mark.parametrize("engine", ["admin", "owner"])
def test_a_role_that_owns_anything_or_everything_is_refused(world: World, engine: str) -> None:
    assert "could change update records" in refusal(getattr(world, engine))


def test_a_member_of_the_records_role_is_refused(world: World) -> None:
    role = unique_name()
    as_admin(world, f"CREATE ROLE {role} IN ROLE jiedui_records, jiedui_app")
    try:
        with acting_as(world, role) as engine:
            assert f"The role {role} could change update records" in refusal(engine)
    finally:
        as_admin(world, f"DROP ROLE {role}")


@pytest.mark.parametrize("right", ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"])
def test_a_right_to_write_records_is_refused(world: World, right: str) -> None:
    as_admin(world, f"GRANT {right} ON records.record TO jiedui_app")
    assert f"record {right}" in refusal(world.app)


@pytest.mark.parametrize(
    ("statement", "trigger"),
    [
        ("ALTER TABLE records.record DISABLE TRIGGER record_refuse", "record_refuse"),
        ("ALTER TABLE records.head DISABLE TRIGGER ALL", "head_refuse, head_step"),
        ("ALTER TABLE probe DISABLE TRIGGER probe_recorded", "probe_recorded"),
        ("DROP TRIGGER probe_no_truncate ON probe", "probe_no_truncate"),
    ],
)
def test_a_trigger_that_is_off_or_missing_is_named(world: World, statement: str, trigger: str) -> None:
    as_admin(world, statement)
    assert trigger in refusal(world.app)


def test_a_database_that_cannot_be_reached_is_one_line() -> None:
    engine = engine_of(admin_address().set(database="jd_there_is_no_such_database"))
    assert refusal(engine).startswith("Cannot connect to the database: ")

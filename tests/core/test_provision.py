"""Making a database ready: from nothing, again, at once by several, and with roles that somebody else made."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import URL, make_url, text

from core.errors import StartupRefused
from core.provision import Prepared, expected_head, prepare
from core.provision.roles import APP, OWNER, RECORDS, derived_password, make_roles, role_address
from tests.factories.recorded import (
    admin_address,
    engine_of,
    run_on_server,
    scratch_database,
    settings_for,
    unique_name,
)


@pytest.fixture
def address() -> Iterator[URL]:
    """The address of a database that does not exist yet."""
    name = unique_name()
    yield admin_address().set(database=name)
    run_on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def asked(url: URL | str, question: str) -> object:
    engine = engine_of(make_url(url))
    try:
        with engine.connect() as connection:
            return connection.scalar(text(question))
    finally:
        engine.dispose()


def test_nothing_becomes_a_migrated_database(address: URL) -> None:
    prepared = prepare(settings_for(address), demo=True)
    assert (prepared.created_empty, prepared.is_demo) == (True, True)
    assert asked(prepared.app_url, "SELECT current_user || session_user") == f"{APP}{APP}"
    assert asked(prepared.app_url, "SELECT version_num FROM alembic_version") == expected_head()
    assert (
        asked(prepared.owner_url, "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public'")
        == OWNER
    )
    assert (
        asked(
            prepared.app_url, "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
        )
        == "UTF8"
    )


def test_a_second_call_changes_nothing_and_keeps_the_first_choice_of_demo(address: URL) -> None:
    first = prepare(settings_for(address), demo=False)
    second = prepare(settings_for(address), demo=True)
    assert second == Prepared(first.app_url, first.owner_url, created_empty=False, is_demo=False)


def test_two_processes_may_prepare_the_same_database_at_once(address: URL) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: prepare(settings_for(address), demo=True), range(4)))
    assert sorted(one.created_empty for one in found) == [False, False, False, True]


def test_a_database_that_holds_something_is_never_made_a_demo_of_an_empty_one() -> None:
    with scratch_database(unique_name()) as url:
        engine = engine_of(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA other; CREATE TABLE other.thing (id int)"))
        engine.dispose()
        prepared = prepare(settings_for(url), demo=True)
    assert (prepared.created_empty, prepared.is_demo) == (False, False)


def test_the_migrating_role_has_the_records_role_only_while_it_migrates(address: URL) -> None:
    prepared = prepare(settings_for(address))
    for role in (OWNER, APP):
        assert asked(prepared.app_url, f"SELECT pg_has_role('{role}', '{RECORDS}', 'MEMBER')") is False


def test_the_application_may_use_tables_and_sequences_but_make_none(address: URL) -> None:
    prepared = prepare(settings_for(address))
    rights = "SELECT has_table_privilege('subject_key', 'SELECT, INSERT, UPDATE, DELETE')"
    assert asked(prepared.app_url, rights) is True
    assert asked(prepared.app_url, "SELECT has_schema_privilege('public', 'CREATE')") is False
    assert asked(prepared.app_url, "SELECT has_table_privilege('alembic_version', 'UPDATE')") is False


def test_addresses_of_roles_made_by_hand_only_migrate() -> None:
    with scratch_database(unique_name()) as url:
        admin = prepare(settings_for(url), demo=True)
        by_hand = settings_for(None, OWNER_DATABASE_URL=admin.owner_url, APP_DATABASE_URL=admin.app_url)
        assert prepare(by_hand) == Prepared(admin.app_url, admin.owner_url, created_empty=False, is_demo=True)


def test_an_owner_who_may_not_become_the_records_role_is_told_what_to_do() -> None:
    with scratch_database(unique_name()) as url:
        engine = engine_of(url.set(database="postgres"))
        with engine.connect() as connection:
            make_roles(connection, url)
        engine.dispose()
        owner, app = (role_address(url, role).render_as_string(hide_password=False) for role in (OWNER, APP))
        with pytest.raises(StartupRefused, match=f"GRANT {RECORDS} TO {OWNER}"):
            prepare(settings_for(None, OWNER_DATABASE_URL=owner, APP_DATABASE_URL=app))


def test_a_database_newer_than_the_code_is_refused() -> None:
    with scratch_database(unique_name()) as url:
        prepare(settings_for(url))
        engine = engine_of(url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        engine.dispose()
        with pytest.raises(StartupRefused, match="9999, which this version does not know"):
            prepare(settings_for(url))


def test_without_any_address_the_line_names_the_settings() -> None:
    with pytest.raises(StartupRefused, match="Set DATABASE_URL, or both OWNER_DATABASE_URL and APP_DATABASE_URL"):
        prepare(settings_for(None))


def test_a_server_that_does_not_answer_is_one_line() -> None:
    with pytest.raises(StartupRefused) as found:
        prepare(settings_for(make_url("postgresql+psycopg://somebody@127.0.0.1:1/jiedui")))
    line = str(found.value)
    assert line.startswith("Cannot connect to database postgres at 127.0.0.1:1 as somebody")
    assert "\n" not in line


def test_a_role_that_may_make_nothing_is_no_administrator() -> None:
    role = unique_name()
    run_on_server(f"CREATE ROLE {role} NOCREATEROLE NOCREATEDB")
    plain = admin_address().set(query={**admin_address().query, "options": f"-c role={role}"})
    try:
        with pytest.raises(StartupRefused, match="must be an administrator's address: "):
            prepare(settings_for(plain.set(database=unique_name())))
    finally:
        run_on_server(f"DROP ROLE {role}")


def test_passwords_of_roles_follow_from_the_administrators_and_differ_by_role() -> None:
    first = derived_password("secret", APP)
    assert first == derived_password("secret", APP)
    assert len({first, derived_password("secret", OWNER), derived_password("other", APP)}) == 3
    admin = make_url("postgresql+psycopg://root:secret@db.example:5433/jiedui")
    assert role_address(admin, APP).password == first
    assert role_address(admin, APP).host == "db.example"
    assert role_address(make_url("postgresql+psycopg://root@db.example/jiedui"), APP).password is None

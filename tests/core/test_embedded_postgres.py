"""The server of our own: it starts again after every way of dying, and has one owner."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.embedded_postgres import EmbeddedPostgres, running_url
from core.embedded_postgres.privileges import NAMESPACE, Identity, choose_identity
from core.embedded_postgres.server import programs
from core.errors import StartupRefused

OWNER = """
import sys, time
from pathlib import Path
from core.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), test=True)
server.start()
print(server.pid, flush=True)
time.sleep(600)
"""
SOURCES = Path(__file__).resolve().parents[2] / "platform"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "postgres"


@pytest.fixture
def server(data: Path) -> Iterator[EmbeddedPostgres]:
    made = EmbeddedPostgres(data, test=True)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def other_owner(data: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Another process that owns a running server, and the server's process id."""
    environ = os.environ | {"PYTHONPATH": str(SOURCES)}
    command = [sys.executable, "-c", OWNER, str(data)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        yield owner, int(owner.stdout.readline())
        owner.kill()


def ask(server: EmbeddedPostgres, question: str) -> object:
    url = server.admin_url.replace("+psycopg", "").replace("/jiedui?", "/postgres?")
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[call-overload]  # a text made here
    return row[0] if row else None


def has_ended(pid: int, *, within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text(encoding="utf-8"):
            return True
        time.sleep(0.05)
    return False


def test_a_new_folder_becomes_a_utf8_database_that_sorts_by_code(server: EmbeddedPostgres) -> None:
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert ask(server, "SELECT datlocprovider::text FROM pg_database WHERE datname = 'postgres'") == "b"


def test_the_server_listens_on_no_port_and_its_socket_is_private(server: EmbeddedPostgres, data: Path) -> None:
    assert ask(server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE((data / ".s.PGSQL.5432").stat().st_mode) == 0o700
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_its_log_holds_no_statement_and_no_value(server: EmbeddedPostgres, data: Path) -> None:
    with pytest.raises(psycopg.Error):
        ask(server, "SELECT 'Mo Guilan'::integer FROM nowhere")
    with pytest.raises(psycopg.Error):
        ask(server, "CREATE TEMP TABLE t (a text UNIQUE); INSERT INTO t VALUES ('Mo Guilan'), ('Mo Guilan')")
    log = data.with_name("postgres.log").read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "Mo Guilan" not in log


def test_outside_tests_what_is_committed_reaches_the_disk(data: Path) -> None:
    server = EmbeddedPostgres(data)
    server.start()
    try:
        assert [ask(server, f"SHOW {name}") for name in ("fsync", "full_page_writes", "autovacuum")] == ["on"] * 3
    finally:
        server.stop()


def test_a_second_start_finds_what_the_first_one_left(data: Path) -> None:
    server = EmbeddedPostgres(data, test=True)
    for expected in (None, "kept"):
        server.start()
        assert (ask(server, "SELECT to_regclass('kept')::text")) == expected
        if expected is None:
            with psycopg.connect(host=str(data), user="postgres", dbname="postgres") as connection:
                connection.execute("CREATE TABLE kept ()")
        server.stop()


def test_a_second_owner_is_told_that_another_run_has_it(server: EmbeddedPostgres, data: Path) -> None:
    with pytest.raises(StartupRefused, match="in use by another run"):
        EmbeddedPostgres(data, test=True).start()
    assert server.is_running()


def test_others_find_the_address_only_while_somebody_owns_the_server(data: Path) -> None:
    server = EmbeddedPostgres(data, test=True)
    assert running_url(data) is None
    server.start()
    assert running_url(data) == server.admin_url
    server.stop()
    assert running_url(data) is None


def test_the_server_ends_by_itself_when_its_owner_is_killed(
    data: Path, other_owner: tuple["subprocess.Popen[str]", int]
) -> None:
    owner, pid = other_owner
    owner.kill()
    assert has_ended(pid, within=5)
    server = EmbeddedPostgres(data, test=True)
    server.start()
    server.stop()


def test_a_start_right_after_the_owner_was_killed_waits_for_the_old_server(
    data: Path, other_owner: tuple["subprocess.Popen[str]", int]
) -> None:
    owner, _ = other_owner
    owner.kill()
    owner.wait()
    server = EmbeddedPostgres(data, test=True)
    server.start()
    assert ask(server, "SELECT 1") == 1
    server.stop()


def test_after_the_kill_of_a_busy_server_the_next_start_waits_for_its_backend(data: Path) -> None:
    server = EmbeddedPostgres(data, test=True)
    server.start()
    busy = psycopg.connect(host=str(data), user="postgres", dbname="postgres")
    backend = busy.info.backend_pid
    os.kill(backend, signal.SIGSTOP)
    os.kill(server.pid or 0, signal.SIGKILL)
    assert has_ended(server.pid or 0, within=5)
    server.stop()
    resume = subprocess.Popen(["sh", "-c", f"sleep 1.5; kill -CONT {backend}; kill -QUIT {backend}"])
    began = time.monotonic()
    server.start()
    assert time.monotonic() - began > 1
    assert ask(server, "SELECT 1") == 1
    resume.wait()
    busy.close()
    server.stop()


def test_a_start_that_was_interrupted_while_making_the_data_is_made_good(data: Path) -> None:
    half = data.with_name("postgres.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n", encoding="utf-8")
    server = EmbeddedPostgres(data, test=True)
    server.start()
    assert not half.exists()
    server.stop()


def test_data_of_another_version_are_refused_in_one_line(data: Path) -> None:
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n", encoding="utf-8")
    with pytest.raises(StartupRefused, match="was made by PostgreSQL 15") as refusal:
        EmbeddedPostgres(data, test=True).start()
    assert "\n" not in str(refusal.value)
    assert running_url(data) is None


def test_a_long_path_gets_a_short_socket_folder_that_others_find(tmp_path: Path) -> None:
    data = tmp_path / ("very-long-name-" * 8) / "postgres"
    server = EmbeddedPostgres(data, test=True)
    server.start()
    assert running_url(data) == server.admin_url
    assert str(data) not in server.admin_url
    assert ask(server, "SELECT 1") == 1
    server.stop()


def test_a_broken_server_says_why_in_one_line(data: Path) -> None:
    server = EmbeddedPostgres(data, test=True)
    server.start()
    server.stop()
    (data / "postgresql.auto.conf").write_text("no_such_setting = 1\n", encoding="utf-8")
    with pytest.raises(StartupRefused, match="did not start: .*configuration file") as refusal:
        server.start()
    assert "\n" not in str(refusal.value)


def test_an_ordinary_user_runs_the_server_as_himself() -> None:
    assert choose_identity(programs() / "postgres", is_root=False) == Identity()


def test_root_takes_a_namespace_of_his_own_where_that_works() -> None:
    assert choose_identity(Path("/x/postgres"), is_root=True, works=lambda _: True) == Identity(prefix=NAMESPACE)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another user's identity")
def test_root_without_namespaces_takes_a_user_who_may_run_the_program() -> None:
    found = choose_identity(Path("/bin/true"), is_root=True, works=lambda _: False)
    assert found.user in {pwd.getpwnam("nobody"), *(entry for entry in pwd.getpwall() if entry.pw_name == "postgres")}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another user's identity")
def test_root_whom_nobody_can_help_is_told_what_to_do(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(StartupRefused, match="run as an ordinary user"):
        choose_identity(closed / "postgres", is_root=True, works=lambda _: False)

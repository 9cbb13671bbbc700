"""`make run`: ordered start, clear refusals, and nothing left however it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from core.errors import StartupRefused
from core.provision import Prepared
from core.settings import Settings
from web.supervisor.parts import CRASHES, ROOT, Part
from web.supervisor.steps import LOADING, database_server, environ_of, greeting, load_demo, port_of

PREPARED = Prepared("postgresql://app@/x", "postgresql://owner@/x", created_empty=False, is_demo=True)
Starter = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings.load(), var=tmp_path, admin_url=None, owner_url=None, app_url=None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def members(session: int) -> set[int]:
    """Return the living processes of a session."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.add(int(path.parent.name))
    return found


def holders(var: Path) -> set[int]:
    """Return the living processes that were started for this folder."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            alive = "State:\tZ" not in (path / "status").read_text("utf-8")
            known = (path / "environ").read_bytes() + (path / "cmdline").read_bytes()
        except OSError:
            continue
        if alive and os.fsencode(var) in known:
            found.add(int(path.name))
    return found


def wait_for(condition: Callable[[], bool], *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def test_a_free_port_is_taken_as_it_is() -> None:
    port = free_port()
    assert port_of({"PORT": str(port)}) == port


def test_a_taken_port_is_refused_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartupRefused, match=f"Port {port} is taken.*make run PORT="):
            port_of({"PORT": str(port)})


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(StartupRefused, match="between 1 and 65535"):
        port_of({"PORT": port})


def test_one_of_two_addresses_is_not_enough(settings: Settings) -> None:
    with (
        pytest.raises(StartupRefused, match="Set both"),
        database_server(replace(settings, app_url="postgresql://a@/x")),
    ):
        pass


def test_a_given_server_is_used_and_none_is_started(settings: Settings) -> None:
    with database_server(replace(settings, admin_url="postgresql://a@/x")) as found:
        assert found.admin_url == "postgresql://a@/x"
    assert list(settings.var.iterdir()) == []


def test_the_parts_learn_no_administrators_address(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://admin:secret@/x")
    monkeypatch.setenv("OWNER_DATABASE_URL", "postgresql://owner:secret@/x")
    environ = environ_of(settings, PREPARED)
    assert environ["APP_DATABASE_URL"] == PREPARED.app_url
    assert "secret" not in json.dumps({name: value for name, value in environ.items() if "DATABASE" in name})
    assert not {"DATABASE_URL", "OWNER_DATABASE_URL"} & set(environ)


def test_a_demo_that_was_interrupted_is_not_served(settings: Settings) -> None:
    (settings.var / LOADING).touch()
    with pytest.raises(StartupRefused, match="make demo-reset"):
        load_demo(settings, PREPARED, {})


def test_a_database_in_use_gets_no_demo(settings: Settings) -> None:
    load_demo(settings, PREPARED, {})
    assert list(settings.var.iterdir()) == []


def test_the_greeting_names_the_address_and_the_demos_accounts(settings: Settings) -> None:
    row = {"username": "ngo", "password": "clear-river-7", "role": "donor_admin", "scope": None}
    (settings.var / "demo-accounts.json").write_text(json.dumps([row]), encoding="utf-8")
    said = greeting(settings, is_demo=True)
    assert settings.base_url in said
    assert "clear-river-7" in said
    assert "clear-river-7" not in greeting(settings, is_demo=False)


def test_a_stopped_part_leaves_none_of_its_children() -> None:
    part = Part("test", ["sh", "-c", "sleep 600 & trap '' TERM; sleep 600; sleep 600"], os.environ)
    part.start()
    session = part.pid or 0
    assert wait_for(lambda: len(members(session)) >= 3, seconds=10)
    part.stop(patience=0.2)
    assert wait_for(lambda: members(session) == set(), seconds=5)


def test_a_part_that_ended_is_started_again() -> None:
    part = Part("test", ["sleep", "600"], os.environ)
    part.start()
    first = part.pid or 0
    assert not part.revive()
    os.kill(first, signal.SIGKILL)
    part.wait()
    assert part.revive()
    assert part.is_running()
    part.stop()


def test_a_part_that_ends_again_and_again_is_given_up() -> None:
    part = Part("worker", ["false"], os.environ)
    part.start()
    with pytest.raises(StartupRefused, match=f"The worker ended {CRASHES} times"):
        for _ in range(CRASHES):
            part.wait()
            part.revive()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    """Start the supervisor on an empty folder, away from the tests' own database."""
    started: list[subprocess.Popen[str]] = []

    def run(port: int, **more: str) -> "subprocess.Popen[str]":
        kept = {name: value for name, value in os.environ.items() if "DATABASE" not in name and name != "TESTING"}
        own = {"JIEDUI_VAR": str(tmp_path), "PORT": str(port), "DEMO": "0", "WEB_WORKERS": "1"}
        environ = kept | own | {"PYTHONPATH": str(ROOT / "platform")} | more
        command = [sys.executable, "-m", "web.supervisor"]
        process = subprocess.Popen(
            command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    assert wait_for(lambda: holders(tmp_path) == set(), seconds=20)


def until_ready(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "is ready" in line:
            return said
    raise AssertionError(said)


def test_it_serves_until_interrupted_and_nothing_is_left(start: Starter, tmp_path: Path) -> None:
    port = free_port()
    process = start(port)
    until_ready(process)
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
        assert answer.read() == b"ok\n"
    second = start(port)
    assert "is taken" in str(second.communicate(timeout=60)[0])
    assert second.returncode == 1
    third = start(free_port())
    assert "in use by another run" in str(third.communicate(timeout=60)[0])
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert wait_for(lambda: holders(tmp_path) == set(), seconds=5)


def test_killed_outright_it_takes_everything_along_and_starts_again(start: Starter, tmp_path: Path) -> None:
    process = start(free_port())
    until_ready(process)
    process.kill()
    process.communicate()
    assert wait_for(lambda: holders(tmp_path) == set(), seconds=30)
    again = start(free_port())
    until_ready(again)
    again.terminate()
    again.communicate(timeout=60)
    assert again.returncode == 0


def test_a_server_that_cannot_be_reached_is_one_line(start: Starter) -> None:
    process = start(free_port(), DATABASE_URL="postgresql://nobody@127.0.0.1:1/x")
    said = str(process.communicate(timeout=60)[0])
    assert process.returncode == 1
    assert said.startswith("Cannot connect to database")
    assert len(said.strip().splitlines()) == 1

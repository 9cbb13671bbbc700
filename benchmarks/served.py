"""A WSGI application under granian, asked over a real connection; its CPU time and that of its database backends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks import ROOT, SOURCE
from benchmarks.alternating import Measure
from benchmarks.cpu import Meter, backends, process_tree
from benchmarks.server import Bench
from core.embedded_postgres.privileges import dying_with_parent

PATIENCE = 30.0
MILLISECONDS = "ms CPU"


class NotServed(RuntimeError):
    """The application did not start, or did not answer as expected; the text says how."""


class Served:
    """A running application."""

    def __init__(self, name: str, port: int, process: "subprocess.Popen[bytes]", bench: Bench) -> None:
        self.port = port
        self._name = name
        self._process = process
        self._bench = bench
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> bytes:
        """Return the body of a page, or raise NotServed for anything but 200."""
        self._connection.request("GET", path, headers={"Accept-Language": "zh-CN"})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise NotServed(f"{self._name} answered {answer.status} to {path}")
        return body

    def cpu(self, path: str, *, requests: int) -> Measure:
        """Return a measure: CPU milliseconds of server and backends for one request."""

        def measure() -> float:
            self.get(path)
            meter = Meter(self._pids)
            for _ in range(requests):
                self.get(path)
            return meter.lap() / requests / 1e6

        return measure

    def _pids(self) -> Iterator[int]:
        yield from process_tree(self._process.pid)
        yield from backends(self._bench.observer, self._name)

    def wait(self) -> None:
        """Wait until the port is open, or raise NotServed."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise NotServed(f"{self._name} did not start: {last_line(self._name)}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    bench: Bench,
    name: str,
    target: str,
    *,
    factory: bool = False,
    threads: int = 1,
    more: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Serve `module:app` with one worker; `name` marks its database connections."""
    port = free_port()
    command = [*dying_with_parent(signal.SIGTERM), sys.executable, "-m", "granian"]
    command += ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", str(threads), "--no-ws", *(["--factory"] if factory else [])]
    environment = {
        **os.environ,
        "APP_DATABASE_URL": str(bench.settings.app_url),
        "DEMO": "0",
        "PGAPPNAME": name,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(SOURCE)]),
        **(more or {}),
    }
    with log_path(name).open("wb") as log:
        process = subprocess.Popen(
            [*command, target], env=environment, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
        )
    served = Served(name, port, process, bench)
    try:
        served.wait()
        yield served
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        for pid in reversed(process_tree(process.pid)):
            os.kill(pid, 9)
        process.wait(5)


def log_path(name: str) -> Path:
    return ROOT / "build" / f"{name}.log"


def last_line(name: str) -> str:
    """Return the last line that an application wrote."""
    with open(log_path(name), encoding="utf-8", errors="replace") as file:
        lines = [line.strip() for line in file if line.strip() and not line.startswith("[INFO]")]
    return lines[-1] if lines else "it wrote nothing"


NOT_SERVED = (NotServed, HTTPException, OSError)

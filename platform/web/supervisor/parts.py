"""One part of the running system: a process in a session of its own that ends with us and is started again."""

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from core.embedded_postgres.privileges import dying_with_parent
from core.errors import StartupRefused

ROOT = Path(__file__).resolve().parents[3]
CRASHES, WITHIN = 5, 60.0


class Part:
    """A process and everything it started."""

    def __init__(self, name: str, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self.name = name
        self._command = [*dying_with_parent(signal.SIGTERM), *command]
        self._environ = dict(environ)
        self._process: subprocess.Popen[bytes] | None = None
        self._crashes: deque[float] = deque(maxlen=CRASHES)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it, away from the terminal's Ctrl-C."""
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            self._command, cwd=ROOT, env=self._environ, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait(self) -> int:
        """Wait for its end and return its exit status."""
        return self._process.wait() if self._process else 0

    def revive(self) -> bool:
        """Start it again if it ended; raise StartupRefused if it ends again and again."""
        if self.is_running():
            return False
        self._kill_rest()
        now = time.monotonic()
        self._crashes.append(now)
        if len(self._crashes) == CRASHES and now - self._crashes[0] < WITHIN:
            raise StartupRefused(f"The {self.name} ended {CRASHES} times in a minute: see the lines above.")
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self._process is not None and self.is_running():
            self._process.terminate()

    def stop(self, patience: float = 15.0) -> None:
        """Let it finish what it is doing, then make sure that nothing of it is left."""
        self.ask_to_stop()
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        self._kill_rest()

    def _kill_rest(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

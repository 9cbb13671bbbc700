"""As whom the server runs: PostgreSQL refuses to run as root, so root gives it another identity."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.errors import StartupRefused

NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")
CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Identity:
    """What goes before a server's command, and which user runs it where that is another one."""

    prefix: tuple[str, ...] = ()
    user: pwd.struct_passwd | None = None

    def options(self) -> dict[str, Any]:
        """Return what `subprocess` needs."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Give a folder to the user who runs the server."""
        if self.user is not None:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)


def dying_with_parent(number: signal.Signals) -> tuple[str, ...]:
    """Return a command's prefix that sends it `number` when this process ends in any way, also by kill -9.

    Empty where the system has no such thing: then the next start finds and ends what was left.
    """
    name = number.name.removeprefix("SIG")
    return ("setpriv", "--pdeathsig", name, "--") if _works(("setpriv", "--pdeathsig", name, "--", "true")) else ()


@cache
def _works(command: tuple[str, ...]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0  # noqa: S603 - constants


def choose_identity(
    postgres: Path,
    *,
    is_root: bool | None = None,
    works: Callable[[tuple[str, ...]], bool] = _works,
) -> Identity:
    """Return how to run `postgres` here: as we are, in a namespace of root's own, or as an existing user."""
    if not (os.geteuid() == 0 if is_root is None else is_root):
        return Identity()
    if works((*NAMESPACE, str(postgres), "--version")):
        return Identity(prefix=NAMESPACE)
    for name in CANDIDATES:
        found = _user(name)
        if found is not None and _may_run(postgres, Identity(user=found)):
            return Identity(user=found)
    raise StartupRefused(
        "PostgreSQL does not run as root, and no other user may enter this folder:"
        " run as an ordinary user, move the project to an open folder, or set DATABASE_URL."
    )


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _may_run(postgres: Path, identity: Identity) -> bool:
    command: list[str | Path] = [postgres, "--version"]
    try:
        done = subprocess.run(command, cwd="/", capture_output=True, check=False, **identity.options())  # noqa: S603 - ours
    except PermissionError:
        return False
    return done.returncode == 0

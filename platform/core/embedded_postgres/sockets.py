"""Where the server listens, and whether somebody owns it now."""

import fcntl
import os
from pathlib import Path
from tempfile import mkdtemp
from typing import IO
from urllib.parse import quote

LONGEST_SOCKET = 107
SOCKET_NAME = ".s.PGSQL.5432"


def lock_path(data: Path) -> Path:
    return data.with_name(f"{data.name}.lock")


def _note_path(data: Path) -> Path:
    return data.with_name(f"{data.name}.socket")


def socket_folder(data: Path) -> Path:
    """Return the folder of the server's socket: the data folder, or the one that was noted because that is too long."""
    note = _note_path(data)
    return Path(note.read_text(encoding="utf-8").strip()) if note.is_file() else data


def choose_socket_folder(data: Path) -> Path:
    """Return a folder whose socket address fits into the system's limit; a short one is made and noted if needed."""
    if len(os.fsencode(data / SOCKET_NAME)) <= LONGEST_SOCKET:
        _note_path(data).unlink(missing_ok=True)
        return data
    noted = socket_folder(data)
    if noted == data or not noted.is_dir() or noted.stat().st_uid != os.geteuid():
        noted = Path(mkdtemp(prefix="jd-"))
        _note_path(data).write_text(f"{noted}\n", encoding="utf-8")
    return noted


def address(folder: Path) -> str:
    """Return the administrator's address of the server behind a socket folder."""
    return f"postgresql+psycopg://postgres@/jiedui?host={quote(str(folder))}"


def running_url(data_dir: Path) -> str | None:
    """Return the administrator's address if another process owns a server on this data now, else None."""
    data = data_dir.resolve()
    try:
        file = lock_path(data).open("rb")
    except FileNotFoundError:
        return None
    with file:
        return None if _lock(file, fcntl.LOCK_SH) else address(socket_folder(data))


def take_lock(data: Path) -> IO[bytes] | None:
    """Return the held lock of this data, or None while somebody else has it."""
    file = lock_path(data).open("ab")
    if _lock(file, fcntl.LOCK_EX):
        return file
    file.close()
    return None


def _lock(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

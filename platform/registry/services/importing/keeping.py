"""The uploaded file at rest: encrypted, under our own name, and never in the clear on a disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from core.crypto import keyring
from core.settings import current

PURPOSE = "import"


def keep(batch_id: UUID, content: bytes) -> None:
    """Write the file encrypted."""
    path = _path(batch_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(keyring().encrypt(PURPOSE, content, batch_id.bytes))


@contextmanager
def opened_file(batch_id: UUID) -> Iterator[Path]:
    """Give the file's plain content as a path that lives in memory only and ends with the block."""
    with memory_file(keyring().decrypt(PURPOSE, _path(batch_id).read_bytes(), batch_id.bytes)) as path:
        yield path


@contextmanager
def memory_file(content: bytes) -> Iterator[Path]:
    """Give content as a path that a child of this process can open, without writing it to a disk."""
    handle = os.memfd_create("sheet", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(handle), "wb") as file:
            file.write(content)
        yield Path(f"/proc/{os.getpid()}/fd/{handle}")
    finally:
        os.close(handle)


def is_kept(batch_id: UUID) -> bool:
    return _path(batch_id).exists()


def forget(batch_id: UUID) -> None:
    """Remove the file; a second time changes nothing."""
    _path(batch_id).unlink(missing_ok=True)


def _path(batch_id: UUID) -> Path:
    return current().var / "imports" / f"{batch_id.hex}.bin"

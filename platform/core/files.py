"""Evidence files: pictures are drawn anew without their metadata, papers are kept as they are, names are ours."""

import hashlib
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import Date
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import open_sealed, seal
from core.db import Base, db
from core.errors import NotFound, NotValid
from core.i18n import _l
from core.jobs import enqueue, job
from core.policy import Actor
from core.privacy import restricted
from core.settings import current
from core.types import CreatedAt, PublicId

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
PREVIEW_WIDTH = 320
PAGE_WIDTH, PAGE_DOTS = 1600, 190  # an A4 page by its width
_FORMATS = {"JPEG", "PNG", "WEBP"}


class StoredFile(Base):
    """One kept file: where it lies follows from its id; the hash tells whether it was replaced."""

    __tablename__ = "stored_file"

    id: Mapped[PublicId]
    kind: Mapped[str] = mapped_column(info=restricted())
    sha256: Mapped[str] = mapped_column(info=restricted())
    size: Mapped[int] = mapped_column(info=restricted())
    taken_on: Mapped[date | None] = mapped_column(Date, info=restricted())
    caption: Mapped[str] = mapped_column(default="", info=restricted())
    uploaded_by: Mapped[UUID | None] = mapped_column(info=restricted())
    created_at: Mapped[CreatedAt]

    @property
    def mime(self) -> str:
        return "application/pdf" if self.kind == "pdf" else "image/jpeg"


def store_file(content: bytes, *, actor: Actor, caption: str = "", taken_on: date | None = None) -> StoredFile:
    """Keep a picture (re-encoded, without metadata) or a PDF; raise NotValid for anything else."""
    stored, clean = _accepted(content, actor)
    stored.caption, stored.taken_on = caption[:80], taken_on
    _write(stored.id, clean)
    if stored.kind == "jpeg":
        _path(stored.id).with_suffix(".small").write_bytes(_redraw(clean, PREVIEW_WIDTH))
    return stored


def store_sealed(content: bytes, *, actor: Actor, subject: str, width: int = 2400) -> StoredFile:
    """Keep a picture or a PDF encrypted with the subject's key; it has no preview. Raises NotValid, SubjectErased."""
    stored, clean = _accepted(content, actor, width)
    _write(stored.id, seal(subject, _context(stored.id), clean))
    return stored


def joined_pages(pages: Sequence[bytes]) -> bytes:
    """Return photographs of pages as one PDF, each drawn anew without its metadata; raise NotValid for another kind."""
    if any(page.startswith(b"%PDF-") for page in pages):
        raise NotValid({"evidence": [_l("Send either photographs of all pages, or one PDF with all of them.")]})
    drawn = [Image.open(BytesIO(_redraw(page, PAGE_WIDTH))) for page in pages]
    out = BytesIO()
    drawn[0].save(out, "PDF", save_all=True, append_images=drawn[1:], resolution=PAGE_DOTS)
    return out.getvalue()


def store_own_pdf(content: bytes, *, actor: Actor, subject: str) -> StoredFile:
    """Keep a PDF that the platform made itself, of any size, encrypted with the subject's key."""
    stored = _row("pdf", content, actor)
    _write(stored.id, seal(subject, _context(stored.id), content))
    return stored


def _accepted(content: bytes, actor: Actor, width: int = 1600) -> tuple[StoredFile, bytes]:
    if len(content) > MAX_BYTES:
        raise NotValid({"evidence": [_l("The file is larger than 8 MB.")]})
    kind, clean = ("pdf", content) if content.startswith(b"%PDF-") else ("jpeg", _redraw(content, width))
    return _row(kind, clean, actor), clean


def _row(kind: str, clean: bytes, actor: Actor) -> StoredFile:
    digest = hashlib.sha256(clean).hexdigest()
    stored = StoredFile(id=uuid4(), kind=kind, sha256=digest, size=len(clean), uploaded_by=actor.account_id)
    db.session.add(stored)
    return stored


def _write(file_id: UUID, content: bytes) -> None:
    path = _path(file_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)


def _context(file_id: UUID) -> str:
    return f"file/{file_id}"


def _redraw(content: bytes, width: int) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=sorted(_FORMATS)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise NotValid({"evidence": [_l("The picture has too many pixels.")]})
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise NotValid({"evidence": [_l("Only JPEG, PNG, WebP pictures or PDF files can be kept.")]}) from error
    upright.thumbnail((width, width * 2))
    out = BytesIO()
    upright.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def read_file(file_id: UUID, *, small: bool = False) -> tuple[StoredFile, bytes]:
    """Return the row and the bytes. Whoever calls has checked that the reader may see the file."""
    stored = db.session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound
    path = _path(stored.id)
    path = path.with_suffix(".small") if small and stored.kind == "jpeg" else path
    if not path.exists():
        raise NotFound
    return stored, path.read_bytes()


def read_sealed(file_id: UUID, *, subject: str) -> tuple[StoredFile, bytes]:
    """Return the row and the bytes of a sealed file; raises NotFound, SubjectErased."""
    stored, content = read_file(file_id)
    return stored, open_sealed(subject, _context(file_id), content)


def forget_file(file_id: UUID) -> None:
    """Let the file's bytes be removed after this transaction; its row stays, without words."""
    stored = db.session.get(StoredFile, file_id)
    if stored is not None:
        stored.caption = ""
        enqueue(remove_file, file_id=str(file_id))


@job("core.remove_file")
def remove_file(*, file_id: str) -> None:
    """Remove the bytes of a file and of its preview; a second time changes nothing."""
    path = _path(UUID(file_id))
    path.unlink(missing_ok=True)
    path.with_suffix(".small").unlink(missing_ok=True)


def _path(file_id: UUID) -> Path:
    return current().var / "files" / file_id.hex[:2] / f"{file_id.hex}.bin"

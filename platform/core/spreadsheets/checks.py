"""What a file is, looked at before anything parses it (security.md 50 to 53)."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from core.spreadsheets.refusals import FileFault, SheetRefused

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 200
MAX_RATIO = 100
SMALL = 1024 * 1024
HEAD = 4096
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
SAFE_NAME = re.compile(r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))[^\\:\x00-\x1f]{1,200}")
PASSWORD_STREAM = "EncryptedPackage".encode("utf-16-le")
FORBIDDEN = (
    (re.compile(r"vbaproject|macrosheets/|\.xlm", re.I), FileFault.MACRO),
    (re.compile(r"/embeddings/|/activex/|oleobject|\.(exe|dll|js|vbs|bat|ps1)$", re.I), FileFault.EMBEDDED),
    (re.compile(r"/externallinks?/", re.I), FileFault.EXTERNAL_LINKS),
)


class SheetFormat(StrEnum):
    XLSX = "xlsx"
    TEXT = "text"


def checked_format(path: Path) -> SheetFormat:
    """Return what the file is, or raise SheetRefused; nothing in it has been unpacked yet but its first bytes."""
    size = path.stat().st_size
    if size == 0:
        raise SheetRefused(FileFault.EMPTY)
    if size > MAX_BYTES:
        raise SheetRefused(FileFault.TOO_LARGE)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(ZIP):
        _check_package(path, size)
        return SheetFormat.XLSX
    _check_text(path, head)
    return SheetFormat.TEXT


def _check_text(path: Path, head: bytes) -> None:
    if head.startswith(OLE):
        locked = PASSWORD_STREAM in path.read_bytes()
        raise SheetRefused(FileFault.PASSWORD if locked else FileFault.OLD_EXCEL)
    if head.startswith(OTHER_MAGIC) or head.lstrip()[:5].lower() in (b"<?xml", b"<html", b"<!doc", b"{\\rtf"):
        raise SheetRefused(FileFault.NOT_A_SHEET)
    if b"\0" in head and not head.startswith(BYTE_ORDER_MARKS):
        raise SheetRefused(FileFault.NOT_A_SHEET)


def _check_package(path: Path, size: int) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            _check_entries(entries, size)
            _check_parts(package, {entry.filename for entry in entries})
            _check_definitions(package, entries)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as failure:
        raise SheetRefused(FileFault.BROKEN) from failure


def _check_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > size * MAX_RATIO:
        raise SheetRefused(FileFault.BOMB)
    if any(entry.file_size > SMALL and entry.file_size > entry.compress_size * MAX_RATIO for entry in entries):
        raise SheetRefused(FileFault.BOMB)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names) or not all(SAFE_NAME.fullmatch(entry.filename) for entry in entries):
        raise SheetRefused(FileFault.NAMES)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetRefused(FileFault.PASSWORD)


def _check_parts(package: zipfile.ZipFile, names: set[str]) -> None:
    for pattern, fault in FORBIDDEN:
        if any(pattern.search(name) for name in names):
            raise SheetRefused(fault)
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise SheetRefused(FileFault.OTHER_FORMAT)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise SheetRefused(FileFault.NOT_A_SHEET)
    with package.open("[Content_Types].xml") as part:
        if b"macroenabled" in part.read(SMALL).lower():
            raise SheetRefused(FileFault.MACRO)


def _check_definitions(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """No part of a spreadsheet has a document type; whoever writes one wants entities expanded."""
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with package.open(entry) as part:
            head = part.read(HEAD).replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise SheetRefused(FileFault.DOCTYPE)

"""Several PDFs of our own compiler as one file: setting a village at once would take gigabytes of memory.

It reads what Typst writes (classic cross-reference table, no object streams) and refuses anything else.
"""

import re
from collections.abc import Iterator, Sequence

HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
_TAIL = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
_OBJECT = re.compile(rb"\s*(\d+) 0 obj\s(.*?)\s*endobj\s*$", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_PAGES = re.compile(rb"<</Type/Pages/Count (\d+)/")
_STREAM = b"\nstream\n"


class NotOurs(ValueError):
    """The bytes are no PDF as our compiler writes it."""


def joined_pdfs(parts: Sequence[bytes]) -> bytes:
    """Return one PDF with the pages of all parts, in order; raise NotOurs for a file that cannot be read."""
    objects: list[bytes] = [b"", b""]
    kids, count = [], 0
    for part in parts:
        shift = len(objects)
        for body in _bodies(part):
            found = _PAGES.match(body)
            moved = _moved(body, shift)
            if found:
                kids.append(b"%d 0 R" % (len(objects) + 1))
                count += int(found.group(1))
                moved = moved.replace(b"<</Type/Pages/", b"<</Type/Pages/Parent 1 0 R/", 1)
            objects.append(moved)
    objects[0] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join(kids))
    objects[1] = b"<</Type/Catalog/Pages 1 0 R>>"
    return _written(objects)


def _bodies(part: bytes) -> Iterator[bytes]:
    """Yield the objects of a file by their numbers, which run from 1 without a gap."""
    tail = _TAIL.search(part[-2048:])
    if tail is None:
        raise NotOurs
    table = int(tail.group(2))
    starts = [int(entry) for entry in _ENTRY.findall(part, table)]
    ends = dict(zip(sorted(starts), [*sorted(starts)[1:], table], strict=True))
    for number, start in enumerate(starts, 1):
        found = _OBJECT.fullmatch(part, start, ends[start])
        if found is None or int(found.group(1)) != number:
            raise NotOurs
        yield found.group(2)


def _moved(body: bytes, shift: int) -> bytes:
    """Return the object with its references moved on; the bytes of a stream stay as they are."""
    head, mark, stream = body.partition(_STREAM)
    return _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found.group(1)) + shift), head) + mark + stream


def _written(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(HEAD), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 2 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)

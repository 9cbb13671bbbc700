"""Long arrays for statements that write or look up a thousand rows at once: sent in the binary form, which is cheap."""

import struct
from collections.abc import Iterable, Sequence

from psycopg import adapters
from psycopg.adapt import Dumper
from psycopg.pq import Format

_TEXT, _TEXTS, _BYTES, _BYTE_ARRAYS = 25, 1009, 17, 1001
_HEAD = struct.Struct("!iiIii")
_LENGTH = struct.Struct("!i").pack
_NULL = _LENGTH(-1)


class Texts(list[str | None]):
    """An array of texts."""


class ByteStrings(list[bytes | None]):
    """An array of byte strings."""


class _TextsDumper(Dumper):
    format = Format.BINARY
    oid = _TEXTS

    def dump(self, obj: Sequence[str | None]) -> bytes:
        return _array(_TEXT, (None if value is None else value.encode() for value in obj), len(obj))


class _ByteStringsDumper(Dumper):
    format = Format.BINARY
    oid = _BYTE_ARRAYS

    def dump(self, obj: Sequence[bytes | None]) -> bytes:
        return _array(_BYTES, obj, len(obj))


def _array(element: int, values: Iterable[bytes | None], count: int) -> bytes:
    if not count:
        return struct.pack("!iiI", 0, 0, element)
    parts = [_HEAD.pack(1, 1, element, count, 1)]
    for value in values:
        if value is None:
            parts.append(_NULL)
        else:
            parts += (_LENGTH(len(value)), value)
    return b"".join(parts)


adapters.register_dumper(Texts, _TextsDumper)
adapters.register_dumper(ByteStrings, _ByteStringsDumper)

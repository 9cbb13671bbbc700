"""Keyset paging: a cursor holds the sort values of the last row shown."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from core.errors import NotValid
from core.i18n import _l

Row = TypeVar("Row")
MAX_LIMIT = 100
DEFAULT_LIMIT = 20


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list and the cursor of the next, or None at the end."""

    items: Sequence[Row]
    next: str | None


def encode_cursor(*values: object) -> str:
    """Return an opaque text for the sort values of a row."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    raw = json.dumps(plain, separators=(",", ":"), default=str).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode_cursor(cursor: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """Return the sort values, each read by its kind, or None for the first page; raise NotValid if unreadable."""
    if not cursor:
        return None
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError(cursor)
        return tuple(kind(value) for kind, value in zip(kinds, values, strict=True))
    except (ValueError, TypeError, NotBase64) as error:
        raise NotValid({"cursor": [_l("This cursor is not valid. Start again from the first page.")]}) from error


def make_page(rows: Sequence[Row], limit: int, cursor_of: Callable[[Row], str]) -> Page[Row]:
    """Cut `limit + 1` fetched rows into a page; the extra row only says that there is a next page."""
    items = rows[:limit]
    more = len(rows) > limit
    return Page(items, cursor_of(items[-1]) if more and items else None)

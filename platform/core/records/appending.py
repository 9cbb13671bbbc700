"""The one call of the database's append function."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import rfc8785
from sqlalchemy.orm import Session

from core.arrays import ByteStrings, Texts

_APPEND = """
WITH told AS MATERIALIZED (
    SELECT set_config('app.actor', %(actor)s, true), set_config('app.role', %(role)s, true)
)
SELECT records.append(e.stream, e.kind, e.reason, e.public, e.subject, e.sealed)
FROM told, unnest(%(streams)s::text[], %(kinds)s::text[], %(reasons)s::text[], %(publics)s::text[],
    %(subjects)s::text[], %(sealed)s::bytea[])
    WITH ORDINALITY AS e (stream, kind, reason, public, subject, sealed, place)
ORDER BY e.place
"""

_APPEND_MANY = """
WITH told AS MATERIALIZED (
    SELECT set_config('app.actor', %(actor)s, true), set_config('app.role', %(role)s, true)
)
SELECT records.append_many(%(streams)s::text[], %(kinds)s::text[], %(reasons)s::text[], %(publics)s::text[],
    %(subjects)s::text[], %(sealed)s::bytea[])
FROM told
"""


class NoActor(RuntimeError):
    """A recorded change outside a unit of work: nobody is named who acts."""


@dataclass(frozen=True)
class Entry:
    """One record to be written."""

    stream: str
    kind: str
    reason: str
    role: str
    public: dict[str, Any]
    subject: str | None = None
    sealed: bytes | None = None


def append_all(session: Session, entries: Sequence[Entry]) -> None:
    """Write the records, by stream so that two transactions never wait for each other in a ring."""
    actor, default = _who(session)
    ordered = sorted(entries, key=lambda entry: entry.stream)
    for role, run in groupby(ordered, key=lambda entry: entry.role or default):
        session.connection().exec_driver_sql(_APPEND, _columns(actor, role, list(run), _whole))


def append_batch(session: Session, entries: Sequence[Entry]) -> int:
    """Write one record for each of many streams in a few statements, all in the role that acts; `public` is flat."""
    actor, default = _who(session)
    ordered = sorted(entries, key=lambda entry: entry.stream)
    found = session.connection().exec_driver_sql(_APPEND_MANY, _columns(actor, default, ordered, canonical))
    return int(found.scalar_one())


def _who(session: Session) -> tuple[str, str]:
    """Return who acts and in which role, or raise NoActor."""
    actor = session.info.get("actor")
    if actor is None:
        raise NoActor("change recorded models inside unit_of_work(actor)")
    return str(actor.key), session.info.get("acting_role") or actor.role_name


def canonical(values: dict[str, Any]) -> str:
    """Return flat values (texts, whole numbers, truth values, lists of these) in the form of RFC 8785, fast."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _whole(values: dict[str, Any]) -> str:
    return rfc8785.dumps(values).decode()


def _columns(actor: str, role: str, entries: list[Entry], public: Callable[[dict[str, Any]], str]) -> dict[str, Any]:
    return {
        "actor": actor,
        "role": role,
        "streams": Texts(entry.stream for entry in entries),
        "kinds": Texts(entry.kind for entry in entries),
        "reasons": Texts(entry.reason for entry in entries),
        "publics": Texts(public(entry.public) for entry in entries),
        "subjects": Texts(entry.subject for entry in entries),
        "sealed": ByteStrings(entry.sealed for entry in entries),
    }

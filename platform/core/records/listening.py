"""Listeners on the session: every flush of recorded models writes its records; bulk changes are refused."""

from dataclasses import dataclass, replace
from typing import Any

import rfc8785
from sqlalchemy import event, inspect
from sqlalchemy.orm import InstanceState, ORMExecuteState, Session, SessionTransaction, sessionmaker

from core.crypto.subjects import forget_ciphers, seal_with, subject_ciphers
from core.records.appending import Entry, append_all
from core.records.model import NOTES, Note, Recorded, stream_of
from core.records.payload import place, plain, values_of


class UnrecordedBulkChange(RuntimeError):
    """A bulk statement on a recorded model would leave no update records; change the rows one by one."""


@dataclass(frozen=True)
class _Draft:
    """A record before its personal part is sealed."""

    entry: Entry
    personal: dict[str, Any]


def install(sessions: sessionmaker[Session]) -> None:
    """Let the sessions of this factory keep update records; calling it again changes nothing."""
    for name, listener in (
        ("after_flush", _after_flush),
        ("after_soft_rollback", _after_rollback),
        ("after_commit", forget_ciphers),
        ("do_orm_execute", _refuse_bulk),
    ):
        if not event.contains(sessions, name, listener):
            event.listen(sessions, name, listener)


def _after_flush(session: Session, context: object) -> None:
    drafts: list[_Draft] = []
    for rows, default in ((session.new, "created"), (session.dirty, "changed"), (session.deleted, "deleted")):
        for row in rows:
            if isinstance(row, Recorded):
                drafts += _drafts(row, default)
    if drafts:
        append_all(session, _sealed(session, drafts))


def _drafts(row: Recorded, default: str) -> list[_Draft]:
    """Return the row's records: one for each note, the last with the changed values; none if nothing changed."""
    state: InstanceState[Any] = inspect(row)
    notes: list[Note] = state.info.pop(NOTES, [])
    public, sealed = ({}, {}) if default == "deleted" else values_of(row, created=default == "created")
    if not notes and default == "changed" and not public and not sealed:
        return []
    table = state.mapper.local_table.description
    notes = notes or [Note(f"{table}.{default}")]
    found = [_draft(row, table, note, {}, {}) for note in notes[:-1]]
    return [*found, _draft(row, table, notes[-1], public, sealed)]


def _draft(row: Recorded, table: str, note: Note, public: dict[str, Any], sealed: dict[str, Any]) -> _Draft:
    shown, personal = {"table": table, "id": _identity(row), **public}, {**sealed, **note.sealed}
    for name, value in note.public.items():
        place(name, plain(value), shown, personal)
    entry = Entry(stream_of(row), note.kind, note.reason, note.role, shown, row.record_subject())
    return _Draft(entry, personal)


def _identity(row: Recorded) -> Any:
    values = inspect(row).mapper.primary_key_from_instance(row)
    return plain(values[0] if len(values) == 1 else list(values))


def _sealed(session: Session, drafts: list[_Draft]) -> list[Entry]:
    """Seal each personal part under its subject's key; an erased subject's is left out for good."""
    subjects = {str(draft.entry.subject) for draft in drafts if draft.personal}
    ciphers = subject_ciphers(session, subjects)
    found = []
    for draft in drafts:
        cipher = ciphers.get(str(draft.entry.subject)) if draft.personal else None
        if cipher is None:
            found.append(replace(draft.entry, subject=None))
            continue
        text = rfc8785.dumps(draft.personal)
        ciphertext = seal_with(cipher, str(draft.entry.subject), draft.entry.stream, text)
        found.append(replace(draft.entry, sealed=ciphertext))
    return found


def _after_rollback(session: Session, previous: SessionTransaction) -> None:
    """Forget keys and notes of what was undone."""
    forget_ciphers(session)
    for state in session.identity_map.all_states():
        state.info.pop(NOTES, None)


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete or state.is_insert):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, Recorded):
        raise UnrecordedBulkChange(f"{mapper.class_.__name__} is recorded: change its rows one by one")

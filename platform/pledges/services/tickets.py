"""Tickets: who has shown slip and PIN, or card and PIN, carries that through the next questions for half an hour."""

import hmac
from datetime import timedelta
from uuid import UUID

from core.clock import now
from core.errors import Gone
from core.i18n import _l
from core.tokens import token_hash

VALID_FOR = timedelta(minutes=30)


def ticket_for(purpose: str, row_id: UUID) -> str:
    """Return a ticket for a slip or a household; it stands nowhere in the database."""
    until = int((now() + VALID_FOR).timestamp())
    return f"{row_id}.{until}.{_seal(purpose, row_id, until)}"


def open_ticket(purpose: str, ticket: str) -> UUID:
    """Return whose ticket it is, or raise Gone when it is not ours or too old."""
    try:
        name, time, seal = ticket.split(".")
        row_id, until = UUID(name), int(time)
    except ValueError as error:
        raise Gone(_TOO_OLD, code="ticket") from error
    if not hmac.compare_digest(seal, _seal(purpose, row_id, until)) or until < now().timestamp():
        raise Gone(_TOO_OLD, code="ticket")
    return row_id


_TOO_OLD = _l("Too much time has passed. Please enter code and PIN again.")


def _seal(purpose: str, row_id: UUID, until: int) -> str:
    return token_hash(f"ticket/{purpose}", f"{row_id}/{until}").hex()

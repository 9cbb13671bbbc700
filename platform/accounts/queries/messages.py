"""What an account was told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_

from accounts.models import Message
from core.db import db
from core.paging import Page, decode_cursor, encode_cursor, make_page
from core.policy import Actor

MOST_COUNTED = 99


def messages_of(actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[Message]:
    """Return a page of the actor's own messages, newest first."""
    query = select(Message).where(Message.account_id == actor.account_id)
    after = decode_cursor(cursor, datetime.fromisoformat, UUID)
    if after is not None:
        query = query.where(tuple_(Message.created_at, Message.id) < tuple_(*after))
    rows = list(db.session.scalars(query.order_by(Message.created_at.desc(), Message.id.desc()).limit(limit + 1)))
    return make_page(rows, limit, lambda message: encode_cursor(message.created_at, message.id))


def unread_messages(actor: Actor) -> int:
    """Return how many messages the actor has not read yet, counted up to 99."""
    unread = select(Message.id).where(Message.account_id == actor.account_id, Message.seen_at.is_(None))
    return int(db.session.scalar(select(func.count()).select_from(unread.limit(MOST_COUNTED).subquery())) or 0)

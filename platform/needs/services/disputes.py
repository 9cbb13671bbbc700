"""What is laid over a published need: a dispute, a second visit."""

from datetime import date

from core.clock import today
from core.db import db
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from core.records import note
from needs.models import Need
from needs.policy import NeedPermission
from registry.policy import role_for


def set_disputed(need: Need, *, since: date | None, actor: Actor) -> None:
    """Mark the need as disputed since a day, or settle it with None; nothing happens if it is so already."""
    if (need.disputed_since is None) == (since is None):
        return
    need.disputed_since = since
    note(need, "need.disputed" if since else "need.dispute_closed")


def record_revisit(need: Need, *, actor: Actor, visited_on: date, as_written: bool) -> None:
    """Record the township's own visit to a drawn line."""
    role = role_for(actor, NeedPermission.NEED_REVISIT, need)
    check_drawn(need)
    if visited_on > today():
        raise NotValid({"visited_on": [_l("The day of the visit must be today or earlier.")]})
    need.revisited_on = visited_on
    db.session.info["acting_role"] = role
    note(need, "need.revisited", reason="as_written" if as_written else "differs")


def check_drawn(need: Need) -> None:
    """Refuse a second visit to a line that was not drawn, or that was visited already."""
    if not need.revisit_drawn or need.revisited_on is not None:
        raise Refused(_l("This need was not drawn, or was visited already."), code="not_drawn")

"""Update records in words: one sentence each, the fact in bold, with the cell of the state that was reached."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from accounts.models import Role
from core.i18n import LazyString, _, label
from core.records import RecordRow
from donors.record_kinds import KINDS as DONOR_KINDS
from identification.record_kinds import KINDS as IDENTIFICATION_KINDS
from needs.record_kinds import KINDS as NEED_KINDS
from needs.rules.units import unit_in_words
from pages.queries.history import Behind
from pairing.record_kinds import KINDS as PAIRING_KINDS
from pledges.record_kinds import KINDS as PLEDGE_KINDS
from registry.record_kinds import KINDS as REGISTRY_KINDS
from supervision.record_kinds import KINDS as SUPERVISION_KINDS

KINDS: dict[str, str | LazyString] = {
    **NEED_KINDS,
    **PLEDGE_KINDS,
    **SUPERVISION_KINDS,
    **DONOR_KINDS,
    **PAIRING_KINDS,
    **REGISTRY_KINDS,
    **IDENTIFICATION_KINDS,
}
STATES = {
    "need.published": "needed",
    "need.renewed": "needed",
    "pledge.offered": "pledged",
    "pledge.agreed": "pledged",
    "delivery.recorded": "delivered",
    "delivery.arrived": "delivered",
    "confirmation.received": "confirmed",
    "confirmation.partly": "confirmed",
}


def amount(value: Any, unit: str) -> str:
    """Return a quantity of a record with the need's unit, tied together."""
    number = format(Decimal(str(value)).normalize(), ",f")
    word = unit_in_words(unit, str(value))
    return f"{number}\u00a0{word}" if word else number


def role_word(role: str) -> str:
    """Return the word of a record's role, or the code itself for one that is not known any more."""
    try:
        return label(Role(role))
    except ValueError:
        return role


Fill = Callable[[Mapping[str, Any], str, Behind], str | None]


def _pledged(payload: Mapping[str, Any], unit: str, facts: Behind) -> str | None:
    if "quantity" not in payload:
        return None
    who, words = facts.who(payload), amount(payload["quantity"], unit)
    due = payload.get("due_on", "")
    if who is None or not who.name:
        return _("**%(amount)s pledged**, to arrive by %(due)s", amount=words, due=due)
    return _("%(who)s **pledged %(amount)s**, to arrive by %(due)s", who=who.name, amount=words, due=due)


def _agreed(payload: Mapping[str, Any], unit: str, facts: Behind) -> str | None:
    who = facts.who(payload)
    return _("**The pledge** of %(who)s **was agreed**", who=who.name) if who and who.name else None


def _delivered(payload: Mapping[str, Any], unit: str, facts: Behind) -> str | None:
    quantity = payload.get("quantity") or facts.delivered(payload)
    if quantity is None:
        return None
    who, words = facts.who(payload), amount(quantity, unit)
    if who is None or not who.name:
        return _("**%(amount)s delivered**", amount=words)
    return _("%(who)s **delivered %(amount)s**", who=who.name, amount=words)


def _planned(payload: Mapping[str, Any], unit: str, facts: Behind) -> str | None:
    if "quantity" not in payload:
        return None
    on = payload.get("delivered_on", "")
    return _("**A delivery of %(amount)s was planned** for %(on)s", amount=amount(payload["quantity"], unit), on=on)


def _arrived(payload: Mapping[str, Any], unit: str, facts: Behind) -> str | None:
    quantity = facts.delivered(payload)
    return _("**%(amount)s arrived at the village**", amount=amount(quantity, unit)) if quantity is not None else None


def _answered(payload: Mapping[str, Any], unit: str, facts: Behind) -> str | None:
    if "quantity" not in payload:
        return None
    words = amount(payload["quantity"], unit)
    if facts.is_village:
        return _("**The village confirmed %(amount)s**", amount=words)
    return _("**The household confirmed %(amount)s**", amount=words)


def _published(payload: Mapping[str, Any], unit: str, facts: Behind) -> str | None:
    until = str(payload.get("expires_at", ""))[:10]
    return _("**Approved and published**, valid until %(until)s", until=until) if until else None


FILLED: dict[str, Fill] = {
    "pledge.offered": _pledged,
    "pledge.agreed": _agreed,
    "delivery.recorded": _delivered,
    "delivery.planned": _planned,
    "delivery.arrived": _arrived,
    "confirmation.received": _answered,
    "confirmation.partly": _answered,
    "need.published": _published,
}


def sentence(record: RecordRow, unit: str, facts: Behind) -> str:
    """Return what a record says, in the reader's language."""
    fill = FILLED.get(record.kind)
    words = fill(record.payload, unit, facts) if fill else None
    if words is not None:
        return words
    known = KINDS.get(record.kind)
    return f"**{known}**" if known is not None else record.kind


def entry(record: RecordRow, unit: str, facts: Behind) -> dict[str, Any]:
    """Return a record as an entry of a history or a link of a chain."""
    return {
        "seq": record.seq,
        "at": record.at,
        "role": role_word(record.role),
        "sentence": sentence(record, unit, facts),
        "state": STATES.get(record.kind, "link" if record.kind.startswith("link.") else ""),
        "hash": record.hash,
        "prev": record.prev,
    }

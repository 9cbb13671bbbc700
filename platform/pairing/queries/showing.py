"""Links and pairings as parties and officials see them."""

from typing import Any

from sqlalchemy import text

from core.db import db
from core.i18n import label
from core.tokens import derived_digits
from donors.models import Donor
from donors.queries import public_name
from pairing.models import HelperLink, Pairing
from registry.queries import CARD_PIN, find_card

_FIELDS = (
    "id",
    "rank",
    "kind",
    "function",
    "donor_id",
    "stage",
    "term",
    "origin",
    "starts_on",
    "ends_on",
    "proposed_at",
    "commented_at",
    "objection",
    "consent_until",
)


def link_row(link: HelperLink) -> dict[str, Any]:
    """Return what parties and officials see of a link."""
    return {name: getattr(link, name) for name in _FIELDS} | {"name": helper_name(link)}


def helper_name(link: HelperLink) -> str:
    """Return the name of an organisation that agreed to be named, the unit's name, or the kind."""
    donor = db.session.get(Donor, link.donor_id) if link.donor_id else None
    if donor is not None:
        return public_name(donor)
    return link.unit_name or label(link.kind)


def is_demo() -> bool:
    """Return whether this database was created as a demo."""
    return bool(db.session.execute(text("SELECT is_demo FROM records.database")).scalar())


def card_pin_in_demo(pairing: Pairing) -> str:
    """Return the PIN of the household's card for machines, in a demo database only."""
    if pairing.household_id is None or not is_demo():
        return ""
    card = find_card(pairing.household_id)
    return derived_digits(CARD_PIN, card.id, 4) if card else ""

"""Links and pairings as parties and officials see them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from core.clock import today
from core.db import db
from core.i18n import _, label
from core.tokens import derived_digits
from donors.models import Donor
from donors.queries import public_name
from pairing.choices import LinkStage
from pairing.guards import UPDATE_DAYS, is_overdue
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
    "unit_level",
    "wants",
)


def link_row(link: HelperLink) -> dict[str, Any]:
    """Return what parties and officials see of a link."""
    said = {"name": helper_name(link), "overdue": is_overdue(link, today())}
    return {name: getattr(link, name) for name in _FIELDS} | said


def helper_name(link: HelperLink) -> str:
    """Return the name of an organisation that agreed to be named, the unit's name, or the kind."""
    donor = db.session.get(Donor, link.donor_id) if link.donor_id else None
    if donor is not None:
        return public_name(donor)
    return link.unit_name or label(link.kind)


def is_serving(link: HelperLink, day: date) -> bool:
    """Return whether the helper stands beside the household on that day: by its dates for the first one."""
    if link.rank > 1:
        return link.stage is LinkStage.ACTIVE
    began = link.starts_on is not None and link.starts_on <= day
    return began and (link.ends_on is None or link.ends_on >= day)


def state_words(link: HelperLink, day: date) -> str:
    """Return the link's state in words. A hand-over that is still to come has not ended the first helper yet."""
    if link.rank > 1 or link.ends_on is None:
        begins = link.rank == 1 and link.starts_on is not None and link.starts_on > day
        return _("Takes over later") if begins else label(link.stage)
    return _("Helping until the hand-over") if is_serving(link, day) else _("Handed over")


def overdue_pairings(pairing_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of the pairings have a further helper of whom nothing was heard for more than a period."""
    before = today() - timedelta(days=UPDATE_DAYS)
    query = select(HelperLink.pairing_id).where(
        HelperLink.pairing_id.in_(pairing_ids),
        HelperLink.rank > 1,
        HelperLink.stage == LinkStage.ACTIVE,
        HelperLink.last_update_on < before,
    )
    return set(db.session.scalars(query))


def is_demo() -> bool:
    """Return whether this database was created as a demo."""
    return bool(db.session.execute(text("SELECT is_demo FROM records.database")).scalar())


def card_pin_in_demo(pairing: Pairing) -> str:
    """Return the PIN of the household's card for machines, in a demo database only."""
    if pairing.household_id is None or not is_demo():
        return ""
    card = find_card(pairing.household_id)
    return derived_digits(CARD_PIN, card.id, 4) if card else ""

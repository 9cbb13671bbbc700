"""What a helper needs before pledging: the need as he may see it, himself, and what he may choose."""

from uuid import UUID

from core.clock import today
from core.db import db
from core.policy import Actor
from donors.models import Donor
from donors.queries import is_pledger
from needs.choices import Category, NeedLevel
from needs.models import Need
from needs.queries import PublishedNeed, published_need
from pairing.choices import LinkTerm
from pairing.models import HelperLink
from pairing.queries import find_live_link, find_pairing
from pledges.choices import OPEN_KINDS, PledgeKind

_USUAL: dict[str, PledgeKind] = {
    Category.SKILLS: PledgeKind.SERVICE_SKILL,
    Category.EMPLOYMENT: PledgeKind.JOB,
}
_VILLAGE_ONLY = (PledgeKind.INFRASTRUCTURE_PROJECT, PledgeKind.LAND_ASSET_USE)


def need_to_pledge(actor: Actor, need_id: UUID) -> Need:
    """Return the row of a need that the actor may see, or raise NotFound or Gone."""
    published_need(need_id, actor)
    return db.session.get_one(Need, need_id, populate_existing=True)


def shown_need(actor: Actor, need_id: UUID) -> PublishedNeed:
    """Return the need as the actor may see it, with its sums."""
    return published_need(need_id, actor)


def donor_of(actor: Actor) -> Donor | None:
    """Return the donor that the actor acts for, or None for a helping unit."""
    return None if actor.donor_id is None else db.session.get(Donor, actor.donor_id)


def open_kinds(level: str) -> tuple[PledgeKind, ...]:
    """Return the kinds of help that a need of this level can be offered."""
    if level == NeedLevel.VILLAGE:
        return OPEN_KINDS
    return tuple(kind for kind in OPEN_KINDS if kind not in _VILLAGE_ONLY)


def usual_kind(category: str) -> PledgeKind:
    """Return the kind that most helpers of such a need choose; the form begins with it."""
    return _USUAL.get(category, PledgeKind.GOODS)


def open_terms(donor: Donor | None) -> tuple[LinkTerm, ...]:
    """Return how a donor of its level may join."""
    if donor is not None and not is_pledger(donor, 2, today()):
        return (LinkTerm.ONE_TIME,)
    return (LinkTerm.ONE_TIME, LinkTerm.STANDING)


def standing_link(donor: Donor | None, need: Need) -> HelperLink | None:
    """Return the donor's link to the need's pairing, if it has one."""
    pairing = None if donor is None else find_pairing(need)
    if donor is None or pairing is None:
        return None
    return find_live_link(pairing.id, donor.id)

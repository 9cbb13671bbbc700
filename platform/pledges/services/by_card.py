"""What a household does by its card: stop being shown, end a helper's link. Both work at once."""

from uuid import UUID

from core.db import act_as, db
from core.errors import NotFound
from core.policy import Actor, ActorKind, Grant
from needs.services import withdraw_publication_consent
from pairing.models import HelperLink
from pairing.services import withdraw_link_consent


def stop_showing(household_id: UUID) -> int:
    """Take down everything the web shows of the household; return how many needs that were."""
    return withdraw_publication_consent(household_id, actor=_household(household_id))


def end_help(household_id: UUID, link_id: UUID) -> None:
    """Take back the household's consent to a helper."""
    actor = _household(household_id)
    link = db.session.get(HelperLink, link_id)
    if link is None or link.subject != actor.key or link.rank == 1:
        raise NotFound
    withdraw_link_consent(link, actor=actor)


def _household(household_id: UUID) -> Actor:
    actor = Actor(
        key=f"household/{household_id}",
        kind=ActorKind.HOUSEHOLD,
        grants=(Grant("household"),),
        household_id=household_id,
        channel="card",
    )
    act_as(db.session, actor)
    return actor

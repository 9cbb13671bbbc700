"""Handing the card over: not by whoever writes needs down for the household."""

from datetime import date

from sqlalchemy import exists, select

from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import Actor
from needs.models import Need
from registry.models import Household, HouseholdCard
from registry.services import give_card


def hand_over_card(household: Household, *, actor: Actor, given_on: date) -> HouseholdCard:
    """Give the first card; whoever wrote a need of the household cannot hold its PIN too."""
    wrote = select(exists().where(Need.household_id == household.id, Need.author_id == actor.account_id))
    if db.session.scalar(wrote):
        raise Refused(
            _l("You wrote a need of this household, so another officer hands its card over."), code="four_eyes"
        )
    return give_card(household, actor=actor, given_on=given_on)

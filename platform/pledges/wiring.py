"""Registers whose pledges somebody sees, a donor's figures, and what follows news of links, needs and donors."""

from typing import Any

from accounts.models import Role
from core.errors import map_constraint
from core.i18n import _l
from core.policy import register_relation
from core.scope import register_reach
from donors.events import donor_blacklisted
from donors.figures import register as register_figures
from needs.events import need_withdrawn
from pairing.events import link_completing, link_ended
from pledges.events import delivery_annulled, delivery_answered
from pledges.queries import relations as own
from pledges.queries.figures import figures_of
from pledges.queries.measures import measures_of_households
from pledges.services import link_news
from pledges.services.erasing import refuse_if_open, wipe_household
from registry.events import household_ending, household_erased, household_erasing
from registry.measures_provider import register as register_measures
from registry.models import Household


def wire() -> None:
    """Install relations, reaches, figures and listeners."""
    register_relation("own_pledge", own.own_pledge)
    register_relation("holds_card", own.holds_card)
    _install_reaches()
    register_figures(figures_of)
    link_completing.connect(link_news.refuse_if_open)
    link_ended.connect(link_news.follow_ended_link)
    need_withdrawn.connect(link_news.follow_withdrawn_need)
    donor_blacklisted.connect(link_news.follow_barred_donor)
    delivery_answered.connect(link_news.complete_one_time)
    delivery_annulled.connect(link_news.complete_one_time)
    register_measures(measures_of_households)
    household_erasing.connect(_refuse_if_open)
    household_ending.connect(_refuse_if_open)
    household_erased.connect(_wipe)
    map_constraint("pledge_sums_fit", "sums_disagree", _l("The quantities do not fit together. Please look again."))
    map_constraint("uq_confirmation_code", "code_used", _l("This code was used already."))


def _install_reaches() -> None:
    register_reach("pledge", Role.PAIRING_CADRE, own.pledges_of_cadre)
    register_reach("delivery", Role.PAIRING_CADRE, own.deliveries_of_cadre)
    register_reach("confirmation", Role.PAIRING_CADRE, own.confirmations_of_cadre)
    register_reach("pledge", Role.HELPING_UNIT, own.pledges_of_unit)
    register_reach("delivery", Role.HELPING_UNIT, own.deliveries_of_unit)
    for role in (Role.DONOR_ADMIN, Role.DONOR_MEMBER):
        register_reach("pledge", role, own.pledges_given)
        register_reach("delivery", role, own.deliveries_given)


def _refuse_if_open(household: Household, **facts: Any) -> None:
    refuse_if_open(household.id)


def _wipe(household: Household) -> None:
    wipe_household(household.id)

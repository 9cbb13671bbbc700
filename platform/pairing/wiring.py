"""Registers who is paired with whom, and what follows when a donor is barred."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from accounts.models import Role
from core.db import db
from core.errors import map_constraint
from core.i18n import _l
from core.policy import SYSTEM, register_relation
from core.scope import register_reach
from donors.events import donor_blacklisted, donor_registered
from donors.models import Donor
from needs.helpers_provider import register as register_helpers
from pairing.choices import LinkStage
from pairing.models import HelperLink
from pairing.queries import pairing_parts
from pairing.queries import relations as own
from pairing.queries.exports import PAIRINGS_OUT
from pairing.services import keep_for_registered, suspend_link
from pairing.services.erasing import end_household, wipe_household
from pairing.services.importing import PAIRINGS
from registry.events import household_ending, household_erased, household_erasing
from registry.models import Household
from registry.queries.listed import register_list
from registry.services.importing import register_kind

BARRED = "donor_blacklisted"


def wire() -> None:
    """Install relations, reaches, the public chain of helpers and listeners."""
    register_kind(PAIRINGS)
    register_list(PAIRINGS_OUT)
    register_relation("cadre_of_subject", own.cadre_of_subject)
    register_relation("party_of_pairing", own.party_of_pairing)
    register_relation("invited_to_need", own.invited_to_need)
    register_helpers(pairing_parts)
    _install_reaches()
    donor_blacklisted.connect(_rest_links)
    donor_registered.connect(_hold_invitation)
    household_erasing.connect(_end_helping)
    household_ending.connect(_end_as_it_ended)
    household_erased.connect(_wipe)
    map_constraint("helper_link_one_first", "first_helper_overlap", _l("Two first helpers cannot overlap."))
    map_constraint("helper_link_no_gap", "first_helper_gap", _l("There must be a first helper on every day."))
    map_constraint("uq_helper_link_donor", "already_linked", _l("This helper already belongs to the pairing."))
    map_constraint("uq_invitation_donor", "already_invited", _l("An invitation is waiting for an answer already."))
    map_constraint("uq_pairing_household", "already_paired", _l("This household or village is paired already."))
    map_constraint("uq_pairing_village", "already_paired", _l("This household or village is paired already."))


def _install_reaches() -> None:
    for role in (Role.PAIRING_CADRE, Role.HELPING_UNIT):
        register_reach("pairing", role, own.pairings_of_cadre)
        register_reach("helper_link", role, own.links_of_cadre)
        register_reach("invitation", role, own.invitations_of_cadre)
        register_reach("need", role, own.needs_of_cadre)
        register_reach("household", role, own.households_of_cadre)
        register_reach("village", role, own.villages_of_cadre)
    for role in (Role.DONOR_ADMIN, Role.DONOR_MEMBER):
        register_reach("pairing", role, own.pairings_of_donor)
        register_reach("helper_link", role, own.links_of_donor)
        register_reach("invitation", role, own.invitations_of_donor)


def _rest_links(donor: Donor, **facts: Any) -> None:
    query = select(HelperLink).where(HelperLink.donor_id == donor.id, HelperLink.stage == LinkStage.ACTIVE)
    for link in db.session.scalars(query).all():
        suspend_link(link, actor=SYSTEM, reason=BARRED)


def _hold_invitation(donor: Donor, *, invitation: str, account_id: UUID | None, **facts: Any) -> None:
    if invitation:
        keep_for_registered(invitation, donor, account_id=account_id)


def _end_helping(household: Household, **facts: Any) -> None:
    end_household(household.id)


def _end_as_it_ended(household: Household, **facts: Any) -> None:
    end_household(household.id, reason="household_ended")


def _wipe(household: Household) -> None:
    wipe_household(household.id)

"""Registers what the registry answers for others."""

from core.errors import map_constraint
from core.i18n import _l
from core.policy import register_relation
from registry.events import household_erased
from registry.policy import is_own_household
from registry.queries.exports import FINDINGS, villages_out
from registry.queries.exports import HOUSEHOLDS as HOUSEHOLDS_OUT
from registry.queries.exports import MEMBERS as MEMBERS_OUT
from registry.queries.listed import register_list
from registry.services.importing.households import HOUSEHOLDS
from registry.services.importing.kinds import register_kind
from registry.services.importing.members import MEMBERS
from registry.services.importing.villages import VILLAGES, village_layout
from registry.services.papers import erase_papers


def wire() -> None:
    """Install the relation of the card, and the words for violated constraints."""
    register_relation("own_household", is_own_household)
    household_erased.connect(erase_papers)
    for kind in (HOUSEHOLDS, MEMBERS, VILLAGES):
        register_kind(kind)
    for found in (HOUSEHOLDS_OUT, MEMBERS_OUT, villages_out(village_layout()), FINDINGS):
        register_list(found)
    map_constraint("uq_household_number", "household_no_taken", _l("This number is taken in the village."))
    map_constraint("uq_household_identity", "household_on_file", _l("This household is on file already."))
    map_constraint("uq_household_card_standing", "card_given", _l("The household has a card already."))
    map_constraint("household_card_two_officers", "two_officers", _l("A card is replaced by two officers."))

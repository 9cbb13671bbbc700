"""Who can be given a pairing: an account that holds the role in the officer's places and does not hold the card."""

from uuid import UUID

from accounts.models import Role
from accounts.queries import Holder, find_holder
from core.errors import NotValid, Refused
from core.i18n import _l
from core.policy import Actor
from pairing.choices import LinkKind, UnitLevel
from regions.codes import RegionLevel, level
from registry.queries import Subject, holds_card_of

ROLE_OF = {LinkKind.CADRE: Role.PAIRING_CADRE, LinkKind.UNIT: Role.HELPING_UNIT}
_LEVELS = {
    RegionLevel.COUNTY: UnitLevel.COUNTY,
    RegionLevel.TOWNSHIP: UnitLevel.TOWNSHIP,
    RegionLevel.VILLAGE: UnitLevel.VILLAGE,
}
NO_HOLDER = _l(
    "This account is no cadre or unit of your places now. Choose one of the list, or have the role given first."
)


def chosen_holder(subject: Subject, account_id: UUID | None, kind: LinkKind, *, actor: Actor) -> Holder:
    """Return who is chosen; raise NotValid or Refused with what to do where he cannot be."""
    if account_id is None or kind not in ROLE_OF:
        raise NotValid({"account_id": [_l("Choose the account of the cadre or unit.")]})
    holder = find_holder(actor, account_id, ROLE_OF[kind])
    if holder is None:
        raise NotValid({"account_id": [NO_HOLDER]})
    if subject.household_id is not None and holds_card_of(subject.household_id, account_id):
        raise Refused(
            _l(
                "This person gave the household its card and may know its PIN. Choose somebody else, or have the card"
                " replaced first."
            ),
            code="card_giver",
        )
    return holder


def level_of_unit(holder: Holder, told: UnitLevel | None) -> UnitLevel | None:
    """Return whose unit it is: as told, else by the place of its office."""
    return told or _LEVELS.get(level(holder.region_code))

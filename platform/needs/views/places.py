"""Whose a need is, as the desk shows it; names of places and offices come from the registers."""

from core.i18n import _
from needs.models import Need
from registry.models import Household
from registry.views.places import office_name, place_name, place_names, villages_of

__all__ = ["office_name", "place_name", "place_names", "villages_of", "whose"]


def whose(need: Need, household: Household | None) -> str:
    """Return whose need it is, for people of the desk."""
    if household is None:
        return _("The whole village")
    return _("Household %(number)s", number=household.household_no)

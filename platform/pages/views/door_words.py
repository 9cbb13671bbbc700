"""Who somebody is, in one line of the desk's header."""

from accounts.models import Role
from accounts.queries import get_account
from core.i18n import _, label
from core.policy import Actor
from donors.queries import find_donor
from pages.queries.places import names_of
from regions.codes import is_code

BY_RELATION = frozenset({Role.PAIRING_CADRE, Role.HELPING_UNIT})


def account_line(who: Actor) -> str:
    """Return the first role and whose it is: "Township officer, Gantian", or the helper's own name."""
    if not who.is_signed_in or not who.grants:
        return _("My account")
    first = who.grants[0]
    role = label(Role(first.role))
    whose = _whose(who, Role(first.role), first.lo)
    return _("%(role)s, %(place)s", role=role, place=whose) if whose else role


def _whose(who: Actor, role: Role, code: str) -> str:
    if is_code(code):
        return names_of([code])[code]
    if who.donor_id is not None:
        donor = find_donor(who.donor_id)
        return donor.name if donor else ""
    if role in BY_RELATION and who.account_id is not None:
        return get_account(who, who.account_id).unit_name
    return ""

"""Who somebody is, in one line of the desk's header."""

from accounts.models import Role
from core.i18n import _, label
from core.policy import Actor
from pages.queries.places import names_of
from regions.codes import is_code


def account_line(who: Actor) -> str:
    """Return the first role and its place: "Township officer, Gantian"."""
    if not who.grants:
        return _("My account")
    first = who.grants[0]
    role = label(Role(first.role))
    if not is_code(first.lo):
        return role
    return _("%(role)s, %(place)s", role=role, place=names_of([first.lo])[first.lo])

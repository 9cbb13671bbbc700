"""Names of places and offices, as the pages of the registers show them."""

from collections.abc import Iterable
from uuid import UUID

from accounts.queries import display_office
from core.i18n import _, label
from core.policy import Actor
from regions.queries import published_children, published_places


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Return township and village in one word for each code; an unknown code stands for itself."""
    wanted = set(codes)
    found = published_places(wanted)
    return {code: found[code].said_whole if code in found else code for code in wanted}


def place_name(code: str) -> str:
    return place_names([code])[code]


def office_name(account_id: UUID | None) -> str:
    """Return role and place of an account, never a name."""
    office = display_office(account_id) if account_id is not None else None
    if office is None:
        return _("An officer")
    place = place_name(office.region_code) if office.region_code else ""
    return _("%(place)s, %(role)s", place=place, role=label(office.role)) if place else label(office.role)


def villages_of(actor: Actor) -> list[tuple[str, str]]:
    """Return the villages that the actor answers for, as choices of a form."""
    codes = [lo for lo, hi in actor.ranges if int(hi) - int(lo) == 1]
    townships = [lo for lo, hi in actor.ranges if int(hi) - int(lo) == 1000]
    codes += [place.code for code in townships for place in published_children(code)]
    names = place_names(codes)
    return [(code, names[code]) for code in dict.fromkeys(codes)]


def places_below(actor: Actor) -> list[tuple[str, str]]:
    """Return the places that the actor answers for and those directly below, as choices of a form."""
    own = list(dict.fromkeys(lo for lo, _hi in actor.ranges if lo.strip("0")))
    codes = list(dict.fromkeys([*own, *(place.code for code in own for place in published_children(code))]))
    names = place_names(codes)
    return [(code, names[code]) for code in codes]

"""Places and notices that an officer may choose from."""

from uuid import UUID

from accounts.models import Role
from accounts.queries import accounts_with_role
from core.clock import today
from core.i18n import _, label
from core.policy import Actor
from identification.guards.objections import COUNTY, TOWNSHIP, VILLAGE, level_of
from identification.notice_choices import NoticeStep
from identification.queries.ready_cases import pack_steps, pack_words
from regions.queries import published_children, published_places
from registry.views.places import office_name, place_names, villages_of

TOWNSHIP_WIDTH, COUNTY_WIDTH = 1000, 1_000_000


def places_for_notices(actor: Actor) -> list[tuple[str, str]]:
    """Return the villages that the actor answers for, and his townships for the second notice."""
    townships = townships_of(actor)
    found = published_places(townships)
    rows = [(code, found[code].said) for code in townships if code in found]
    villages = [code for code, _name in all_villages(actor)]
    names = place_names(villages)
    return [*rows, *((code, names[code]) for code in villages)]


def townships_of(actor: Actor) -> list[str]:
    """Return the codes of the townships that the actor answers for."""
    own = [lo for lo, hi in actor.ranges if int(hi) - int(lo) == TOWNSHIP_WIDTH]
    counties = [lo for lo, hi in actor.ranges if int(hi) - int(lo) == COUNTY_WIDTH]
    return [*own, *(place.code for code in counties for place in published_children(code))]


def all_villages(actor: Actor) -> list[tuple[str, str]]:
    """Return the villages that the actor answers for, also as the county."""
    found = dict(villages_of(actor))
    codes = [
        place.code for code in townships_of(actor) for place in published_children(code) if place.code not in found
    ]
    names = place_names(codes)
    return [*found.items(), *((code, names[code]) for code in codes)]


def notice_kinds(actor: Actor) -> list[tuple[str, str]]:
    """Return the notices that the actor's level makes, as choices of a form."""
    level = max((level_of(actor, lo) for lo, _hi in actor.ranges), default=0)
    allowed = {
        NoticeStep.FIRST: level >= VILLAGE,
        NoticeStep.VILLAGE: level >= VILLAGE,
        NoticeStep.SECOND: level >= TOWNSHIP,
        NoticeStep.ANNOUNCEMENT: level >= COUNTY,
    }
    place = next((lo for lo, _hi in actor.ranges), "")
    return [
        (f"{pack}/{step}", _("%(pack)s: %(step)s", pack=pack_words(pack), step=label(step)))
        for pack, step in pack_steps(place, today())
        if allowed[step]
    ]


def officers_of(region_code: str) -> list[tuple[str, str]]:
    """Return the officers who answer for a village, by office: whom an objection may be about."""
    roles = (Role.VILLAGE_OFFICER, Role.STATIONED_TEAM, Role.TOWNSHIP_OFFICER)
    ids: list[UUID] = [found for role in roles for found in accounts_with_role(role, region_code)]
    return [(str(account), office_name(account)) for account in dict.fromkeys(ids)]

"""Names of the places that grants speak of."""

from collections.abc import Iterable

from accounts.services.grants import COUNTRY
from core.i18n import _
from regions.queries import published_places


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name with its township or county; the whole country has its own word."""
    wanted = {code for code in codes if code and code != COUNTRY}
    found = {code: place.said_whole for code, place in published_places(wanted).items()}
    return {"": "", COUNTRY: _("Whole country")} | {code: found.get(code, code) for code in wanted}

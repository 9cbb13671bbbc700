"""What is printed on a slip: the words, the code in groups, the QR."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from core.i18n import _, label
from core.print import qr_svg
from core.settings import current
from needs.rules.units import unit_in_words
from pairing.queries import find_pairing_by_id, household_number
from pairing.queries.showing import is_demo
from pledges import queries
from pledges.choices import Outcome
from pledges.models import Delivery
from pledges.services import IssuedCode
from regions.queries import find_published_region


def slip_values(delivery: Delivery, code: IssuedCode, *, until: date) -> dict[str, Any]:
    """Return the values of `slip.typ`. The stub that stays with the village has no code."""
    arrival = queries.arrival_of(delivery)
    link = f"{current().base_url}/c/{code.link}"
    host = urlsplit(current().base_url).netloc
    unit = unit_in_words(arrival.unit, arrival.asked)
    what = f"{arrival.title} {arrival.asked.normalize():,f}\u00a0{unit}".strip()
    return {
        "site": _("Jiedui, confirm what arrived"),
        "what": what,
        "from": _("Brought on %(day)s, %(giver)s", day=arrival.delivered_on.isoformat(), giver=arrival.giver),
        "how": _("Scan, or open %(address)s and enter the code. Choose one yourself:", address=f"{host}/c"),
        "answers": [label(outcome) for outcome in _BOXES],
        "paper": _("No phone: tick a box, write the PIN, fold it, and post it in the village opinion box."),
        "guard": _("This slip is only for your household."),
        "guard_more": _("Officers, the village and who brought it cannot confirm for you. If nothing came, say so."),
        "phone_words": _("Supervision line of the county"),
        "phone": current().supervision_phone,
        "qr": qr_svg(link),
        "digits": f"{code.digits[:3]} {code.digits[3:6]} {code.digits[6:]}",
        "pin_words": "" if arrival.is_village else _("PIN of the household card"),
        "valid": _("Valid until %(day)s, works once", day=until.isoformat()),
        "cut": _("Cut here; the lower part stays with the village"),
        "stub": _stub(delivery, what),
        "number": _("Slip no. %(number)s", number=str(code.id)[:8]),
        "handed": _("Handed over on:"),
        "by": _("Handed over by:"),
        "demo": _("Demo data, invented") if is_demo() else "",
    }


_BOXES = (Outcome.RECEIVED, Outcome.PARTLY_RECEIVED, Outcome.NOT_RECEIVED, Outcome.UNSUITABLE)


def _stub(delivery: Delivery, what: str) -> str:
    place = find_published_region(delivery.region_code)
    pairing = find_pairing_by_id(delivery.pairing_id)
    number = household_number(pairing) if pairing else ""
    name = "" if place is None else place.said_whole
    if not number:
        return _("%(place)s: %(what)s", place=name, what=what)
    return _("%(place)s, household %(number)s: %(what)s", place=name, number=number, what=what)

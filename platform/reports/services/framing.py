"""What stands around a paper: the number of its version, who printed it, and the address in its QR."""

from accounts.queries import display_office, get_account
from core.clock import today
from core.i18n import _, label
from core.policy import SYSTEM, Actor
from core.settings import current
from regions.queries import find_published_region
from registry.queries import is_demo
from registry.queries.papers import STAMP, PrintedVersion
from reports.printing import Frame


def frame_of(version: PrintedVersion, actor: Actor, *, address: str | None = None, printed: str = "") -> Frame:
    """Return the frame of a paper that carries a version.

    The QR holds an address of ours with the stream, the number of the record and the beginning of its hash. It says
    nothing to a stranger: the page asks for a sign-in first, and who may not see the record gets "not found".
    Papers for the public lead to their own `address` instead; an empty one means no QR. `printed` is what
    `printed_words` said of the actor before, where many papers are printed at once.
    """
    stamp = version.hash.hex()[:STAMP]
    own = f"{current().base_url}/v/{version.stream}/{version.seq}/{stamp}"
    return Frame(
        record=_("Version %(number)s", number=version.number),
        printed=printed or printed_words(actor),
        qr=own if address is None else address,
        demo=is_demo(),
    )


def plain_frame(actor: Actor | None = None) -> Frame:
    """Return the frame of a paper that carries no version."""
    return Frame(printed=printed_words(actor) if actor else "", demo=is_demo())


def printed_words(actor: Actor) -> str:
    """Return day, office and account name: every copy can be traced to who printed it."""
    day = today().isoformat()
    if actor.account_id is None:
        return _("Printed %(day)s", day=day)
    office, account = display_office(actor.account_id), get_account(SYSTEM, actor.account_id)
    if office is None:
        return _("Printed %(day)s, %(who)s", day=day, who=account.username)
    place = find_published_region(office.region_code) if office.region_code else None
    named = f"{place.said} " if place else ""
    return _("Printed %(day)s, %(who)s", day=day, who=f"{named}{label(office.role)} {account.username}")

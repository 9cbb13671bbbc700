"""What update records of pairings may say."""

from core.i18n import LazyString, _l

KINDS: dict[str, LazyString] = {
    "pairing.created": _l("A pairing was opened"),
    "link.assigned": _l("The county assigned the first helper"),
    "link.succeeded": _l("The first helper handed over to a successor"),
    "link.proposed": _l("Somebody proposed to join"),
    "link.commented": _l("The cadre commented"),
    "link.consented": _l("The household's consent was recorded"),
    "link.confirmed": _l("The link was confirmed"),
    "link.updated": _l("Something was pledged or delivered through the link"),
    "link.rejected": _l("The link was rejected"),
    "link.suspended": _l("The link was suspended"),
    "link.resumed": _l("The link was resumed"),
    "link.consent_withdrawn": _l("The household took its consent back; the link ended"),
    "link.completed": _l("The link was completed"),
    "link.terminated": _l("The link was ended"),
    "invitation.sent": _l("The cadre sent an invitation"),
    "invitation.claimed": _l("The invited registered"),
    "invitation.accepted": _l("The invitation was accepted"),
    "invitation.declined": _l("The invitation was declined"),
    "invitation.withdrawn": _l("The invitation was taken back"),
    "invitation.expired": _l("The invitation ran out"),
}

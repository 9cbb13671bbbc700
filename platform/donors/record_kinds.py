"""What update records of donors may say."""

from core.i18n import LazyString, _l

KINDS: dict[str, LazyString] = {
    "donor.registered": _l("The donor registered"),
    "donor.changed": _l("The donor's details were changed"),
    "donor.submitted": _l("The papers were handed in for checking"),
    "donor.verified": _l("The county verified the donor"),
    "donor.rejected": _l("The county did not accept the donor"),
    "donor.expired": _l("The verification ran out"),
    "donor.blacklist_proposed": _l("A county officer proposed to bar the donor"),
    "donor.blacklisted": _l("The donor was barred"),
    "donor.appealed": _l("The donor appealed"),
    "donor.appeal_decided": _l("The appeal was decided"),
    "donor.phone_verified": _l("The phone number was proven"),
    "donor_evidence.created": _l("A paper was added"),
    "donor_evidence.deleted": _l("A paper was taken out"),
}

"""Names that can be taken for another's: said to who registers, shown to who verifies (security.md, row 46)."""

from core.db import db
from core.i18n import LazyString, _l
from core.names import look_key, reads_like_office, sound_key
from donors.identity import IdentityWarning
from donors.models import Donor, DonorKind, DonorName
from donors.queries import donors_named_like

# These may be called like an office: their letter and their credit code show whether they are one.
PUBLIC_KINDS = frozenset(
    {
        DonorKind.GOVERNMENT_ORGAN,
        DonorKind.PUBLIC_INSTITUTION,
        DonorKind.PEOPLE_ORGANISATION,
        DonorKind.DEMOCRATIC_PARTY,
    }
)
what_to_do: dict[IdentityWarning, LazyString] = {
    IdentityWarning.NAME_LIKE_OFFICE: _l(
        "This reads like the name of a public office. Type the name as it stands on your certificate or card."
        " If it is right, confirm it and send it again: the county compares it with your papers."
    ),
    IdentityWarning.NAME_LIKE_VERIFIED: _l(
        "This can be taken for the name of an organisation that is verified here. Type the name as it stands on your"
        " certificate or card. If it is right, confirm it and send it again: the county compares it with your papers."
    ),
}


def likenesses(name: str, kind: DonorKind) -> tuple[IdentityWarning, ...]:
    """Return for what the name can be taken."""
    found = []
    if kind not in PUBLIC_KINDS and reads_like_office(name):
        found.append(IdentityWarning.NAME_LIKE_OFFICE)
    if donors_named_like(name):
        found.append(IdentityWarning.NAME_LIKE_VERIFIED)
    return tuple(found)


def keep_name_keys(donor: Donor) -> None:
    """Keep by what the donor's name is compared with later ones."""
    db.session.add(DonorName(donor_id=donor.id, look=look_key(donor.name), sound=sound_key(donor.name)))


def belongs_to_organisation(name: str) -> bool:
    """Return whether the name can be taken for a verified organisation's."""
    return bool(donors_named_like(name))

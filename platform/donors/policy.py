"""What may be done to donors."""

from enum import StrEnum

from donors.models import DonorKind, EvidenceKind


class DonorPermission(StrEnum):
    DONOR_APPEAL = "donor:appeal"
    DONOR_BLACKLIST = "donor:blacklist"
    DONOR_CHANGE = "donor:change"
    DONOR_DECIDE_APPEAL = "donor:decide_appeal"
    DONOR_EXPIRE = "donor:expire"
    DONOR_READ = "donor:read"
    DONOR_REGISTER = "donor:register"
    DONOR_REJECT = "donor:reject"
    DONOR_SEARCH = "donor:search"
    DONOR_SUBMIT = "donor:submit"
    DONOR_VERIFY = "donor:verify"


_CERTIFIED = frozenset({EvidenceKind.REGISTRATION_CERTIFICATE, EvidenceKind.AUTHORISATION_LETTER})
_LICENSED = frozenset({EvidenceKind.BUSINESS_LICENCE})
_LETTER = frozenset({EvidenceKind.OFFICIAL_LETTER})

# What a verifier asks for by kind (domain.md 8.3); a person proves a phone number instead.
REQUIRED_EVIDENCE: dict[DonorKind, frozenset[EvidenceKind]] = {
    DonorKind.GOVERNMENT_ORGAN: _LETTER,
    DonorKind.PUBLIC_INSTITUTION: _LETTER,
    DonorKind.PEOPLE_ORGANISATION: _LETTER,
    DonorKind.DEMOCRATIC_PARTY: _LETTER,
    DonorKind.ASSOCIATION: _CERTIFIED,
    DonorKind.SOCIAL_SERVICE_AGENCY: _CERTIFIED,
    DonorKind.FOUNDATION: _CERTIFIED,
    DonorKind.ENTERPRISE: _LICENSED | {EvidenceKind.AUTHORISATION_LETTER},
    DonorKind.SOLE_TRADER: _LICENSED,
    DonorKind.FARMER_COOPERATIVE: _LICENSED,
    DonorKind.VOLUNTEER_GROUP: frozenset({EvidenceKind.AFFILIATION_GUARANTEE}),
    DonorKind.INDIVIDUAL: frozenset(),
}

# Organisations from overseas need a filing that a lawyer looks at (domain.md 8.3), so they cannot register here.
CLOSED_KINDS = frozenset({DonorKind.OVERSEAS_NGO})
# A volunteer group has no code of its own; it gives the code of the unit that vouches for it.
OPEN_KINDS = tuple(kind for kind in DonorKind if kind not in CLOSED_KINDS)

LOWEST_LEVEL = 1
HIGHEST_LEVEL = 3

"""The rows of the role table: permission → (role, reach)."""

from accounts.models import Role
from core.policy import ANYWHERE, REGION

Holders = tuple[tuple[Role, str], ...]

VILLAGE = Role.VILLAGE_OFFICER
TEAM = Role.STATIONED_TEAM
TOWNSHIP = Role.TOWNSHIP_OFFICER
COUNTY = Role.COUNTY_OFFICER
PHONE = Role.PHONE_OPERATOR
CADRE = Role.PAIRING_CADRE
UNIT = Role.HELPING_UNIT
HEAD = Role.DONOR_ADMIN
MEMBER = Role.DONOR_MEMBER
SECURITY = Role.SECURITY_ADMIN

OWN_DONOR = "own_donor"
IN_SCOPE = "account_in_scope"
BELOW = "account_below"


def within(*roles: Role) -> Holders:
    """Return holders who reach as far as their code ranges."""
    return tuple((role, REGION) for role in roles)


def by(relation: str, *roles: Role) -> Holders:
    """Return holders who reach as far as a relation."""
    return tuple((role, relation) for role in roles)


ACCOUNTS: dict[str, Holders] = {
    "account:create": by(ANYWHERE, SECURITY, COUNTY, TOWNSHIP, HEAD),
    "account:disable": by(BELOW, SECURITY, COUNTY, TOWNSHIP, HEAD),
    "account:read": by(IN_SCOPE, SECURITY, COUNTY, TOWNSHIP, HEAD),
    "account:reset": by(BELOW, SECURITY, COUNTY, TOWNSHIP, HEAD),
    "role:approve": within(SECURITY, COUNTY),
    "role:grant": within(SECURITY, COUNTY, TOWNSHIP) + by(OWN_DONOR, HEAD),
    "role:revoke": within(SECURITY, COUNTY, TOWNSHIP) + by(OWN_DONOR, HEAD),
}

DONORS: dict[str, Holders] = {
    "donor:appeal": by(OWN_DONOR, HEAD),
    "donor:blacklist": within(COUNTY),
    "donor:change": by(OWN_DONOR, HEAD),
    "donor:decide_appeal": within(COUNTY),
    "donor:expire": within(COUNTY),
    "donor:read": within(COUNTY) + by(OWN_DONOR, HEAD, MEMBER),
    "donor:register": by(ANYWHERE, Role.ANONYMOUS),
    "donor:reject": within(COUNTY),
    "donor:search": by(ANYWHERE, CADRE, COUNTY, TOWNSHIP, VILLAGE, TEAM),
    "donor:submit": by(OWN_DONOR, HEAD),
    "donor:verify": within(COUNTY),
}

ROWS: dict[str, Holders] = {**ACCOUNTS, **DONORS}

"""The rows of the role table: permission → (role, reach)."""

from accounts.models import Role
from core.i18n import LazyString, _l
from core.policy import ANYWHERE, REGION

Holders = tuple[tuple[Role, str], ...]

VILLAGE = Role.VILLAGE_OFFICER
TEAM = Role.STATIONED_TEAM
TOWNSHIP = Role.TOWNSHIP_OFFICER
COUNTY = Role.COUNTY_OFFICER
PROVINCE = Role.PROVINCE_OFFICER
PHONE = Role.PHONE_OPERATOR
CADRE = Role.PAIRING_CADRE
UNIT = Role.HELPING_UNIT
HEAD = Role.DONOR_ADMIN
MEMBER = Role.DONOR_MEMBER
EVALUATOR = Role.EVALUATOR
AUDITOR = Role.AUDITOR
SECURITY = Role.SECURITY_ADMIN
HOUSEHOLD = Role.HOUSEHOLD

OWN_ACCOUNT = "own_account"
OWN_DONOR = "own_donor"
VERIFIED = "verified_donor"
IN_SCOPE = "account_in_scope"
BELOW = "account_below"
OWN_HOUSEHOLD = "own_household"
CADRE_OF = "cadre_of_subject"
PARTY = "party_of_pairing"
INVITED = "invited_to_need"
OWN_PLEDGE = "own_pledge"
HOLDS_CARD = "holds_card"

reach_labels: dict[str, LazyString] = {
    REGION: _l("in the place"),
    ANYWHERE: _l("anywhere"),
    OWN_ACCOUNT: _l("of the own account"),
    OWN_DONOR: _l("of the own organisation"),
    VERIFIED: _l("while the own organisation is verified"),
    IN_SCOPE: _l("with a role in the place"),
    BELOW: _l("whose roles one may give"),
    OWN_HOUSEHOLD: _l("of the own household"),
    CADRE_OF: _l("of a household or village that one is paired with"),
    PARTY: _l("of a pairing that one belongs to"),
    INVITED: _l("of a pairing that one belongs to or is invited to"),
    OWN_PLEDGE: _l("of the own pledge"),
    HOLDS_CARD: _l("by the own card"),
}


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
    "donor:register": by(ANYWHERE, Role.ANONYMOUS, HEAD, MEMBER, UNIT, CADRE),
    "donor:reject": within(COUNTY),
    "donor:search": by(ANYWHERE, CADRE),
    "donor:submit": by(OWN_DONOR, HEAD),
    "donor:verify": within(COUNTY),
}

VILLAGE_LEVEL = (VILLAGE, TEAM)
OFFICES = (VILLAGE, TEAM, TOWNSHIP, COUNTY)
WATCHERS = (EVALUATOR, AUDITOR)

REGISTRY: dict[str, Holders] = {
    "card:give": within(*VILLAGE_LEVEL, TOWNSHIP),
    "card:replace": within(*VILLAGE_LEVEL, TOWNSHIP),
    "household:change": within(*VILLAGE_LEVEL, TOWNSHIP),
    "household:create": within(*VILLAGE_LEVEL),
    "household:erase": within(COUNTY),
    "household:read": within(*OFFICES, PHONE, *WATCHERS) + by(CADRE_OF, CADRE, UNIT),
    "sheet:export": within(*OFFICES),
    "sheet:import": within(*OFFICES),
    "household:reveal": within(*OFFICES, PHONE) + by(CADRE_OF, CADRE),
    "paper:keep": within(*VILLAGE_LEVEL, TOWNSHIP) + by(CADRE_OF, CADRE),
    "paper:read": within(*OFFICES) + by(CADRE_OF, CADRE),
}

QUOTAS: dict[str, Holders] = {
    "quota:compute": within(COUNTY, PROVINCE),
    "quota:discard": within(COUNTY, PROVINCE),
    "quota:publish": within(COUNTY, PROVINCE),
    "quota:read": within(COUNTY, PROVINCE, *WATCHERS),
    "quota:settle": within(COUNTY),
    "quota_transfer:ask": within(COUNTY, PROVINCE),
    "quota_transfer:decide": within(COUNTY, PROVINCE),
}

CASES: dict[str, Holders] = {
    "case:county": within(COUNTY),
    "case:match": within(COUNTY),
    "case:office": within(*OFFICES, PHONE),
    "case:open": by(ANYWHERE, Role.ANONYMOUS) + within(*OFFICES, PHONE),
    "case:read": within(*OFFICES, *WATCHERS),
    "case:township": within(TOWNSHIP, COUNTY),
    "case:village": within(*VILLAGE_LEVEL, TOWNSHIP),
    "clue:find": within(*OFFICES),
    "frame:contact": within(*VILLAGE_LEVEL),
    "meeting:hold": within(*VILLAGE_LEVEL),
    "meeting:read": within(*OFFICES, *WATCHERS),
    "round:manage": within(VILLAGE, TOWNSHIP),
    "round:read": within(*OFFICES, *WATCHERS),
}

NOTICES: dict[str, Holders] = {
    "notice:correct": within(*OFFICES),
    "notice:inspect": within(*OFFICES),
    "notice:post": within(*VILLAGE_LEVEL, TOWNSHIP),
    "notice:prepare": within(*OFFICES),
    "notice:read": within(*OFFICES, PHONE, *WATCHERS),
    "notice:withdraw": within(TOWNSHIP, COUNTY),
    "objection:ask_review": by(ANYWHERE, Role.ANONYMOUS),
    "objection:enter": within(*OFFICES, PHONE),
    "objection:file": by(ANYWHERE, Role.ANONYMOUS),
    "objection:handle": within(*OFFICES),
    "objection:read": within(*OFFICES),
    "objection:review": within(TOWNSHIP, COUNTY),
    "own_report:enter": within(*OFFICES, PHONE),
    "own_report:file": by(ANYWHERE, Role.ANONYMOUS),
    "own_report:read": within(*OFFICES),
    "paper_code:print": within(*OFFICES),
}

NEEDS: dict[str, Holders] = {
    "consent:withdraw": within(*OFFICES) + by(OWN_HOUSEHOLD, HOUSEHOLD),
    "need:approve": within(TOWNSHIP, COUNTY),
    "need:create": within(*VILLAGE_LEVEL) + by(CADRE_OF, CADRE),
    "need:read": within(*OFFICES, PHONE, *WATCHERS) + by(CADRE_OF, CADRE, UNIT) + by(OWN_HOUSEHOLD, HOUSEHOLD),
    "need:read_invited": by(INVITED, HEAD, MEMBER),
    "need:read_limited": by(VERIFIED, HEAD, MEMBER) + by(ANYWHERE, UNIT),
    "need:reject": within(TOWNSHIP, COUNTY),
    "need:renew": within(*VILLAGE_LEVEL),
    "need:return": within(*OFFICES),
    "need:revisit": within(TOWNSHIP, COUNTY),
    "need:submit": within(*VILLAGE_LEVEL) + by(CADRE_OF, CADRE),
    "need:verify": within(*VILLAGE_LEVEL),
    "need:withdraw": within(*OFFICES) + by(CADRE_OF, CADRE) + by(OWN_HOUSEHOLD, HOUSEHOLD),
    "survey:record": within(*VILLAGE_LEVEL) + by(CADRE_OF, CADRE),
}

PAIRING: dict[str, Holders] = {
    "invitation:answer": by(OWN_DONOR, HEAD, MEMBER),
    "invitation:read": within(*OFFICES, *WATCHERS) + by(CADRE_OF, CADRE) + by(OWN_DONOR, HEAD, MEMBER),
    "invitation:send": by(CADRE_OF, CADRE),
    "invitation:withdraw": by(CADRE_OF, CADRE),
    "link:comment": by(CADRE_OF, CADRE, UNIT),
    "link:complete": within(*VILLAGE_LEVEL) + by(OWN_DONOR, HEAD, MEMBER),
    "link:confirm": within(*VILLAGE_LEVEL, TOWNSHIP),
    "link:confirm_once": by(CADRE_OF, CADRE),
    "link:propose": by(ANYWHERE, HEAD, MEMBER),
    "link:record_consent": within(*VILLAGE_LEVEL),
    "link:reject": within(*VILLAGE_LEVEL, TOWNSHIP),
    "link:resume": within(TOWNSHIP),
    "link:suspend": within(TOWNSHIP),
    "link:terminate": within(TOWNSHIP) + by(OWN_DONOR, HEAD, MEMBER),
    "link:withdraw_consent": within(*OFFICES) + by(HOLDS_CARD, HOUSEHOLD),
    "pairing:assign": within(COUNTY),
    "pairing:read": within(*OFFICES, PHONE, *WATCHERS) + by(CADRE_OF, CADRE, UNIT) + by(PARTY, HEAD, MEMBER),
    "pairing:read_unpaired": within(TOWNSHIP, COUNTY, *WATCHERS),
}

PLEDGES: dict[str, Holders] = {
    "confirmation:answer": by(HOLDS_CARD, HOUSEHOLD),
    "confirmation:call_back": within(COUNTY, PHONE),
    "confirmation:enter_paper": within(TOWNSHIP),
    "confirmation:enter_phone": within(PHONE),
    "confirmation:witness": within(*OFFICES),
    "delivery:annul": within(COUNTY),
    "delivery:arrive": within(VILLAGE),
    "delivery:enter": by(OWN_PLEDGE, HEAD, MEMBER, UNIT) + by(CADRE_OF, CADRE),
    "delivery:inquire": within(COUNTY),
    "delivery:mend": by(OWN_PLEDGE, HEAD, MEMBER, UNIT) + by(CADRE_OF, CADRE),
    "pledge:agree": within(VILLAGE, TOWNSHIP, COUNTY) + by(CADRE_OF, CADRE),
    "pledge:offer": by(ANYWHERE, HEAD, MEMBER, UNIT),
    "pledge:read": within(*OFFICES, PHONE, *WATCHERS) + by(CADRE_OF, CADRE, UNIT) + by(OWN_PLEDGE, HEAD, MEMBER, UNIT),
    "pledge:release": within(*VILLAGE_LEVEL, TOWNSHIP) + by(CADRE_OF, CADRE),
    "pledge:withdraw": by(OWN_PLEDGE, HEAD, MEMBER, UNIT),
    "slip:issue": within(VILLAGE, TOWNSHIP) + by(CADRE_OF, CADRE),
}

SUPERVISION: dict[str, Holders] = {
    "issue:close": within(COUNTY),
    "issue:read": within(*OFFICES, *WATCHERS) + by(CADRE_OF, CADRE),
    "report:answer": within(COUNTY),
    "report:read": within(COUNTY, AUDITOR),
}

REPORTS: dict[str, Holders] = {
    "handbooks:print": within(*VILLAGE_LEVEL, TOWNSHIP),
    "household:print": within(*OFFICES) + by(CADRE_OF, CADRE),
    "village:print": within(*OFFICES),
}

ROWS: dict[str, Holders] = {
    **ACCOUNTS,
    **DONORS,
    **REGISTRY,
    **QUOTAS,
    **CASES,
    **NOTICES,
    **NEEDS,
    **PAIRING,
    **PLEDGES,
    **SUPERVISION,
    **REPORTS,
}

"""The closed sets of pairings, with their words for people."""

from enum import StrEnum

from core.i18n import _l, register_labels


class LinkKind(StrEnum):
    """Who the helper is (domain.md 2.4); never inferred from the rank."""

    CADRE = "cadre"
    UNIT = "unit"
    ORGANISATION = "organisation"
    ENTERPRISE = "enterprise"
    INDIVIDUAL = "individual"


class LinkFunction(StrEnum):
    """What the helper does (domain.md 2.4, rule 4)."""

    HELP = "help"
    LIAISON_SUPERVISE = "liaison_supervise"


class UnitLevel(StrEnum):
    """Whose unit the first helper comes from (domain.md 2.4); all that the public learns of it."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class LinkStage(StrEnum):
    """The states of workflows.md, table HelperLink."""

    PROPOSED = "proposed"
    HOUSEHOLD_CONSENTED = "household_consented"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    REJECTED = "rejected"


class LinkTerm(StrEnum):
    STANDING = "standing"
    ONE_TIME = "one_time"


class LinkOrigin(StrEnum):
    """Which of the three ways in was taken."""

    ASSIGNED = "assigned"
    INVITED = "invited"
    PROPOSED = "proposed"
    PLEDGED = "pledged"


class LinkEnd(StrEnum):
    """Why a link ended or rests; told to those above."""

    REJECTED = "rejected"
    SUSPENDED = "suspended"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    COMPLETED = "completed"
    TERMINATED = "terminated"


class InvitationStage(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


LIVE_LINK = (LinkStage.PROPOSED, LinkStage.HOUSEHOLD_CONSENTED, LinkStage.ACTIVE, LinkStage.SUSPENDED)

kind_labels = {
    LinkKind.CADRE: _l("Paired cadre"),
    LinkKind.UNIT: _l("Helping unit"),
    LinkKind.ORGANISATION: _l("Social organisation"),
    LinkKind.ENTERPRISE: _l("Firm"),
    LinkKind.INDIVIDUAL: _l("Person"),
}
function_labels = {
    LinkFunction.HELP: _l("Helps"),
    LinkFunction.LIAISON_SUPERVISE: _l("Keeps contact and watches over the help"),
}
level_labels = {
    UnitLevel.PROVINCE: _l("Unit of the province"),
    UnitLevel.CITY: _l("Unit of the city"),
    UnitLevel.COUNTY: _l("Unit of the county"),
    UnitLevel.TOWNSHIP: _l("Unit of the township"),
    UnitLevel.VILLAGE: _l("The village itself"),
}
stage_labels = {
    LinkStage.PROPOSED: _l("Proposed, waiting for the household's consent"),
    LinkStage.HOUSEHOLD_CONSENTED: _l("The household agreed, waiting to be confirmed"),
    LinkStage.ACTIVE: _l("Helping"),
    LinkStage.SUSPENDED: _l("Suspended"),
    LinkStage.COMPLETED: _l("Completed"),
    LinkStage.TERMINATED: _l("Ended"),
    LinkStage.REJECTED: _l("Rejected"),
}
term_labels = {LinkTerm.STANDING: _l("Standing"), LinkTerm.ONE_TIME: _l("Only this once")}
origin_labels = {
    LinkOrigin.ASSIGNED: _l("Assigned by the county"),
    LinkOrigin.INVITED: _l("Invited by the cadre"),
    LinkOrigin.PROPOSED: _l("Proposed by the helper"),
    LinkOrigin.PLEDGED: _l("Proposed with a pledge"),
}
end_labels = {
    LinkEnd.REJECTED: _l("The link was rejected"),
    LinkEnd.SUSPENDED: _l("The link was suspended"),
    LinkEnd.CONSENT_WITHDRAWN: _l("The household took its consent back"),
    LinkEnd.COMPLETED: _l("The link was completed"),
    LinkEnd.TERMINATED: _l("The link was ended"),
}
invitation_labels = {
    InvitationStage.SENT: _l("Waiting for an answer"),
    InvitationStage.ACCEPTED: _l("Accepted"),
    InvitationStage.DECLINED: _l("Declined"),
    InvitationStage.WITHDRAWN: _l("Taken back"),
    InvitationStage.EXPIRED: _l("Run out"),
}
for labels in (
    kind_labels,
    function_labels,
    level_labels,
    stage_labels,
    term_labels,
    origin_labels,
    end_labels,
    invitation_labels,
):
    register_labels(labels)

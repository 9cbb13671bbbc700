"""The closed sets of needs, with their words for people."""

from enum import StrEnum

from core.i18n import _l, register_labels
from registry.choices import Cause


class NeedStage(StrEnum):
    """The states of workflows.md, table Need."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    PUBLISHED = "published"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Progress(StrEnum):
    """How far a published need is, computed from its sums."""

    OPEN = "open"
    PARTLY_HELD = "partly_held"
    FULLY_HELD = "fully_held"
    DELIVERED = "delivered"
    FULFILLED = "fulfilled"


class Category(StrEnum):
    """The categories of domain.md 7.3."""

    SCHOOLING = "schooling"
    MEDICAL = "medical"
    HOUSING = "housing"
    INDUSTRY = "industry"
    EMPLOYMENT = "employment"
    SKILLS = "skills"
    DAILY_NECESSITIES = "daily_necessities"
    INFRASTRUCTURE = "infrastructure"
    OTHER = "other"


class NeedLevel(StrEnum):
    HOUSEHOLD = "household"
    VILLAGE = "village"


class Urgency(StrEnum):
    ROUTINE = "routine"
    URGENT = "urgent"


class NeedVisibility(StrEnum):
    """Who finds the need: everybody, signed-in verified donors, or invited ones only."""

    PUBLIC = "public"
    DONORS = "donors"
    INVITED = "invited"


class ApprovalLevel(StrEnum):
    TOWNSHIP = "township"
    COUNTY = "county"


class ConsentItem(StrEnum):
    """What a household agrees to, one by one (workflows.md, doubts 5)."""

    PUBLISH = "publish"
    GOODS_VIA_OFFICE = "goods_via_office"
    VISITS = "visits"
    PHONE_CONTACT = "phone_contact"
    SERVICES = "services"
    SPONSORSHIP = "sponsorship"


class ConsentMethod(StrEnum):
    PAPER = "paper"
    THUMBPRINT = "thumbprint"
    SCREEN = "screen"
    WITNESS = "witness"


class RejectReason(StrEnum):
    """Why an approver says no; the code stands in the public record."""

    NOT_TRUE = "not_true"
    NOT_NEEDED = "not_needed"
    COVERED_ELSEWHERE = "covered_elsewhere"
    BEYOND_LIMITS = "beyond_limits"
    OTHER = "other_reason"


stage_labels = {
    NeedStage.DRAFT: _l("Draft"),
    NeedStage.SUBMITTED: _l("Waiting to be verified"),
    NeedStage.VERIFIED: _l("Waiting for approval"),
    NeedStage.PUBLISHED: _l("Published"),
    NeedStage.REJECTED: _l("Not approved"),
    NeedStage.EXPIRED: _l("Expired"),
    NeedStage.WITHDRAWN: _l("Withdrawn"),
}
progress_labels = {
    Progress.OPEN: _l("Nobody has pledged yet"),
    Progress.PARTLY_HELD: _l("Partly pledged"),
    Progress.FULLY_HELD: _l("Fully pledged"),
    Progress.DELIVERED: _l("Delivered, not yet confirmed"),
    Progress.FULFILLED: _l("Confirmed"),
}
category_labels = {
    Category.SCHOOLING: _l("Schooling"),
    Category.MEDICAL: _l("Health"),
    Category.HOUSING: _l("Housing"),
    Category.INDUSTRY: _l("Farming and trade"),
    Category.EMPLOYMENT: _l("Jobs"),
    Category.SKILLS: _l("Skills"),
    Category.DAILY_NECESSITIES: _l("Daily necessities"),
    Category.INFRASTRUCTURE: _l("Infrastructure"),
    Category.OTHER: _l("Other needs"),
}
level_labels = {NeedLevel.HOUSEHOLD: _l("One household"), NeedLevel.VILLAGE: _l("The whole village")}
urgency_labels = {Urgency.ROUTINE: _l("As usual"), Urgency.URGENT: _l("Urgent")}
visibility_labels = {
    NeedVisibility.PUBLIC: _l("Everybody can see it"),
    NeedVisibility.DONORS: _l("Only verified helpers can see it"),
    NeedVisibility.INVITED: _l("Only invited helpers can see it"),
}
approval_labels = {ApprovalLevel.TOWNSHIP: _l("Township"), ApprovalLevel.COUNTY: _l("County")}
consent_labels = {
    ConsentItem.PUBLISH: _l("The need may be published, without name, address or picture"),
    ConsentItem.GOODS_VIA_OFFICE: _l("Goods may come through the village office; helpers learn nothing about us"),
    ConsentItem.VISITS: _l("Helpers may visit us"),
    ConsentItem.PHONE_CONTACT: _l("Helpers may phone us"),
    ConsentItem.SERVICES: _l("Helpers may give services at our home"),
    ConsentItem.SPONSORSHIP: _l("Sponsorship through a school, hospital or charity"),
}
method_labels = {
    ConsentMethod.PAPER: _l("Signed on paper"),
    ConsentMethod.THUMBPRINT: _l("Thumbprint before a witness"),
    ConsentMethod.SCREEN: _l("Signed on the screen"),
    ConsentMethod.WITNESS: _l("Spoken before a witness"),
}
reject_labels = {
    RejectReason.NOT_TRUE: _l("The facts are not as written"),
    RejectReason.NOT_NEEDED: _l("It is not needed, or not any more"),
    RejectReason.COVERED_ELSEWHERE: _l("Public funds already cover it"),
    RejectReason.BEYOND_LIMITS: _l("It goes beyond the county's limits"),
    RejectReason.OTHER: _l("Another reason"),
}
for _labels in (
    stage_labels,
    progress_labels,
    category_labels,
    level_labels,
    urgency_labels,
    visibility_labels,
    approval_labels,
    consent_labels,
    method_labels,
    reject_labels,
):
    register_labels(_labels)

# What surveys of a cause usually lead to (domain.md 2.2); the form offers these first.
SUGGESTED: dict[Cause, tuple[Category, ...]] = {
    Cause.ILLNESS: (Category.MEDICAL,),
    Cause.DISABILITY: (Category.MEDICAL, Category.EMPLOYMENT),
    Cause.SCHOOLING: (Category.SCHOOLING,),
    Cause.DISASTER: (Category.DAILY_NECESSITIES, Category.HOUSING),
    Cause.LACK_LAND: (Category.EMPLOYMENT,),
    Cause.LACK_WATER: (Category.INFRASTRUCTURE,),
    Cause.LACK_SKILL: (Category.SKILLS,),
    Cause.LACK_LABOUR: (Category.INDUSTRY,),
    Cause.LACK_CAPITAL: (Category.INDUSTRY,),
    Cause.POOR_TRANSPORT: (Category.INFRASTRUCTURE,),
    Cause.LACK_HOUSING: (Category.HOUSING,),
    Cause.LACK_POWER: (Category.INFRASTRUCTURE,),
}

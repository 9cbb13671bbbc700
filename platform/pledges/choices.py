"""The closed sets of pledges, deliveries and answers, with their words for people."""

from enum import StrEnum

from core.i18n import _l, register_labels


class PledgeKind(StrEnum):
    """The kinds of domain.md 7.2. Three are off until a charity's project can be recorded (workflows.md, doubts 15)."""

    GOODS = "goods"
    SERVICE_SKILL = "service_skill"
    JOB = "job"
    PURCHASE = "purchase"
    VOLUNTEERING = "volunteering"
    INFRASTRUCTURE_PROJECT = "infrastructure_project"
    LAND_ASSET_USE = "land_asset_use"
    MONEY = "money"
    EDUCATION_SPONSORSHIP = "education_sponsorship"
    MEDICAL_SPONSORSHIP = "medical_sponsorship"


CLOSED_KINDS = frozenset({PledgeKind.MONEY, PledgeKind.EDUCATION_SPONSORSHIP, PledgeKind.MEDICAL_SPONSORSHIP})
OPEN_KINDS = tuple(kind for kind in PledgeKind if kind not in CLOSED_KINDS)


class PledgeStage(StrEnum):
    OFFERED = "offered"
    AGREED = "agreed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"


LIVE_PLEDGE = (PledgeStage.OFFERED, PledgeStage.AGREED)


class PledgeProgress(StrEnum):
    """How far an agreed pledge is, from its sums."""

    NOTHING_YET = "nothing_yet"
    PARTLY_DELIVERED = "partly_delivered"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"


class Escalation(StrEnum):
    """Which office decides about an offered pledge that the cadre left lying."""

    NONE = "none"
    TOWNSHIP = "township"
    COUNTY = "county"


class DeliveryStage(StrEnum):
    PLANNED = "planned"
    RECORDED = "recorded"
    AWAITING = "awaiting"
    MENDING = "mending"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UNANSWERED = "unanswered"
    ANNULLED = "annulled"


class Outcome(StrEnum):
    """The household's four answers."""

    RECEIVED = "received"
    PARTLY_RECEIVED = "partly_received"
    NOT_RECEIVED = "not_received"
    UNSUITABLE = "unsuitable"


class Channel(StrEnum):
    """How the household answered; the last three are weaker and say so."""

    CARD = "card"
    PHONE = "phone"
    PAPER = "paper"
    WITNESS = "witness"


class Flag(StrEnum):
    """What is odd about an answer and is looked at, never held against the household."""

    SHARED_DEVICE = "shared_device"
    SOON_AFTER_PRINTING = "soon_after_printing"


class CallBack(StrEnum):
    """What the county heard when it called back."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_REACHED = "not_reached"


kind_labels = {
    PledgeKind.GOODS: _l("Goods"),
    PledgeKind.SERVICE_SKILL: _l("A service or a skill"),
    PledgeKind.JOB: _l("A job"),
    PledgeKind.PURCHASE: _l("Buying the village's products"),
    PledgeKind.VOLUNTEERING: _l("Volunteering"),
    PledgeKind.INFRASTRUCTURE_PROJECT: _l("A project for the village"),
    PledgeKind.LAND_ASSET_USE: _l("Use of land or buildings"),
    PledgeKind.MONEY: _l("Money"),
    PledgeKind.EDUCATION_SPONSORSHIP: _l("Sponsoring schooling"),
    PledgeKind.MEDICAL_SPONSORSHIP: _l("Sponsoring treatment"),
}
stage_labels = {
    PledgeStage.OFFERED: _l("Waiting to be agreed"),
    PledgeStage.AGREED: _l("Agreed"),
    PledgeStage.LAPSED: _l("Lapsed"),
    PledgeStage.WITHDRAWN: _l("Withdrawn"),
    PledgeStage.RELEASED: _l("Released"),
}
progress_labels = {
    PledgeProgress.NOTHING_YET: _l("Nothing delivered yet"),
    PledgeProgress.PARTLY_DELIVERED: _l("Partly delivered"),
    PledgeProgress.DELIVERED: _l("Delivered"),
    PledgeProgress.CONFIRMED: _l("Confirmed"),
}
escalation_labels = {
    Escalation.NONE: _l("With the cadre"),
    Escalation.TOWNSHIP: _l("With the township"),
    Escalation.COUNTY: _l("With the county"),
}
delivery_labels = {
    DeliveryStage.PLANNED: _l("On its way"),
    DeliveryStage.RECORDED: _l("Delivered, slip not made yet"),
    DeliveryStage.AWAITING: _l("Waiting for the household's answer"),
    DeliveryStage.MENDING: _l("To be put right"),
    DeliveryStage.CONFIRMED: _l("Confirmed by the household"),
    DeliveryStage.DISPUTED: _l("Disputed, being looked into"),
    DeliveryStage.UNANSWERED: _l("No answer in 45 days"),
    DeliveryStage.ANNULLED: _l("Annulled"),
}
outcome_labels = {
    Outcome.RECEIVED: _l("All of it came"),
    Outcome.PARTLY_RECEIVED: _l("Only part of it came"),
    Outcome.NOT_RECEIVED: _l("It did not come"),
    Outcome.UNSUITABLE: _l("It came but is not usable"),
}
channel_labels = {
    Channel.CARD: _l("by card and code"),
    Channel.PHONE: _l("over the county's phone line"),
    Channel.PAPER: _l("on paper"),
    Channel.WITNESS: _l("witnessed by an officer"),
}
flag_labels = {
    Flag.SHARED_DEVICE: _l("One device answered for several households"),
    Flag.SOON_AFTER_PRINTING: _l("Answered minutes after the slip was printed"),
}
call_back_labels = {
    CallBack.AGREES: _l("The household says the same"),
    CallBack.DIFFERS: _l("The household says something else"),
    CallBack.NOT_REACHED: _l("Nobody could be reached"),
}
for labels in (
    kind_labels,
    stage_labels,
    progress_labels,
    escalation_labels,
    delivery_labels,
    outcome_labels,
    channel_labels,
    flag_labels,
    call_back_labels,
):
    register_labels(labels)

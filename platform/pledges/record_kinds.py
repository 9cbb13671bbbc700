"""What update records of pledges, deliveries and answers may say."""

from core.i18n import LazyString, _l

KINDS: dict[str, LazyString] = {
    "pledge.offered": _l("Somebody pledged"),
    "pledge.agreed": _l("The pledge was agreed"),
    "pledge.escalated": _l("The decision about the pledge moved up"),
    "pledge.lapsed": _l("The pledge lapsed"),
    "pledge.withdrawn": _l("The pledge was withdrawn"),
    "pledge.released": _l("The pledge was released"),
    "delivery.planned": _l("A delivery was planned"),
    "delivery.recorded": _l("A delivery was recorded"),
    "delivery.arrived": _l("It arrived at the village"),
    "delivery.awaiting": _l("The household has the slip and is asked"),
    "delivery.mended": _l("What was wrong was put right"),
    "delivery.disputed": _l("It was not put right in time"),
    "delivery.inquired": _l("The county looked into it"),
    "delivery.annulled": _l("The county annulled what was not received"),
    "delivery_evidence.created": _l("A picture was added"),
    "confirmation.code_issued": _l("A slip was made for the household"),
    "confirmation.received": _l("All of it came, says the household"),
    "confirmation.partly": _l("Only part of it came, says the household"),
    "confirmation.unsuitable": _l("It came but is not usable, says the household"),
    "confirmation.refused": _l("It did not come, says the household"),
    "confirmation.reminded": _l("The household has not answered yet; the county calls"),
    "confirmation.unanswered": _l("No answer in 45 days; counted apart"),
    "confirmation.answered": _l("The household's answer was kept"),
    "confirmation.call_checked": _l("The county called back"),
}

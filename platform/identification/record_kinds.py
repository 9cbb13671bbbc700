"""What update records of identification may say."""

from core.i18n import LazyString, _l

QUOTA_KINDS: dict[str, LazyString] = {
    "quota.computed": _l("The numbers were computed"),
    "quota.discarded": _l("The numbers were discarded before they counted"),
    "quota.published": _l("The numbers were published by a second officer"),
    "quota.replaced": _l("A later run took the place of these numbers"),
    "quota.settled": _l("A village's number was settled in whole households"),
    "quota.transfer_agreed": _l("A second officer agreed to move persons between two places"),
    "quota.transfer_asked": _l("An officer asked to move persons between two places"),
    "quota.transfer_declined": _l("A second officer declined to move persons between two places"),
}
KINDS: dict[str, LazyString] = {**QUOTA_KINDS}

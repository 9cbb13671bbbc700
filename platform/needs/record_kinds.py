"""What update records of surveys, consents and needs may say."""

from core.i18n import LazyString, _l

KINDS: dict[str, LazyString] = {
    "needs_survey.created": _l("A needs survey was recorded"),
    "needs_survey.changed": _l("A needs survey was changed"),
    "consent.given": _l("The household agreed"),
    "consent.withdrawn": _l("The household took its consent back"),
    "need.drafted": _l("The need was written down"),
    "need.changed": _l("The draft was changed"),
    "need.submitted": _l("The need was submitted"),
    "need.verified": _l("The need was verified on site"),
    "need.published": _l("The need was approved and published"),
    "need.returned": _l("The need was returned to be completed"),
    "need.rejected": _l("The need was not approved"),
    "need.renewed": _l("The need was verified again and runs on"),
    "need.expired": _l("The need expired"),
    "need.withdrawn": _l("The need was withdrawn"),
    "need.taken_down": _l("The household no longer wants it shown; the page was taken down"),
    "need.disputed": _l("A delivery is being looked into"),
    "need.dispute_closed": _l("The matter was settled"),
    "need.revisited": _l("The township visited again"),
    "need_evidence.created": _l("Evidence was added"),
    "village_sheet.created": _l("Standard lines of the village were approved as one sheet"),
}

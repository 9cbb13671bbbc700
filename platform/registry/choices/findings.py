"""How grave a finding is, where it stands, and why a person closed it."""

from enum import StrEnum

from core.i18n import _l, register_labels


class Severity(StrEnum):
    """An error cannot be true; something suspicious may be and wants a look; overdue waits for somebody."""

    ERROR = "error"
    SUSPICIOUS = "suspicious"
    OVERDUE = "overdue"
    NOTE = "note"


class FindingStage(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    GONE = "gone"


class FindingReason(StrEnum):
    """Why a person lets a finding stand as it is; the code stands in the household's records."""

    CHECKED_TRUE = "checked_true"
    PAPER_SEEN = "paper_seen"
    LOCAL_RULE = "local_rule"
    OTHER_OFFICE = "other_office"


register_labels(
    {
        Severity.ERROR: _l("Cannot be true"),
        Severity.SUSPICIOUS: _l("Look at it"),
        Severity.OVERDUE: _l("Waits too long"),
        Severity.NOTE: _l("Not complete"),
    }
)
register_labels(
    {
        FindingStage.OPEN: _l("Open"),
        FindingStage.ACCEPTED: _l("Stands as it is"),
        FindingStage.GONE: _l("No longer so"),
    }
)
register_labels(
    {
        FindingReason.CHECKED_TRUE: _l("Checked in the house, it is so"),
        FindingReason.PAPER_SEEN: _l("A paper was seen that shows it"),
        FindingReason.LOCAL_RULE: _l("A local rule allows it"),
        FindingReason.OTHER_OFFICE: _l("Handed to the office that must mend it"),
    }
)

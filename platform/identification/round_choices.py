"""Closed sets of rounds and of a village's figures, with their words (domain.md 3.7)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class ListPart(StrEnum):
    """Which households of the frame a list shows, besides those of one kind of contact."""

    OPEN = "open"
    ALL = "all"


class Outcome(StrEnum):
    """What came of a household that stands on a sentinel list (domain.md 3.7.3)."""

    TO_ASK = "to_ask"
    UNDER_WAY = "under_way"
    ON_REGISTER = "on_register"
    MONITORED = "monitored"
    DECLINED = "declined"
    DECIDED = "decided"


class Alarm(StrEnum):
    """What somebody above should look into, said by figures alone (domain.md 3.7.2, 3.7.5, 3.7.8)."""

    LOW_COVERAGE = "low_coverage"
    NO_NEW_ENTRY = "no_new_entry"
    OLD_REGISTER_KEPT = "old_register_kept"
    ANSWER_LATE = "answer_late"


class OldRegister(StrEnum):
    """Whether figures that compare with the old register are shown, and if not, why."""

    SHOWN = "shown"
    VOTES_OPEN = "votes_open"
    NOT_ON_FILE = "not_on_file"
    NOT_ASKED = "not_asked"
    FEW = "few"


register_labels({ListPart.OPEN: _l("Still to be reached"), ListPart.ALL: _l("All households")})
register_labels(
    {
        Outcome.TO_ASK: _l("Nobody has asked yet"),
        Outcome.UNDER_WAY: _l("A case is under way"),
        Outcome.ON_REGISTER: _l("On the register already"),
        Outcome.MONITORED: _l("Under monitoring already"),
        Outcome.DECLINED: _l("Declined"),
        Outcome.DECIDED: _l("Looked at, case ended"),
    }
)
register_labels(
    {
        Alarm.LOW_COVERAGE: _l("Too few households were reached"),
        Alarm.NO_NEW_ENTRY: _l("Nobody new: all admitted stood on the old register"),
        Alarm.OLD_REGISTER_KEPT: _l("Nearly the whole old register was kept"),
        Alarm.ANSWER_LATE: _l("A household beyond the number waits too long for its answer"),
    }
)
register_labels(
    {
        OldRegister.SHOWN: _l("Shown"),
        OldRegister.VOTES_OPEN: _l("Shown only after all votes"),
        OldRegister.NOT_ON_FILE: _l("No old register on file"),
        OldRegister.NOT_ASKED: _l("Not asked under these rules"),
        OldRegister.FEW: _l("Too few households; not shown"),
    }
)

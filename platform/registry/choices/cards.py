"""The closed sets of cards and of orders to erase."""

from enum import StrEnum

from core.i18n import _l, register_labels


class ReplacementStage(StrEnum):
    """How far the replacement of a card is: one officer asks, another agrees, then the first gives the new one."""

    ASKED = "asked"
    AGREED = "agreed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ReplacementReason(StrEnum):
    LOST = "lost"
    DAMAGED = "damaged"
    PIN_KNOWN = "pin_known"
    GIVER_INVOLVED = "giver_involved"


class ErasureStage(StrEnum):
    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ErasureReason(StrEnum):
    """Why the personal particulars of a household are erased; the code stands in the household's records."""

    ASKED_BY_HOUSEHOLD = "asked_by_household"
    MOVED_AWAY = "moved_away"
    RETENTION_OVER = "retention_over"
    ENTERED_WRONGLY = "entered_wrongly"


OPEN_REPLACEMENT = (ReplacementStage.ASKED, ReplacementStage.AGREED)

register_labels(
    {
        ReplacementStage.ASKED: _l("Waiting for the second officer"),
        ReplacementStage.AGREED: _l("Agreed, the new card can be given"),
        ReplacementStage.DONE: _l("The new card was given"),
        ReplacementStage.DECLINED: _l("Declined by the second officer"),
        ReplacementStage.WITHDRAWN: _l("Taken back"),
    }
)
register_labels(
    {
        ReplacementReason.LOST: _l("The card is lost"),
        ReplacementReason.DAMAGED: _l("The card cannot be read any more"),
        ReplacementReason.PIN_KNOWN: _l("Somebody else knows the PIN"),
        ReplacementReason.GIVER_INVOLVED: _l("Who gave it now writes needs down or is paired with the household"),
    }
)
register_labels(
    {
        ErasureStage.ASKED: _l("Waiting for the second person"),
        ErasureStage.DONE: _l("Erased"),
        ErasureStage.DECLINED: _l("Declined by the second person"),
        ErasureStage.WITHDRAWN: _l("Taken back"),
    }
)
register_labels(
    {
        ErasureReason.ASKED_BY_HOUSEHOLD: _l("The household asked for it"),
        ErasureReason.MOVED_AWAY: _l("The household moved away or died out"),
        ErasureReason.RETENTION_OVER: _l("The time to keep its file is over"),
        ErasureReason.ENTERED_WRONGLY: _l("It was put on file by mistake"),
    }
)

"""Papers that are printed for a signature, and what somebody prints them for."""

from enum import StrEnum

from core.i18n import _l, register_labels


class PaperKind(StrEnum):
    HOUSEHOLD_FORM = "household_form"
    HANDBOOK = "handbook"
    CONTACT_CARD = "contact_card"
    VILLAGE_FORM = "village_form"
    RECEIPT = "receipt"
    MINUTES = "minutes"
    NOTICE = "notice"


class PrintPurpose(StrEnum):
    """Why an officer prints names; the code stands in the records."""

    SIGNING = "signing"
    COPY = "copy"
    VISIT = "visit"
    INSPECTION = "inspection"


register_labels(
    {
        PaperKind.HOUSEHOLD_FORM: _l("Register form of the household"),
        PaperKind.HANDBOOK: _l("Handbook of the household"),
        PaperKind.CONTACT_CARD: _l("Contact card for the wall"),
        PaperKind.VILLAGE_FORM: _l("Register form of the village"),
        PaperKind.RECEIPT: _l("Receipt of an application"),
        PaperKind.MINUTES: _l("Minutes of the review meeting"),
        PaperKind.NOTICE: _l("Notice for the board"),
        PrintPurpose.SIGNING: _l("To be checked and signed by the household"),
        PrintPurpose.COPY: _l("A copy that the household keeps"),
        PrintPurpose.VISIT: _l("For a visit on site"),
        PrintPurpose.INSPECTION: _l("For an inspection that was asked for"),
    }
)

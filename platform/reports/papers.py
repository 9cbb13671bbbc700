"""Each kind of paper ready to be set: its title, template and blocks."""

from collections.abc import Callable

from core.i18n import _
from reports.layouts.blocks import value_of
from reports.layouts.contact import contact_card
from reports.layouts.household import form_title, handbook, handbook_cover, handbook_title, household_form
from reports.layouts.identification import board_rule, minutes, notice, receipt
from reports.layouts.village import village_form, village_title
from reports.printing import BOARD, FORM, HANDBOOK, TWICE, Paper
from reports.sheets import (
    BlankKind,
    CardSheet,
    Era,
    HandbookSheet,
    HouseholdSheet,
    MinutesSheet,
    NoticeSheet,
    ReceiptSheet,
    VillageSheet,
)


def household_form_paper(sheet: HouseholdSheet) -> Paper:
    """Return the register form of a household, on its side."""
    return Paper(
        FORM,
        form_title(sheet.era),
        household_form(sheet),
        subtitle=_("As of %(day)s", day=sheet.as_of) if sheet.as_of else "",
        running=_running(sheet),
        wide=True,
    )


def handbook_paper(sheet: HandbookSheet) -> Paper:
    """Return the handbook of a household: a cover and six parts."""
    cover = [{"words": one.words, "value": value_of(one.value)} for one in handbook_cover(sheet)]
    advice = [
        _("Keep this book at home. Who comes to help, and what came, is written here."),
        _("Sign when a thing has arrived, not before. Nobody may ask for a signature in blank."),
    ]
    return Paper(
        HANDBOOK,
        handbook_title(sheet.household.era),
        handbook(sheet),
        subtitle=_("One book for each household"),
        running=_running(sheet.household),
        more={"cover": cover, "advice": advice},
    )


def _running(sheet: HouseholdSheet) -> str:
    return _("Household %(number)s", number=sheet.number) if sheet.number else ""


def village_paper(sheet: VillageSheet) -> Paper:
    """Return the register form of a village."""
    said = _("%(place)s, code %(code)s, %(year)s", place=sheet.place, code=sheet.code, year=sheet.year)
    subtitle = said if sheet.place else ""
    return Paper(FORM, village_title(sheet.era), village_form(sheet), subtitle=subtitle, running=sheet.place)


def notice_paper(sheet: NoticeSheet) -> Paper:
    """Return a notice or an announcement for the board."""
    return Paper(BOARD, sheet.title, [*notice(sheet, empty=0 if sheet.entries else 10), board_rule()])


def minutes_paper(sheet: MinutesSheet) -> Paper:
    """Return the minutes of a review meeting."""
    return Paper(FORM, _("Minutes of the review meeting"), minutes(sheet), subtitle=sheet.place)


def receipt_paper(sheet: ReceiptSheet) -> Paper:
    """Return a receipt in two parts on one sheet."""
    more = {"copies": receipt(sheet), "cut": _cut(), "qr-words": _("Scan: where is my case")}
    return Paper(TWICE, _("Receipt of an application"), (), more=more)


def contact_paper(sheet: CardSheet) -> Paper:
    """Return the contact card, two copies on one sheet."""
    return Paper(TWICE, card_title(sheet.era), (), more={"copies": contact_card(sheet), "cut": _cut(), "qr-words": ""})


def card_title(era: Era) -> str:
    """Return what the card is called in its time."""
    return _("Contact card") if era is Era.MONITORING else _("Contact card of poverty relief")


# What a paper that changed its name with the times is called.
TITLES: dict[BlankKind, Callable[[Era], str]] = {
    BlankKind.HOUSEHOLD_FORM: form_title,
    BlankKind.HANDBOOK: handbook_title,
    BlankKind.CONTACT_CARD: card_title,
    BlankKind.VILLAGE_FORM: village_title,
}


def _cut() -> str:
    return _("Cut here")

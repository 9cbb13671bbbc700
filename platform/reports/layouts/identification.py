"""Papers of the identification: notice, announcement, minutes, receipt."""

from typing import Any

from core.i18n import _
from reports.layouts.blocks import (
    Block,
    column,
    facts,
    framed,
    gap,
    lines,
    new_page,
    sealed,
    signatures,
    table,
    text,
    value_of,
)
from reports.sheets import Fields, MinutesSheet, NoticeSheet, ReceiptSheet

BLANK_BALLOTS, BLANK_PRESENT = 12, 26


def notice(sheet: NoticeSheet, *, empty: int = 0) -> list[Block]:
    """Return the blocks of a notice; the table has the columns that domain.md 7.6 allows and no other."""
    rows = [(str(at), *one.cells) for at, one in enumerate(sheet.entries, 1)]
    return [
        text(sheet.opening, size=14, indent=True),
        table(_notice_columns(), rows, empty=empty, tall=True, size=12),
        facts(sheet.facts, columns=1, label_width=46, label_size=12),
        gap(4),
        text(sheet.closing, size=14, indent=True),
        sealed(sheet.office or _("Village committee")),
    ]


def _notice_columns() -> list[Block]:
    return [
        column(_("No."), 14, side="centre"),
        column(_("Villagers' group"), 26, side="centre"),
        column(_("Head of the household")),
        column(_("Persons"), 18, side="centre"),
        column(_("Proposed or decided"), 42),
        column(_("General reason"), 28, side="centre"),
    ]


def minutes(sheet: MinutesSheet) -> list[Block]:
    """Return the blocks of the minutes: what was voted, who was there, room for what was said."""
    ballots = [(str(at), *one.cells) for at, one in enumerate(sheet.ballots, 1)]
    return [
        facts(sheet.facts, columns=2, label_width=34),
        *_said(_("Agenda"), sheet.agenda, 2),
        table(_ballot_columns(), ballots, title=_("Votes"), empty=BLANK_BALLOTS if not ballots else 0, tall=True),
        *_said(_("Resolution"), sheet.resolution, 2),
        *([] if sheet.present else [new_page()]),
        *_said(_("What was said"), sheet.said, 4 if sheet.present else 6),
        table(_present_columns(), _present(sheet.present), title=_("Present, each signs"), tall=True),
        signatures(
            (_("Chair"), ""), (_("Recorder"), ""), (_("Teller"), ""), (_("Observer of the township"), ""), height=18
        ),
    ]


def _said(title: str, words: str, count: int) -> list[Block]:
    if not words:
        return [lines(title, count)]
    return [text(title, size=11, bold=True), text(words)]


def _ballot_columns() -> list[Block]:
    return [
        column(_("No."), 12, side="centre"),
        column(_("Head of the household")),
        column(_("For"), 18, side="centre"),
        column(_("Against"), 18, side="centre"),
        column(_("Abstained"), 18, side="centre"),
        column(_("Withdrew as kin"), 24, side="centre"),
        column(_("Result"), 30, side="centre"),
    ]


def _present_columns() -> list[Block]:
    return [
        column(_("Name of the representative")),
        column(_("Signature"), 48),
        column(_("Name of the representative")),
        column(_("Signature"), 48),
    ]


def _present(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    filled = list(names) or [""] * BLANK_PRESENT
    filled += [""] * (len(filled) % 2)
    return [(filled[at], "", filled[at + 1], "") for at in range(0, len(filled), 2)]


def receipt(sheet: ReceiptSheet) -> list[dict[str, Any]]:
    """Return the two copies of a receipt: the villager's, and the village's stub."""
    given = [(_("The villager keeps this part"), (_("Received by"), _("Day")))]
    given += [(_("The village keeps this part"), (_("Handed over to"), _("Day")))]
    large = [{"words": _("Receipt number"), "value": sheet.number}]
    return [
        {"whose": whose, "large": large, "fields": _rows(sheet.facts), "advice": sheet.advice, "signs": list(signs)}
        for whose, signs in given
    ]


def _rows(fields: Fields) -> list[dict[str, Any]]:
    return [{"words": one.words, "value": value_of(one.value)} for one in fields]


def board_rule() -> Block:
    """Return the sentence that stands beneath every list on a board."""
    return framed(_("Nobody may copy or pass this list on. It is taken down when the period ends."))

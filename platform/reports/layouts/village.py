"""The register form of a village, with the numbers of its lines."""

from core.i18n import _
from reports.layouts.blocks import Block, column, signatures, table
from reports.sheets import Cells, Era, VillageLine, VillageSheet


def village_title(era: Era) -> str:
    """Return what the form is called in its time."""
    return _("Register form of a poor village") if era is Era.REGISTER else _("Register form of a village")


def village_form(sheet: VillageSheet) -> list[Block]:
    """Return one table for each group of lines, two lines side by side."""
    tables = [table(_columns(), _paired(list(group.lines)), title=group.title) for group in sheet.groups]
    return [
        *tables,
        signatures(
            (_("Filled in by"), ""),
            (_("Village committee"), _("Seal")),
            (_("Township government"), _("Seal")),
            across=3,
        ),
    ]


def _columns() -> list[Block]:
    one = [column(_("No."), 15, centred=True), column(_("Item"), -3), column(_("Value"), -2)]
    return one + one


def _cells(line: VillageLine) -> Cells:
    named = f"{line.words} ({line.unit})" if line.unit else line.words
    return (line.number, named, line.value)


def _paired(lines: list[VillageLine]) -> list[Cells]:
    half = (len(lines) + 1) // 2
    left, right = lines[:half], lines[half:] + [VillageLine("", "")] * (half - len(lines[half:]))
    return [(*_cells(first), *_cells(second)) for first, second in zip(left, right, strict=True)]

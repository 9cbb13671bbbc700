"""The register form of a village, with the numbers of its lines."""

from core.i18n import _
from reports.layouts.blocks import Block, column, signatures, table
from reports.sheets import Cells, Era, VillageGroup, VillageLine, VillageSheet


def village_title(era: Era) -> str:
    """Return what the form is called in its time."""
    return _("Register form of a poor village") if era is Era.REGISTER else _("Register form of a village")


def village_form(sheet: VillageSheet) -> list[Block]:
    """Return one table for each group of lines, two lines side by side; then plan, results and who signs."""
    return [
        *[_group(group) for group in sheet.groups],
        table(_plan_columns(), sheet.plans, title=_("Plan of the village"), empty=2, size=10),
        table(_result_columns(), sheet.results, title=_("Results of the village"), empty=2, size=10),
        signatures(
            (_("Filled in by"), ""),
            (_("Village committee"), _("Seal")),
            (_("Township government"), _("Seal")),
            across=3,
        ),
    ]


def _group(group: VillageGroup) -> Block:
    if group.whole:
        heads = [column(_("Nat. code"), 15, side="centre"), column(_("Item"), 52), column(_("Value"))]
        return table(heads, [_cells(line) for line in group.lines], title=group.title, size=10)
    return table(_columns(), _paired(list(group.lines)), title=group.title, size=10)


def _columns() -> list[Block]:
    one = [column(_("Nat. code"), 15, side="centre"), column(_("Item"), -5), column(_("Value"), -3)]
    return one + one


def _plan_columns() -> list[Block]:
    return [
        column(_("Project"), -4),
        column(_("Category"), -2),
        column(_("Scale"), -2),
        column(_("Households and persons"), -2),
        column(_("Funds by source, yuan"), -4),
        column(_("From and until"), 23),
        column(_("Unit in charge"), -3),
    ]


def _result_columns() -> list[Block]:
    return [
        column(_("Project"), -4),
        column(_("Spent, yuan"), 26, side="right"),
        column(_("Progress"), -3),
        column(_("Accepted on"), 26, side="centre"),
        column(_("Effect"), -4),
    ]


def _cells(line: VillageLine) -> Cells:
    named = _("%(item)s (%(unit)s)", item=line.words, unit=line.unit) if line.unit else line.words
    return (line.number, named, line.value)


def _paired(lines: list[VillageLine]) -> list[Cells]:
    half = (len(lines) + 1) // 2
    left, right = lines[:half], lines[half:] + [VillageLine("", "")] * (half - len(lines[half:]))
    return [(*_cells(first), *_cells(second)) for first, second in zip(left, right, strict=True)]

"""The register form and the handbook of a household."""

from core.i18n import _
from reports.layouts.blocks import (
    Block,
    column,
    facts,
    income_blocks,
    lines,
    new_page,
    part,
    signatures,
    table,
    text,
)
from reports.sheets import Cells, Era, Field, HandbookSheet, HouseholdSheet

LEAST_MEMBERS = 6
BLANK_MEMBERS = 8


def form_title(era: Era) -> str:
    """Return what the form is called in its time."""
    if era is Era.REGISTER:
        return _("Register form of a poor household")
    return _("Information form of a monitored household")


def handbook_title(era: Era) -> str:
    """Return what the booklet is called in its time."""
    return _("Poverty relief handbook") if era is Era.REGISTER else _("Help handbook")


def member_columns(era: Era) -> list[Block]:
    """Return the heads A4 to A16 of the form; widths are for a page on its side."""
    heads = (
        ("A4", _("Name of the member"), -3, "left"),
        ("A5", _("Sex"), 14, "centre"),
        ("A6", _("ID on file"), 16, "centre"),
        ("A7", _("Relation to the head"), 21, "centre"),
        ("A8", _("Ethnicity"), 17, "centre"),
        ("A9", _("Education"), 17, "centre"),
        ("A10", _("At school"), 17, "centre"),
        ("A11", _("State of health"), -2, "left"),
        ("A12", _("Labour ability"), 21, "centre"),
        ("A13", _("Where they work"), -2, "left"),
        ("", _("Months away"), 16, "centre"),
        ("A14", _("Dibao"), 12, "centre"),
        ("A15", _("In the medical insurance"), 17, "centre"),
        ("A16", _("In the pension insurance"), 17, "centre"),
    )
    numbers = era is Era.REGISTER
    return [column(f"{at}\n{words}" if numbers and at else words, width, side=side) for at, words, width, side in heads]


def household_form(sheet: HouseholdSheet) -> list[Block]:
    """Return the blocks of the register form, on its side."""
    blank = not sheet.members
    then = sheet.era is Era.REGISTER
    return [
        facts(sheet.identity, columns=3, label_width=28),
        facts(sheet.standing, title=standing_title(sheet.era), columns=2, label_width=34),
        table(
            member_columns(sheet.era),
            sheet.members,
            title=_("Members of the household"),
            empty=BLANK_MEMBERS if blank else LEAST_MEMBERS,
            note=_("ID numbers are kept sealed and are never printed; the box says whether one is on file."),
            tall=blank,
            size=10,
        ),
        *income_blocks(sheet.income, across=3),
        facts(sheet.living, title=_("Production and living conditions"), columns=3, label_width=34),
        helpers_table(sheet, title=_("Responsible helpers") if then else _("Helpers")),
        signatures(
            (_("Head of the household"), _("What stands here is true. Signature or thumbprint")),
            (_("Filled in by"), _("Two visitors sign")),
            (_("Village committee"), _("Seal")),
            (_("Township government"), _("Seal")),
        ),
    ]


def standing_title(era: Era) -> str:
    return _("Standing and causes of poverty") if era is Era.REGISTER else _("Standing, causes and risks")


def helpers_table(sheet: HouseholdSheet, *, title: str = "", empty: int = 2) -> Block:
    heads = [
        column(_("Rank of the helper"), 14, side="centre"),
        column(_("Name of the helper"), -2),
        column(_("Unit and post"), -3),
        column(_("Phone"), 32),
        column(_("From and until"), 42),
        column(_("Signature"), 26),
    ]
    return table(heads, [line.cells for line in sheet.helpers], title=title, empty=empty)


def handbook_cover(sheet: HandbookSheet) -> list[Field]:
    """Return what the cover says."""
    household = sheet.household
    first = household.helpers[0] if household.helpers else None
    return [
        Field(_("Household number"), household.number),
        Field(_("Head of the household"), household.head),
        Field(_("Where the household lives"), household.place),
        Field(_("Responsible helper"), first.name if first else ""),
        Field(_("Phone of the helper"), first.phone if first else ""),
        Field(_("County supervision line"), sheet.phone),
    ]


def handbook(sheet: HandbookSheet) -> list[Block]:
    """Return the six parts; a part without rows is ruled for handwriting, so that it fills its page."""
    household = sheet.household
    head, helper = (_("Head of the household"), ""), (_("Responsible helper"), "")
    return [
        part(_("Part 1: basic facts")),
        facts(household.identity, columns=2, label_width=30),
        table(
            _short_member_columns(),
            [_short(row) for row in household.members],
            title=_("Members of the household"),
            empty=LEAST_MEMBERS,
            size=10,
        ),
        *income_blocks(household.income),
        facts(household.living, title=_("Production and living conditions"), columns=2, label_width=36),
        part(_("Part 2: causes")),
        facts(sheet.causes, columns=1, label_width=36),
        lines(_("What the household says itself"), 3),
        new_page(),
        part(_("Part 3: responsible helper and visits")),
        helpers_table(household, empty=3),
        table(_visit_columns(), sheet.visits, title=_("Visits"), empty=18, tall=True),
        new_page(),
        part(_("Part 4: plan")),
        table(_plan_columns(), sheet.plans, empty=19, tall=True),
        signatures(head, helper, (_("Village committee"), ""), across=3),
        new_page(),
        part(_("Part 5: measures")),
        table(_measure_columns(), sheet.measures, empty=22, tall=True),
        text(_("The head signs each line when it has arrived, not before."), size=9.5),
        new_page(),
        part(_("Part 6: results")),
        table(_result_columns(), sheet.results, empty=13, tall=True),
        table(_income_columns(), sheet.incomes, title=_("Income by year"), empty=5),
        signatures(head, helper, (_("Township government"), _("Seal")), across=3),
    ]


def _short(row: Cells) -> Cells:
    """Return what the booklet repeats of a member: name, relation, sex, school, health, labour, work."""
    return (row[0], row[3], row[1], row[6], row[7], row[8], row[9]) if row else ()


def _short_member_columns() -> list[Block]:
    return [
        column(_("Name of the member"), -3),
        column(_("Relation to the head"), 22, side="centre"),
        column(_("Sex"), 11, side="centre"),
        column(_("At school"), 22, side="centre"),
        column(_("State of health"), -3),
        column(_("Labour ability"), 22, side="centre"),
        column(_("Where they work"), -2),
    ]


def _visit_columns() -> list[Block]:
    return [
        column(_("Day"), 24),
        column(_("Who came"), 34),
        column(_("What was talked about and done")),
        column(_("Signature of the household"), 32),
    ]


def _plan_columns() -> list[Block]:
    return [
        column(_("Year"), 16),
        column(_("Goal"), -2),
        column(_("What will be done"), -3),
        column(_("By when"), 24),
        column(_("Who is responsible"), 32),
    ]


def _measure_columns() -> list[Block]:
    return [
        column(_("Day"), 22),
        column(_("Measure"), 24),
        column(_("What and how much"), -3),
        column(_("Who helped"), -2),
        column(_("Source of the funds"), 24),
        column(_("Signature of the head"), 28),
    ]


def _result_columns() -> list[Block]:
    return [
        column(_("Day"), 22),
        column(_("Measure"), 30),
        column(_("What came of it")),
        column(_("Effect on the income"), 30, side="right"),
        column(_("Signature of the head"), 28),
    ]


def _income_columns() -> list[Block]:
    return [
        column(_("Year"), 20, side="centre"),
        column(_("Persons"), 18, side="centre"),
        column(_("Net income, yuan"), side="right"),
        column(_("Per person, yuan"), side="right"),
        column(_("Signature of the head"), 32),
    ]

"""A year's income on paper: its lines, its sums, and the formula behind each sum (domain.md 2.1)."""

from core.i18n import _, label
from registry.choices import IncomeCode, IncomeGroup
from registry.incomes import FormulaLine, Income, formula_lines
from reports.layouts.values import number
from reports.sheets import IncomeSheet


def blank_income(*, short: bool = False) -> IncomeSheet:
    """Return the lines to fill in by hand: each item, or its groups only."""
    lines = [label(group) for group in IncomeGroup] if short else [label(item) for item in IncomeCode]
    return IncomeSheet(lines=tuple((words, "") for words in lines))


def income_sheet(year: int, sums: Income) -> IncomeSheet:
    """Return the year's lines that have an amount, and the sums."""
    amounts = {item.code: item.amount for item in sums.items if item.amount}
    lines = tuple((label(code), number(amounts[code])) for code in IncomeCode if code in amounts)
    return IncomeSheet(
        _("Income of %(year)s, in yuan", year=year), lines, tuple(_sum(line) for line in formula_lines(sums))
    )


def _sum(line: FormulaLine) -> tuple[str, str, str]:
    terms = " ".join(f"{term.sign} {number(term.amount)}".strip() for term in line.terms)
    return (label(line.line), number(line.result), terms)

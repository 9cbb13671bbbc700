"""A year's income on paper: its lines, its sums, and the formula behind each sum (domain.md 2.1)."""

from core.i18n import _, label
from registry.choices import IncomeCode, IncomeConcept, IncomeGroup
from registry.incomes import FormulaLine, Income, Line, Term, formula_lines
from reports.layouts.values import yuan
from reports.sheets import IncomeSheet


def blank_income(*, short: bool = False) -> IncomeSheet:
    """Return the lines and sums to fill in by hand: each item, or its groups only."""
    lines = [label(group) for group in IncomeGroup] if short else [label(item) for item in IncomeCode]
    nothing = Income((), 1)
    sums = tuple((_name(line, nothing), "", _formula(line, filled=False)) for line in formula_lines(nothing))
    return IncomeSheet(lines=tuple((words, "") for words in lines), sums=sums)


def income_sheet(year: int, sums: Income) -> IncomeSheet:
    """Return the year's lines that have an amount, and the sums."""
    amounts = {item.code: item.amount for item in sums.items if item.amount}
    lines = tuple((label(code), yuan(amounts[code])) for code in IncomeCode if code in amounts)
    found = tuple((_name(line, sums), yuan(line.result), _formula(line)) for line in formula_lines(sums))
    return IncomeSheet(_("Income of %(year)s", year=year), lines, found)


def _name(line: FormulaLine, sums: Income) -> str:
    """Return what the form calls a sum: the income per person by its concept."""
    if line.line is not Line.PER_CAPITA:
        return label(line.line)
    if sums.concept is IncomeConcept.DISPOSABLE:
        return _("Disposable income per person")
    return _("Net income per person")


def _formula(line: FormulaLine, *, filled: bool = True) -> str:
    return " ".join(_said(term, filled=filled) for term in line.terms)


def _said(term: Term, *, filled: bool) -> str:
    words = (term.sign.replace("-", "−"), label(term.what), yuan(term.amount) if filled else "")
    return " ".join(word for word in words if word)

"""The arithmetic of a household's year (domain.md 2.1): exact, and each sum with the formula that a page can show.

Living expense is never taken off; only what production cost, and for disposable income what was handed on. Loans are no
income. What comes once (a relief, a gift) counts for the year and is shown apart, for it does not carry the household.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.i18n import _l, register_labels
from registry.choices import IncomeCode, IncomeConcept, IncomeGroup, group_of_item

ZERO, FEN = Decimal("0.00"), Decimal("0.01")
RECEIVED = (IncomeGroup.WAGE, IncomeGroup.BUSINESS, IncomeGroup.PROPERTY, IncomeGroup.TRANSFER)


@dataclass(frozen=True)
class Item:
    """One line of the year, in yuan; costs and payments are positive too."""

    code: IncomeCode
    amount: Decimal
    is_one_off: bool = False

    @property
    def group(self) -> IncomeGroup:
        return group_of_item(self.code)


class Flag(StrEnum):
    """What a reader should notice beside the sums."""

    NEGATIVE = "negative"
    ONE_OFF = "one_off"
    CONCEPT_MIXED = "concept_mixed"


class Line(StrEnum):
    """One line of the calculation that is shown."""

    GROSS = "gross"
    NET = "net"
    DISPOSABLE = "disposable"
    PER_CAPITA = "per_capita"
    ONE_OFF = "one_off"
    STABLE = "stable"
    STABLE_PER_CAPITA = "stable_per_capita"
    REFERENCE = "reference"
    REFERENCE_PER_CAPITA = "reference_per_capita"


class Persons(StrEnum):
    """Who shares."""

    AT_THE_END = "at_the_end"


register_labels({Persons.AT_THE_END: _l("Persons at the end of the period")})
register_labels(
    {
        Flag.NEGATIVE: _l("The result is below zero"),
        Flag.ONE_OFF: _l("Part of it comes only once"),
        Flag.CONCEPT_MIXED: _l("Transfers paid are noted but not taken off from net income"),
    }
)
register_labels(
    {
        Line.GROSS: _l("Gross income of the year"),
        Line.NET: _l("Net income of the year"),
        Line.DISPOSABLE: _l("Disposable income of the year"),
        Line.PER_CAPITA: _l("Income per person"),
        Line.ONE_OFF: _l("Of it only this once"),
        Line.STABLE: _l("Income that stays"),
        Line.STABLE_PER_CAPITA: _l("Income that stays, per person"),
        Line.REFERENCE: _l("Income to compare with the monitoring line"),
        Line.REFERENCE_PER_CAPITA: _l("The same per person"),
    }
)


@dataclass(frozen=True)
class Term:
    """One number of a formula with its sign: "+", "-", "÷"; the first has none. `label(what)` is its word."""

    sign: str
    what: IncomeGroup | Line | Persons
    amount: Decimal


@dataclass(frozen=True)
class FormulaLine:
    """A result and what it was worked out from."""

    line: Line
    terms: tuple[Term, ...]
    result: Decimal


@dataclass(frozen=True)
class Income:
    """A household's year. `members` is how many persons share it at the end of the period."""

    items: tuple[Item, ...]
    members: int
    concept: IncomeConcept = IncomeConcept.NET

    def group(self, group: IncomeGroup, *, one_off: bool | None = None) -> Decimal:
        """Return the sum of a group; `one_off` keeps only what comes once, or only what does not."""
        wanted = (item for item in self.items if item.group is group)
        return sum((i.amount for i in wanted if one_off is None or i.is_one_off is one_off), ZERO)

    @property
    def gross(self) -> Decimal:
        """Wages, farming and business before costs, property, transfers."""
        return sum((self.group(group) for group in RECEIVED), ZERO)

    @property
    def net(self) -> Decimal:
        """Gross less the costs of production; nothing else is taken off."""
        return self.gross - self.group(IncomeGroup.BUSINESS_EXPENSE)

    @property
    def disposable(self) -> Decimal:
        """Net less the transfers paid, such as contributions to social insurance."""
        return self.net - self.group(IncomeGroup.TRANSFER_EXPENSE)

    @property
    def result(self) -> Decimal:
        """The year's income by its concept."""
        return self.disposable if self.concept is IncomeConcept.DISPOSABLE else self.net

    @property
    def per_capita(self) -> Decimal:
        return per_person(self.result, self.members)

    @property
    def one_off(self) -> Decimal:
        """What of the gross income came only once."""
        return sum((self.group(group, one_off=True) for group in RECEIVED), ZERO)

    @property
    def stable(self) -> Decimal:
        """The result without what came only once."""
        return self.result - self.one_off

    @property
    def stable_per_capita(self) -> Decimal:
        return per_person(self.stable, self.members)

    @property
    def monitoring_reference(self) -> Decimal:
        """The result, plus claims paid by insurance, less recognised costs that the household paid itself."""
        return self.result + self.group(IncomeGroup.CLAIMS) - self.group(IncomeGroup.SELF_PAID)

    @property
    def monitoring_reference_per_capita(self) -> Decimal:
        return per_person(self.monitoring_reference, self.members)

    @property
    def flags(self) -> frozenset[Flag]:
        """What stands out; a result below zero is possible and is looked at."""
        found = {Flag.NEGATIVE} if self.result < 0 or self.monitoring_reference < 0 else set()
        if self.one_off:
            found.add(Flag.ONE_OFF)
        if self.concept is IncomeConcept.NET and self.group(IncomeGroup.TRANSFER_EXPENSE):
            found.add(Flag.CONCEPT_MIXED)
        return frozenset(found)


def income(items: Iterable[Item], members: int, concept: IncomeConcept = IncomeConcept.NET) -> Income:
    """Return the year of a household; raise ValueError for amounts below zero or parts of a fen, or nobody to share."""
    found = tuple(items)
    if members < 1:
        raise ValueError("nobody shares the income")
    for item in found:
        if not item.amount.is_finite() or item.amount < 0 or item.amount != item.amount.quantize(FEN):
            raise ValueError(f"{item.code}: an amount is yuan with at most two places, not below zero")
    return Income(found, members, concept)


def per_person(amount: Decimal, members: int) -> Decimal:
    """Return the share of one person, to the fen; half a fen goes away from zero."""
    return (amount / members).quantize(FEN, rounding=ROUND_HALF_UP)


def formula_lines(year: Income) -> Sequence[FormulaLine]:
    """Return the calculation step by step, as a page shows it; steps that change nothing are left out."""
    lines = [_gross(year), _net(year)]
    if year.concept is IncomeConcept.DISPOSABLE:
        lines.append(_taken(Line.DISPOSABLE, Line.NET, year.net, IncomeGroup.TRANSFER_EXPENSE, year))
    lines.append(_share(Line.PER_CAPITA, _base(year), year.result, year))
    if year.one_off:
        lines += _stable(year)
    if year.group(IncomeGroup.CLAIMS) or year.group(IncomeGroup.SELF_PAID):
        lines += _reference(year)
    return lines


def _base(year: Income) -> Line:
    return Line.DISPOSABLE if year.concept is IncomeConcept.DISPOSABLE else Line.NET


def _gross(year: Income) -> FormulaLine:
    terms = [Term("+" if place else "", group, year.group(group)) for place, group in enumerate(RECEIVED)]
    return FormulaLine(Line.GROSS, tuple(terms), year.gross)


def _net(year: Income) -> FormulaLine:
    return _taken(Line.NET, Line.GROSS, year.gross, IncomeGroup.BUSINESS_EXPENSE, year)


def _taken(line: Line, source: Line, amount: Decimal, group: IncomeGroup, year: Income) -> FormulaLine:
    less = year.group(group)
    return FormulaLine(line, (Term("", source, amount), Term("-", group, less)), amount - less)


def _share(line: Line, source: Line, amount: Decimal, year: Income) -> FormulaLine:
    persons = Term("÷", Persons.AT_THE_END, Decimal(year.members))
    return FormulaLine(line, (Term("", source, amount), persons), per_person(amount, year.members))


def _stable(year: Income) -> list[FormulaLine]:
    once = Term("-", Line.ONE_OFF, year.one_off)
    stays = FormulaLine(Line.STABLE, (Term("", _base(year), year.result), once), year.stable)
    return [stays, _share(Line.STABLE_PER_CAPITA, Line.STABLE, year.stable, year)]


def _reference(year: Income) -> list[FormulaLine]:
    terms = (
        Term("", _base(year), year.result),
        Term("+", IncomeGroup.CLAIMS, year.group(IncomeGroup.CLAIMS)),
        Term("-", IncomeGroup.SELF_PAID, year.group(IncomeGroup.SELF_PAID)),
    )
    whole = FormulaLine(Line.REFERENCE, terms, year.monitoring_reference)
    return [whole, _share(Line.REFERENCE_PER_CAPITA, Line.REFERENCE, year.monitoring_reference, year)]

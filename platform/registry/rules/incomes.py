"""Rules about the income of a year."""

from collections.abc import Iterator

from core.i18n import _l
from registry.choices import IncomeCode, IncomeConcept, IncomeGroup, Severity
from registry.incomes import Flag
from registry.rules.checking import DataQualityRule, Found, HouseholdFacts

FIRST_DISPOSABLE_YEAR = 2014
# A year of twelve whole months, counted from any day.
SHORTEST_YEAR, LONGEST_YEAR = 364, 367


def _members_differ(facts: HouseholdFacts) -> Iterator[Found]:
    """The population of a sheet is that of the members who count at the end of its period."""
    for year in facts.incomes:
        shared = facts.shared.get(year.record.year, 0)
        if shared and shared != year.record.members_end:
            yield Found(year.record.year, {"members_end": year.record.members_end, "members": shared})


def _members_differ_before(facts: HouseholdFacts) -> Iterator[Found]:
    """The population at the start of a year is that of its members who count then (domain.md 2.1)."""
    for year in facts.incomes:
        said, known = year.record.members_start, facts.started.get(year.record.year, 0)
        if said is not None and known and said != known:
            yield Found(year.record.year, {"members_start": said, "members": known})


def _not_a_year(facts: HouseholdFacts) -> Iterator[Found]:
    """The income of a year is that of twelve months, calendar or rolling (domain.md 2.1 f)."""
    for year in facts.incomes:
        days = (year.record.period_end - year.record.period_start).days + 1
        if not SHORTEST_YEAR <= days <= LONGEST_YEAR:
            yield Found(year.record.year, {"days": days})


def _population_unknown(facts: HouseholdFacts) -> Iterator[Found]:
    """An income is collected with the population of that time."""
    for year in facts.incomes:
        if not facts.shared.get(year.record.year, 0):
            yield Found(year.record.year, {"members_end": year.record.members_end})


def _negative(facts: HouseholdFacts) -> Iterator[Found]:
    for year in facts.incomes:
        if Flag.NEGATIVE in year.sums.flags:
            yield Found(year.record.year)


def _leap(facts: HouseholdFacts) -> Iterator[Found]:
    """The income per person is several times that of the year before, or a fraction of it."""
    by_year = {year.record.year: year.sums.per_capita for year in facts.incomes}
    for year, amount in by_year.items():
        before, factor = by_year.get(year - 1), facts.limit("income_leap")
        if before and amount > 0 and before > 0 and (amount > before * factor or before > amount * factor):
            yield Found(year)


def _expense_without_yield(facts: HouseholdFacts) -> Iterator[Found]:
    for year in facts.incomes:
        if year.sums.group(IncomeGroup.BUSINESS_EXPENSE) and not year.sums.group(IncomeGroup.BUSINESS):
            yield Found(year.record.year)


def _dibao_contradicts(facts: HouseholdFacts) -> Iterator[Found]:
    """This year's or last year's sheet has dibao, and nobody is said to receive it, or the other way round."""
    last = next((y for y in facts.incomes if y.record.year >= facts.day.year - 1), None)
    known = [m.profile.receives_dibao for m in facts.members if m.profile and m.profile.receives_dibao is not None]
    if last is None or not known:
        return
    paid = any(item.code is IncomeCode.TRANSFER_DIBAO and item.amount for item in last.sums.items)
    if paid != any(known):
        yield Found(last.record.year, {"paid": paid})


def _one_off_carries(facts: HouseholdFacts) -> Iterator[Found]:
    """Above the reference only because of what comes once."""
    for year in facts.incomes:
        line = facts.line(year.record.year)
        if line is not None and year.sums.stable_per_capita < line <= year.sums.per_capita:
            yield Found(year.record.year)


def _concept_mixed(facts: HouseholdFacts) -> Iterator[Found]:
    for year in facts.incomes:
        early = year.record.year < FIRST_DISPOSABLE_YEAR and year.record.concept is IncomeConcept.DISPOSABLE
        if early or Flag.CONCEPT_MIXED in year.sums.flags:
            yield Found(year.record.year, {"concept": year.record.concept.value})


R, S = DataQualityRule[HouseholdFacts], Severity
INCOME_RULES: tuple[DataQualityRule[HouseholdFacts], ...] = (
    R(
        "income_members",
        _l("The income is shared by another number than the members of that day"),
        S.ERROR,
        _members_differ,
    ),
    R(
        "income_members_start",
        _l("The persons at the start of the year are not the members of that day"),
        S.ERROR,
        _members_differ_before,
    ),
    R("income_period", _l("The period of the income is not twelve months"), S.SUSPICIOUS, _not_a_year),
    R(
        "income_without_members",
        _l("An income without members on file at the end of its period"),
        S.NOTE,
        _population_unknown,
    ),
    R("income_negative", _l("The income of a year is below zero"), S.SUSPICIOUS, _negative),
    R("income_leap", _l("The income per person leapt from one year to the next"), S.SUSPICIOUS, _leap),
    R("cost_without_yield", _l("Costs of production without any yield"), S.SUSPICIOUS, _expense_without_yield),
    R(
        "dibao_contradicts",
        _l("Dibao in the income and in the members' file do not agree"),
        S.SUSPICIOUS,
        _dibao_contradicts,
    ),
    R("one_off_carries", _l("Above the monitoring line only by what comes once"), S.SUSPICIOUS, _one_off_carries),
    R("concept_mixed", _l("The concept of income does not fit the year or the items"), S.NOTE, _concept_mixed),
)

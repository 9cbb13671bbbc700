"""Words of cases for pages: lines, concepts, views, and who is who."""

from collections.abc import Iterable
from uuid import UUID

from accounts.queries import get_account
from core.i18n import LazyString, _, _l
from core.policy import SYSTEM
from identification.models import IdentificationCase
from identification.queries.lines import PolicyLine
from registry.views.places import office_name
from registry.views.survey.sums import yuan

series_words: dict[str, LazyString] = {
    "statistical": _l("Statistical standard"),
    "exit_ladder": _l("Exit ladder"),
    "monitoring": _l("Monitoring reference"),
}
concept_words: dict[str, LazyString] = {
    "net_income": _l("net income per person"),
    "disposable_income": _l("disposable income per person"),
}
view_words: dict[str, LazyString] = {
    "food": _l("Food"),
    "housing": _l("House"),
    "labour": _l("Labour"),
    "schooling": _l("Going to school"),
    "water": _l("Water"),
}


def line_words(year: int, series: str, concept: str, amount: int) -> str:
    """Return a line as one sentence part: what, of which year, how much."""
    return _(
        "%(series)s of %(year)s: %(amount)s, %(concept)s",
        series=str(series_words.get(series, series)),
        year=str(year),
        amount=yuan(amount),  # type: ignore[arg-type]  # whole yuan are written like any amount
        concept=str(concept_words.get(concept, concept)),
    )


def kept_line(case: IdentificationCase) -> str:
    """Return the line that the case was measured against, or nothing before the meeting hears of it."""
    if case.line_year is None or case.line_amount is None:
        return ""
    return line_words(case.line_year, case.line_series, case.line_concept, case.line_amount)


def said_line(line: PolicyLine | None) -> str:
    """Return a line of the policy pack in words."""
    return "" if line is None else line_words(line.year, line.series, line.concept, line.amount)


def person_name(account_id: UUID) -> str:
    """Return name and office of a colleague."""
    name = get_account(SYSTEM, account_id).display_name
    return _("%(name)s, %(office)s", name=name, office=office_name(account_id))


def people_choices(accounts: Iterable[UUID]) -> list[tuple[str, str]]:
    """Return accounts as choices of a form, with name and office."""
    return [(str(account), person_name(account)) for account in accounts]

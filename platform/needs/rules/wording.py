"""What a rule's result says to people."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core.i18n import _, has_label, label, ngettext
from needs.rules.results import RuleResult, Verdict
from needs.text_checks import FindingCode

Words = Callable[[RuleResult, dict[str, Any]], str]
_FINDINGS = frozenset(code.value for code in FindingCode)


def sentence_of(result: RuleResult) -> str:
    """Return the sentence for a result in the current language."""
    if result.code in _FINDINGS:
        return label(FindingCode(result.code))
    passed = _PASSED.get(result.code)
    if result.verdict is Verdict.PASS and passed is not None:
        return passed(result, result.facts)
    return _AGAINST[result.code](result, result.facts)


def detail_of(result: RuleResult) -> str:
    """Return a second line with figures, or nothing."""
    facts = result.facts
    if result.code == "price":
        return _(
            "Entered %(price)s yuan for one, reference %(reference)s yuan (since %(day)s)",
            price=_plain(facts["price"]),
            reference=_plain(facts["reference"]),
            day=facts["priced_on"],
        )
    if result.code == "money_for_person":
        return _(
            "Lawful ways: write down the thing that is needed; ask civil affairs for temporary relief;"
            " turn to a charity or a platform that the state has designated."
        )
    return ""


def _plain(number: str) -> str:
    value = Decimal(number)
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value.normalize():,f}"


def _quantity(result: RuleResult, facts: dict[str, Any]) -> str:
    return _(
        "The quantity %(quantity)s is above the county's limit of %(limit)s",
        quantity=_plain(facts["quantity"]),
        limit=_plain(facts["limit"]),
    )


def _value(result: RuleResult, facts: dict[str, Any]) -> str:
    return _(
        "The whole value of %(value)s yuan is above the limit of %(limit)s yuan",
        value=_plain(facts["value"]),
        limit=_plain(facts["limit"]),
    )


def _price(result: RuleResult, facts: dict[str, Any]) -> str:
    return _("Unit price is %(percent)s%% above the county reference", percent=facts["percent"])


def _cap(result: RuleResult, facts: dict[str, Any]) -> str:
    return _(
        "%(quantity)s is more than the usual %(cap)s for a household of this size",
        quantity=_plain(facts["quantity"]),
        cap=_plain(facts["cap"]),
    )


def _repeat(result: RuleResult, facts: dict[str, Any]) -> str:
    return _("The same was asked for within %(days)s days, last on %(last)s", days=facts["days"], last=facts["last"])


def _season(result: RuleResult, facts: dict[str, Any]) -> str:
    if "needed_by" in facts:
        return _("The day by which it is needed has passed: %(day)s", day=facts["needed_by"])
    return _("It is needed more than a year from now: %(day)s", day=facts["day"])


def _lot(result: RuleResult, facts: dict[str, Any]) -> str:
    if result.verdict is Verdict.REFUSE:
        return _("The smallest lot must be more than 0 and at most the quantity")
    return _("It can only be pledged as a whole, which few helpers can carry")


def _story(result: RuleResult, facts: dict[str, Any]) -> str:
    if facts["length"] == 0:
        return _("Say in a few words why it is needed")
    return _("The reason has %(length)s characters; %(most)s are possible", length=facts["length"], most=facts["most"])


def _pictures(result: RuleResult, facts: dict[str, Any]) -> str:
    return ngettext("%(count)s picture has no date", "%(count)s pictures have no date", facts["count"])


_AGAINST: dict[str, Words] = {
    "quantity": _quantity,
    "value": _value,
    "price": _price,
    "cap": _cap,
    "repeat": _repeat,
    "season": _season,
    "min_lot": _lot,
    "urgency": lambda result, facts: _("It is marked urgent without a reason"),
    "story": _story,
    "consent": lambda result, facts: _("The household has not agreed to what this need shows"),
    "picture_dates": _pictures,
}
_PASSED: dict[str, Words] = {
    "text_clean": lambda result, facts: _("The public text holds no name, phone, account or payment code"),
    "no_money": lambda result, facts: _("It raises no money for a person"),
    "quantity": lambda result, facts: _("The quantity is within the county's limit"),
    "value": lambda result, facts: _("The value is within the county's limit"),
    "price": lambda result, facts: _("The unit price is close to the reference"),
    "cap": lambda result, facts: _("The quantity fits the size of the household"),
    "repeat": lambda result, facts: _("Nothing of the kind was asked for in %(days)s days", days=facts["days"]),
    "season": lambda result, facts: _("The dates fit"),
    "min_lot": lambda result, facts: _(
        "It can be pledged in parts of at least %(lot)s %(unit)s", lot=_plain(facts["min_lot"]), unit=facts["unit"]
    ),
    "urgency": lambda result, facts: _("It is urgent, with a reason"),
    "story": lambda result, facts: _("The reason is written in a few words"),
    "consent": lambda result, facts: _("The household has agreed to what this need shows"),
    "picture_dates": lambda result, facts: _("Every picture has its date"),
    "visit": lambda result, facts: _("Two persons were there, and the visit is on file"),
}


def has_words(code: str) -> bool:
    """Return whether people can read a result with this code."""
    return code in _AGAINST or code in _PASSED or (code in _FINDINGS and has_label(FindingCode(code)))

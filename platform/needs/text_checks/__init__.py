"""What must not stand in a need's text: ways to reach or pay a person, who a child is, where exactly a house stands.

`findings` only points at places; whether a finding refuses, sends up or asks for a reason is for the rules.
The expressions are data (`needs/words`); the corpus of evasions is in `tests/needs`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.i18n import _l, register_labels
from needs.text_checks.forms import Form, compact, plain, spaceless
from needs.text_checks.numbers import number_findings
from needs.text_checks.words import pattern


class FindingCode(StrEnum):
    """What was found in a text."""

    PHONE = "phone"
    CONTACT = "contact"
    BANK_NUMBER = "bank_number"
    ID_NUMBER = "id_number"
    PAYMENT = "payment"
    CHILD_IDENTITY = "child_identity"
    EXACT_ADDRESS = "exact_address"
    MONEY_FOR_PERSON = "money_for_person"
    LUXURY = "luxury"
    BRAND = "brand"
    DIAGNOSIS = "diagnosis"


labels = {
    FindingCode.PHONE: _l("The text contains a phone number. It cannot be public; please remove it."),
    FindingCode.CONTACT: _l("The text contains a way to reach somebody. Contact goes through the village office."),
    FindingCode.BANK_NUMBER: _l("The text contains a number like that of a bank account. Please remove it."),
    FindingCode.ID_NUMBER: _l("The text contains an ID number. Please remove it."),
    FindingCode.PAYMENT: _l("The text speaks of paying somebody. No money flows through this platform."),
    FindingCode.CHILD_IDENTITY: _l(
        "The text could tell which child is meant. Please leave out name, school and class."
    ),
    FindingCode.EXACT_ADDRESS: _l("The text tells where the house stands. The village is enough."),
    FindingCode.MONEY_FOR_PERSON: _l(
        "Money cannot be raised for one household. Name the thing needed, or refer it to temporary relief."
    ),
    FindingCode.LUXURY: _l("The text names something that is not a basic need."),
    FindingCode.BRAND: _l("The text names a brand. Say what the thing must be able to do."),
    FindingCode.DIAGNOSIS: _l("The text names an illness. It cannot be public; say what is needed."),
}
register_labels(labels)


@dataclass(frozen=True, order=True)
class Finding:
    """One place of the text: the half-open range of characters, and what stands there."""

    span: tuple[int, int]
    code: FindingCode


_IN_COMPACT = {
    "contact": FindingCode.CONTACT,
    "payment": FindingCode.PAYMENT,
    "money": FindingCode.MONEY_FOR_PERSON,
    "luxury": FindingCode.LUXURY,
    "brand": FindingCode.BRAND,
    "diagnosis": FindingCode.DIAGNOSIS,
}
_IN_SPACELESS = {
    "link": FindingCode.CONTACT,
    "child_identity": FindingCode.CHILD_IDENTITY,
    "exact_address": FindingCode.EXACT_ADDRESS,
}


def findings(text: str) -> list[Finding]:
    """Return all findings in the order of the text; an empty list means that nothing was seen.

    Sees through full width, circled digits, Chinese numerals, invisible characters, and blanks or signs between
    characters (security.md 5). It does not read pictures and does not understand descriptions.
    """
    form = plain(text)
    found = {Finding(span, FindingCode(code)) for code, span in number_findings(form)}
    for name, code in _IN_COMPACT.items():
        found.update(_matches(compact(form), name, code))
    for name, code in _IN_SPACELESS.items():
        found.update(_matches(spaceless(form), name, code))
    return sorted(found)


def finding_codes(text: str) -> frozenset[FindingCode]:
    """Return what was found, without the places."""
    return frozenset(finding.code for finding in findings(text))


def _matches(form: Form, name: str, code: FindingCode) -> Iterator[Finding]:
    for match in pattern(name).finditer(form.text):
        if match.group():
            yield Finding(form.span(*match.span()), code)

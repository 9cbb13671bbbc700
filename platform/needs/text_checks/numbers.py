"""Numbers that lead to a person: phones, accounts, ID numbers, however their digits are written or spaced."""

import re
from collections.abc import Iterator

from needs.text_checks.forms import Form, numbers
from needs.text_checks.words import pattern

GAP = r"[ ,、;×*.]{0,6}"
TIGHT = r"[ .]{0,2}"
_MOBILE = re.compile(rf"(?<!\d)(?:(?:0{GAP}0{GAP})?8{GAP}6{GAP})?1{GAP}[3-9](?:{GAP}\d){{9}}(?!\d)")
_LANDLINE = re.compile(
    rf"(?<!\d)(?:0\d{{2,3}}{GAP}[2-9](?:{TIGHT}\d){{6,7}}|[48]00{GAP}\d(?:{TIGHT}\d){{6}})(?!{TIGHT}\d)"
)
_SHORT = re.compile(rf"(?<![\d.])[2-9](?:{TIGHT}\d){{5,7}}(?!{TIGHT}\d)")
_LONG = re.compile(r"(?<!\d)\d(?:[ .×*]{0,3}\d){11,}(?!\d)")
_RESIDENT_ID = re.compile(
    rf"(?<!\d)[1-8](?:{TIGHT}\d){{5}}{TIGHT}(?:1{TIGHT}[89]|2{TIGHT}0)(?:{TIGHT}\d){{9}}(?:{TIGHT}\d)?(?!\d)"
)
# A private character: no digit, no sign, so it keeps numbers apart.
BLOT = "\ue000"
SURE_DIGITS = 6
LOOK_BACK = 10

Hit = tuple[str, tuple[int, int]]


def number_findings(form: Form) -> Iterator[Hit]:
    """Yield (code, span) for every number that must not stand in public; dates and sizes do not count."""
    cleared = _without_sizes(form)
    read = numbers(cleared)
    text = read.text
    taken: list[tuple[int, int]] = []
    for code, expression in (
        ("id_number", _RESIDENT_ID),
        ("phone", _MOBILE),
        ("phone", _LANDLINE),
        ("bank_number", _LONG),
    ):
        for match in expression.finditer(text):
            start, end = match.span()
            if any(begin <= start and end <= stop for begin, stop in taken):
                continue
            if sum(read.hard[start:end]) >= SURE_DIGITS and not _is_plain_list(match.group()):
                taken.append((start, end))
                yield code, form.span(start, end + (cleared.text[end : end + 1] == "x"))
    for match in _SHORT.finditer(text):
        if pattern("phone_words").search(cleared.text[max(0, match.start() - LOOK_BACK) : match.start()]):
            yield "phone", form.span(*match.span())


def _without_sizes(form: Form) -> Form:
    """Return the form with dates, times, sizes and book numbers blotted out, place by place."""
    return Form(pattern("not_numbers").sub(lambda match: BLOT * len(match.group()), form.text), form.places)


def _is_plain_list(found: str) -> bool:
    """Return whether this is a list of amounts (15、30、12…) or a size: several short numbers without leading zero."""
    groups = re.findall(r"\d+", found)
    if not set(found) & set(",、;×*") or any(len(group) == 1 or group.startswith("0") for group in groups):
        return False
    longest = max(map(len, groups))
    return longest <= 4 if set(found) & set("×*") else longest <= 3 and len(groups) > 3

"""The forms of a text in which things are looked for. Every character remembers where it stood in the original."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unicodedata import category, digit, normalize

from needs.text_checks.words import digit_table, filler_characters, variant_table

SEPARATOR = " "
# Letters behind a number that are units, so they keep two numbers apart: 1500w 220v.
UNIT_LETTERS = frozenset("wvgmkhctsplz")


@dataclass(frozen=True)
class Form:
    """A text and, for each of its characters, the place in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range in the original that a range of this form came from."""
        return self.places[start], self.places[end - 1] + 1

    def keep(self, wanted: Callable[[str], bool]) -> "Form":
        """Return the form with only the wanted characters."""
        return make_form((c, at) for c, at in zip(self.text, self.places, strict=True) if wanted(c))


def make_form(pairs: Iterable[tuple[str, int]]) -> Form:
    """Join characters with their places."""
    kept = list(pairs)
    return Form("".join(character for character, _ in kept), tuple(place for _, place in kept))


def plain(text: str) -> Form:
    """Return the text in half width and lower case, with usual characters for variants and without invisible ones."""
    variants = variant_table()
    return make_form(
        (variants.get(character, character), place)
        for place, original in enumerate(text)
        for character in _plain_characters(original)
    )


def _plain_characters(original: str) -> str:
    """Return what a character stands for: nothing if it is invisible, its digit if it is a circled one."""
    if (number := digit(original, None)) is not None:
        return str(number)
    folded = normalize("NFKC", original).lower()
    return "".join(c for c in folded if category(c) not in {"Cf", "Mn", "Me", "Cc"} or c in "\n\t")


def spaceless(form: Form) -> Form:
    """Return the form without blanks and line ends."""
    return form.keep(lambda character: not character.isspace())


def compact(form: Form) -> Form:
    """Return the form without blanks, punctuation and symbols."""
    return form.keep(lambda character: category(character)[0] not in "ZPSC")


@dataclass(frozen=True)
class Numbers:
    """Digits, separators and "x" for all else, one for each character of a form; `hard` marks undoubted digits."""

    text: str
    hard: tuple[bool, ...]


def numbers(form: Form) -> Numbers:
    """Return the form as a phone or an account would be read from it."""
    table, fillers = digit_table(), filler_characters()
    read = [_read(form.text, i, table, fillers) for i in range(len(form.text))]
    return Numbers("".join(character for character, _ in read), tuple(hard for _, hard in read))


def _read(text: str, i: int, table: dict[str, tuple[str, bool]], fillers: frozenset[str]) -> tuple[str, bool]:
    character = text[i]
    if character in table:
        return table[character]
    if character.isascii() and character.isdigit():
        return character, True
    if character in "oli" and _is_between_digits(text, i, table):
        return ("0" if character == "o" else "1"), False
    if character in fillers or character.isspace() or category(character)[0] in "PSZ":
        return _separator(character), False
    if character.isascii() and character not in UNIT_LETTERS and not _has_letter_beside(text, i):
        return SEPARATOR, False
    return "#", False


def _separator(character: str) -> str:
    """Return the mark of a list or a size as it is, since it may keep numbers apart; else the common separator."""
    return character if character in ",、;×*." else SEPARATOR


def _is_between_digits(text: str, i: int, table: dict[str, tuple[str, bool]]) -> bool:
    """Return whether a letter o, l or i has a digit beside it or behind its like: 138OOOO1234."""
    left, right = i - 1, i + 1
    while left >= 0 and text[left] in "oli-. ":
        left -= 1
    while right < len(text) and text[right] in "oli-. ":
        right += 1
    beside = (text[left] if left >= 0 else "", text[right] if right < len(text) else "")
    return any(c.isdigit() or c in table for c in beside if c)


def _has_letter_beside(text: str, i: int) -> bool:
    beside = text[max(i - 1, 0) : i] + text[i + 1 : i + 2]
    return any(c.isascii() and c.isalpha() for c in beside)

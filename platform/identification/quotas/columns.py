"""The columns of the files that decompositions start from, by code and by their words in both languages."""

import unicodedata
from collections.abc import Sequence

from core.i18n import LANGUAGES, LazyString, _l, label, use_locale
from identification.quotas.levels import FactorCode, QuotaLevel

ERROR_SUFFIX = "_se"
OPTIONAL = frozenset({"float", "approval_ref"})
_FIXED = {
    QuotaLevel.PROVINCES: ("code", "published", "statistic", "float", "approval_ref"),
    QuotaLevel.COUNTIES: ("code", "population", "incidence"),
    QuotaLevel.VILLAGES: ("code", "population", "households", "sampled"),
    QuotaLevel.VILLAGES_BY_SCORE: ("code", "points", "persons"),
}
_WORDS: dict[str, LazyString] = {
    "code": _l("Region code"),
    "published": _l("Published number of persons"),
    "statistic": _l("Persons by the provincial statistic"),
    "float": _l("Float over the published number"),
    "approval_ref": _l("Number of the approval of a larger float"),
    "population": _l("Registered rural population"),
    "incidence": _l("Low-income incidence"),
    "households": _l("Households"),
    "sampled": _l("Households sampled"),
    "points": _l("Points on the visit sheet"),
    "persons": _l("Persons in the household"),
}


def columns(level: QuotaLevel, factors: Sequence[FactorCode] = ()) -> list[str]:
    """Return the columns of a level's file; a factor has one for its mean and one for its standard error."""
    return [*_FIXED[level], *(name for code in factors for name in (code.value, code.value + ERROR_SUFFIX))]


def column_word(column: str) -> str:
    """Return a column's word in the current language."""
    if column in _WORDS:
        return str(_WORDS[column])
    if column.endswith(ERROR_SUFFIX):
        factor = label(FactorCode(column.removesuffix(ERROR_SUFFIX)))
        return str(_l("%(factor)s: standard error", factor=factor))
    return label(FactorCode(column))


def normal(text: str) -> str:
    """Return a heading as headings are compared: half width, lower case, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def known_headings(level: QuotaLevel, factors: Sequence[FactorCode]) -> dict[str, str]:
    """Return the column that each known heading, in lower case, stands for."""
    found = {name: name for name in columns(level, factors)}
    for language in LANGUAGES:
        with use_locale(language):
            found |= {normal(column_word(name)): name for name in columns(level, factors)}
    return found

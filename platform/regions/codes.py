"""Statistical region codes: 12 digits in the segments 2 + 2 + 2 + 3 + 3 (domain.md 10).

Pure arithmetic on text. A code says where to look in an index; who belongs to whom says the column `parent_code`.
"""

from enum import StrEnum

from core.i18n import _l, register_labels

LENGTH = 12
PREFIX_LENGTHS = (2, 4, 6, 9, 12)
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
DIRECT_COUNTIES = "90"


class NotARegionCode(ValueError):
    """The text is no region code and no prefix of one."""


class RegionLevel(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class RegionKind(StrEnum):
    """What the last segment says about a township or village; the four upper levels have one kind each."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    STREET_OFFICE = "street_office"
    TOWN = "town"
    TOWNSHIP = "township"
    TOWNSHIP_LIKE = "township_like"
    RESIDENTS_COMMITTEE = "residents_committee"
    VILLAGERS_COMMITTEE = "villagers_committee"
    VILLAGE_LIKE = "village_like"


LEVELS = tuple(RegionLevel)

level_labels = {
    RegionLevel.PROVINCE: _l("Province"),
    RegionLevel.PREFECTURE: _l("Prefecture"),
    RegionLevel.COUNTY: _l("County"),
    RegionLevel.TOWNSHIP: _l("Township"),
    RegionLevel.VILLAGE: _l("Village"),
}
kind_labels = {
    RegionKind.PROVINCE: _l("Province"),
    RegionKind.PREFECTURE: _l("Prefecture"),
    RegionKind.COUNTY: _l("County"),
    RegionKind.STREET_OFFICE: _l("Street office"),
    RegionKind.TOWN: _l("Town"),
    RegionKind.TOWNSHIP: _l("Rural township"),
    RegionKind.TOWNSHIP_LIKE: _l("Unit like a township"),
    RegionKind.RESIDENTS_COMMITTEE: _l("Residents' committee"),
    RegionKind.VILLAGERS_COMMITTEE: _l("Villagers' committee"),
    RegionKind.VILLAGE_LIKE: _l("Unit like a village"),
}
register_labels(level_labels)
register_labels(kind_labels)

_TOWNSHIP_KINDS = (
    (100, RegionKind.STREET_OFFICE),
    (200, RegionKind.TOWN),
    (400, RegionKind.TOWNSHIP),
    (1000, RegionKind.TOWNSHIP_LIKE),
)
_VILLAGE_KINDS = (
    (200, RegionKind.RESIDENTS_COMMITTEE),
    (400, RegionKind.VILLAGERS_COMMITTEE),
    (1000, RegionKind.VILLAGE_LIKE),
)


def is_code(text: str) -> bool:
    """Return whether the text is a full code: 12 ASCII digits that begin with a province."""
    return len(text) == LENGTH and is_prefix(text)


def is_prefix(text: str) -> bool:
    """Return whether the text ends at a segment's end and begins with a province (10 to 89)."""
    return len(text) in PREFIX_LENGTHS and text.isascii() and text.isdigit() and "1" <= text[0] <= "8"


def pad(prefix: str) -> str:
    """Return the 12-digit code of a prefix of 2, 4, 6, 9 or 12 digits."""
    return _checked(prefix).ljust(LENGTH, "0")


def prefix(code: str) -> str:
    """Return the code without its empty last segments: `451028000000` gives `451028`.

    Only whole segments fall away, so `451028100200` stays whole. Shorter prefixes are taken as they are meant.
    """
    padded = pad(code)
    for length in PREFIX_LENGTHS:
        if padded[length:].strip("0") == "":
            return padded[:length]
    return padded


def level(code: str) -> RegionLevel:
    """Return the level that the code itself shows; a prefecture without counties (441900…) shows as prefecture."""
    return LEVELS[PREFIX_LENGTHS.index(len(prefix(code)))]


def kind(code: str) -> RegionKind:
    """Return the kind of the place; below the county the first digit of the last segment decides."""
    found = level(code)
    if found is RegionLevel.TOWNSHIP:
        return _kind_by_number(_TOWNSHIP_KINDS, int(pad(code)[6:9]))
    if found is RegionLevel.VILLAGE:
        return _kind_by_number(_VILLAGE_KINDS, int(pad(code)[9:12]))
    return RegionKind(found.value)


def _kind_by_number(table: tuple[tuple[int, RegionKind], ...], number: int) -> RegionKind:
    return next(kind for below, kind in table if number < below)


def path(code: str) -> tuple[str, ...]:
    """Return the 12-digit codes from the province down to the code itself, without empty segments.

    This is where ancestors usually are. The row's `parent_code` decides where they really are.
    """
    short = prefix(code)
    ancestors = [pad(short[:length]) for length in PREFIX_LENGTHS if length <= len(short)]
    return tuple(dict.fromkeys(ancestors))


def code_range(area: str) -> tuple[str, str]:
    """Return the half-open range `[lo, hi)` of all codes inside a code or prefix; "" is the whole country."""
    if area == "":
        return "0" * LENGTH, "9" * LENGTH
    short = prefix(area)
    return pad(short), str(int(short) + 1).ljust(LENGTH, "0")


def is_inside(code: str, area: str) -> bool:
    """Return whether a place lies in an area or is it. Both may be codes or prefixes with whole segments."""
    low, high = code_range(area)
    return low <= pad(code) < high


def county_code(code: str) -> str:
    """Return the first six digits, by which large tables grow."""
    return pad(code)[:6]


def township_code(code: str) -> str | None:
    """Return the 12-digit code of the township that the code lies in or is, or None above townships."""
    padded = pad(code)
    return None if padded[6:9] == "000" else pad(padded[:9])


def is_pseudo_level(code: str) -> bool:
    """Return whether the prefecture stands only in the code: municipalities, counties directly under a province."""
    short = prefix(code)
    return len(short) == 4 and (short[2:] == DIRECT_COUNTIES or short[:2] in MUNICIPALITIES)


def _checked(text: str) -> str:
    if not is_prefix(text):
        raise NotARegionCode(text)
    return text

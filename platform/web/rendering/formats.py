"""How numbers, sums, dates and marks are written for people (design 4)."""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from markupsafe import Markup, escape

from core.i18n import current_language, gettext, ngettext
from needs.rules.units import unit_in_words

SHOWN_IN = ZoneInfo("Asia/Shanghai")
NO_BREAK = "\u00a0"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[(.+?)\]")
_NUMBER_THEN_WORD = re.compile(r"(\d) (?=[^\W\d_a-zA-Z])")


def number(value: Decimal | int | str) -> str:
    """Return a number with a comma every three digits and without empty decimals."""
    exact = Decimal(value)
    whole = exact == exact.to_integral_value()
    return f"{int(exact):,}" if whole else f"{exact.normalize():,f}"


def qty(value: Decimal | int | str, unit: str = "") -> str:
    """Return a quantity whose number and unit never part."""
    word = unit_in_words(unit, value)
    return f"{number(value)}{NO_BREAK}{word}" if word else number(value)


def money(value: Decimal | int | str) -> str:
    """Return a sum of money in yuan."""
    return gettext("%(amount)s yuan", amount=number(value)).replace(" ", NO_BREAK)


def day(value: date | datetime, *, year: bool = False) -> str:
    """Return a date as a sentence says it; the parts never part."""
    # The two messages are date patterns (Unicode LDML), not words.
    pattern = gettext("d MMMM y") if year else gettext("d MMMM")
    language = "zh_Hans_CN" if current_language() == "zh" else "en_GB"
    return format_date(_local_date(value), pattern, locale=language).replace(" ", NO_BREAK)


def iso_day(value: date | datetime) -> str:
    """Return a date as forms and records write it."""
    return _local_date(value).isoformat()


def short_day(value: date | datetime) -> str:
    """Return a date of a list: month and day."""
    return f"{_local_date(value):%m-%d}"


def stamp(value: datetime) -> str:
    """Return a time of a record: year to minute, in China."""
    return f"{value.astimezone(SHOWN_IN):%Y-%m-%d %H:%M}"


def short_stamp(value: datetime) -> str:
    """Return a time of a list: month to minute, in China."""
    return f"{value.astimezone(SHOWN_IN):%m-%d %H:%M}"


def moment(value: datetime) -> str:
    """Return a time as a sentence says it: day and minute, in China."""
    return gettext("%(day)s, %(time)s", day=day(value), time=f"{value.astimezone(SHOWN_IN):%H:%M}")


def days_left(days: int) -> str:
    """Return the time left in words; a negative number is overdue."""
    if days == 0:
        return gettext("Today")
    if days < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -days)
    return ngettext("%(count)s day left", "%(count)s days left", days)


def short_hash(value: str | bytes) -> str:
    """Return the first twelve hex digits in groups of four."""
    digits = value.hex() if isinstance(value, bytes) else value
    return " ".join(digits[start : start + 4] for start in range(0, 12, 4))


def size_band(persons: int | str) -> str:
    """Return the size of a household as a band, never the number (domain 7.3): 1, 2-3, 4-5, 6 and more."""
    if isinstance(persons, int):
        persons = "1" if persons <= 1 else "2-3" if persons <= 3 else "4-5" if persons <= 5 else "6+"
    words = {
        "1": gettext("1 person"),
        "2-3": gettext("2 to 3 persons"),
        "4-5": gettext("4 to 5 persons"),
        "6+": gettext("6 persons or more"),
    }
    return words[persons]


def joined(text: str) -> str:
    """Return the text with each digit tied to the Chinese word after it."""
    return _NUMBER_THEN_WORD.sub(rf"\1{NO_BREAK}", text)


def emphasis(text: str, link: str = "") -> Markup:
    """Return the escaped text with `**fact**` in bold and, if there is a link, `[words]` leading to it."""
    safe = _BOLD.sub(r"<strong>\1</strong>", str(escape(joined(str(text)))))
    if link:
        safe = _LINK.sub(lambda found: f'<a href="{escape(link)}">{found.group(1)}</a>', safe)
    return Markup(safe)  # noqa: S704 - escaped above


def percent(value: Decimal | float) -> str:
    """Return a share of 0 to 100 without decimals, cut and never rounded up."""
    return f"{int(value)}%"


def _local_date(value: date | datetime) -> date:
    return value.astimezone(SHOWN_IN).date() if isinstance(value, datetime) else value

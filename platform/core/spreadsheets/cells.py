"""From what officers type into cells to values: numbers with units, dates of all shapes, yes and no, codes.

Every reader takes a cell as the child sent it and returns a value or None for "not collected"; it raises CellRefused.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from core.spreadsheets.reading import Cell
from core.spreadsheets.refusals import CellFault, CellRefused

Reader = Callable[[Cell], Any]
_WORDS: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
NOTHING = frozenset(_WORDS["nothing"])
ALSO_NOTHING = NOTHING | frozenset(_WORDS["also_nothing"])
YES, NO = frozenset(_WORDS["yes"]), frozenset(_WORDS["no"])
UNITS: tuple[tuple[str, Decimal], ...] = tuple(
    sorted(((unit, Decimal(worth)) for unit, worth in _WORDS["units"].items()), key=lambda pair: -len(pair[0]))
)
TENS_OF_THOUSANDS = tuple(_WORDS["tens_of_thousands"])
_MARKS = str.maketrans(_WORDS["date_marks"])
_SEPARATORS = re.compile(f"[{re.escape(_WORDS['separators'])}]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"-?\d+(\.\d*)?|-?\.\d+")
_ROUNDED = re.compile(r"\d(\.\d+)?e\+?\d+", re.I)
EXACT = 10**15
FIRST_SERIAL = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 1, 1)


def letters_of(cell: Cell) -> str:
    """Return the cell as one line of text; figures without a point that Excel added."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() and cell.isprintable() else _clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, (int, float)):
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if "day" in cell:
        return cell["day"]
    raise CellRefused(CellFault.FORMULA_ERROR)


def _clean(text: str) -> str:
    if _FORBIDDEN.search(text):
        text = text.replace("\ufeff", "").replace("\u200b", "").replace("\r", "\n")
        if _FORBIDDEN.search(text):
            raise CellRefused(CellFault.CONTROL_CHARACTERS)
    return " ".join(text.split())


def narrow(cell: Cell) -> str:
    """Return the cell's letters in their narrow form, for everything that is no free text."""
    found = letters_of(cell)
    return found if found.isascii() else unicodedata.normalize("NFKC", found).strip()


def text(most: int, *, without_spaces: bool = False) -> Reader:
    """Read free text of at most so many characters; a figure that lost digits is refused."""

    def read(cell: Cell) -> str | None:
        found = exact_letters(cell)
        if found.lower() in NOTHING:
            return None
        if without_spaces and not found.isascii():
            found = found.replace(" ", "")
        if len(found) > most:
            raise CellRefused(CellFault.TOO_LONG)
        return found

    return read


def exact_letters(cell: Cell) -> str:
    """Return the letters of a number that is a name; one that Excel cannot hold exactly is refused."""
    if type(cell) in (int, float) and abs(cell) >= EXACT:  # type: ignore[arg-type]  # a number, as just asked
        raise CellRefused(CellFault.ID_AS_NUMBER)
    return letters_of(cell)


def digits(cell: Cell) -> str:
    """Return a number that is a name, such as an ID or an account: narrow, without blanks."""
    found = exact_letters(cell)
    if not found.isascii():
        found = unicodedata.normalize("NFKC", found)
    if " " in found or "'" in found or "`" in found:
        found = found.replace(" ", "").strip("'`")
    if _ROUNDED.fullmatch(found):
        raise CellRefused(CellFault.NUMBER_AS_TEXT_LOST)
    return "" if found.lower() in ALSO_NOTHING else found


def decimal(least: Decimal | int | None = None, most: Decimal | int | None = None, *, places: int = 2) -> Reader:
    """Read a number with its unit: 1,200.50, 1.2 wan yuan, full-width digits; rounded to so many places."""
    step = Decimal(1).scaleb(-places)

    def read(cell: Cell) -> Decimal | None:
        found = _number(cell)
        if found is None:
            return None
        found = found.quantize(step)
        if (least is not None and found < least) or (most is not None and found > most):
            raise CellRefused(CellFault.OUT_OF_RANGE)
        return found

    return read


def tens_of_thousands(reader: Reader) -> Reader:
    """Read figures whose heading says ten thousand yuan; a cell that names its own unit means that unit."""

    def read(cell: Cell) -> Any:
        if isinstance(cell, str) and any(unit in cell for unit in TENS_OF_THOUSANDS):
            return reader(cell)
        found = _number(cell)
        return None if found is None else reader(str(found * 10000))

    return read


def _number(cell: Cell) -> Decimal | None:
    if type(cell) in (int, float):
        return Decimal(repr(cell))
    if isinstance(cell, dict):
        raise CellRefused(CellFault.FORMULA_ERROR if "error" in cell else CellFault.NOT_A_NUMBER)
    found = narrow(cell).replace(" ", "")
    if found.lower() in ALSO_NOTHING:
        return None
    found, worth = _without_unit(found.lstrip("\u00a5\uffe5$"))
    if _THOUSANDS.fullmatch(found):
        found = found.replace(",", "")
    if found.endswith("%"):
        found, worth = found[:-1], worth / 100
    if not _NUMBER.fullmatch(found):
        raise CellRefused(CellFault.NOT_A_NUMBER)
    try:
        return Decimal(found) * worth
    except InvalidOperation as failure:
        raise CellRefused(CellFault.NOT_A_NUMBER) from failure


def _without_unit(found: str) -> tuple[str, Decimal]:
    if found and not found[-1].isdigit():
        for unit, worth in UNITS:
            if found.endswith(unit):
                return found[: -len(unit)], worth
    return found, Decimal(1)


def whole(least: int, most: int) -> Reader:
    """Read a whole number between two bounds."""

    def read(cell: Cell) -> int | None:
        if type(cell) is float and least <= cell <= most and cell == int(cell):
            return int(cell)
        found = _number(cell)
        if found is None:
            return None
        if found != found.to_integral_value():
            raise CellRefused(CellFault.NOT_WHOLE)
        if not least <= found <= most:
            raise CellRefused(CellFault.OUT_OF_RANGE)
        return int(found)

    return read


def day(cell: Cell) -> date | None:
    """Read a date: a date cell, a serial number, 2024.3.5, 20240305, 2024/3/5, with the words for year, month, day."""
    if isinstance(cell, dict):
        if "error" in cell:
            raise CellRefused(CellFault.FORMULA_ERROR)
        return _bounded(date.fromisoformat(cell["day"]))
    if type(cell) in (int, float) and not isinstance(cell, bool):
        return _day_of_number(float(cell))  # type: ignore[arg-type]  # a number, as just asked
    found = narrow(cell).replace(" ", "")
    if found.lower() in ALSO_NOTHING:
        return None
    found = found.split("T")[0] if "T" in found else re.sub(r"\d{1,2}:\d{2}(:\d{2})?$", "", found)
    if found.isdigit():
        return _day_of_number(float(found))
    parts = [part for part in found.translate(_MARKS).strip("-").split("-") if part]
    if not all(part.isdigit() for part in parts) or len(parts) not in (2, 3):
        raise CellRefused(CellFault.NOT_A_DAY)
    if len(parts[0]) != 4:
        raise CellRefused(CellFault.DAY_UNCLEAR if len(parts) == 3 else CellFault.NOT_A_DAY)
    return _made(*(int(part) for part in parts))


def _day_of_number(number: float) -> date:
    """A serial of Excel (days since 1900), or the eight digits of a date."""
    if number != int(number):
        number = int(number)
    if 19000101 <= number <= 21000101:
        year, rest = divmod(int(number), 10000)
        return _made(year, rest // 100, rest % 100)
    if 1 <= number <= 73050 and number >= 366:
        return _bounded(FIRST_SERIAL + timedelta(days=int(number)))
    raise CellRefused(CellFault.NOT_A_DAY)


def _made(year: int, month: int, day_of_month: int = 1) -> date:
    try:
        return _bounded(date(year, month, day_of_month))
    except ValueError as failure:
        raise CellRefused(CellFault.NOT_A_DAY) from failure


def _bounded(found: date) -> date:
    if not FIRST_DAY <= found < LAST_DAY:
        raise CellRefused(CellFault.NOT_A_DAY)
    return found


_YEAR = whole(1900, 2100)


def year(cell: Cell) -> int | None:
    """Read a year: 2024, the same with its word, or the year of a date."""
    if isinstance(cell, dict) and "day" in cell:
        return int(cell["day"][:4])
    return _YEAR(cell)  # type: ignore[no-any-return]  # a reader of whole numbers


def yes_no(cell: Cell) -> bool | None:
    """Read a three-valued fact: yes, no, or None where nobody asked."""
    if isinstance(cell, bool):
        return cell
    found = narrow(cell).replace(" ", "").lower()
    if found in NOTHING:
        return None
    if found in YES:
        return True
    if found in NO:
        return False
    raise CellRefused(CellFault.NOT_YES_NO)


def parts_of(cell: Cell) -> list[str]:
    """Return the words of a cell that holds several."""
    return [part for part in _SEPARATORS.split(narrow(cell)) if part and part.lower() not in NOTHING]

"""A file becomes the lines of a run: every wrong cell named, every place there once, townships from the register."""

from collections.abc import Sequence

from core.i18n import _l
from identification.queries.quotas.places import closed_among, places_of
from identification.quotas.fitting import Inputs, misfits, placed
from identification.quotas.input_files import CellError, WrongCells, read_table
from identification.quotas.levels import FactorCode, QuotaLevel

MAX_NAMED = 500


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, else the coding in which Excel saves Chinese CSV files; or raise WrongCells."""
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise WrongCells([CellError(0, "", _l("The file is no text. Save it as CSV."))])


def read_inputs(text: str, *, region_code: str, level: QuotaLevel, factors: Sequence[FactorCode] = ()) -> Inputs:
    """Return the lines of a run for a place; raises WrongCells with everything that stands against it."""
    read = read_table(level, text.splitlines(), factors=factors)
    expected = places_of(region_code, level)
    wrong = [*read.wrong, *misfits(read, expected, closed=closed_among)]
    if not read.lines and not wrong:
        wrong = [CellError(0, "", _l("The file has no lines."))]
    if wrong:
        raise WrongCells(sorted(wrong, key=lambda error: error.line)[:MAX_NAMED])
    return placed(read, expected)

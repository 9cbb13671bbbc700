"""The expressions of `needs/words`, read once."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "words"


def _lines(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the expressions of a file as one, `{part}` filled in."""
    expressions = _lines(name)
    for part, meaning in _parts().items():
        expressions = [line.replace("{" + part + "}", meaning) for line in expressions]
    return re.compile("|".join(f"(?:{line})" for line in expressions))


@cache
def _parts() -> dict[str, str]:
    parts = {"surname": "[" + "".join(_lines("surnames")) + "]"}
    for line in _lines("parts"):
        name, _, meaning = line.partition(" ")
        for known, earlier in parts.items():
            meaning = meaning.replace("{" + known + "}", earlier)
        parts[name] = meaning
    return parts


@cache
def digit_table() -> dict[str, tuple[str, bool]]:
    """Return character to (digit, whether it is one beyond doubt)."""
    table: dict[str, tuple[str, bool]] = {}
    for line in _lines("digits"):
        number, _, rest = line.partition(" ")
        sure, _, doubtful = rest.partition("|")
        table |= dict.fromkeys(sure, (number, True))
        table |= dict.fromkeys(doubtful, (number, False))
    return table


@cache
def filler_characters() -> frozenset[str]:
    """Return characters that are put between digits to hide a number."""
    return frozenset("".join(_lines("fillers")))


@cache
def variant_table() -> dict[str, str]:
    """Return unusual character to the usual one."""
    return {unusual: line[0] for line in _lines("variants") for unusual in line[1:]}

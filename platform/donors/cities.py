"""Cities where donors are at home: the cities of Guangxi and the large ones elsewhere, for "a citizen of Nanning"."""

import json
from functools import cache
from pathlib import Path

from core.i18n import current_language

_FILE = Path(__file__).parent / "defaults" / "cities.json"


@cache
def _cities() -> dict[str, dict[str, str]]:
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def city_choices() -> list[tuple[str, str]]:
    """Return code and name of each city in the reader's language."""
    return [(code, names[current_language()]) for code, names in _cities().items()]


def city_name(code: str) -> str:
    """Return the city's name, or nothing for a city that is not on the list."""
    return _cities().get(code, {}).get(current_language(), "")


def is_city(code: str) -> bool:
    """Return whether the code is on the list."""
    return code in _cities()


def city_of_code(uscc: str) -> str:
    """Return the city where a credit code was registered, or nothing if it is not on the list."""
    for code in (uscc[2:6] + "00000000", uscc[2:4] + "0000000000"):
        if is_city(code):
            return code
    return ""

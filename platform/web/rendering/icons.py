"""Icons: outline drawings of the installed icon set, inlined beside a word (design 5)."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

ICON_FILE = Path(__file__).resolve().parents[1] / "static" / "vendor" / "icons.json"
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_EMPTY_SQUARE = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')

CATEGORY_ICONS: Mapping[str, str] = {
    "daily_necessities": "bed",
    "schooling": "school",
    "medical": "first-aid-kit",
    "housing": "hammer",
    "industry": "plant-2",
    "employment": "briefcase",
    "skills": "certificate",
    "consumption": "basket",
    "infrastructure": "droplet",
    "other": "package",
}


@cache
def _drawings(path: Path) -> Mapping[str, str]:
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


@cache
def icon(name: str, size: int = 20, path: Path = ICON_FILE) -> Markup:
    """Return the drawing as inline SVG, hidden from readers of the screen.

    Raises KeyError for a name that is not listed in `icons.txt`.
    """
    drawing = _drawings(path)[name]
    match = _DRAWING.search(drawing)
    inner = _EMPTY_SQUARE.sub("", match.group(1) if match else drawing)
    inner = re.sub(r"\s+", " ", inner).strip()
    return Markup(  # noqa: S704 - our own set-up wrote the drawings
        f'<svg class="jd-icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false">{inner}</svg>'
    )


def category_icon(category: str) -> str:
    """Return the icon's name for a category of needs."""
    return CATEGORY_ICONS.get(str(category), CATEGORY_ICONS["other"])

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "platform" / "web"
SHEETS = WEB / "static" / "css"
TOKENS = (SHEETS / "tokens.css").read_text("utf-8")

# Section 3 of the design brief.
# ruff: noqa: E501 - tables read best with a row to a line
BRIEF = {
    "ink": "#1B2628", "ink-2": "#46534F", "ink-3": "#5F6A67", "paper": "#F6F5F1", "surface": "#FFFFFF", "sunk": "#EFEEE8",
    "line": "#DEDDD5", "line-2": "#7C8683", "dai-8": "#0B3A40", "dai-7": "#12505A", "dai-5": "#3A8089", "dai-3": "#9AC2C4",
    "dai-1": "#D9E9E8", "dai-0": "#EDF5F4", "jiang-7": "#7A4A00", "jiang-5": "#B97A10", "jiang-3": "#F0C674",
    "jiang-1": "#FCE9C4", "jiang-0": "#FFF6E3", "zhu-7": "#9B2C1F", "zhu-1": "#F6D3CC", "zhu-0": "#FCEDEA",
    "fs-s": ".875rem", "fs-m": ".9375rem", "fs-b": "1.0625rem", "fs-h3": "1.125rem", "fs-h2": "1.375rem", "fs-h1": "2rem", "fs-h0": "2.75rem",
    "lh-s": "1.6", "lh-m": "1.65", "lh-b": "1.75", "lh-h3": "1.55", "lh-h2": "1.45", "lh-h1": "1.35", "lh-h0": "1.34",
    "s-1": "4px", "s-2": "8px", "s-3": "12px", "s-4": "16px", "s-5": "24px", "s-6": "32px", "s-7": "48px", "s-8": "64px", "s-9": "96px",
    "r-1": "3px", "r-2": "6px", "r-3": "10px", "wrap": "1120px", "measure": "36em", "touch": "48px",
    "focus": "3px solid var(--jd-dai-8)", "focus-offset": "2px", "focus-ring": "0 0 0 6px var(--jd-jiang-3)",
    "shadow": "0 -8px 24px -16px rgb(11 58 64 / .4)",
}  # fmt: skip
ON_PHONES = {"fs-h2": "1.25rem", "fs-h1": "1.625rem", "fs-h0": "1.875rem"}
CONTRASTS = [
    ("ink", "surface", 15.5), ("ink", "paper", 14.2), ("ink-2", "surface", 8.0), ("ink-2", "sunk", 6.9), ("ink-3", "surface", 5.6),
    ("ink-3", "paper", 5.1), ("dai-7", "surface", 9.1), ("dai-8", "dai-1", 9.9), ("dai-7", "dai-0", 8.2), ("jiang-7", "surface", 7.5),
    ("jiang-7", "jiang-0", 7.0), ("zhu-7", "surface", 7.6), ("zhu-7", "zhu-0", 6.7), ("line-2", "surface", 3.8), ("line-2", "paper", 3.4),
]  # fmt: skip


def declared(text: str) -> dict[str, str]:
    return dict(re.findall(r"--jd-([\w-]+): ([^;]+);", text))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "value"), BRIEF.items())
def test_a_token_has_the_value_of_the_brief(name: str, value: str) -> None:
    assert declared(TOKENS.split("@media")[0])[name] == value


def test_headings_are_smaller_on_phones() -> None:
    assert ON_PHONES.items() <= declared(TOKENS.split("@media")[1]).items()


@pytest.mark.parametrize(("text", "ground", "ratio"), CONTRASTS)
def test_a_pair_of_colours_has_its_contrast(text: str, ground: str, ratio: float) -> None:
    light, dark = sorted((luminance(BRIEF[text]), luminance(BRIEF[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) == pytest.approx(ratio, abs=0.1)


def test_no_other_sheet_brings_a_colour_of_its_own() -> None:
    colour = re.compile(r":[^;{}]*(?:#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()")
    found = {
        sheet.name: colour.findall(sheet.read_text("utf-8"))
        for sheet in SHEETS.glob("*.css")
        if sheet.name != "tokens.css"
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_token_that_is_used_is_declared() -> None:
    names = set(declared(TOKENS)) | {"columns", "row"}
    for sheet in SHEETS.glob("*.css"):
        used = set(re.findall(r"var\(--jd-([\w-]+)\)", sheet.read_text("utf-8")))
        assert used <= names, sheet.name

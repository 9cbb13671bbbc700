"""What the browser's content policy and the design forbid is not written in any template."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "platform").glob("*/templates/**/*.html"))
ICONS = (ROOT / "platform" / "web" / "icons.txt").read_text("utf-8").split()
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)|\son(click|load|submit|change|input)\s*="),
    "a colour": re.compile(r"[\"'(: ]#[0-9a-fA-F]{6}\b|\brgba?\("),
    "a class of another design": re.compile(
        r"class=\"[^\"]*\b(btn|col-\w+|card-body|text-(danger|success|muted)|bg-\w+)\b"
    ),
    "a word that is not ours": re.compile(r"(?i)\b(donations? received|needy|vulnerable|poor household)\b"),
    "an exclamation mark": re.compile(r"_\(\"[^\"]*!\""),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "platform")))
@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_template_is_free_of(path: Path, what: str) -> None:
    found = FORBIDDEN[what].search(path.read_text("utf-8"))
    assert found is None, f"{path.name} holds {what}: {found.group(0) if found else ''}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "platform")))
def test_every_icon_is_listed(path: Path) -> None:
    call = re.compile(r"(?:\bicon\(|icon_name=|\"icon\": )\"([\w-]+)\"")
    named = set(call.findall(path.read_text("utf-8")))
    assert named <= set(ICONS), f"add to icons.txt: {sorted(named - set(ICONS))}"


def test_the_list_of_icons_is_sorted_and_has_no_twins() -> None:
    assert sorted(set(ICONS)) == ICONS


def declared_classes() -> set[str]:
    sheets = (ROOT / "platform" / "web" / "static" / "css").glob("*.css")
    return {name for sheet in sheets for name in re.findall(r"\.(jd-[\w-]+)", sheet.read_text("utf-8"))}


# Kinds that look as their family does without them.
LIKE_THEIR_FAMILY = {"jd-button-second", "jd-check", "jd-header-household", "jd-notice-jiang", "jd-row-text"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "platform")))
def test_every_class_is_drawn_by_a_style_sheet(path: Path) -> None:
    attributes = re.findall(r"class=\"([^\"]*)\"", path.read_text("utf-8"))
    used = {
        name
        for text in attributes
        for name in re.findall(r"(?<![\w'-])jd-[\w-]*[\w](?![\w-]*\{\{)", re.sub(r"\{\{.*?\}\}", "{{", text))
    }
    assert used - declared_classes() - LIKE_THEIR_FAMILY == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "platform")))
def test_every_component_that_is_called_exists(path: Path) -> None:
    names = set(re.findall(r"[{ (,]ui\.(\w+)", path.read_text("utf-8")))
    umbrella = (ROOT / "platform" / "web" / "templates" / "components" / "ui.html").read_text("utf-8")
    offered = {name for line in re.findall(r"\{% set ([\w, ]+) =", umbrella) for name in line.split(", ")}
    assert names <= offered

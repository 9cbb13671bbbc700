"""Invented names: each carries a mark, so that nobody takes it for a real person or organisation."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from donors.models import DonorKind

STORIES = Path(__file__).parent / "stories"
PHONE = "1390000{:04d}"


@cache
def story(name: str) -> dict[str, Any]:
    """Return one of the story files."""
    return dict(json.loads((STORIES / f"{name}.json").read_text(encoding="utf-8")))


def person(number: int) -> str:
    """Return the n-th invented person: a surname, the mark, and a numeral."""
    words = story("people")
    surnames, numerals = words["surnames"], words["numerals"]
    surname = surnames[number % len(surnames)]
    rest = number // len(surnames)
    second = numerals[rest // len(numerals) % len(numerals)] if rest >= len(numerals) else ""
    return f"{surname}{words['marker']}{numerals[rest % len(numerals)]}{second}"


def phone(number: int) -> str:
    """Return the n-th invented mobile number."""
    return PHONE.format(number % 10_000)


@dataclass(frozen=True)
class Part:
    """One donor of the cast."""

    kind: DonorKind
    name: str
    city_code: str


def organisations() -> list[Part]:
    """Return the organisations and firms of the cast, in order."""
    words = story("people")
    found: list[Part] = []
    for kind, names in words["organisations"].items():
        for name in names:
            city = words["cities"][len(found) % len(words["cities"])]
            found.append(Part(DonorKind(kind), f"{name}{words['name_suffix']}", f"{city}000000"))
    return found


def offices() -> list[str]:
    """Return the names of the county's helping units."""
    words = story("people")
    return [f"{name}{words['name_suffix']}" for name in words["units"]]


def relative(head: str, number: int, *, same: bool) -> str:
    """Return a name in the family of a head: with his surname, or with another one."""
    words = story("people")
    surnames, numerals = words["surnames"], words["numerals"]
    surname = head[:1] if same else surnames[number % len(surnames)]
    return f"{surname}{words['marker']}{numerals[number // 7 % len(numerals)]}"

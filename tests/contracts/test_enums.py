"""Closed sets: each member has its word for people, in both languages, said in one place."""

import json
import subprocess
import sys
from enum import Enum, StrEnum
from pathlib import Path

import pytest
from sqlalchemy import Enum as EnumColumn

from core import i18n
from core.db import Base
from core.i18n import has_label, label, use_locale
from web.composition import wire

ROOT = Path(__file__).resolve().parents[2]
# Runs in an interpreter of its own: who registers which word, before anything is merged.
WATCH = """
import json, sys
sys.path[:0] = ["platform"]
from core import i18n
seen, original = [], i18n.register_labels
def watched(labels):
    caller = sys._getframe(1).f_globals["__name__"]
    seen.extend([caller.split(".")[0], type(m).__name__, type(m).__module__, m.name] for m in labels)
    original(labels)
i18n.register_labels = watched
from web.composition import wire
wire()
print(json.dumps(seen))
"""


@pytest.fixture(scope="module", autouse=True)
def everything() -> None:
    wire()


def known() -> set[type[Enum]]:
    """Return the sets that have words, and those that columns hold."""
    found = {type(member) for _type, member in i18n._labels}
    for table in Base.metadata.sorted_tables:
        found |= {c.type.enum_class for c in table.columns if isinstance(c.type, EnumColumn) and c.type.enum_class}
    return found


def test_every_member_has_a_word() -> None:
    found = [f"{kind.__name__}.{member.name}" for kind in known() for member in kind if not has_label(member)]
    assert sorted(found) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_empty_or_the_code_itself(language: str) -> None:
    with use_locale(language):
        found = [
            f"{kind.__name__}.{member.name}: {label(member)!r}"
            for kind in known()
            for member in kind
            if not label(member).strip() or "_" in label(member)
        ]
    assert sorted(found) == []


def test_each_word_is_said_by_one_package_only() -> None:
    seen = json.loads(subprocess.check_output([sys.executable, "-c", WATCH], cwd=ROOT, text=True))
    by_member: dict[tuple[str, ...], list[str]] = {}
    for caller, *member in seen:
        by_member.setdefault(tuple(member), []).append(caller)
    assert len(by_member) > 100
    assert {member: callers for member, callers in by_member.items() if len(callers) > 1} == {}


def test_a_set_without_words_is_seen() -> None:
    class Mute(StrEnum):
        ONE = "one"

    assert not has_label(Mute.ONE)

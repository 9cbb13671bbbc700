"""Every awkward file has its expected outcome in sheets/expected.csv: refused whole by a code, or rows and faults."""

import csv
import importlib.util
import resource
from pathlib import Path
from typing import Any

import pytest

from core.clock import today
from core.db import unit_of_work
from core.policy import SYSTEM
from core.spreadsheets.refusals import SheetRefused
from registry.choices import SheetKind
from registry.services.importing import Mode, Ordered, kind_of, run_import
from tests.factories.needs import make_places

FOLDER = Path(__file__).with_name("sheets")
EXPECTED = list(csv.DictReader((FOLDER / "expected.csv").read_text("utf-8").splitlines()))
MEGABYTE = 1024


def makers() -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("sheets_making", FOLDER / "making.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.MAKERS)


MAKERS = makers()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


def outcome_of(path: Path, place: str) -> tuple[str, str, str, str]:
    """Return fault, rows, accepted rows and the codes by their cells, as the table writes them."""
    with unit_of_work(SYSTEM) as session:
        try:
            found = run_import(path, kind_of(SheetKind.HOUSEHOLDS), Ordered(SYSTEM, place, today()), mode=Mode.CHECK)
        except SheetRefused as refusal:
            return refusal.code, "", "", ""
        finally:
            session.rollback()
    codes = " ".join(f"{fault.row}:{fault.column}:{fault.code}" for fault in found.faults)
    return "", str(found.rows), str(found.accepted), codes


def test_there_are_at_least_forty_and_each_has_its_line() -> None:
    assert len(EXPECTED) >= 40
    assert {line["file"] for line in EXPECTED} == set(MAKERS)
    assert all(line["why"] for line in EXPECTED)


@pytest.mark.parametrize("line", EXPECTED, ids=[line["file"] for line in EXPECTED])
def test_an_awkward_file_comes_out_as_expected(line: dict[str, str], folder: Path, database: object) -> None:
    make_places()
    path = folder / line["file"]
    MAKERS[line["file"]](path)
    assert outcome_of(path, line["place"]) == (line["fault"], line["rows"], line["accepted"], line["faults"])


def test_no_file_needed_much_memory_in_the_parent_or_the_child() -> None:
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 700 * MEGABYTE

"""Every awkward file has its expected outcome in sheets/expected.csv: refused whole by a code, or rows and faults."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from core.clock import today
from core.db import unit_of_work
from core.policy import SYSTEM
from core.spreadsheets.checks import checked_format
from core.spreadsheets.reading import CHILD
from core.spreadsheets.refusals import SheetRefused
from registry.choices import SheetKind
from registry.services.importing import Mode, Ordered, kind_of, run_import
from tests.factories.needs import make_places
from tests.registry.sheets import hostile, offices

FOLDER = Path(__file__).with_name("sheets")
EXPECTED = list(csv.DictReader((FOLDER / "expected.csv").read_text("utf-8").splitlines()))
MAKERS = {**offices.MAKERS, **hostile.MAKERS}
MEGABYTE = 1024
# Run apart, so that the figure is the child's: a process begins with the peak of the one that it was forked from.
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, env={})
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


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


@pytest.mark.parametrize("name", MAKERS)
def test_no_file_needs_much_memory(name: str, folder: Path) -> None:
    path = folder / name
    MAKERS[name](path)
    try:
        kind = checked_format(path)
    except SheetRefused:
        return  # nothing of it was ever unpacked
    command = [sys.executable, "-I", "-c", MEASURED, sys.executable, "-I", str(CHILD), kind.value, str(path)]
    peak = subprocess.run(command, capture_output=True, check=True, text=True)
    assert int(peak.stdout) < 200 * MEGABYTE

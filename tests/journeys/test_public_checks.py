"""The public reads a fulfilled need and verifies its history with its own hands."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.pledges import Scene
from tests.plugins.browser import Visit


def verified(verifier: Path, export: Path) -> int:
    """Run the downloaded verifier alone, without our code, on an export."""
    command = [sys.executable, "-I", str(verifier), str(export)]
    return subprocess.run(command, capture_output=True, cwd=export.parent, check=False).returncode


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reader_checks_the_history_of_a_fulfilled_need(
    scene: Scene, visit: Visit, tmp_path: Path, language: str
) -> None:
    _delivery, slip = scene.awaiting("6")
    scene.say(slip.link)
    reader = visit(language)
    reader.opens("/").opens("/fulfilled").presses("See the record")
    reader.reads("Confirmed by the household").presses("Check it yourself")
    reader.reads("Check it yourself")
    export = reader.save("/export", tmp_path)
    verifier = reader.save("/records/verifier", tmp_path)
    assert verified(verifier, export) == 0

    honest = export.read_text("utf-8")
    assert '\\"quantity\\":\\"6\\"' in honest
    export.write_text(honest.replace('\\"quantity\\":\\"6\\"', '\\"quantity\\":\\"9\\"', 1), "utf-8")
    assert verified(verifier, export) == 1


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reader_finds_no_records_of_a_household(scene: Scene, visit: Visit, language: str) -> None:
    reader = visit(language)
    reader.opens(f"/records/household/{scene.household_id}", 404)
    reader.opens(f"/records/pairing/{scene.pairing_id}", 404).reads("This page is not here")

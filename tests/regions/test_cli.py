"""`jiedui regions`: contracts.md, Commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.db import unit_of_work
from core.policy import SYSTEM
from regions.cli import regions
from regions.queries import find_published_region, published_region, published_successors
from regions.services import BAISE, RegionsRefused

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixture `database` has connected already."""
    monkeypatch.setattr("regions.cli.connect", lambda: None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(regions, list(arguments))


def test_an_import_is_committed_and_reported_for_machines() -> None:
    result = run("import", str(BAISE), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["added"] == 2050
    with unit_of_work(SYSTEM):
        assert published_region("451028").name == "乐业县"


def test_an_import_says_in_words_what_it_did() -> None:
    result = run("import", str(BAISE))
    assert result.stdout == (
        "2050 rows: 2050 added, 0 changed, 0 unchanged, 0 closed, 0 that only repeat the place above them.\n"
    )


def test_a_bad_row_is_named_on_standard_error_and_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("code,name,parent,level\n450000000000,广西,,province\n45102,x,,village\n", encoding="utf-8")
    result = run("import", str(path))
    assert isinstance(result.exception, RegionsRefused)
    assert "bad.csv, line 3: bad_code 45102" in result.stderr
    with unit_of_work(SYSTEM):
        assert find_published_region("45") is None


@pytest.mark.parametrize("arguments", [("import",), ("import", "/nowhere"), ("close", "4510281", "--on", "2025-01-01")])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_village_is_closed_with_its_successor() -> None:
    run("import", str(BAISE))
    result = run("close", "451028100207", "--on", "2025-01-01", "--successor", "451028100208")
    assert result.stdout == "451028100207 ends on 2025-01-01.\n"
    with unit_of_work(SYSTEM):
        assert published_successors("451028100207") == ("451028100208",)

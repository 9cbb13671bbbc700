"""The commands of core, as they are called."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core import cli
from core.errors import StartupRefused
from core.provision import finding
from core.records.standalone import INCOMPLETE, OK, TAMPERED
from core.settings import Settings, configure
from tests.factories.recorded import World, admin_address, settings_for


@pytest.fixture(autouse=True)
def _settings_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.settings._configured", [])


def run(world: World, *arguments: str) -> Result:
    url = world.app.url.render_as_string(hide_password=False)
    configure(settings_for(None, APP_DATABASE_URL=url))
    group = cli.records if arguments[0] in {"verify", "export"} else cli.database
    return CliRunner().invoke(group, list(arguments))


def test_verify_counts_what_fits_and_names_what_no_checkpoint_shows(world: World) -> None:
    world.keep()
    result = run(world, "verify")
    assert result.exit_code == OK
    assert "ok: 1 records in 1 streams" in result.output
    assert "No checkpoint was compared" in result.output


def test_verify_ends_with_1_and_names_the_record_that_was_changed(world: World) -> None:
    probe = world.keep()
    world.rewrite("UPDATE records.record SET reason = 'late'")
    result = run(world, "verify", "--json")
    assert result.exit_code == TAMPERED
    assert json.loads(result.stdout)["findings"][0].startswith(f"need/{probe.id} 1: ")


def test_an_export_can_be_checked_as_a_file(world: World, tmp_path: Path) -> None:
    world.keep()
    file = tmp_path / "export.jsonl"
    assert json.loads(run(world, "export", "--out", str(file), "--json").stdout)["records"] == 1
    assert run(world, "verify", "--file", str(file)).exit_code == OK
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    assert run(world, "verify", "--file", str(file)).exit_code == INCOMPLETE


def test_one_stream_is_checked_and_exported_alone(world: World, tmp_path: Path) -> None:
    first, second = world.keep(), world.keep()
    world.rewrite("UPDATE records.record SET reason = 'late' WHERE stream = :s", s=f"need/{second.id}")
    assert run(world, "verify", "--stream", f"need/{first.id}").exit_code == OK
    assert run(world, "verify", "--stream", f"need/{second.id}").exit_code == TAMPERED
    file = tmp_path / "export.jsonl"
    assert run(world, "export", "--stream", f"need/{first.id}", "--out", str(file)).exit_code == 0
    assert run(world, "verify", "--file", str(file)).exit_code == OK


def test_the_export_of_a_stream_that_is_not_there_is_refused_and_leaves_no_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    result = run(world, "export", "--stream", "need/nothing", "--out", str(file))
    assert isinstance(result.exception, StartupRefused)
    assert not file.exists()


def test_the_database_can_be_upgraded_again(world: World) -> None:
    configure(settings_for(world.admin.url))
    result = CliRunner().invoke(cli.database, ["upgrade", "--json"])
    assert json.loads(result.stdout) == {"created_empty": False, "is_demo": True}


def test_without_any_database_the_line_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(StartupRefused, match="make run"):
        finding.application_url(settings_for(None, JIEDUI_VAR=str(tmp_path)))


def test_an_administrators_address_leads_to_the_applications_role() -> None:
    settings: Settings = settings_for(admin_address().set(database="somewhere"))
    assert finding.application_url(settings).startswith("postgresql+psycopg://jiedui_app")

"""Guards of the source root and of the files that set-up reads (architecture.md 7)."""

import configparser
import importlib.util
import json
import platform
import re
import sys
import sysconfig
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "platform"
LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-node.txt")
ADDRESS = re.compile(r"https?://|file:|git\+|^-i |--index|--find-links|--hash", re.MULTILINE)
LONGEST = 300
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "data", "info", "process", "handle", "misc", "base"}


def packages() -> set[str]:
    return {path.parent.name for path in SOURCES.glob("*/__init__.py")}


def python_files() -> list[Path]:
    """Everything that people edit; a migration is a list of columns that nobody edits again."""
    folders = ("platform", "scripts", "tests", "benchmarks")
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def pyproject() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return found


def test_platform_is_still_the_standard_librarys_module() -> None:
    assert Path(str(platform.__file__)).is_relative_to(sysconfig.get_path("stdlib"))
    assert platform.python_version()


def test_the_source_root_is_no_package() -> None:
    assert not (SOURCES / "__init__.py").exists()
    assert [path.name for path in SOURCES.glob("*.py")] == []


def test_every_folder_with_code_is_a_package() -> None:
    without = {path.parent for path in SOURCES.rglob("*.py") if not (path.parent / "__init__.py").is_file()}
    assert without == set()


def test_no_package_shadows_a_module_of_the_standard_library() -> None:
    assert packages() & set(sys.stdlib_module_names) == set()


def test_no_package_shadows_an_installed_one() -> None:
    foreign = {name for name, owners in packages_distributions().items() if set(owners) - {"jiedui"}}
    assert packages() & foreign == set()


def test_packages_are_found_in_the_source_root() -> None:
    for name in packages():
        found = importlib.util.find_spec(name)
        assert found is not None
        assert Path(str(found.origin)).parent == SOURCES / name


def test_the_import_contracts_know_every_package() -> None:
    assert set(pyproject()["root_packages"]) == packages()  # type: ignore[call-overload]  # a list in the file
    layers = str(pyproject()["contracts"])
    assert [name for name in sorted(packages()) if name not in layers] == []


@pytest.mark.parametrize("path", python_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_one_idea_of_at_most_300_lines(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST, "two ideas: make two files of it"


def test_no_module_has_a_name_that_means_nothing() -> None:
    named = {path.stem for path in SOURCES.rglob("*.py")} | {path.name for path in SOURCES.rglob("*") if path.is_dir()}
    assert named & FORBIDDEN_NAMES == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_and_holds_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert ADDRESS.search(text) is None
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "-r "))]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+( ; .+)?", line)] == []


def test_what_the_package_needs_is_in_the_lock() -> None:
    pinned = {line.split("==")[0].replace("_", "-") for line in (ROOT / LOCKS[0]).read_text("utf-8").splitlines()}
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    wanted = re.findall(r"^([A-Za-z0-9-]+)", config["options"]["install_requires"], re.MULTILINE)
    assert [name for name in wanted if name.lower() not in pinned] == []


def test_the_browser_lock_records_what_but_not_from_where() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, entry in lock.items() if "resolved" in entry] == []
    assert [name for name, entry in lock.items() if name and "integrity" not in entry] == []


def test_what_set_up_makes_is_not_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    wanted = {".venv/", "node_modules/", "var/", "build/", "platform/web/static/vendor/", "platform/web/fonts/"}
    assert wanted - set(ignored) == set()


def test_continuous_integration_calls_the_readmes_command_and_nothing_else() -> None:
    lines = [line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == ['cd "$(dirname "$0")/.." && exec make test']
    assert "    make test\n" in (ROOT / "README.md").read_text("utf-8")

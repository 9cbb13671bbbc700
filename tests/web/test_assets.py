"""Static files under hashed names."""

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import StartupRefused
from web import assets
from web.assets import RESET, SHEETS, STYLES, asset, joined_styles, manifest, publish


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "own.css").write_text("a { top: 0 }", encoding="utf-8")
    manifest.cache_clear()
    yield tmp_path
    manifest.cache_clear()


def test_the_name_follows_the_content(folder: Path) -> None:
    first, second = publish("css/own.css", b"a"), publish("css/own.css", b"b")
    assert re.fullmatch(r"vendor/css/own\.[0-9a-f]{12}\.css", first)
    assert first != second
    assert publish("css/own.css", b"a") == first


def test_a_zipped_copy_lies_beside_the_file(folder: Path) -> None:
    name = publish("vendor/x.min.js", b"let x = 1")
    assert name.startswith("vendor/x.min.")
    assert gzip.decompress((folder / f"{name}.gz").read_bytes()) == (folder / name).read_bytes() == b"let x = 1"


def test_references_to_maps_that_are_not_served_are_cut(folder: Path) -> None:
    name = publish("vendor/x.css", b"a{}\n/*# sourceMappingURL=x.css.map */")
    assert (folder / name).read_bytes() == b"a{}\n"


def test_without_set_up_the_start_says_what_to_run(folder: Path) -> None:
    with pytest.raises(StartupRefused, match="Run: make assets"):
        manifest()


def test_an_own_file_that_changed_after_set_up_is_published_again(folder: Path) -> None:
    (folder / "vendor").mkdir()
    (folder / "vendor" / "manifest.json").write_text('{"css/own.css": "vendor/css/own.old.css"}', encoding="utf-8")
    later = (folder / "vendor" / "manifest.json").stat().st_mtime + 5
    assert asset("css/own.css") == "/static/vendor/css/own.old.css"
    manifest.cache_clear()
    os.utime(folder / "css" / "own.css", (later, later))
    assert asset("css/own.css") != "/static/vendor/css/own.old.css"


def test_a_name_that_is_not_there_is_an_error(folder: Path) -> None:
    (folder / "vendor").mkdir()
    (folder / "vendor" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(KeyError):
        asset("css/none.css")


def test_the_style_sheets_are_served_as_one_behind_the_reset(folder: Path) -> None:
    for name in SHEETS:
        (folder / name).write_text(f".{Path(name).stem} {{ top: 0 }}", encoding="utf-8")
    (folder / "reset.css").write_text("* { margin: 0 }", encoding="utf-8")
    known = {RESET: "reset.css"}
    (folder / "vendor").mkdir()
    (folder / "vendor" / "manifest.json").write_text(json.dumps(known), encoding="utf-8")
    served = (folder / asset(STYLES).removeprefix("/static/")).read_bytes()
    assert served == joined_styles(folder / "reset.css")
    places = [served.index(f".{Path(name).stem} ".encode()) for name in SHEETS]
    assert served.startswith(b"* { margin: 0 }")
    assert places == sorted(places)


def test_every_style_sheet_of_ours_is_part_of_the_one_that_is_served() -> None:
    sheets = {f"css/{path.name}" for path in (assets.STATIC / "css").glob("*.css")}
    assert sheets == set(SHEETS)

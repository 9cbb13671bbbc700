"""The Chinese catalogues: complete, with the named values of the English sentence."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from scripts import messages


def test_every_sentence_has_its_chinese() -> None:
    faults = [fault for package in messages.all_packages() for fault in messages.faults_of(package)]
    assert faults + messages.orphans() + messages.conflicts() == [], "run: make messages, then fill the empty msgstr"


@pytest.mark.parametrize(
    ("source", "translated", "fault"),
    [
        ("%(count)s given", "给了 %(count)s", None),
        ("%(count)s given", "给了", "placeholders differ (count)"),
        ("%(count)s given", "给了 %(cuont)s", "placeholders differ (count, cuont)"),
        ("%(count)s given", "给了 %(count) s", "placeholders differ (%, count)"),
        ("%(share)s%% given", "给了 %(share)s%%", None),
        ("Given", " ", "empty"),
        ("Given", "", "empty"),
        (("%(count)s thing", "%(count)s things"), ("%(count)s 件",), None),
        (("%(count)s thing", "%(count)s things"), ("件",), "placeholders differ (count)"),
        (("%(count)s thing", "%(count)s things"), "%(count)s 件", "plural and singular differ"),
    ],
)
def test_a_wrong_translation_is_named(
    source: str | tuple[str, str], translated: str | tuple[str, ...], fault: str | None
) -> None:
    assert messages.fault_of(Message(source, translated), Message(source)) == fault


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package with one sentence in code and one in a template."""
    templates = tmp_path / "probe" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "probe" / "__init__.py").write_text('said = _("In code")\n', encoding="utf-8")
    (templates / "page.html").write_text('{{ _("On a page, %(name)s", name=name) }}', encoding="utf-8")
    monkeypatch.setattr(messages, "SOURCES", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path / "catalogues")
    return "probe"


def test_merging_keeps_what_is_said_and_drops_what_is_not(package: str) -> None:
    messages.merge(package)
    path = messages.CATALOGUES / "probe.po"
    filled = path.read_text(encoding="utf-8").replace('msgid "In code"\nmsgstr ""', 'msgid "In code"\nmsgstr "代码里"')
    path.write_text(filled + '\nmsgid "Gone"\nmsgstr "没了"\n', encoding="utf-8")
    assert list(messages.faults_of(package)) == ["probe: empty: On a page, %(name)s", "probe: obsolete: Gone"]
    messages.merge(package)
    assert 'msgstr "代码里"' in path.read_text(encoding="utf-8")
    assert list(messages.faults_of(package)) == ["probe: empty: On a page, %(name)s"]
    before = path.read_bytes()
    messages.merge(package)
    assert path.read_bytes() == before


def test_a_sentence_that_another_package_has_said_is_taken_over_and_must_stay_equal(package: str) -> None:
    other = messages.CATALOGUES / "other.po"
    other.parent.mkdir()
    other.write_text('msgid "In code"\nmsgstr "代码里"\n', encoding="utf-8")
    messages.merge(package)
    assert 'msgstr "代码里"' in (messages.CATALOGUES / "probe.po").read_text(encoding="utf-8")
    assert messages.conflicts() == []
    other.write_text('msgid "In code"\nmsgstr "代码中"\n', encoding="utf-8")
    assert messages.conflicts() == ["probe: said differently in other: In code"]

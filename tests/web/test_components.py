import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import Form, StringField
from wtforms.validators import DataRequired

from core.i18n import use_locale
from web.rendering import install
from web.rendering.icons import CATEGORY_ICONS, icon

WEB = Path(__file__).resolve().parents[2] / "platform" / "web"
SIX = (Decimal(6), Decimal(5), Decimal(3), Decimal(2))


@pytest.fixture
def ui() -> Iterator[Any]:
    env = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    install(env)
    env.globals["icon"] = lambda name, size=20: f"({name})"
    with use_locale("zh"):
        yield env.get_template("components/ui.html").module


def need(**overrides: Any) -> dict[str, Any]:
    facts = {
        "url": "/needs/1", "title": "冬被 6 床", "category": "daily_necessities", "place": "甘田镇",
        "level": "household", "status": "partly_held", "quantity": SIX[0],
        "held": SIX[1], "delivered": SIX[2], "confirmed": SIX[3], "unit": "床",
    }  # fmt: skip
    return {**facts, **overrides}


def plain(text: str) -> str:
    return str(text).replace("\u00a0", " ")


def test_the_bar_says_its_whole_sentence(ui: Any) -> None:
    assert 'aria-label="需要 6 床，已认领 5，已送达 3，家里已确认 2，还缺 1"' in plain(ui.quantity_bar(*SIX, "床"))


def test_the_bar_says_it_in_english_too(ui: Any) -> None:
    with use_locale("en"):
        assert "pledged 5, delivered 3, confirmed by the household 2, still needed 1" in ui.quantity_bar(*SIX, "床")


def test_the_bar_of_a_village_names_the_village(ui: Any) -> None:
    assert "村里已确认 2" in ui.quantity_bar(*SIX, "床", level="village")


def test_a_big_bar_says_what_a_cell_is(ui: Any) -> None:
    assert "每格 50 根" in plain(ui.quantity_bar(Decimal(600), Decimal(0), Decimal(0), Decimal(0), "根"))


def test_a_dispute_wins_over_the_state(ui: Any) -> None:
    tag = ui.state_tag("fulfilled", disputed=True)
    assert "有异议，核实中" in tag
    assert "家里已确认" not in tag


@pytest.mark.parametrize(
    "state", ["open", "partly_held", "fully_held", "delivered", "fulfilled", "expired", "withdrawn"]
)
def test_every_state_has_a_word_and_a_shape(ui: Any, state: str) -> None:
    tag = ui.state_tag(state)
    assert "<svg" in tag
    assert tag.split("</svg>")[1].split("</span>")[0].strip()


def test_a_row_stands_with_only_what_it_must_have(ui: Any) -> None:
    row = ui.ledger([need()])
    assert "还缺 1 床" in plain(row)
    assert row.count("<a ") == 1


def test_a_row_shows_all_it_is_given(ui: Any) -> None:
    row = plain(ui.ledger([need(why="不保暖", band="4-5", verified_on=date(2026, 11, 12), days_left=41)]))
    for words in ("不保暖", "一户，4～5 人", "11-12 两级核实", "还剩 41 天"):
        assert words in row


def test_what_people_write_is_escaped(ui: Any) -> None:
    assert "<b>" not in ui.ledger([need(title="<b>冬被</b>", why="<b>")])


def test_the_chain_says_what_is_awaited(ui: Any) -> None:
    helpers = [
        {"rank": 1, "name": "结对干部", "meta": "", "state": "active"},
        {"rank": 2, "name": "一家企业", "meta": "", "state": "proposed"},
    ]
    chain = ui.helper_chain(helpers, "还缺 1 床，可以由您来")
    assert "等家里同意" in chain
    assert ">3</text>" in chain


def test_a_chain_without_need_has_no_free_place(ui: Any) -> None:
    assert "jd-chain-free" not in ui.helper_chain([{"rank": 1, "name": "结对干部", "meta": "", "state": "active"}])


def test_the_four_answers_look_alike_and_none_is_chosen(ui: Any) -> None:
    """design 8: no warning sign, no amber for any of the four."""
    values = ("received", "partly_received", "not_received", "unsuitable")
    cards = ui.radio_cards("outcome", "请您自己选一个", [{"value": value, "label": value} for value in values])
    assert cards.count('class="jd-card"') == 4
    assert cards.count('class="jd-answer"') == 4
    assert "checked" not in cards


def test_the_summary_names_each_fault_once_and_leads_to_it(ui: Any) -> None:
    class Pledge(Form):
        due_on = StringField("哪天送到", [DataRequired("填写哪天送到，例如 2026-12-05")])

    form = Pledge()
    assert str(ui.error_summary(form)).strip() == ""
    form.validate()
    summary = ui.error_summary(form)
    assert "还差一处，没能提交" in summary
    assert '<a href="#due_on">填写哪天送到，例如 2026-12-05</a>' in summary
    field = ui.field(form.due_on)
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="due_on-error"' in field
    assert 'id="due_on-error"' in field


def test_optional_fields_are_marked_and_required_ones_are_not(ui: Any) -> None:
    class Note(Form):
        note = StringField("备注")
        what = StringField("要什么", [DataRequired()])

    form = Note()
    assert "（可不填）" in ui.field(form.note)
    assert "（可不填）" not in ui.field(form.what)


def test_the_hills_stand_beside_their_table(ui: Any) -> None:
    group = {
        "code": "451028100",
        "name": "同乐镇",
        "url": "#",
        "confirmed": 9,
        "delivered": 1,
        "pledged": 2,
        "needed": 31,
    }
    hills = ui.hills([group], datetime(2026, 11, 23, tzinfo=UTC), "乡镇")
    assert "<table" in hills
    assert hills.count("31") == 2


def test_no_photos_are_no_empty_frame(ui: Any) -> None:
    assert str(ui.photo_grid([])).strip() == ""


def test_a_suppressed_bar_says_so(ui: Any) -> None:
    assert "不足 5 户，不显示" in plain(ui.bars([{"name": "甲村", "value": None}], 45, "全县 45%"))


def test_a_record_shows_its_hash_and_the_one_before(ui: Any) -> None:
    record = {
        "seq": 2,
        "role": "乡镇",
        "at": datetime(2026, 11, 12, tzinfo=UTC),
        "sentence": "**批准公开**",
        "hash": "ab" * 32,
        "prev": "cd" * 32,
    }
    chain = ui.record_chain([record])
    assert "abab abab abab" in chain
    assert "cdcd cdcd cdcd" in chain


def test_an_icon_is_inlined_without_a_style(tmp_path: Path) -> None:
    drawing = '<svg xmlns="x" style="a"><path stroke="none" d="M0 0h24v24H0z" fill="none" /><path d="M1 1" /></svg>'
    file = tmp_path / "icons.json"
    file.write_text(json.dumps({"bed": drawing}), "utf-8")
    shown = icon("bed", 24, file)
    assert 'aria-hidden="true"' in shown
    assert '<path d="M1 1" />' in shown
    assert "style" not in shown


def test_every_category_has_an_icon_that_is_listed() -> None:
    listed = (WEB / "icons.txt").read_text("utf-8").split()
    assert set(CATEGORY_ICONS.values()) <= set(listed)

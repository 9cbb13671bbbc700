from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.i18n import use_locale
from web.rendering import formats

NO_BREAK = "\u00a0"


def test_number_and_unit_never_part() -> None:
    assert formats.qty(Decimal("1200.00"), "米") == f"1,200{NO_BREAK}米"
    assert formats.qty(Decimal("2.50"), "吨") == f"2.5{NO_BREAK}吨"


def test_a_date_is_said_in_the_readers_language() -> None:
    when = date(2026, 11, 22)
    with use_locale("zh"):
        assert formats.day(when).replace(NO_BREAK, " ") == "11 月 22 日"
        assert formats.day(when, year=True).replace(NO_BREAK, " ") == "2026 年 11 月 22 日"
    with use_locale("en"):
        assert formats.day(when).replace(NO_BREAK, " ") == "22 November"


def test_times_are_shown_in_china() -> None:
    late = datetime(2026, 11, 22, 16, 40, tzinfo=UTC)
    assert formats.stamp(late) == "2026-11-23 00:40"
    assert formats.short_stamp(late) == "11-23 00:40"
    assert formats.short_day(late) == "11-23"


@pytest.mark.parametrize(("days", "words"), [(41, "还剩 41 天"), (0, "今天"), (-2, "过期 2 天")])
def test_time_left_is_said_in_words(days: int, words: str) -> None:
    with use_locale("zh"):
        assert formats.days_left(days) == words


@pytest.mark.parametrize(
    ("persons", "band"),
    [(1, "1 人"), (2, "2～3 人"), (3, "2～3 人"), (5, "4～5 人"), (6, "6 人以上"), ("4-5", "4～5 人")],
)
def test_a_household_is_shown_by_its_band_only(persons: int | str, band: str) -> None:
    with use_locale("zh"):
        assert formats.size_band(persons) == band


def test_a_hash_is_twelve_digits_in_groups_of_four() -> None:
    assert formats.short_hash("c41f88d20a7e7b90") == "c41f 88d2 0a7e"
    assert formats.short_hash(bytes.fromhex("c41f88d20a7e7b90")) == "c41f 88d2 0a7e"


def test_a_fact_is_bold_and_nothing_else_is_markup() -> None:
    assert formats.emphasis("<i>**送达 1 床**</i>") == f"&lt;i&gt;<strong>送达 1{NO_BREAK}床</strong>&lt;/i&gt;"
    assert formats.emphasis("请[告诉我们]", "/help") == '请<a href="/help">告诉我们</a>'
    assert formats.emphasis("第 [1] 条") == "第 [1] 条"


def test_a_share_is_never_rounded_up() -> None:
    assert formats.percent(Decimal("99.99")) == "99%"


def test_money_has_commas_and_its_unit() -> None:
    with use_locale("zh"):
        assert formats.money(Decimal("12400")) == f"12,400{NO_BREAK}元"

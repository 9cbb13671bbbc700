"""What a reader of papers notices: rare characters, sums under each other, words of their time, room to write."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.i18n import use_locale
from core.print_fonts import not_drawn
from registry.choices import HouseholdCategory, IncomeCode, IncomeConcept
from registry.incomes import Income, Item
from reports.layouts.income_fields import blank_income, income_sheet
from reports.layouts.register_fields import group_said, numbered, standing_fields
from reports.layouts.values import day_said, yuan
from reports.papers import contact_paper, handbook_paper, household_form_paper, minutes_paper, receipt_paper
from reports.printing import Frame, Paper, papers_pdf, sheet_of
from reports.sheets import CardSheet, Era, HandbookSheet, MinutesSheet, ReceiptSheet
from tests.reports import invented
from tests.reports.pdf_text import page_texts

RARE, UNKNOWN = "\U00020bb7", "\U0002b740"


def pages(paper: Paper) -> list[str]:
    return page_texts(papers_pdf(paper.template, [sheet_of(paper, Frame())]))


def table_of(paper: Paper, title: str) -> dict[str, object]:
    return next(one for one in paper.blocks if one.get("title") == title)


def test_a_rare_character_of_a_name_is_drawn() -> None:
    """Domain.md 12.5: names hold characters beyond the first 65,536."""
    assert not_drawn(f"韦{RARE}·Abdu\u200b\n") == ""
    with use_locale("zh"):
        text = "".join(pages(contact_paper(replace(invented.full_card(), helper=f"{RARE}野"))))
    assert f"{RARE} 野" in text, "two fonts, so two pieces of text"
    assert "手写" not in text


def test_a_character_that_no_font_has_is_named_so_that_somebody_writes_it() -> None:
    assert not_drawn(f"韦{UNKNOWN}{UNKNOWN}") == UNKNOWN
    code = f"U+{ord(UNKNOWN):X}"
    named = replace(invented.full_household(), members=((UNKNOWN, *("",) * 13),))
    with use_locale("zh"):
        asked = ["请手写补上" in page and code in page for page in pages(household_form_paper(named))]
        others = "".join(pages(household_form_paper(invented.full_household())))
    assert asked == [True] * len(asked)
    assert "手写" not in others


def test_sums_stand_under_each_other_with_both_digits_or_none() -> None:
    assert [yuan(Decimal(value)) for value in ("4501.5", "4500", "1234567.05")] == ["4,501.50", "4,500", "1,234,567.05"]
    with use_locale("zh"):
        table = table_of(handbook_paper(invented.full_handbook()), "历年收入")
    assert [column["side"] for column in table["columns"]] == ["centre", "centre", "right", "right", "left"]


def test_a_sum_says_in_words_what_it_was_made_of() -> None:
    items = (Item(IncomeCode.WAGE_MIGRANT, Decimal(20000)), Item(IncomeCode.EXPENSE_CROPS, Decimal(2000)))
    with use_locale("zh"):
        found = income_sheet(2025, Income(items, 4))
        blank = blank_income()
    assert found.sums[1] == ("年纯收入", "18,000", "年总收入 20,000 − 生产经营性支出 2,000")
    assert [row[0] for row in found.sums][-1] == "人均纯收入"
    assert [row[0] for row in blank.sums] == ["年总收入", "年纯收入", "人均纯收入"]
    assert [row[1] for row in blank.sums] == ["", "", ""]


def test_income_per_person_is_named_by_its_concept() -> None:
    with use_locale("zh"):
        found = income_sheet(2025, Income((), 4, IncomeConcept.DISPOSABLE))
    assert found.sums[-1][0] == "人均可支配收入"


def test_days_and_groups_stand_as_officials_write_them() -> None:
    with use_locale("zh"):
        assert day_said(date(2026, 3, 1)).replace("\u00a0", " ") == "2026 年 3 月 1 日"
        assert (group_said("3"), group_said("上屯组"), group_said("")) == ("3 组", "上屯组", "")
        assert day_said(None) == ""


def test_the_numbers_of_the_old_form_stand_on_the_old_form_only() -> None:
    assert numbered("A1", "x", Era.REGISTER) == "A1 x"
    assert numbered("A1", "x", Era.MONITORING) == "x"


def test_a_form_of_today_offers_no_box_for_a_poor_household() -> None:
    """Design.md 8: the word stands only where the record is of its time, or the file still says it."""

    class Poor:
        household_category = (HouseholdCategory.GENERAL_POOR.value,)

    with use_locale("zh"):
        then, now = (str(standing_fields(None, era)) for era in (Era.REGISTER, Era.MONITORING))
        kept = str(standing_fields(Poor, Era.MONITORING))
    assert "一般贫困户" in then
    assert "贫困户" not in now
    assert "一般贫困户" in kept


@pytest.mark.parametrize("era", Era)
def test_cards_and_receipts_fit_their_sheet_also_when_empty(era: Era) -> None:
    with use_locale("zh"):
        for paper in (contact_paper(CardSheet(era)), receipt_paper(ReceiptSheet())):
            assert len(pages(paper)) == 1


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (lambda: household_form_paper(invented.empty_household()), 4),
        (lambda: handbook_paper(HandbookSheet(invented.empty_household())), 7),
        (lambda: minutes_paper(MinutesSheet()), 2),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_blank_form_wastes_no_paper(make: Callable[[], Paper], most: int, language: str) -> None:
    with use_locale(language):
        assert len(pages(make())) <= most

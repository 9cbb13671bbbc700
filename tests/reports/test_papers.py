"""Every paper: it compiles in both languages, full and empty, and says what it should (domain.md 1.3, 7.6)."""

import re
from collections.abc import Callable

import pytest

from core.i18n import use_locale
from reports.papers import (
    contact_paper,
    handbook_paper,
    household_form_paper,
    minutes_paper,
    notice_paper,
    receipt_paper,
    village_paper,
)
from reports.printing import Frame, Paper, papers_pdf, sheet_of
from reports.sheets import CardSheet, Era, HandbookSheet, MinutesSheet, NoticeSheet, ReceiptSheet, VillageSheet
from tests.reports import invented
from tests.reports.pdf_text import page_texts

FRAME = Frame("记录 17", "2026-11-24 打印", "https://example.org/v/household/0/17/3fa9c2d41b", demo=True)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PAPERS: dict[str, tuple[Callable[[], Paper], Callable[[], Paper]]] = {
    "register form": (
        lambda: household_form_paper(invented.full_household()),
        lambda: household_form_paper(invented.empty_household()),
    ),
    "handbook": (
        lambda: handbook_paper(invented.full_handbook()),
        lambda: handbook_paper(HandbookSheet(invented.empty_household())),
    ),
    "village form": (
        lambda: village_paper(invented.full_village()),
        lambda: village_paper(VillageSheet(Era.MONITORING)),
    ),
    "notice": (lambda: notice_paper(invented.full_notice()), lambda: notice_paper(NoticeSheet("t", ""))),
    "minutes": (lambda: minutes_paper(invented.full_minutes()), lambda: minutes_paper(MinutesSheet())),
    "receipt": (lambda: receipt_paper(invented.full_receipt()), lambda: receipt_paper(ReceiptSheet())),
    "contact card": (
        lambda: contact_paper(invented.full_card()),
        lambda: contact_paper(CardSheet(Era.REGISTER)),
    ),
}


def pages_of(*papers: Paper, frame: Frame = FRAME) -> list[str]:
    return page_texts(papers_pdf(papers[0].template, [sheet_of(paper, frame) for paper in papers]))


@pytest.mark.parametrize("name", PAPERS)
def test_a_full_paper_says_its_title_its_version_and_that_it_is_a_demo(name: str) -> None:
    with use_locale("zh"):
        paper = PAPERS[name][0]()
        pages = pages_of(paper)
    assert paper.title in pages[0]
    assert all("示例数据" in page and "记录 17" in page and "2026-11-24 打印" in page for page in pages)


@pytest.mark.parametrize("name", PAPERS)
def test_an_empty_paper_can_be_filled_in_by_hand(name: str) -> None:
    with use_locale("zh"):
        paper = PAPERS[name][1]()
        pages = pages_of(paper, frame=Frame())
    assert paper.title in pages[0]
    assert not any("None" in page or "示例" in page for page in pages)


@pytest.mark.parametrize("name", PAPERS)
def test_an_empty_paper_in_english_has_no_chinese_word(name: str) -> None:
    with use_locale("en"):
        paper = PAPERS[name][1]()
    blocks = re.sub(
        r"国家|省定|市定|项目|户编号|户主姓名|A1 识别标准", "", str((paper.title, paper.blocks, paper.more))
    )
    assert CHINESE.findall(blocks) == []
    assert pages_of(paper, frame=Frame())[0]


def test_each_sheet_of_a_file_counts_its_own_pages() -> None:
    with use_locale("zh"):
        pages = pages_of(*[household_form_paper(sheet) for sheet in (invented.full_household(),) * 2])
    half = len(pages) // 2
    assert half > 1
    for start in (0, half):
        found = [
            f"第 {at} 页 共 {half} 页" in " ".join(page.split())
            for at, page in enumerate(pages[start : start + half], 1)
        ]
        assert all(found)


def test_twelve_members_with_long_names_stand_whole_on_the_form() -> None:
    with use_locale("zh"):
        text = "".join(pages_of(household_form_paper(invented.full_household()))).replace(" ", "").replace("\u200b", "")
    for name in (invented.LONG_NAME, invented.LATIN_NAME):
        assert text.count(name) >= 3
    assert "#eval" in text
    assert text.count("与户主关系") >= 2, "the head of the table is repeated on the next page"


def test_the_handbook_has_its_six_parts_in_their_order() -> None:
    with use_locale("zh"):
        text = " ".join(pages_of(handbook_paper(HandbookSheet(invented.empty_household()))))
    places = [text.index(f"{number}、") for number in "一二三四五六"]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("era", "form", "book"),
    [(Era.REGISTER, "贫困户登记表", "扶贫手册"), (Era.MONITORING, "监测对象信息采集表", "帮扶手册")],
)
def test_titles_are_those_of_their_time(era: Era, form: str, book: str) -> None:
    sheet = invented.full_household(era)
    with use_locale("zh"):
        assert household_form_paper(sheet).title == form
        assert handbook_paper(HandbookSheet(sheet)).title == book


def test_a_notice_has_room_for_what_may_be_shown_and_nothing_else() -> None:
    with use_locale("zh"):
        table = notice_paper(invented.full_notice()).blocks[1]
    heads = [column["words"] for column in table["columns"]]
    assert heads == ["序号", "村民小组", "户主", "人口", "拟定或认定", "原因类别"]


def test_card_and_receipt_are_two_copies_on_one_sheet() -> None:
    with use_locale("zh"):
        card, receipt = contact_paper(invented.full_card()), receipt_paper(invented.full_receipt())
        assert [page.count("139 0000 2222") for page in pages_of(card)] == [2]
        assert [page.count("K7MQ-4F9T") for page in pages_of(receipt)] == [2]

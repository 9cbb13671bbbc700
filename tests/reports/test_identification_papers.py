"""The receipt of an application: two parts, who and by when, no reason; its print stands in the case's records."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from core.db import unit_of_work
from core.i18n import use_locale
from core.policy import SYSTEM
from core.records import published_records
from identification.case_choices import CaseOrigin
from identification.notice_choices import EntryKind, NoticeStep, ReasonGroup
from identification.notice_lines import Line
from identification.queries.notices import NoticeSheet
from identification.receipts import shown_receipt_no
from identification.services.cases import Applicant, open_case
from identification.services.own_reports import Telling, file_own_report
from reports.queries.identification import board_sheet
from reports.services import print_blank
from reports.sheets import BlankKind, Era
from tests.factories.needs import People
from tests.factories.people import VILLAGE, acting, sign_in
from tests.reports.pdf_text import page_texts

ILLNESS = "长期看病，借了钱"


@pytest.fixture
def case_id(people: People) -> UUID:
    with acting(people.author) as actor:
        case = open_case(
            actor=actor,
            region_code=VILLAGE,
            pack="B_monitoring_2021",
            origin=CaseOrigin.SELF_REPORT,
            applicant=Applicant(name="韦大妹", phone="13900001111"),
            told=ILLNESS,
            receipt_no="S0001112223",
        )
        return case.id


def test_a_receipt_says_who_and_by_when_and_no_reason(people: People, app: Any, case_id: UUID) -> None:
    answer = sign_in(app.test_client(), people.author).post(f"/desk/cases/{case_id}/receipt", data={"language": "zh"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    text = "".join(page_texts(answer.data)).replace(" ", "")
    assert text.count("S0001112223") == 2
    assert "韦大妹" in text
    assert "13900001111" not in text
    assert "看病" not in text
    with unit_of_work(SYSTEM):
        row = published_records(f"identification_case/{case_id}", limit=1)[0]
    assert (row.kind, row.payload["paper"]) == ("identification_case.printed", "receipt")


def test_what_people_told_has_its_receipt_at_hand(people: People, app: Any) -> None:
    with unit_of_work(SYSTEM):
        report = file_own_report(Telling("韦大妹", ILLNESS, "13900001111"), region_code=VILLAGE)
        path, case_id, number = f"/desk/own-reports/{report.id}", report.case_id, shown_receipt_no(report.receipt_no)
    officer = sign_in(app.test_client(), people.author)
    assert f'action="/desk/cases/{case_id}/receipt"' in officer.get(path).get_data(as_text=True)
    pages = page_texts(officer.post(f"/desk/cases/{case_id}/receipt", data={"language": "zh"}).data)
    assert number in pages[0]


def test_no_receipt_for_a_case_elsewhere(people: People, app: Any) -> None:
    officer = sign_in(app.test_client(), people.author)
    assert officer.post(f"/desk/cases/{uuid4()}/receipt").status_code == 404


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (BlankKind.RECEIPT, "受理回执"),
        (BlankKind.MINUTES, "民主评议会议记录"),
        (BlankKind.NOTICE, "公示表"),
        (BlankKind.ANNOUNCEMENT, "公告"),
    ],
)
def test_the_field_gets_empty_ones(people: People, kind: BlankKind, words: str) -> None:
    with unit_of_work(SYSTEM):
        assert words in page_texts(print_blank(kind, era=Era.MONITORING, language="zh"))[0]


def test_the_board_shows_what_it_may_and_nothing_else(database: object) -> None:
    """Domain.md 7.6: no number of an ID, no phone, no bank account, no state of health has a field."""
    line = Line("451028100200", "三组", "韦大妹", "017", 4, EntryKind.MONITOR, ReasonGroup.INCOME)
    sheet = NoticeSheet(
        uuid4(),
        VILLAGE,
        "B_monitoring_2021",
        NoticeStep.VILLAGE,
        5,
        None,
        None,
        (line,),
        "https://e.org/n/1",
        "0776",
        "",
    )
    with unit_of_work(SYSTEM), use_locale("zh"):
        found = board_sheet(sheet)
    assert [entry.cells[:3] for entry in found.entries] == [("三组", "韦大妹", "4")]
    assert {field.value for field in found.facts} <= {"", "0776", VILLAGE}
    assert found.title == "公示表"

"""Villagers without an account tell of a household in difficulty, and ask how far it has come (domain.md 3.7.4)."""

from uuid import UUID

import pytest
from sqlalchemy import select

from accounts.models import Role
from core.clock import add_working_days, today
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid
from core.policy import SYSTEM
from identification.case_choices import CaseStage
from identification.models import OwnReport, PaperCode
from identification.objection_choices import Channel
from identification.queries.cases import get_case
from identification.queries.own_reports import get_own_report, opened_by, own_reports, receipt, unused_codes
from identification.receipts import new_receipt_no, read_digits, read_receipt_no, shown_receipt_no
from identification.services.own_reports import Telling, enter_own_report, file_own_report, make_paper_codes
from tests.factories.people import VILLAGE, acting, make_person
from tests.identification.conftest import Village

PHONE = "13900002222"


def tell(**said: object) -> OwnReport:
    values = {"name": "韦一民", "told": "房顶漏雨，腿摔断了。", "phone": PHONE} | said
    with unit_of_work(SYSTEM):
        return file_own_report(Telling(**values), region_code=VILLAGE)


def sheet(village: Village) -> list[str]:
    """Print a sheet of codes; return its digits."""
    with acting(village.officer) as actor:
        return unused_codes(actor, make_paper_codes(actor=actor, region_code=VILLAGE, count=3))[1]


def test_a_receipt_number_is_read_however_it_is_typed() -> None:
    number = new_receipt_no("own_report")
    assert len(number) == 11
    assert number[0] == "S"
    assert read_receipt_no(shown_receipt_no(number).lower()) == number
    assert read_receipt_no(f"Ｓ-{number[1:]}") == number
    assert read_digits("+86 139-0000-2222") == PHONE == read_digits("１３９００００２２２２")


def test_it_is_a_case_from_this_moment_and_the_village_has_five_working_days(village: Village) -> None:
    report = tell()
    with acting(village.officer) as actor:
        assert [row.id for row in own_reports(actor).items] == [report.id]
        case = get_case(actor, get_own_report(actor, report.id).case_id)
        assert (case.stage, case.told) == (CaseStage.CLUE, "房顶漏雨，腿摔断了。")
        assert report.due_on == case.due_on
        assert today() < report.due_on <= add_working_days(today(), 5)
        assert receipt(report).receipt_no == report.receipt_no


def test_the_receipt_opens_with_its_own_phone_number_only(village: Village) -> None:
    report, other = tell(), tell(phone="13900003333")
    with unit_of_work(SYSTEM):
        found = opened_by(report.receipt_no, f"+86 {PHONE}")
        assert isinstance(found, OwnReport)
        assert found.id == report.id
        for number, key in ((report.receipt_no, "13900003333"), (other.receipt_no, PHONE), ("S0000000000", PHONE)):
            assert opened_by(number, key) is None


def test_equal_phone_numbers_do_not_join_two_reports(village: Village) -> None:
    assert tell().key_index != tell(name="黄某").key_index


def test_who_has_no_phone_uses_a_code_from_paper_once(village: Village) -> None:
    code, other, _ = sheet(village)
    report = tell(phone="", paper_code=f"{code[:3]} {code[3:]}")
    with unit_of_work(SYSTEM):
        found = opened_by(report.receipt_no, code)
        assert isinstance(found, OwnReport)
        assert opened_by(report.receipt_no, other) is None
    with pytest.raises(NotValid) as refusal:
        tell(phone="", paper_code=code)
    assert list(refusal.value.errors) == ["paper_code"]


def test_the_digits_of_a_code_stand_nowhere(village: Village) -> None:
    digits = sheet(village)
    with unit_of_work(SYSTEM):
        stored = {bytes(row.code_hash) for row in db.session.scalars(select(PaperCode))}
    assert not any(code.encode() in value for code in digits for value in stored)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"told": ""}, "told"),
        ({"phone": "12"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"phone": "", "paper_code": "1234567890"}, "paper_code"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(village: Village, said: dict[str, object], field: str) -> None:
    with pytest.raises(NotValid) as refusal:
        tell(**said)
    assert list(refusal.value.errors) == [field]


def test_a_place_that_is_no_village_takes_nothing(village: Village) -> None:
    with unit_of_work(SYSTEM), pytest.raises(NotValid) as refusal:
        file_own_report(Telling("韦一民", "病了", PHONE), region_code="451028100000")
    assert list(refusal.value.errors) == ["village"]


def test_an_officer_writes_down_what_was_said_by_phone_in_his_own_places_only(village: Village) -> None:
    telling = Telling("韦一民", "她丈夫去世了。", PHONE, for_another=True, teller_name="黄某")
    with acting(village.township) as actor:
        report = enter_own_report(telling, actor=actor, channel=Channel.PHONE, region_code=VILLAGE)
        assert (report.entered_by, report.channel, report.for_another) == (village.township, Channel.PHONE, True)
    neighbour: UUID = make_person(Role.VILLAGE_OFFICER, "451028100201")
    with acting(neighbour) as actor:
        with pytest.raises(NotPermitted):
            enter_own_report(telling, actor=actor, channel=Channel.PHONE, region_code=VILLAGE)
        with pytest.raises(NotFound):
            get_own_report(actor, report.id)

"""Papers of real rows: recorded before they are read, and without what is never printed."""

from decimal import Decimal
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted
from core.policy import SYSTEM
from core.records import published_records
from donors.specimens import make_resident_id
from registry.choices import IncomeCode
from registry.choices.papers import PaperKind, PrintPurpose
from registry.incomes import Item
from registry.models import Household
from registry.queries.papers import changes_after
from registry.services import add_member, ensure_village, save_income, save_living_conditions, save_profile
from registry.services.papers import record_print
from reports.services import print_blank, print_household, print_village
from reports.services.printing import HOUSEHOLD_PAPERS
from reports.sheets import BlankKind, Era
from tests.factories.needs import People, make_household
from tests.factories.people import VILLAGE, acting, make_person
from tests.reports.pdf_text import page_texts

ID_NUMBER = make_resident_id(777)


@pytest.fixture
def household_id(people: People) -> UUID:
    return make_household(people.author, head_name="韦大妹", id_number=ID_NUMBER, household_no="0777")


def text_of(pdf: bytes) -> str:
    """Text without spaces: where a line breaks is no matter."""
    return "".join(page_texts(pdf)).replace(" ", "")


def printed(people: People, household_id: UUID, kind: PaperKind, language: str = "zh") -> str:
    with acting(people.author) as actor:
        household = db.session.get_one(Household, household_id)
        return text_of(print_household(household, kind, actor=actor, purpose=PrintPurpose.SIGNING, language=language))


@pytest.mark.parametrize("kind", HOUSEHOLD_PAPERS)
def test_a_paper_carries_the_number_of_the_record_that_says_it_was_printed(
    people: People, household_id: UUID, kind: PaperKind
) -> None:
    text = printed(people, household_id, kind)
    with unit_of_work(SYSTEM):
        row = published_records(f"household/{household_id}", limit=1)[0]
        day = today().isoformat()
    stamp = row.hash.hex()
    assert (row.kind, row.role, row.reason, row.payload["paper"]) == (
        "household.printed",
        "village_officer",
        "signing",
        kind.value,
    )
    assert f"版本{row.seq}-{stamp[:4]}-{stamp[4:8]}" in text
    assert f"{day}打印" in text
    assert "0777" in text


@pytest.mark.parametrize("kind", HOUSEHOLD_PAPERS)
def test_no_digit_of_an_id_is_ever_printed(people: People, household_id: UUID, kind: PaperKind) -> None:
    bare = printed(people, household_id, kind)
    assert ID_NUMBER not in bare
    assert ID_NUMBER[6:14] not in bare
    assert ID_NUMBER[-4:] not in bare


def test_the_register_form_names_head_and_phone(people: People, household_id: UUID) -> None:
    text = printed(people, household_id, PaperKind.HOUSEHOLD_FORM)
    assert "监测对象信息采集表" in text
    assert "韦大妹" in text
    assert "13900000000" in text
    assert "九利村" in text


def test_a_paper_is_english_on_request(people: People, household_id: UUID) -> None:
    text = printed(people, household_id, PaperKind.HANDBOOK, "en")
    assert "Helphandbook" in text
    assert "Page1of" in text


def test_who_has_no_right_prints_nothing_and_leaves_no_record(people: People, household_id: UUID) -> None:
    with acting(make_person(Role.EVALUATOR)) as actor, pytest.raises(NotPermitted):
        household = db.session.get_one(Household, household_id)
        print_household(household, PaperKind.HANDBOOK, actor=actor, purpose=PrintPurpose.COPY, language="zh")
    with unit_of_work(SYSTEM):
        assert published_records(f"household/{household_id}", limit=1)[0].kind != "household.printed"


def test_the_villages_form_has_its_numbered_lines(people: People) -> None:
    with acting(people.author) as actor:
        text = text_of(print_village(ensure_village(VILLAGE, actor=actor), 2013, actor=actor, language="zh"))
    assert "贫困村登记表" in text
    assert [
        number for number in ("B21", "B22", "B23", "B24", "B25", "B48", "B49", "AAD005") if number not in text
    ] == []
    with unit_of_work(SYSTEM):
        assert published_records(f"village/{VILLAGE}", limit=1)[0].kind == "village.printed"


@pytest.mark.parametrize("kind", BlankKind)
@pytest.mark.parametrize("era", Era)
def test_a_blank_form_has_boxes_and_nobodys_name(people: People, kind: BlankKind, era: Era) -> None:
    with unit_of_work(SYSTEM):
        text = text_of(print_blank(kind, era=era, language="zh"))
    assert "版本" not in text
    assert "None" not in text
    if kind is BlankKind.HOUSEHOLD_FORM:
        assert ("贫困户登记表" in text) is (era is Era.REGISTER)
        assert "因病" in text


def described(people: People, household_id: UUID) -> None:
    """Write down what the register form asks for."""
    with acting(people.author) as actor:
        household, day = db.session.get_one(Household, household_id), today()
        profile = {"main_cause": "disability", "bank_name": "农商行", "bank_account": "6222020200112233445"}
        save_profile(household, profile, actor=actor, valid_from=day)
        child = {"name": "韦小山", "sex": "male", "relation_to_head": "son", "work_months": 7}
        add_member(household, child, actor=actor, valid_from=day)
        save_living_conditions(
            household, {"farmland_mu": "3.25", "house_grade": "c", "house_year": 1998}, actor=actor, valid_from=day
        )
        items = [Item(IncomeCode.WAGE_MIGRANT, Decimal(20000)), Item(IncomeCode.EXPENSE_CROPS, Decimal(2000))]
        save_income(household, day.year - 1, items, actor=actor, as_of=day, members_end=2)


def test_the_form_says_what_the_registers_say(people: People, household_id: UUID) -> None:
    described(people, household_id)
    text = printed(people, household_id, PaperKind.HOUSEHOLD_FORM)
    for words in ("韦小山", "3.25", "20,000", "18,000", "9,000", "农商行", "已登记，不打印"):
        assert words in text, words
    assert "6222020200112233445" not in text
    assert "2233445" not in text


def test_a_year_stands_without_a_comma(people: People, household_id: UUID) -> None:
    described(people, household_id)
    text = printed(people, household_id, PaperKind.HOUSEHOLD_FORM)
    assert "1998" in text
    assert "1,998" not in text


def test_what_changes_after_a_print_is_seen_by_its_number(people: People, household_id: UUID) -> None:
    with acting(people.author):
        household = db.session.get_one(Household, household_id)
        version = record_print(household, PaperKind.HOUSEHOLD_FORM, purpose=PrintPurpose.SIGNING)
    described(people, household_id)
    with unit_of_work(SYSTEM):
        kinds = [row.kind for row in changes_after(version.stream, version.seq)]
    assert sorted(set(kinds)) == [
        "household_profile.created",
        "income_record.created",
        "living_conditions.created",
        "member_profile.created",
    ]

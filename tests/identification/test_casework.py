"""Clues, applications, letters and visits at the desk of a village (domain.md 3.2, 3.4, 3.7.1, 3.9)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.policy import SYSTEM
from identification.case_choices import CaseOrigin, CaseStage
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.models import IdentificationCase, Visit
from identification.queries.cases import previously_registered
from identification.queries.cases.file import steps_of
from identification.queries.own_reports import opened_by, unused_codes
from identification.services.cases import (
    Applicant,
    Entry,
    VisitSeen,
    authorise_case,
    enter_application,
    enter_clue,
    enter_visit,
    name_household,
)
from identification.services.own_reports import make_paper_codes
from registry.choices import IncomeCode
from registry.incomes import Item
from registry.models import Household
from registry.services import save_income, save_profile
from tests.factories.case_steps import take
from tests.factories.casework import (
    PHONE,
    TOLD,
    VIEWS,
    Desk,
    day,
    make_clue,
    make_ready,
    make_verifying,
    propose,
    visit,
)
from tests.factories.needs import make_household
from tests.factories.notices import board_photo
from tests.factories.people import VILLAGE, acting, make_person
from tests.factories.rounds import make_round
from tests.identification.conftest import stage_of

ENTRY = Entry(VILLAGE, MONITORING_2021, CaseOrigin.SELF_REPORT, Applicant("韦大山", PHONE), told=TOLD)


@pytest.fixture
def home(desk: Desk) -> UUID:
    return make_household(desk.officer)


def case_row(case_id: UUID) -> IdentificationCase:
    with unit_of_work(SYSTEM):
        return db.session.get_one(IdentificationCase, case_id)


def errors_of(entry: Entry, officer: UUID) -> list[str]:
    with acting(officer) as actor, pytest.raises(NotValid) as refusal:
        enter_clue(entry, actor=actor)
    return sorted(refusal.value.errors)


def seen(desk: Desk, **changes: object) -> VisitSeen:
    plain = VisitSeen(day(), desk.officer, desk.team, VIEWS, no_income_reason="说不清。")
    return replace(plain, **changes)  # type: ignore[arg-type]  # each test names fields of it


def test_a_clue_gets_a_receipt_that_its_phone_number_opens(desk: Desk) -> None:
    with acting(desk.officer) as actor:
        case = enter_clue(ENTRY, actor=actor)
    with unit_of_work(SYSTEM):
        assert case.receipt_no is not None
        assert case.receipt_no[0] == "Q"
        opened = opened_by(f"q {case.receipt_no[1:]}", "+86 139 0000 4444")
        assert isinstance(opened, IdentificationCase)
        assert opened.id == case.id
        assert opened_by(case.receipt_no, "13900000000") is None


def test_who_has_no_phone_asks_with_a_code_from_paper_that_works_once(desk: Desk) -> None:
    with acting(desk.officer) as actor:
        code = unused_codes(actor, make_paper_codes(actor=actor, region_code=VILLAGE, count=1))[1][0]
    entry = replace(ENTRY, applicant=Applicant("韦大山", paper_code=code))
    with acting(desk.officer) as actor:
        case = enter_clue(entry, actor=actor)
    with unit_of_work(SYSTEM):
        assert isinstance(opened_by(str(case.receipt_no), code), IdentificationCase)
    assert errors_of(entry, desk.officer) == ["paper_code"]


def test_a_clue_says_what_is_missing_beside_its_field(desk: Desk) -> None:
    """Name and village are enough for an application; a clue says also what happened and how it is asked after."""
    assert errors_of(replace(ENTRY, applicant=Applicant(" ", PHONE)), desk.officer) == ["name"]
    assert errors_of(replace(ENTRY, told=" "), desk.officer) == ["told"]
    assert errors_of(replace(ENTRY, applicant=Applicant("韦大山", "12")), desk.officer) == ["phone"]
    assert errors_of(replace(ENTRY, applicant=Applicant("韦大山")), desk.officer) == ["phone"]
    assert errors_of(replace(ENTRY, origin=CaseOrigin.ON_BEHALF), desk.officer) == ["witness"]
    assert errors_of(replace(ENTRY, origin=CaseOrigin.OBJECTION), desk.officer) == ["origin"]


def test_what_cadres_saw_themselves_needs_no_phone(desk: Desk) -> None:
    with acting(desk.officer) as actor:
        case = enter_clue(replace(ENTRY, origin=CaseOrigin.CADRE_SURVEY, applicant=Applicant("韦大山")), actor=actor)
        assert (case.stage, case.phone_index) == (CaseStage.CLUE, None)


def test_a_household_has_one_running_case(desk: Desk, home: UUID) -> None:
    make_clue(desk.officer, home)
    with unit_of_work(SYSTEM):
        household = db.session.get_one(Household, home)
    assert errors_of(replace(ENTRY, household=household), desk.officer) == ["household"]


def test_nobody_enters_a_clue_of_another_village(desk: Desk) -> None:
    neighbour = make_person(Role.VILLAGE_OFFICER, "451028100201")
    with acting(neighbour) as actor, pytest.raises(NotPermitted):
        enter_clue(ENTRY, actor=actor)


def test_an_application_written_for_the_household_names_a_witness_and_joins_the_round(desk: Desk) -> None:
    running = make_round(desk.officer)
    entry = replace(ENTRY, pack=REGISTER_2014, applicant=Applicant("韦大山", PHONE, assisted=True))
    with acting(desk.officer) as actor, pytest.raises(NotValid) as refusal:
        enter_application(entry, actor=actor, hand_in=True)
    assert list(refusal.value.errors) == ["witness"]
    helped = replace(entry, applicant=Applicant("韦大山", PHONE, assisted=True, witness="陆某"))
    with acting(desk.officer) as actor:
        case = enter_application(helped, actor=actor, hand_in=True)
        assert (case.stage, case.origin, case.round_id) == (CaseStage.APPLIED, CaseOrigin.APPLICATION, running)
        draft = enter_application(replace(helped, told=""), actor=actor, hand_in=False)
        assert draft.stage is CaseStage.DRAFT


def test_the_household_is_named_before_the_meeting_and_in_its_own_village(desk: Desk, home: UUID) -> None:
    case_id, elsewhere = (
        make_clue(desk.officer),
        make_household(make_person(Role.VILLAGE_OFFICER, "451028100201"), region="451028100201"),
    )
    with acting(desk.officer) as actor, pytest.raises(NotValid):
        name_household(
            db.session.get_one(IdentificationCase, case_id), db.session.get_one(Household, elsewhere), actor=actor
        )
    with acting(desk.officer) as actor:
        case = db.session.get_one(IdentificationCase, case_id)
        name_household(case, db.session.get_one(Household, home), actor=actor)
        assert (case.household_id, case.persons) == (home, 4)
    take(case_id, "withdraw", desk.officer, reason="误报")
    with acting(desk.officer) as actor, pytest.raises(WrongState):
        name_household(
            db.session.get_one(IdentificationCase, case_id), db.session.get_one(Household, home), actor=actor
        )


def test_the_letter_is_a_scan_or_a_thumbprint_with_a_witness(desk: Desk, home: UUID) -> None:
    """Domain.md 3.2, `authorised`."""
    case_id = make_verifying(desk, home)
    with acting(desk.officer) as actor, pytest.raises(NotValid) as refusal:
        authorise_case(db.session.get_one(IdentificationCase, case_id), actor=actor, signed_on=today())
    assert list(refusal.value.errors) == ["scan"]
    with acting(desk.officer) as actor, pytest.raises(NotValid) as refusal:
        case = db.session.get_one(IdentificationCase, case_id)
        authorise_case(case, actor=actor, signed_on=today() + timedelta(days=1), witness="陆某")
    assert list(refusal.value.errors) == ["signed_on"]
    with acting(desk.officer) as actor:
        case = db.session.get_one(IdentificationCase, case_id)
        authorise_case(case, actor=actor, signed_on=today(), scan=board_photo(), witness="陆某")
    with unit_of_work(SYSTEM):
        found = db.session.get_one(IdentificationCase, case_id)
        assert (found.authorised_on, found.authorised_file is None) == (today(), False)
        assert steps_of(case_id)[0].witness == "陆某"
    with acting(desk.officer) as actor, pytest.raises(Refused) as again:
        authorise_case(db.session.get_one(IdentificationCase, case_id), actor=actor, signed_on=today(), witness="陆某")
    assert again.value.code == "letter_signed"


def test_a_visit_takes_the_registers_net_income_of_the_year(desk: Desk, home: UUID) -> None:
    """Domain.md 2.1: net income per head, whatever the sheet's own concept is."""
    case_id, year = make_verifying(desk, home), day().year - 1
    with acting(desk.officer) as actor:
        items = [Item(IncomeCode.WAGE_MIGRANT, Decimal(20000)), Item(IncomeCode.EXPENSE_CROPS, Decimal(2000))]
        save_income(db.session.get_one(Household, home), year, items, actor=actor, as_of=today())
    visit_id = visit(desk, case_id, income_year=year, no_income_reason="")
    with unit_of_work(SYSTEM):
        found = db.session.get_one(Visit, visit_id)
        assert (found.per_capita, found.income_year, found.income_concept) == (Decimal(4500), year, "net_income")
        assert found.no_income_reason is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visited_on": "tomorrow"}, "visited_on"),
        ({"income_year": 2001}, "income"),
        ({"no_income_reason": " "}, "no_income_reason"),
        ({"views": {}}, "food"),
        ({"first": "stranger"}, "first"),
        ({"photo": b"no picture"}, "photo"),
    ],
)
def test_a_visit_says_what_is_wrong_beside_its_field(
    desk: Desk, home: UUID, changes: dict[str, object], field: str
) -> None:
    case_id, stranger = make_verifying(desk, home), make_person(Role.VILLAGE_OFFICER, "451028100201")
    given = {
        name: {"tomorrow": day(off=1), "stranger": stranger}.get(str(value), value) for name, value in changes.items()
    }
    plain = seen(desk, **given)
    with acting(desk.officer) as actor, pytest.raises(NotValid) as refusal:
        enter_visit(db.session.get_one(IdentificationCase, case_id), plain, actor=actor)
    assert field in refusal.value.errors


def test_one_person_is_no_two_visitors(desk: Desk, home: UUID) -> None:
    case_id, alone = make_verifying(desk, home), seen(desk, second=desk.officer)
    with acting(desk.officer) as actor, pytest.raises(Refused) as refusal:
        enter_visit(db.session.get_one(IdentificationCase, case_id), alone, actor=actor)
    assert refusal.value.code == "two_visitors"


def test_after_an_appeal_the_house_is_visited_anew_by_others(desk: Desk, home: UUID) -> None:
    """Domain.md 3.2, event 11."""
    case_id = make_ready(desk, home)
    propose(desk.officer, case_id)
    take(case_id, "vote_against", desk.officer, reason="不同意", vote=object())
    take(case_id, "appeal", desk.township, reason="没看病历")
    same, second = seen(desk), make_person(Role.STATIONED_TEAM)
    early = seen(desk, visited_on=day(off=-1), first=desk.township, second=second)
    with acting(desk.officer) as actor, pytest.raises(Refused) as refusal:
        enter_visit(db.session.get_one(IdentificationCase, case_id), same, actor=actor)
    assert refusal.value.code == "same_visitors"
    with acting(desk.officer) as actor, pytest.raises(NotValid) as wrong:
        enter_visit(db.session.get_one(IdentificationCase, case_id), early, actor=actor)
    assert list(wrong.value.errors) == ["visited_on"]
    visit(desk, case_id, first=desk.township, second=second)
    assert case_row(case_id).verification == 2


def test_the_meeting_is_asked_after_household_visit_letter_and_departments(desk: Desk, home: UUID) -> None:
    """Domain.md 3.2, event 4; the case then carries the line that it is measured against."""
    case_id = make_ready(desk, home)
    propose(desk.officer, case_id)
    assert stage_of(case_id) is CaseStage.REVIEWED
    assert (case_row(case_id).line_series, case_row(case_id).line_amount) == ("monitoring", 6000)


def test_the_old_register_is_hidden_until_the_vote(desk: Desk, home: UUID) -> None:
    """Domain.md 3.7.1."""
    with acting(desk.officer) as actor:
        values = {"previously_registered": True}
        save_profile(db.session.get_one(Household, home), values, actor=actor, valid_from=today())
    case_id = make_ready(desk, home)
    propose(desk.officer, case_id)
    assert previously_registered(case_row(case_id)) is None
    take(case_id, "vote_for", desk.officer, vote=object())
    with unit_of_work(SYSTEM):
        assert previously_registered(db.session.get_one(IdentificationCase, case_id)) is True

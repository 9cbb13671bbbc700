"""What departments answer, and flags that another person confirms or clears with evidence (domain.md 3.5)."""

from uuid import UUID

import pytest

from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.policy import SYSTEM
from identification.case_choices import CaseStage, Department, Hardship, MatchResult, VetoCode, VetoStage
from identification.models import IdentificationCase, VetoFlag
from identification.queries.cases.file import flags_of, matches_of, steps_of
from identification.services.cases import clear_flag, confirm_flag, enter_match, fire_case, raise_flag
from tests.factories.casework import (
    Desk,
    answer_all,
    day,
    flag,
    make_ready,
    make_verifying,
    propose,
    sign_letter,
    visit,
)
from tests.factories.needs import make_household
from tests.factories.people import acting
from tests.identification.conftest import stage_of

SEEN = "看过行驶证，车贷没还完，拉货用。"


@pytest.fixture
def signed(desk: Desk) -> UUID:
    case_id = make_verifying(desk, make_household(desk.officer))
    sign_letter(desk.officer, case_id)
    return case_id


def answer(account: UUID, case_id: UUID, result: MatchResult = MatchResult.NOTHING_FOUND, **given: object) -> None:
    values = {"department": Department.VEHICLES, "as_of": day(), "words": "名下有一辆小货车。"} | given
    with acting(account) as actor:
        enter_match(db.session.get_one(IdentificationCase, case_id), actor=actor, result=result, **values)


def decide(account: UUID, flag_id: UUID, evidence: str = SEEN, *, clear: Hardship | bool | None = False) -> None:
    with acting(account) as actor:
        found = db.session.get_one(VetoFlag, flag_id)
        if clear is False:
            confirm_flag(found, actor=actor, evidence=evidence)
        else:
            clear_flag(found, actor=actor, evidence=evidence, hardship=clear if isinstance(clear, Hardship) else None)


def flags(case_id: UUID) -> list[tuple[VetoCode, VetoStage]]:
    with unit_of_work(SYSTEM):
        return [(found.code, found.stage) for found in flags_of(case_id)]


def test_something_found_raises_the_departments_flag_by_itself_and_once(desk: Desk, signed: UUID) -> None:
    answer(desk.county, signed, MatchResult.FOUND)
    answer(desk.county, signed, MatchResult.FOUND, words="又查到同一辆。")
    assert flags(signed) == [(VetoCode.VEHICLE, VetoStage.OPEN)]
    assert stage_of(signed) is CaseStage.VERIFYING
    with unit_of_work(SYSTEM):
        assert len(matches_of(signed)) == 2


def test_nothing_found_raises_nothing(desk: Desk, signed: UUID) -> None:
    answer(desk.county, signed)
    assert flags(signed) == []


def test_nobody_is_looked_up_without_the_households_letter(desk: Desk) -> None:
    """Domain.md 3.9: with the letter, in parallel to the visit."""
    case_id = make_verifying(desk, make_household(desk.officer))
    with pytest.raises(Refused) as refusal:
        answer(desk.county, case_id)
    assert refusal.value.code == "not_authorised"


def test_the_county_alone_answers_for_departments(desk: Desk, signed: UUID) -> None:
    with pytest.raises(NotPermitted):
        answer(desk.township, signed)


def test_an_answer_says_what_was_found_and_of_which_day(desk: Desk, signed: UUID) -> None:
    with pytest.raises(NotValid) as refusal:
        answer(desk.county, signed, MatchResult.FOUND, words=" ")
    assert list(refusal.value.errors) == ["words"]
    with pytest.raises(NotValid) as refusal:
        answer(desk.county, signed, as_of=day(off=1))
    assert list(refusal.value.errors) == ["as_of"]


def test_no_answer_belongs_to_a_case_that_is_not_being_verified(desk: Desk) -> None:
    case_id = make_ready(desk, make_household(desk.officer))
    propose(desk.officer, case_id)
    with pytest.raises(WrongState):
        answer(desk.county, case_id)


def test_a_flag_is_decided_by_another_person_with_evidence(desk: Desk, signed: UUID) -> None:
    flag_id = flag(desk.team, signed)
    for account, evidence, code in ((desk.team, SEEN, "own_flag"), (desk.officer, " ", "no_evidence")):
        with pytest.raises(Refused) as refusal:
            decide(account, flag_id, evidence)
        assert refusal.value.code == code
    decide(desk.officer, flag_id)
    assert flags(signed) == [(VetoCode.LUXURY, VetoStage.CONFIRMED)]
    with unit_of_work(SYSTEM):
        found = db.session.get_one(VetoFlag, flag_id)
        assert (found.decided_by, found.decided_on, found.evidence) == (desk.officer, today(), SEEN)


def test_a_confirmed_flag_rejects_nobody_by_itself(desk: Desk) -> None:
    case_id = make_ready(desk, make_household(desk.officer))
    decide(desk.officer, flag(desk.team, case_id))
    propose(desk.officer, case_id)
    assert stage_of(case_id) is CaseStage.REVIEWED


def test_a_hardship_outweighs_what_is_true(desk: Desk, signed: UUID) -> None:
    answer(desk.county, signed, MatchResult.FOUND)
    with unit_of_work(SYSTEM):
        flag_id = flags_of(signed)[0].id
    decide(desk.township, flag_id, clear=Hardship.TOOL_FOR_WORK)
    with unit_of_work(SYSTEM):
        found = db.session.get_one(VetoFlag, flag_id)
        assert (found.stage, found.hardship) == (VetoStage.CLEARED, Hardship.TOOL_FOR_WORK)


def test_no_hardship_outweighs_false_information_which_stops_the_case_until_it_is_put_right(
    desk: Desk, signed: UUID
) -> None:
    flag_id = flag(desk.team, signed, VetoCode.FALSE_INFORMATION)
    with pytest.raises(NotValid) as refusal:
        decide(desk.officer, flag_id, clear=Hardship.OTHER)
    assert list(refusal.value.errors) == ["hardship"]
    decide(desk.officer, flag_id)
    decide(desk.officer, flag_id, "账本重新报过，对上了。", clear=True)
    assert flags(signed) == [(VetoCode.FALSE_INFORMATION, VetoStage.CLEARED)]


def test_an_open_flag_is_told_to_the_meeting_or_decided_before(desk: Desk) -> None:
    """Domain.md 3.2, event 4."""
    case_id = make_ready(desk, make_household(desk.officer))
    flag(desk.team, case_id)
    with pytest.raises(Refused) as refusal:
        propose(desk.officer, case_id)
    assert refusal.value.code == "flags_open"
    propose(desk.officer, case_id, flags_told=True)
    assert stage_of(case_id) is CaseStage.REVIEWED
    with unit_of_work(SYSTEM):
        assert steps_of(case_id)[0].given == {"told": "flags_told"}


def test_a_flag_is_raised_with_words_once_and_while_the_case_runs(desk: Desk, signed: UUID) -> None:
    flag(desk.team, signed)
    with pytest.raises(Refused) as refusal:
        flag(desk.officer, signed)
    assert refusal.value.code == "flag_open"
    with acting(desk.team) as actor, pytest.raises(NotValid):
        case = db.session.get_one(IdentificationCase, signed)
        raise_flag(case, actor=actor, code=VetoCode.HUKOU_ONLY, words=" ")
    with acting(desk.officer) as actor:
        fire_case(db.session.get_one(IdentificationCase, signed), "withdraw", actor=actor, reason="不办了")
    with pytest.raises(WrongState):
        flag(desk.team, signed, VetoCode.HUKOU_ONLY)


def test_an_evidence_of_the_visit_and_answers_make_a_case_ready(desk: Desk, signed: UUID) -> None:
    visit(desk, signed)
    answer_all(desk.county, signed, Department.PAYROLL)
    assert flags(signed) == [(VetoCode.PUBLIC_SALARY, VetoStage.OPEN)]
    propose(desk.officer, signed, flags_told=True)
    assert stage_of(signed) is CaseStage.REVIEWED

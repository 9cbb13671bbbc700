"""How households of the full list are reached: entered by hand, or said by their cases (domain.md 3.7.2)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid
from core.policy import SYSTEM
from identification.case_choices import CaseOrigin, Contact
from identification.case_packs import MONITORING_2021, REGISTER_2014
from identification.models import IdentificationCase
from identification.queries.rounds import (
    FrameRow,
    contact_entries,
    frame_page,
    state_counts,
)
from identification.round_choices import ListPart
from identification.services.cases import Applicant, fire_case, open_case
from registry.models import Household
from tests.factories.case_steps import put_visit
from tests.factories.needs import People, make_household
from tests.factories.notices import board_photo
from tests.factories.people import VILLAGE, acting, make_person
from tests.factories.places import OTHER_VILLAGE
from tests.factories.rounds import apply_for, coverage_now, reach, round_of
from tests.identification.conftest import Listed

WHY = "The road to group 3 is under water since May."


@pytest.fixture
def people(listed: Listed) -> People:
    return listed.people


@pytest.fixture
def homes(listed: Listed) -> list[UUID]:
    return listed.homes


@pytest.fixture
def running(listed: Listed) -> UUID:
    return listed.round_id


def rows(round_id: UUID, part: ListPart | Contact = ListPart.ALL) -> list[FrameRow]:
    with unit_of_work(SYSTEM):
        return list(frame_page(round_of(round_id), show=part).items)


def states(round_id: UUID) -> dict[str, Contact | None]:
    return {row.household_no: row.state for row in rows(round_id)}


def test_several_are_reached_at_once_and_one_who_is_away_must_still_be_reached(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    reach(people.author, running, *homes)
    reach(people.verifier, running, homes[1], state=Contact.ABSENT_CONTACTED, words="By phone, in Guangdong.")
    assert states(running) == {"H001": Contact.VISITED, "H002": Contact.ABSENT_CONTACTED, "H900": None}
    reach(people.author, running, homes[0], state=Contact.ABSENT_UNREACHABLE, words="Door locked, no number.")
    assert {row.household_no for row in rows(running, ListPart.OPEN)} == {"H001", "H900"}
    assert [row.household_no for row in rows(running, Contact.ABSENT_CONTACTED)] == ["H002"]
    found = coverage_now(running)
    assert (found.households, found.reached, found.unreachable, found.untouched) == (3, 1, 1, 1)
    with unit_of_work(SYSTEM):
        counted = state_counts(round_of(running))
    assert counted == {Contact.ABSENT_CONTACTED: 1, Contact.ABSENT_UNREACHABLE: 1, None: 1}


def test_who_says_the_same_again_changes_nothing(people: People, running: UUID, homes: list[UUID]) -> None:
    reach(people.author, running, homes[0])
    reach(people.verifier, running, *homes)
    with unit_of_work(SYSTEM):
        found = contact_entries(round_of(running), homes)
    assert [found[home].entered_by for home in homes] == [people.author, people.verifier]
    assert {found[home].version for home in homes} == {1}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("words", {"state": Contact.ABSENT_CONTACTED}),
        ("words", {"state": Contact.ABSENT_UNREACHABLE, "words": "  "}),
        ("words", {"state": Contact.DECLINED_IN_WRITING}),
        ("words", {"words": "x" * 301}),
        ("state", {"state": Contact.APPLIED}),
    ],
)
def test_a_contact_needs_its_evidence(
    people: People, running: UUID, homes: list[UUID], field: str, said: dict[str, object]
) -> None:
    with pytest.raises(NotValid) as refusal:
        reach(people.author, running, homes[0], **said)
    assert list(refusal.value.errors) == [field]
    assert states(running)["H001"] is None


@pytest.mark.parametrize("days", [-1, 1])
def test_a_contact_lies_in_the_days_of_the_round(people: People, running: UUID, homes: list[UUID], days: int) -> None:
    with unit_of_work(SYSTEM):
        day = today() + timedelta(days=days)
    with pytest.raises(NotValid) as refusal:
        reach(people.author, running, homes[0], happened_on=day)
    assert list(refusal.value.errors) == ["happened_on"]


def test_a_refusal_is_written_with_its_paper_for_one_household(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    declined = Contact.DECLINED_IN_WRITING
    with pytest.raises(NotValid):
        reach(people.author, running, *homes, state=declined, words="Witness 黄某")
    with pytest.raises(NotValid) as refusal:
        reach(people.author, running, homes[0], state=declined, paper=b"no picture")
    assert list(refusal.value.errors) == ["paper"]
    reach(people.author, running, homes[0], state=declined, paper=board_photo())
    with unit_of_work(SYSTEM):
        entry = contact_entries(round_of(running), homes)[homes[0]]
    assert (entry.state, entry.file_id is not None) == (declined, True)


def test_only_the_villages_own_households_are_reached_and_only_by_its_officers(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    beside = make_household(make_person(Role.VILLAGE_OFFICER, OTHER_VILLAGE), region=OTHER_VILLAGE)
    for stranger in (beside, uuid4()):
        with pytest.raises(NotFound):
            reach(people.author, running, homes[0], stranger)
    for officer in (people.approver, people.county):
        with pytest.raises(NotPermitted):
            reach(officer, running, homes[0])
    with pytest.raises(NotValid):
        reach(people.author, running)


def test_an_application_counts_when_it_is_handed_in_and_a_visit_when_it_is_made(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    draft = apply_for(people.author, running, homes[0], submitted=False)
    assert states(running)["H001"] is None
    with acting(people.author) as actor:
        fire_case(db.session.get_one(IdentificationCase, draft), "submit", actor=actor)
    assert states(running)["H001"] is Contact.APPLIED
    put_visit(draft, people.author, people.verifier)
    assert states(running)["H001"] is Contact.VISITED
    reach(people.author, running, homes[0], state=Contact.ABSENT_UNREACHABLE, words="Nobody at home.")
    assert states(running)["H001"] is Contact.VISITED
    assert coverage_now(running).reached == 1


def test_a_clue_is_no_contact_and_what_a_household_says_itself_is(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    for household_id, origin in zip(homes, (CaseOrigin.SENTINEL, CaseOrigin.SELF_REPORT), strict=True):
        with acting(people.author) as actor:
            open_case(
                actor=actor,
                region_code=VILLAGE,
                pack=REGISTER_2014,
                origin=origin,
                household=db.session.get_one(Household, household_id),
            )
    assert (states(running)["H001"], states(running)["H002"]) == (None, Contact.APPLIED)


def test_a_clue_that_is_declined_before_a_witness_is_a_refusal(
    people: People, running: UUID, homes: list[UUID]
) -> None:
    with acting(people.author) as actor:
        case = open_case(
            actor=actor,
            region_code=VILLAGE,
            pack=REGISTER_2014,
            origin=CaseOrigin.CADRE_SURVEY,
            household=db.session.get_one(Household, homes[0]),
            running=round_of(running),
        )
        fire_case(case, "decline", actor=actor, reason="They manage.", witness="黄某")
    assert states(running)["H001"] is Contact.DECLINED_IN_WRITING


def test_a_case_of_other_rules_does_not_count_as_applied_here(people: People, running: UUID, homes: list[UUID]) -> None:
    with acting(people.author) as actor:
        open_case(
            actor=actor,
            region_code=VILLAGE,
            pack=MONITORING_2021,
            origin=CaseOrigin.SELF_REPORT,
            household=db.session.get_one(Household, homes[0]),
            applicant=Applicant("韦某某"),
        )
    assert states(running)["H001"] is None

"""Quorum and majority (domain.md 3.4): vectors at the edges, and what holds for all numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import today
from core.db import unit_of_work
from core.policy import SYSTEM
from identification.case_choices import MeetingKind, VoteResult
from identification.case_packs import PACKS, pack_of
from identification.meeting_rules import Count, MeetingRule, faults_of, result_of, rule_of
from tests.factories.people import VILLAGE

REPRESENTATIVES = MeetingRule(Fraction(2, 3), quorum_strict=False, majority=Fraction(1, 2))
VILLAGERS = MeetingRule(Fraction(1, 2), quorum_strict=True, majority=Fraction(1, 2))
RULES = st.sampled_from([REPRESENTATIVES, VILLAGERS])
PEOPLE = st.integers(0, 3000)
FEW = st.integers(0, 60)
COUNTS = st.builds(Count, FEW, FEW, FEW, FEW)


def votes(votes_for: int, against: int = 0, abstained: int = 0, recused: int = 0) -> Count:
    return Count(votes_for, against, abstained, recused)


@pytest.mark.parametrize(
    ("entitled", "present", "enough"),
    [(30, 20, True), (30, 19, False), (31, 20, False), (31, 21, True), (1, 1, True), (1, 0, False), (0, 0, False)],
)
def test_two_thirds_of_the_representatives_are_enough(entitled, present, enough):
    assert REPRESENTATIVES.has_quorum(entitled, present) is enough


@pytest.mark.parametrize(
    ("entitled", "present", "enough"),
    [(400, 200, False), (400, 201, True), (401, 200, False), (401, 201, True), (2, 1, False), (2, 2, True)],
)
def test_of_all_villagers_more_than_half_must_come(entitled, present, enough):
    assert VILLAGERS.has_quorum(entitled, present) is enough


def test_more_people_than_are_entitled_are_no_quorum():
    assert not REPRESENTATIVES.has_quorum(30, 31)


@pytest.mark.parametrize(
    ("present", "needed"), [(20, 11), (21, 11), (22, 12), (1, 1), (2, 2)], ids=lambda value: str(value)
)
def test_a_decision_takes_more_than_half_of_those_present(present, needed):
    assert REPRESENTATIVES.least_for(present) == needed
    assert result_of(REPRESENTATIVES, votes(needed), present=present) is VoteResult.ADMITTED
    assert result_of(REPRESENTATIVES, votes(needed - 1), present=present) is VoteResult.NOT_ADMITTED


def test_who_steps_aside_or_abstains_stays_among_those_present():
    assert result_of(REPRESENTATIVES, votes(10, 0, 4, 6), present=20) is VoteResult.NOT_ADMITTED
    assert result_of(REPRESENTATIVES, votes(11, 0, 0, 9), present=20) is VoteResult.ADMITTED


def test_nobody_can_be_admitted_where_half_of_those_present_step_aside():
    assert result_of(REPRESENTATIVES, votes(10, recused=10), present=20) is VoteResult.NOT_ADMITTED


def test_a_count_may_leave_people_out_but_never_add_any():
    assert faults_of(votes(12, 5, 2, 1), present=20) == {}
    assert faults_of(votes(12, 5, 2, 1), present=21) == {}
    assert list(faults_of(votes(12, 5, 2, 2), present=20)) == ["votes_for"]


@pytest.mark.parametrize("count", [votes(0), votes(0, recused=20), votes(-1, 5), votes(3, -1), votes(3, recused=-1)])
def test_a_count_in_which_nobody_votes_or_below_nothing_is_refused(count):
    assert list(faults_of(count, present=20)) == ["votes_for"]


def test_the_fault_says_how_many_were_there():
    said = str(faults_of(votes(12, 5, 2, 2), present=20)["votes_for"][0])
    assert all(number in said for number in ("19", "2", "21", "20"))


@given(RULES, PEOPLE)
def test_the_least_number_that_must_come_is_the_least_that_is_enough(rule, entitled):
    least = rule.least_present(entitled)
    assert not rule.has_quorum(entitled, least - 1)
    assert rule.has_quorum(entitled, least) is (least <= entitled)


@given(RULES, PEOPLE, PEOPLE)
def test_a_quorum_is_the_exact_share(rule, entitled, present):
    share = Fraction(present, entitled) if entitled else Fraction(0)
    reached = share > rule.quorum if rule.quorum_strict else share >= rule.quorum
    assert rule.has_quorum(entitled, present) is (reached and present <= entitled)


@given(RULES, COUNTS, PEOPLE)
def test_who_is_admitted_has_more_votes_than_all_the_others_together(rule, count, present):
    if not faults_of(count, present=present) and result_of(rule, count, present=present) is VoteResult.ADMITTED:
        assert count.votes_for > present - count.votes_for


@given(RULES, COUNTS, PEOPLE)
def test_a_valid_count_never_admits_and_refuses_by_majority_at_once(rule, count, present):
    turned = Count(count.votes_against, count.votes_for, count.abstained, count.recused)
    if not faults_of(count, present=present):
        both = {result_of(rule, one, present=present) for one in (count, turned)}
        assert both != {VoteResult.ADMITTED}


@given(RULES, COUNTS, PEOPLE)
def test_one_vote_more_never_harms_a_household(rule, count, present):
    more = Count(count.votes_for + 1, count.votes_against, count.abstained, count.recused)
    if result_of(rule, count, present=present) is VoteResult.ADMITTED:
        assert result_of(rule, more, present=present) is VoteResult.ADMITTED


@pytest.mark.parametrize("code", PACKS)
def test_the_packs_write_the_law_for_every_kind_of_meeting(database, code):
    with unit_of_work(SYSTEM):
        pack = pack_of(code, VILLAGE, today())
    assert {kind: rule_of(pack, kind) for kind in MeetingKind} == {
        MeetingKind.REPRESENTATIVES: REPRESENTATIVES,
        MeetingKind.VILLAGERS: VILLAGERS,
        MeetingKind.HOUSEHOLDS: REPRESENTATIVES,
    }

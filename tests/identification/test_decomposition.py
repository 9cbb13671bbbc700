"""How a quota comes about, against the formulas of domain.md 4.2 written out one by one."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotValid, Refused
from identification.quotas.apportionment import Method
from identification.quotas.decomposition import (
    County,
    ScoredHousehold,
    provincial_quota,
    split_by_score,
    split_to_counties,
    split_to_villages,
)
from identification.quotas.poverty_scores import Factor, Measured, Village, scores

HOUSES = Factor("dilapidated", Fraction(3, 5))
LAND = Factor("farmland", Fraction(2, 5), poorer_with_more=False)
FACTORS = (HOUSES, LAND)


def village(
    number: int, houses: object, land: object, *, people: int = 1000, sampled: int = 40, **more: object
) -> Village:
    factors = {
        "dilapidated": Measured(Fraction(str(houses)), Fraction(str(more.get("error", 0)))),
        "farmland": Measured(Fraction(str(land))),
    }
    return Village(f"4510281002{number:02}", str(more.get("township", "451028100")), people, 300, sampled, factors)


def test_a_province_floats_up_to_a_tenth_over_its_number() -> None:
    assert provincial_quota(100_000, 118_000) == 110_000
    assert provincial_quota(100_000, 104_000) == 104_000
    assert provincial_quota(100_000, 90_000) == 100_000
    assert provincial_quota(100_000, 150_000, Fraction(3, 10)) == 130_000


@given(published=st.integers(0, 10**7), statistic=st.integers(0, 10**7), top=st.fractions(0, 1, max_denominator=100))
def test_no_province_goes_over_its_float(published: int, statistic: int, top: Fraction) -> None:
    found = provincial_quota(published, statistic, top)
    assert published <= found <= max(published, floor(published * (1 + top)))


def test_counties_share_by_population_and_incidence() -> None:
    counties = [
        County("a", 320_000, Fraction("0.182")),
        County("b", 210_000, Fraction("0.24")),
        County("c", 95_000, Fraction("0.075")),
    ]
    assert split_to_counties(110_000, counties) == {"a": 55_340, "b": 47_890, "c": 6_770}


def test_more_dilapidated_houses_and_less_land_make_a_larger_share() -> None:
    steps = split_to_villages(100, [village(1, "0.4", 1), village(2, "0.2", 2), village(3, 0, 3)], FACTORS)
    assert [step.score.value for step in steps] == [1, Fraction(1, 2), 0]
    assert [step.incidence for step in steps] == [Fraction(1, 15), Fraction(1, 30), 0]
    assert [step.quota for step in steps] == [67, 33, 0]


def test_a_factor_that_is_the_same_everywhere_says_nothing() -> None:
    steps = split_to_villages(100, [village(1, "0.3", 1), village(2, "0.3", 1)], FACTORS)
    assert [step.score.value for step in steps] == [Fraction(1, 2)] * 2
    assert [step.quota for step in steps] == [50, 50]


def test_no_village_gets_more_than_live_there() -> None:
    small = village(1, "0.9", 1, people=10)
    steps = split_to_villages(900, [small, village(2, "0.1", 5)], FACTORS)
    assert steps[0].incidence == 1
    assert [step.quota for step in steps] == [10, 890]


def test_a_weak_sample_is_drawn_to_the_mean_of_its_township() -> None:
    sure, weak = village(1, "0.4", 1), village(2, "0.2", 2, sampled=10, error="0.2")
    other = village(3, 0, 3, township="451028101")
    found = scores([sure, weak, other], FACTORS)
    mean = (Fraction(1) + Fraction(1, 2)) / 2
    assert found[1].trust == Fraction(10, 40)
    assert found[1].value == Fraction(1, 4) * Fraction(1, 2) + Fraction(3, 4) * mean
    assert [score.low_confidence for score in found] == [False, True, False]


def test_a_thin_sample_is_marked_unless_everybody_was_asked() -> None:
    thin = village(1, "0.4", 1, sampled=29)
    tiny = Village("2", "t", 40, 12, 12, thin.factors)
    assert [score.low_confidence for score in scores([thin, tiny], FACTORS)] == [True, False]


def test_weights_that_do_not_add_up_to_one_are_refused() -> None:
    with pytest.raises(NotValid):
        scores([village(1, 0, 1)], [HOUSES])


def test_a_village_without_a_value_is_named() -> None:
    with pytest.raises(NotValid) as refused:
        scores([village(1, 0, 1)], [HOUSES, Factor("unsafe_water", Fraction(2, 5))])
    assert refused.value.facts["village"] == village(1, 0, 1).code


values = st.decimals(0, 50, places=2).map(Fraction)
samples = st.tuples(
    values, values, st.decimals(0, 20, places=2).map(Fraction), st.integers(1, 60), st.integers(0, 3000)
)


@settings(max_examples=150)
@given(
    rows=st.lists(samples, min_size=1, max_size=9),
    weight=st.fractions(0, 1, max_denominator=20),
    share=st.integers(0, 100),
)
def test_each_step_is_the_formula(rows: list[tuple[Fraction, ...]], weight: Fraction, share: int) -> None:
    factors = [Factor("more", weight), Factor("less", 1 - weight, poorer_with_more=False)]
    villages = [
        Village(
            f"{i:03}",
            f"t{i % 2}",
            int(row[4]),
            100,
            int(row[3]),
            {"more": Measured(row[0], row[2]), "less": Measured(row[1])},
        )
        for i, row in enumerate(rows)
    ]
    people = sum(one.population for one in villages)
    total = people * share // 100
    steps = split_to_villages(total, villages, factors)
    expected = _by_the_book(total, villages, factors)
    assert [(step.score.value, step.incidence) for step in steps] == expected
    assert sum(step.quota for step in steps) == total
    assert all(0 <= step.quota <= one.population for step, one in zip(steps, villages, strict=True))
    assert {step.code: step.quota for step in split_to_villages(total, villages[::-1], factors)} == {
        step.code: step.quota for step in steps
    }


def _by_the_book(total: int, villages: list[Village], factors: list[Factor]) -> list[tuple[Fraction, Fraction]]:
    own, errors = [], []
    for one in villages:
        score, variance = Fraction(0), Fraction(0)
        for factor in factors:
            column = [other.factors[factor.code].mean for other in villages]
            low, high = min(column), max(column)
            z = Fraction(1, 2) if high == low else (one.factors[factor.code].mean - low) / (high - low)
            score += factor.weight * (z if factor.poorer_with_more or high == low else 1 - z)
            if high != low:
                variance += (factor.weight * one.factors[factor.code].error / (high - low)) ** 2
        own.append(score)
        errors.append(variance)
    shrunk = []
    for one, score, variance in zip(villages, own, errors, strict=True):
        near = [
            (other.population, value)
            for other, value in zip(villages, own, strict=True)
            if other.township == one.township
        ]
        people = sum(population for population, _ in near)
        mean = sum((population * value for population, value in near), Fraction(0)) / people if people else Fraction(0)
        trust = Fraction(one.sampled, one.sampled + 30) if variance > (score / 4) ** 2 else Fraction(1)
        shrunk.append(trust * score + (1 - trust) * mean)
    people = sum(one.population for one in villages)
    usual = Fraction(total, people) if people else Fraction(0)
    mean = sum((one.population * score for one, score in zip(villages, shrunk, strict=True)), Fraction(0)) / (
        people or 1
    )
    return [(score, min(Fraction(1), usual * score / mean if mean else usual)) for score in shrunk]


def _visited(*rows: tuple[str, int, int]) -> list[ScoredHousehold]:
    return [ScoredHousehold(*row) for row in rows]


def test_households_up_to_the_cut_off_go_in_whole() -> None:
    visited = _visited(("a", 40, 4), ("b", 50, 3), ("a", 57, 5), ("b", 60, 2))
    assert split_by_score(12, visited) == (57, {"a": 9, "b": 3})


def test_what_is_left_goes_to_those_with_the_next_points() -> None:
    visited = _visited(("a", 40, 4), ("a", 57, 6), ("b", 57, 3))
    assert split_by_score(7, visited) == (40, {"a": 6, "b": 1})
    assert split_by_score(2, visited) == (None, {"a": 2, "b": 0})


def test_a_quota_beyond_those_visited_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        split_by_score(9, _visited(("a", 40, 4)))
    assert refused.value.facts == {"lacking": 5}


@given(
    rows=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 100), st.integers(1, 9)), min_size=1, max_size=30),
    part=st.fractions(0, 1, max_denominator=30),
    method=st.sampled_from(Method),
)
def test_points_give_out_exactly_the_quota(rows: list[tuple[str, int, int]], part: Fraction, method: Method) -> None:
    visited = _visited(*rows)
    total = int(sum(one.persons for one in visited) * part)
    cut_off, quotas = split_by_score(total, visited, method)
    assert sum(quotas.values()) == total
    below = [one.persons for one in visited if cut_off is not None and one.points <= cut_off]
    assert sum(below) <= total

"""Whole persons out of exact shares: the vectors and invariants of domain.md 4.3 and 4.4."""

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import Refused
from identification.quotas.apportionment import Method, Share, apportion

METHODS = list(Method)


def shares(*weights: object, caps: tuple[int | None, ...] = ()) -> list[Share]:
    pairs = zip(weights, caps or (None,) * len(weights), strict=True)
    return [Share(f"{place:02}", Fraction(str(weight)), cap) for place, (weight, cap) in enumerate(pairs)]


def got(total: int, given: list[Share], method: Method = Method.HAMILTON) -> tuple[int, ...]:
    return tuple(apportion(total, given, method).values())


def test_three_counties_by_population_and_incidence() -> None:
    weights = [320_000 * Fraction("0.182"), 210_000 * Fraction("0.24"), 95_000 * Fraction("0.075")]
    assert weights == [58_240, 50_400, 7_125]
    assert got(110_000, shares(*weights)) == (55_340, 47_890, 6_770)


VILLAGES = (1520 * Fraction("0.21"), 980 * Fraction("0.34"), 2210 * Fraction("0.12"), 640 * Fraction("0.5"))


def test_four_villages_without_and_with_a_cap() -> None:
    assert got(1200, shares(*VILLAGES)) == (310, 323, 257, 310)
    assert got(1200, shares(*VILLAGES, caps=(1520, 980, 2210, 300))) == (313, 327, 260, 300)


def test_a_tie_goes_to_the_smaller_code() -> None:
    assert got(10, shares(1, 1, 1)) == (4, 3, 3)
    assert apportion(10, reversed(shares(1, 1, 1))) == {"02": 3, "01": 3, "00": 4}


def test_a_tie_of_remainders_goes_to_the_larger_weight() -> None:
    assert got(2, shares(1, 3)) == (0, 2)


@pytest.mark.parametrize("method", METHODS)
def test_where_nobody_has_any_weight_the_population_counts(method: Method) -> None:
    empty = [Share("a", Fraction(0), 300, 300), Share("b", Fraction(0), 100, 100)]
    assert apportion(100, empty, method) == {"a": 75, "b": 25}


@pytest.mark.parametrize("method", METHODS)
def test_what_the_weighty_cannot_take_goes_to_those_without_weight(method: Method) -> None:
    found = apportion(10, [Share("a", Fraction(5), 4, 4), Share("b", Fraction(0), 20, 20)], method)
    assert found == {"a": 4, "b": 6}


@pytest.mark.parametrize("method", METHODS)
def test_more_persons_than_there_is_room_for_are_refused(method: Method) -> None:
    with pytest.raises(Refused) as refused:
        apportion(11, shares(1, 1, caps=(5, 5)), method)
    assert refused.value.facts == {"total": 11, "most": 10}


def test_nobody_is_placed_where_nobody_lives() -> None:
    with pytest.raises(Refused):
        apportion(1, [Share("a", Fraction(0), None, 0)])


@pytest.mark.parametrize("wrong", [Share("a", Fraction(-1)), Share("a", Fraction(1), -1)])
def test_negative_input_is_no_input(wrong: Share) -> None:
    with pytest.raises(ValueError, match="not negative"):
        apportion(1, [wrong])


def test_a_code_comes_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        apportion(1, [Share("a", Fraction(1)), Share("a", Fraction(1))])


def test_hamilton_shows_the_alabama_paradox_and_webster_does_not() -> None:
    states = shares(6, 6, 2)
    assert got(10, states) == (4, 4, 2)
    assert got(11, states) == (5, 5, 1), "one more person in all, one fewer for the smallest"
    webster = [got(total, states, Method.WEBSTER) for total in range(60)]
    assert all(before <= after for one, two in pairwise(webster) for before, after in zip(one, two, strict=True))


fractions = st.fractions(min_value=0, max_value=1000, max_denominator=60)
places = st.lists(st.tuples(fractions, st.integers(0, 400), st.booleans()), min_size=1, max_size=12)


def _made(rows: list[tuple[Fraction, int, bool]]) -> list[Share]:
    return [Share(f"{i:02}", weight, cap if capped else None, cap + 1) for i, (weight, cap, capped) in enumerate(rows)]


@pytest.mark.parametrize("method", METHODS)
@given(total=st.integers(0, 3000), rows=places)
def test_the_parts_are_the_whole_within_their_caps(method: Method, total: int, rows: list[object]) -> None:
    given = _made(rows)  # type: ignore[arg-type]
    if all(share.cap is not None for share in given):
        total = min(total, sum(share.cap or 0 for share in given))
    found = apportion(total, given, method)
    assert sum(found.values()) == total
    assert all(0 <= found[share.code] <= (total if share.cap is None else share.cap) for share in given)
    assert all(share.weight or not found[share.code] for share in given) or _weighty_are_full(given, found)


def _weighty_are_full(given: list[Share], found: dict[str, int]) -> bool:
    """Return whether nobody with a weight has room left: only then do others get persons."""
    return all(share.cap is not None and found[share.code] == share.cap for share in given if share.weight)


@pytest.mark.parametrize("method", METHODS)
@given(total=st.integers(0, 300), rows=places, order=st.randoms())
def test_the_order_of_the_input_does_not_matter(method: Method, total: int, rows: list[object], order: Random) -> None:
    given = _made(rows)  # type: ignore[arg-type]
    if all(share.cap is not None for share in given):
        total = min(total, sum(share.cap or 0 for share in given))
    shuffled = list(given)
    order.shuffle(shuffled)
    assert apportion(total, shuffled, method) == apportion(total, given, method)


@pytest.mark.parametrize("method", METHODS)
@given(rows=places)
def test_nothing_to_share_gives_everybody_nothing(method: Method, rows: list[object]) -> None:
    assert set(apportion(0, _made(rows), method).values()) == {0}  # type: ignore[arg-type]


@given(total=st.integers(0, 3000), weights=st.lists(fractions, min_size=1, max_size=12))
def test_hamilton_keeps_to_the_whole_numbers_around_the_exact_share(total: int, weights: list[Fraction]) -> None:
    assume(any(weights))
    for persons, weight in zip(got(total, shares(*weights)), weights, strict=True):
        exact = total * weight / sum(weights)
        assert floor(exact) <= persons <= ceil(exact)
        assert weight or persons == 0


@pytest.mark.parametrize("method", METHODS)
@given(total=st.integers(0, 500), count=st.integers(1, 12), weight=st.integers(0, 9))
def test_equals_differ_by_one_at_most(method: Method, total: int, count: int, weight: int) -> None:
    found = got(total, shares(*[weight] * count), method)
    assert max(found) - min(found) <= 1


@given(total=st.integers(0, 400), weights=st.lists(fractions, min_size=1, max_size=8), caps=st.data())
def test_webster_is_what_one_person_after_the_other_gives(
    total: int, weights: list[Fraction], caps: st.DataObject
) -> None:
    assume(any(weights))
    limits = tuple(caps.draw(st.one_of(st.none(), st.integers(0, 60))) for _ in weights)
    room = sum(total if cap is None else cap for cap, weight in zip(limits, weights, strict=True) if weight)
    total = min(total, room)
    persons = [0] * len(weights)
    for _ in range(total):
        able = [i for i, cap in enumerate(limits) if weights[i] and (cap is None or persons[i] < cap)]
        persons[min(able, key=lambda i: (-weights[i] / (2 * persons[i] + 1), -weights[i], i))] += 1
    assert got(total, shares(*weights, caps=limits), Method.WEBSTER) == tuple(persons)

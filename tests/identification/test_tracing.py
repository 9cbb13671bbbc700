"""How a number came about, told step by step: always the numbers of `apportion` (domain.md 4.3)."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identification.quotas.apportionment import Method, Share, apportion
from identification.quotas.tracing import traced

FOUR = (1520 * Fraction("0.21"), 980 * Fraction("0.34"), 2210 * Fraction("0.12"), 640 * Fraction("0.5"))


def shares(*caps: int | None) -> list[Share]:
    return [Share(f"{place:02}", weight, cap) for place, (weight, cap) in enumerate(zip(FOUR, caps, strict=True))]


def test_the_largest_remainders_get_the_persons_that_are_left() -> None:
    found = traced(1200, shares(None, None, None, None))
    assert [round(line.exact, 3) for line in found.lines.values()] == [
        Fraction(text) for text in ("309.502", "323.077", "257.143", "310.278")
    ]
    assert [line.least for line in found.lines.values()] == [309, 323, 257, 310]
    assert [line.place for line in found.lines.values()] == [1, 4, 3, 2]
    assert (found.spare, [line.is_topped for line in found.lines.values()]) == (1, [True, False, False, False])
    assert found.lowest is not None
    assert found.highest is not None
    assert found.lowest > found.highest


def test_a_place_at_its_cap_leaves_the_rest_to_the_others() -> None:
    found = traced(1200, shares(1520, 980, 2210, 300))
    assert (found.left, found.lines["03"].at_cap, found.lines["03"].persons) == (900, True, 300)
    assert [line.persons for line in found.lines.values()] == [313, 327, 260, 300]


def test_where_nobody_has_weight_the_population_is_told() -> None:
    found = traced(4, [Share("a", Fraction(0), 30, 30), Share("b", Fraction(0), 10, 10)])
    assert (found.by_population, found.weights, found.lines["a"].exact) == (True, 40, 3)


fractions = st.fractions(min_value=0, max_value=1000, max_denominator=60)
places = st.lists(st.tuples(fractions, st.integers(0, 400), st.booleans()), min_size=1, max_size=12)


@pytest.mark.parametrize("method", list(Method))
@given(total=st.integers(0, 3000), rows=places)
def test_the_steps_lead_to_the_numbers(method: Method, total: int, rows: list[tuple[Fraction, int, bool]]) -> None:
    given = [Share(f"{i:02}", weight, cap if capped else None, cap + 1) for i, (weight, cap, capped) in enumerate(rows)]
    if all(share.cap is not None for share in given):
        total = min(total, sum(share.cap or 0 for share in given))
    found = traced(total, given, method)
    assert {code: line.persons for code, line in found.lines.items()} == apportion(total, given, method)
    free = [line for line in found.lines.values() if not line.at_cap]
    assert sum(line.exact for line in free) == (found.left if found.weights else 0)
    if method is Method.HAMILTON:
        assert all(line.persons == line.least + (line.place <= found.spare) for line in free)
    elif found.divisor is not None:
        weights = {share.code: share.population if found.by_population else share.weight for share in given}
        for line in free:
            assert line.persons in (
                halves_up(weights[line.code] / found.divisor),
                *tie(weights, line.code, found.divisor),
            )


def halves_up(value: Fraction) -> int:
    return floor(Fraction(value) + Fraction(1, 2))


def tie(weights: dict[str, Fraction], code: str, divisor: Fraction) -> list[int]:
    """Where a share ends in exactly one half, several places may stand at the last person: codes decide."""
    value = Fraction(weights[code]) / divisor
    return [floor(value)] if value - floor(value) == Fraction(1, 2) else []

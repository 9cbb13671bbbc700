"""The arithmetic of the benchmarks; nothing here is timed."""

import json
from pathlib import Path

import pytest

from benchmarks.alternating import Compared, alternate, compare
from benchmarks.cpu import Meter
from benchmarks.figures import amount, at_least, at_most, cost, gain, missing, number, speed, table, write


def test_a_cost_holds_while_it_is_no_more_than_its_share_of_the_reference() -> None:
    good = cost("page", 4, 10, at_most(0.5), unit="ms", against="other")
    bad = cost("page", 6, 10, at_most(0.5), unit="ms", against="other")
    assert (good.ratio, good.holds, bad.ratio, bad.holds) == (0.4, True, 0.6, False)
    assert good.against == "other: 10 ms"


def test_a_gain_says_how_many_times_dearer_the_reference_is() -> None:
    found = gain("search", 2, 3000, at_least(1000), unit="us", against="LIKE")
    assert (found.ratio, found.holds) == (1500, True)
    assert not gain("search", 4, 3000, at_least(1000), unit="us", against="LIKE").holds


def test_a_speed_is_better_the_higher_it_is() -> None:
    found = speed("holds", 900, 300, at_least(2), unit="holds/s", against="lock")
    assert (found.value, found.ratio, found.holds) == (900, 3, True)


def test_a_bound_itself_still_holds() -> None:
    assert at_most(1.2).holds(1.2)
    assert at_least(2).holds(2)


def test_an_amount_is_judged_by_itself_and_a_figure_without_goal_by_nothing() -> None:
    assert amount("bytes", 501, at_most(500), unit="bytes", against="").holds is False
    assert amount("size", 60, None, unit="kB", against="").holds is None


def test_what_was_not_measured_does_not_hold() -> None:
    found = missing("page", "it did not start", at_most(0.5))
    assert (found.value, found.ratio, found.holds) == (None, None, False)


def test_the_file_has_the_agreed_keys_and_one_line_for_each_figure(tmp_path: Path) -> None:
    figures = [cost("page", 4, 10, at_most(0.5), unit="ms", against="other"), missing("rest", "no", at_least(1))]
    write(figures, tmp_path / "build" / "bench.json")
    text = (tmp_path / "build" / "bench.json").read_text()
    rows = json.loads(text)
    assert [list(row) for row in rows] == [["name", "value", "unit", "against", "ratio", "goal", "holds"]] * 2
    assert rows[0]["goal"] == "<= 0.5"
    assert len(text.splitlines()) == 4


def test_the_table_shows_a_goal_that_does_not_hold_plainly() -> None:
    shown = table([cost("水车", 6, 10, at_most(0.5), unit="ms", against="other")])
    assert "DOES NOT HOLD" in shown.splitlines()[-1]


@pytest.mark.parametrize(("value", "shown"), [(0.9175, "0.917"), (1234.6, "1,235"), (33.849, "33.8"), (2.0, "2")])
def test_numbers_are_short(value: float, shown: str) -> None:
    assert number(value) == shown


def test_subjects_take_turns_and_the_order_turns_round() -> None:
    order: list[str] = []
    measures = {name: lambda name=name: float(len(order.append(name) or order)) for name in ("a", "b")}
    found = alternate(measures, rounds=3)
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert found == {"a": [1, 4, 5], "b": [2, 3, 6]}


def test_the_ratio_is_the_middle_one_of_the_rounds_so_that_one_bad_round_does_not_count() -> None:
    compared = Compared(ours=[1, 50, 2], reference=[2, 10, 4])
    assert compared.ratio == 0.5
    assert compared.spread == (0.5, 5)
    assert compared.middle == (2, 4)


def test_comparing_measures_both_in_each_round() -> None:
    ours, reference = iter([1.0, 2.0]), iter([4.0, 4.0])
    assert compare(lambda: next(ours), lambda: next(reference), rounds=2).ratio == 0.375


def test_a_meter_counts_from_the_start_what_came_in_between_and_forgets_what_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran, pids = {1: 100, 2: 50}, [1]
    monkeypatch.setattr("benchmarks.cpu.nanoseconds", lambda pid: ran[pid])
    meter = Meter(lambda: list(pids))
    ran[1], pids[:] = 130, [1, 2]
    assert meter.lap() == 30 + 50
    pids[:] = [2]
    assert meter.lap() == 0

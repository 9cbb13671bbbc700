"""A migration lends the records' role for seconds; a loan that stays is a fault."""

from collections.abc import Iterator

import pytest

from core.records import checking
from core.records.standalone import OK, TAMPERED
from tests.factories.recorded import World

LOAN = "jiedui_owner is a member of jiedui_records"


def lend(monkeypatch: pytest.MonkeyPatch, looks: Iterator[list[str]]) -> None:
    monkeypatch.setattr(checking, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(checking, "weaknesses", lambda connection: next(looks))


def test_a_loan_that_ends_is_no_fault(still_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lend(monkeypatch, iter([[LOAN], [LOAN], []]))
    assert checking.verify_database(still_world.app).code == OK


def test_a_loan_that_stays_is_one(still_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lend(monkeypatch, iter([[LOAN]] * checking.LOOKS))
    verdict = checking.verify_database(still_world.app)
    assert (verdict.code, verdict.tampered) == (TAMPERED, [LOAN])

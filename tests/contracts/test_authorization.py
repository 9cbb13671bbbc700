"""Every route × every role × inside and outside, by real requests, against a table written from workflows.md.

The table (`authz_expected.csv`) names for each case who is let in, who is refused how, and what everybody else gets:
one answer for each cell. After a refusal the database is as it was before, and nothing personal stands in the answer.
What is let in is carried out to the end of its transaction and then taken back, so that every cell meets one world.
"""

import pytest
from sqlalchemy import text

from tests.contracts.authz_stage import Stage
from tests.contracts.authz_table import OK, ROWS, Row, Who, is_as_expected
from tests.factories.world import HEAD_NAME, ID_PHONE, INSIDE

SECRETS = (HEAD_NAME, ID_PHONE)


def faults_of(stage: Stage, row: Row, who: Who, wanted: str) -> list[str]:
    """Make the request of a cell; return what is wrong with its answer."""
    answer = stage.ask(row, who)
    status, body = answer.status_code, answer.get_data().decode(errors="replace")
    answer.close()
    faults = []
    if not is_as_expected(status, wanted):
        faults.append(f"{status}, the table says {wanted or 'nothing'}")
    if not stage.is_untouched():
        faults.append(f"answered with {status}, yet something was written past the door")
        stage.again()
    if status >= 400 and any(secret in body for secret in SECRETS):
        faults.append("a refusal shows personal words")
    return [f"{who[0]} {who[1]}: {fault}" for fault in faults]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_is_answered_as_the_table_says(stage: Stage, row: Row) -> None:
    faults = [fault for who, wanted in row.expected.items() for fault in faults_of(stage, row, who, wanted)]
    assert faults == [], "\n".join(faults)


def test_every_route_and_method_has_a_line(stage: Stage) -> None:
    known = {(row.method, row.route) for row in ROWS}
    served = {
        (method, rule.rule)
        for rule in stage.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert sorted(served - known) == [], "write into authz_expected.csv who may, from workflows.md"
    assert sorted(known - served) == [], "these routes are gone"


def test_no_line_is_written_twice() -> None:
    names = [row.name for row in ROWS]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_each_cell_has_one_answer() -> None:
    cells = [wanted for row in ROWS for wanted in row.expected.values()]
    assert len(cells) > 5000
    assert [wanted for wanted in cells if wanted != OK and not wanted.isdecimal()] == []


def test_a_change_is_seen(stage: Stage) -> None:
    """The comparison itself: without it, no refusal could be trusted."""
    assert stage.is_untouched()
    with stage.admin.connect() as connection:
        connection.execute(text("INSERT INTO idempotency_key (owner, key, request_hash) VALUES ('me', 'probe', '')"))
    assert not stage.is_untouched()
    stage.again()
    assert stage.is_untouched()


def test_a_request_that_is_not_held_back_is_seen(stage: Stage) -> None:
    """The holding itself: what is let in does write, and only the stage takes it back."""
    row = next(row for row in ROWS if row.name == "POST /api/v1/pledges")
    who = ("donor_admin", INSIDE)
    assert stage.ask(row, who).status_code < 400
    assert stage.is_untouched()
    stage.let_go()
    try:
        assert stage.ask(row, who).status_code < 400
        assert not stage.is_untouched()
    finally:
        stage.hold()
        stage.again()

"""Stored runs: computed by one, published by another, never changed, always the same again (domain.md 4.4, 7–10)."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused
from core.policy import SYSTEM
from core.provision import Prepared
from core.records import verify_stream
from identification.models import QuotaLine, QuotaRun, RunStage
from identification.queries.quotas import COUNTRY, get_run, lines_of, published_quota, published_run, task_of
from identification.quotas.apportionment import Method
from identification.quotas.bulk import copy_text
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.quotas.tasks import Line, digest
from identification.services.quotas import Order, compute_run, discard_run, publish_run, reproduce
from identification.services.quotas.storing import store_text
from tests.factories.people import acting, make_person
from tests.factories.places import COUNTY, OTHER_COUNTY, lay_places
from tests.factories.quotas import (
    COUNTIES_CSV,
    SCORES_CSV,
    WEIGHTS,
    YEAR,
    make_officers,
    make_published_run,
    make_run,
    publish,
    run_of,
)
from tests.factories.recorded import engine_of

VILLAGE = "451028100200"


@pytest.fixture
def officers(database: object) -> tuple[UUID, UUID]:
    lay_places()
    return make_officers()


def test_the_villages_of_a_county_share_its_number(officers: tuple[UUID, UUID]) -> None:
    run = run_of(make_run(officers[0]))
    with unit_of_work(SYSTEM):
        lines = lines_of(run.id)
    assert (run.total, run.places, run.stage) == (1200, 4, RunStage.COMPUTED)
    assert sum(line.quota for line in lines) == 1200
    assert [line.inputs["township"] for line in lines] == ["451028100000"] * 2 + ["451028101000"] * 2
    assert {line.code: line.low_confidence for line in lines}["451028101200"], "20 of 560 households are few"


def test_a_run_counts_only_when_another_officer_has_published_it(officers: tuple[UUID, UUID]) -> None:
    first, second = officers
    run_id = make_run(first)
    with unit_of_work(SYSTEM):
        assert published_quota(VILLAGE, YEAR) is None
    with pytest.raises(Refused) as refused:
        publish(first, run_id)
    assert refused.value.code == "own_run"
    publish(second, run_id)
    with unit_of_work(SYSTEM):
        quota = {line.code: line.quota for line in lines_of(run_id)}[VILLAGE]
        assert published_quota(VILLAGE, YEAR) == quota
        assert published_quota(VILLAGE, YEAR + 1) is None
        assert published_quota("451029100200", YEAR) is None
        assert verify_stream(f"quota_run/{run_id}").ok


def test_a_later_run_replaces_the_one_before_and_leaves_it_as_it_was(officers: tuple[UUID, UUID]) -> None:
    first, second = officers
    old = make_published_run(first, second)
    new, other = make_run(second, total=1300), make_run(first, total=1400)
    publish(first, new)
    assert (run_of(old).stage, run_of(new).stage) == (RunStage.REPLACED, RunStage.PUBLISHED)
    assert run_of(new).replaces_id == old
    with unit_of_work(SYSTEM):
        assert sum(line.quota for line in lines_of(old)) == 1200
    with pytest.raises(Refused) as refused:
        publish(second, other)
    assert refused.value.code == "computed_before", "it was computed to replace another one"


def test_a_discarded_run_says_why_and_never_counts(officers: tuple[UUID, UUID]) -> None:
    run_id = make_run(officers[0])
    with acting(officers[0]) as actor:
        run = db.session.get_one(QuotaRun, run_id)
        with pytest.raises(NotValid):
            discard_run(run, actor=actor, reason=" ")
        discard_run(run, actor=actor, reason="A wrong file.")
    with pytest.raises(Refused):
        publish(officers[1], run_id)


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("level", [QuotaLevel.VILLAGES, QuotaLevel.VILLAGES_BY_SCORE])
def test_a_stored_run_comes_out_the_same_again(officers: tuple[UUID, UUID], method: Method, level: QuotaLevel) -> None:
    by_score: dict[str, Any] = {"level": level, "total": 11, "text": SCORES_CSV, "weights": {}}
    run_id = make_run(officers[0], method=method, **(by_score if level is QuotaLevel.VILLAGES_BY_SCORE else {}))
    with unit_of_work(SYSTEM):
        found = reproduce(db.session.get_one(QuotaRun, run_id))
    assert found.is_same
    assert found.differing == []


def test_a_digest_tells_any_other_input_or_outcome(officers: tuple[UUID, UUID]) -> None:
    run = run_of(make_run(officers[0]))
    with unit_of_work(SYSTEM):
        lines, task = lines_of(run.id), task_of(run)
    assert digest(task, reversed(lines)) == run.digest
    one = lines[0]
    for other in (
        Line(one.code, one.population + 1, one.inputs, one.quota, one.low_confidence),
        Line(one.code, one.population, {**one.inputs, "sampled": 39}, one.quota, one.low_confidence),
        Line(one.code, one.population, one.inputs, one.quota + 1, one.low_confidence),
    ):
        assert digest(task, [other, *lines[1:]]) != run.digest


CHANGES = [
    "UPDATE quota_line SET quota = quota + 1",
    "DELETE FROM quota_line",
    "TRUNCATE quota_line",
    "INSERT INTO quota_line SELECT run_id, '451028101299', 1, '{}', 1, false FROM quota_line LIMIT 1",
    "UPDATE quota_run SET total = total + 1",
    "UPDATE quota_run SET digest = ''",
    "UPDATE quota_run SET stage = 'replaced', published_by = gen_random_uuid()",
    "DELETE FROM quota_run",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_nobody_changes_a_run_not_even_who_owns_the_table(
    officers: tuple[UUID, UUID], template: Prepared, statement: str
) -> None:
    """The tables' owner meets the same triggers as the application."""
    make_run(officers[0])
    owner = engine_of(make_url(template.owner_url).set(database=db.engine.url.database))
    with pytest.raises(DBAPIError, match="never changes|all at once|no update record"), owner.begin() as one:
        one.execute(text(statement))
    owner.dispose()
    with pytest.raises(DBAPIError), db.engine.begin() as one:
        one.execute(text(statement))
    with unit_of_work(SYSTEM):
        assert (db.session.query(QuotaLine).count(), db.session.query(QuotaRun).count()) == (4, 1)


def test_lines_cannot_be_added_by_copy_later(officers: tuple[UUID, UUID]) -> None:
    run_id = make_run(officers[0])
    with pytest.raises(Exception, match="all at once"), unit_of_work(SYSTEM):
        store_text(copy_text(run_id, [Line("451028101299", 1, {})]))


def test_a_county_shares_out_what_the_province_gave_it(officers: tuple[UUID, UUID]) -> None:
    one, two = make_officers(level="province")
    counties = {"region_code": "450000000000", "level": QuotaLevel.COUNTIES, "text": COUNTIES_CSV, "weights": {}}
    upper = make_run(one, **counties, total=2000)
    waiting = make_run(officers[0])
    publish(two, upper)
    with unit_of_work(SYSTEM):
        given = published_quota(f"{COUNTY}000000", YEAR)
    assert given == 937
    with pytest.raises(Refused) as refused:
        publish(officers[1], waiting)
    assert (refused.value.code, refused.value.facts["given"]) == ("other_total", given)
    fitting = make_run(officers[0], total=given)
    assert run_of(fitting).parent_id == upper
    publish(officers[1], fitting)


def test_the_nation_is_what_its_provinces_float_up_to(officers: tuple[UUID, UUID]) -> None:
    text = "code,published,statistic,float,approval_ref\n450000000000,100000,118000,,\n"
    officer = make_person(Role.PROVINCE_OFFICER, "")
    run = run_of(make_run(officer, text, region_code=COUNTRY, level=QuotaLevel.PROVINCES, total=0, weights={}))
    assert (run.total, run.places) == (110_000, 1)
    with unit_of_work(SYSTEM):
        assert reproduce(db.session.get_one(QuotaRun, run.id)).is_same


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year": 1999}, "year"),
        ({"total": -1}, "total"),
        ({"region_code": "451028100000"}, "region_code"),
        ({"region_code": "459999000000"}, "region_code"),
        ({"level": QuotaLevel.COUNTIES}, "region_code"),
    ],
)
def test_an_order_that_does_not_fit_its_place_is_refused(
    officers: tuple[UUID, UUID], wrong: dict[str, Any], field: str
) -> None:
    values = {"region_code": f"{COUNTY}000000", "level": QuotaLevel.VILLAGES, "year": YEAR, "total": 1}
    with acting(officers[0]) as actor, pytest.raises(NotValid) as refused:
        compute_run(Order(**(values | wrong)), [], actor=actor)
    assert list(refused.value.errors) == [field]


def test_weights_must_add_up_to_one(officers: tuple[UUID, UUID]) -> None:
    with pytest.raises(NotValid):
        make_run(officers[0], weights={**WEIGHTS, FactorCode.FARMLAND: "0.5"})


def test_the_neighbouring_county_neither_computes_nor_looks(officers: tuple[UUID, UUID]) -> None:
    neighbour = make_person(Role.COUNTY_OFFICER, OTHER_COUNTY)
    with pytest.raises(NotPermitted):
        make_run(neighbour)
    run_id = make_run(officers[0])
    with acting(neighbour) as actor:
        with pytest.raises(NotFound):
            get_run(actor, run_id)
        with pytest.raises(NotFound):
            published_run(run_id, actor)
    publish(officers[1], run_id)
    with acting(neighbour) as actor:
        assert published_run(run_id, actor).id == run_id
        with pytest.raises(NotPermitted):
            publish_run(db.session.get_one(QuotaRun, run_id), actor=actor)

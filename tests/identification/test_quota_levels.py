"""`jiedui quotas run` and `check`: all levels from their files, everything or nothing (domain.md 4.2, 4.4)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from accounts.models import Role
from core.db import db, unit_of_work
from core.errors import Refused
from core.policy import SYSTEM
from identification.cli import quotas
from identification.models import QuotaRun
from identification.queries.quotas import lines_of, stored_runs
from identification.quotas.input_files import WrongCells
from identification.quotas.levels import QuotaLevel
from identification.services.quotas import national, publish_run
from tests.factories.people import acting, make_person
from tests.factories.places import OTHER_COUNTY, lay_places
from tests.factories.quotas import COUNTIES_CSV, VILLAGES_CSV

Run = Callable[..., Result]
FILES = {
    "provinces": "code,published,statistic\n45,2000,2500\n",
    "counties": COUNTIES_CSV,
    "villages": VILLAGES_CSV
    + "".join(
        f"{code},{people},300,40,0.{n}1,0.01,1.{n},0.02\n"
        for n, (code, people) in enumerate(
            [("451029100200", 2000), ("451029100201", 1500), ("451029101200", 2500), ("451029101201", 900)], start=2
        )
    ),
}
WEIGHTS = ("--factor", "dilapidated_houses=0.6", "--factor", "farmland=0.4")


@pytest.fixture
def run(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a call of `jiedui quotas run` with files by level."""
    lay_places()
    monkeypatch.setattr("identification.cli.connect", lambda: db.engine)

    def call(*arguments: str, **files: str) -> Result:
        words = ["run", "--year", "2014", *arguments]
        for name, content in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(content, encoding="utf-8")
            words += [f"--{name}", str(path)]
        return CliRunner().invoke(quotas, words)

    return call


def runs() -> list[QuotaRun]:
    with unit_of_work(SYSTEM):
        return list(stored_runs())


def test_what_a_level_gives_is_what_the_next_one_shares_out(run: Run) -> None:
    answer = run(*WEIGHTS, "--json", **FILES)
    assert answer.exit_code == 0, answer.output
    report = json.loads(answer.stdout)
    assert report["runs"] == {"provinces": 1, "counties": 1, "villages": 2}
    assert report["places"] == {"provinces": 1, "counties": 2, "villages": 8}
    assert set(report["persons"].values()) == {2200}
    found = runs()
    by_id = {one.id: one for one in found}
    for one in found:
        if one.parent_id:
            with unit_of_work(SYSTEM):
                given = {line.code: line.quota for line in lines_of(one.parent_id)}
            assert (one.total, by_id[one.parent_id].stage) == (given[one.region_code], "computed")
    assert CliRunner().invoke(quotas, ["check", "--json"]).exit_code == 0


def test_counties_side_by_side_give_the_same_numbers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In other processes, one county each, as the national run does it."""
    assert run(*WEIGHTS, **FILES).exit_code == 0
    alone = {one.region_code: one.digest for one in runs()}
    monkeypatch.setattr(national, "AT_ONCE", 1)
    assert run(*WEIGHTS, "--workers", "2", **FILES).exit_code == 0
    assert len(runs()) == 2 * len(alone)
    assert {one.region_code: one.digest for one in runs()} == alone


def test_every_mistake_of_all_counties_is_named_and_nothing_kept(run: Run) -> None:
    wrong = FILES["villages"].replace("42%", "much").replace("451029101201,", "451029101299,")
    answer = run(*WEIGHTS, "--json", **{**FILES, "villages": wrong})
    assert isinstance(answer.exception, WrongCells)
    said = {(error["line"], error["column"]) for error in json.loads(answer.stdout)["errors"]}
    assert said == {(3, "dilapidated_houses"), (9, "code"), (0, "code")}
    assert runs() == []
    with unit_of_work(SYSTEM):
        assert db.session.scalar(text("SELECT count(*) FROM quota_line")) == 0


def test_one_county_by_itself_needs_its_number(run: Run) -> None:
    files = {"villages": VILLAGES_CSV}
    assert isinstance(run(*WEIGHTS, "--place", "451028", **files).exception, WrongCells)
    assert run(*WEIGHTS, "--place", "451028", "--total", "900", **files).exit_code == 0
    assert [(one.total, one.parent_id, one.computed_by) for one in runs()] == [(900, None, None)]


def test_published_numbers_of_the_level_above_are_taken(run: Run) -> None:
    assert run(**{name: FILES[name] for name in ("provinces", "counties")}).exit_code == 0
    officers = {
        QuotaLevel.PROVINCES: make_person(Role.PROVINCE_OFFICER, ""),
        QuotaLevel.COUNTIES: make_person(Role.PROVINCE_OFFICER, "45"),
    }
    for one in runs():
        with acting(officers[one.level]) as actor:
            publish_run(db.session.get_one(QuotaRun, one.id), actor=actor)
    assert run(*WEIGHTS, villages=FILES["villages"]).exit_code == 0
    assert [one.total for one in runs() if one.level is QuotaLevel.VILLAGES] == [1031, 1169]


def test_who_computes_must_answer_for_the_place(run: Run) -> None:
    make_person(Role.COUNTY_OFFICER, OTHER_COUNTY, username="neighbour")
    files = {"villages": VILLAGES_CSV}
    for name in ("neighbour", "nobody"):
        answer = run(*WEIGHTS, "--place", "451028", "--total", "900", "--by", name, **files)
        assert isinstance(answer.exception, Refused)
    assert runs() == []


@pytest.mark.parametrize("arguments", [("--factor", "wealth=1"), ("--factor", "farmland"), ("--year", "1999")])
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, villages=VILLAGES_CSV).exit_code == 2


def test_nothing_to_do_and_wrong_weights_are_said(run: Run) -> None:
    assert isinstance(run().exception, Refused)
    assert isinstance(run("--factor", "farmland=0.4", villages=VILLAGES_CSV).exception, Refused)


def test_check_of_an_unknown_run_is_refused(run: Run) -> None:
    answer = CliRunner().invoke(quotas, ["check", "3f0f0a10-0000-4000-8000-000000000000"])
    assert isinstance(answer.exception, Refused)

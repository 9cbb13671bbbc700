"""Commands for quotas."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO
from uuid import UUID

import click

from accounts.queries import actor_for_account, find_account_by_username
from core.cli import as_json, connect
from core.db import unit_of_work
from core.errors import NotFound, Refused
from core.i18n import _l
from core.policy import SYSTEM, Actor
from identification.queries.quotas import stored_runs
from identification.quotas.apportionment import Method, apportion
from identification.quotas.input_files import CellError, WrongCells
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.quotas.weights_file import WrongFile, read_shares
from identification.services.quotas import reproduce
from identification.services.quotas.national import Report, Wish, run_levels
from identification.services.quotas.ordering import checked_weights

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
METHOD = click.Choice([method.value for method in Method])


@click.group("quotas")
def quotas() -> None:
    """Planning numbers: how many persons where."""


@quotas.command()
@click.argument("source", metavar="FILE.csv", type=FILE)
@click.option("--total", type=click.IntRange(min=0), required=True, help="Persons to share out.")
@click.option("--method", type=METHOD, default=Method.HAMILTON.value, show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write there instead.")
@as_json
def split(*, source: Path, total: int, method: str, out: Path | None, as_json: bool) -> None:
    """Share TOTAL persons among the lines of FILE.csv (code,weight,cap) in whole numbers (domain.md 4.3)."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            shares = read_shares(lines)
    except UnicodeDecodeError as error:
        raise click.ClickException("The file is not written in UTF-8.") from error
    except WrongFile as refusal:
        if as_json:
            click.echo(json.dumps({"errors": [asdict(error) for error in refusal.wrong]}))
        raise
    found = apportion(total, shares, Method(method))
    if out is not None:
        with out.open("w", encoding="utf-8", newline="") as file:
            _write(file, found)
    if as_json:
        click.echo(json.dumps({"total": total, "method": method, "quotas": found}))
    elif out is None:
        _write(sys.stdout, found)


def _write(file: TextIO, found: dict[str, int]) -> None:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(("code", "quota"))
    rows.writerows(found.items())


class _Weight(click.ParamType[tuple[FactorCode, str]]):
    """A factor and its weight: `farmland=0.25`."""

    name = "factor=weight"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[FactorCode, str]:
        code, sign, weight = value.partition("=")
        if not sign or code not in {factor.value for factor in FactorCode}:
            self.fail(f"write one of {', '.join(FactorCode)} with its weight, such as farmland=0.25", param, ctx)
        return FactorCode(code), weight


@quotas.command()
@click.option("--year", type=click.IntRange(2013, 2100), required=True)
@click.option("--provinces", type=FILE, help="code,published,statistic,float,approval_ref")
@click.option("--counties", type=FILE, help="code,population,incidence")
@click.option("--villages", type=FILE, help="code,population,households,sampled and FACTOR,FACTOR_se for each factor")
@click.option("--place", default="", metavar="CODE", help="Only inside this place.")
@click.option("--total", type=click.IntRange(min=0), help="The number of PLACE, where none is published.")
@click.option("--method", type=METHOD, default=Method.HAMILTON.value, show_default=True)
@click.option("--factor", "weights", type=_Weight(), multiple=True, help="A factor with its weight; may be repeated.")
@click.option("--by", metavar="USERNAME", help="Who computes; by default nobody in particular.")
@click.option("--workers", type=click.IntRange(0, 64), default=0, help="Processes; by default one a processor.")
@as_json
def run(
    *,
    year: int,
    provinces: Path | None,
    counties: Path | None,
    villages: Path | None,
    place: str,
    total: int | None,
    method: str,
    weights: tuple[tuple[FactorCode, str], ...],
    by: str | None,
    workers: int,
    as_json: bool,
) -> None:
    """Compute levels from their files and keep them as runs, which officers then publish (domain.md 4)."""
    level = QuotaLevel.VILLAGES if villages else QuotaLevel.COUNTIES
    wish = Wish(
        year,
        provinces,
        counties,
        villages,
        place,
        total,
        Method(method),
        checked_weights(level, dict(weights)),
        workers,
    )
    connect()
    with _named_mistakes(as_json=as_json):
        length = 0 if as_json else sum(map(_lines, filter(None, (provinces, counties, villages))))
        with click.progressbar(length=length, label="Computing", file=sys.stderr, hidden=as_json) as bar:
            actor = _actor(by)
            with unit_of_work(actor):
                report = run_levels(wish, actor=actor, on_progress=bar.update)
    click.echo(json.dumps(asdict(report)) if as_json else _said(report))


@contextmanager
def _named_mistakes(*, as_json: bool) -> Iterator[None]:
    try:
        yield
    except WrongCells as refusal:
        if as_json:
            click.echo(json.dumps({"errors": [_plain(error) for error in refusal.wrong]}))
        for error in [] if as_json else refusal.wrong:
            click.echo(f"line {error.line or '-'}, {error.column or '-'}: {error.message}", err=True)
        raise


def _plain(error: CellError) -> dict[str, object]:
    return {"line": error.line, "column": error.column, "message": str(error.message)}


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1


def _actor(username: str | None) -> Actor:
    if username is None:
        return SYSTEM
    with unit_of_work(SYSTEM):
        account = find_account_by_username(username)
        found = actor_for_account(account.id) if account else None
    if found is None:
        raise Refused(_l("There is no such account in use."), code="no_account")
    return found


def _said(report: Report) -> str:
    lines = [
        f"{report.runs[level]} runs to {level}: {report.places[level]} places, {report.persons[level]} persons"
        for level in report.runs
    ]
    return "\n".join([*lines, "Nothing counts before an officer publishes it."])


@quotas.command()
@click.argument("run_id", type=click.UUID, required=False)
@click.option("--year", type=click.IntRange(2013, 2100), help="All runs of this year.")
@as_json
def check(*, run_id: UUID | None, year: int | None, as_json: bool) -> None:
    """Compute a stored run once more, or all of them: exit 0 if every number comes out the same, else 1."""
    connect()
    with unit_of_work(SYSTEM):
        runs = stored_runs(run_id=run_id, year=year)
        if run_id is not None and not runs:
            raise NotFound
        differing = [str(one.id) for one in runs if not reproduce(one).is_same]
    if as_json:
        click.echo(json.dumps({"runs": len(runs), "differing": differing}))
    else:
        click.echo("\n".join([f"{len(runs)} runs computed again, {len(differing)} differ.", *differing]))
    sys.exit(1 if differing else 0)


commands = (quotas,)

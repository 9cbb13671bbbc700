"""`jiedui holidays`: which years' holidays are known, and a further year put on file."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import click

from core.calendar import ONE_DAY
from core.cli import as_json, connect
from core.clock import calendar, today
from core.db import unit_of_work
from core.errors import NotValid, Refused
from core.holidays import put_holidays
from core.policy import SYSTEM

AHEAD = timedelta(days=60)


@click.group("holidays")
def holidays() -> None:
    """Statutory holidays: what deadlines and notices are counted by."""


@holidays.command()
@as_json
def show(*, as_json: bool) -> None:
    """Print the years on file, and warn of one that is needed soon. Exit 1 if one is missing."""
    connect()
    with unit_of_work(SYSTEM):
        days, known = (today(), today() + AHEAD), calendar()
    missing = sorted({day.year for day in days} - known.years)
    facts = {"first": min(known.years), "last": max(known.years), "missing": missing}
    click.echo(json.dumps(facts) if as_json else f"Holidays are on file from {facts['first']} to {facts['last']}.")
    if missing:
        click.echo(f"Missing: {missing[0]}. Until then only weekends are days off in that year.", err=True)
        raise SystemExit(1)


@holidays.command("set")
@click.argument("year", type=int)
@click.option("--off", multiple=True, help="A day off, or a range such as 2027-02-05..2027-02-11. Repeat it.")
@click.option("--worked", multiple=True, help="A weekend day that is worked in exchange. Repeat it.")
@click.option("--source", required=True, help="Whose notice says so, with its date.")
def put(*, year: int, off: tuple[str, ...], worked: tuple[str, ...], source: str) -> None:
    """Put the holidays of one whole year on file."""
    connect()
    try:
        with unit_of_work(SYSTEM):
            put_holidays(year, off=_days(off), worked=_days(worked), source=source)
    except NotValid as refusal:
        words = "; ".join(str(said) for messages in refusal.errors.values() for said in messages)
        raise Refused(words, code=refusal.code) from refusal
    click.echo(f"The holidays of {year} are on file.")


def _days(values: tuple[str, ...]) -> Iterator[date]:
    for value in values:
        first, _, last = value.partition("..")
        try:
            day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError as error:
            raise click.BadParameter(f"{value} is no day") from error
        while day <= end:
            yield day
            day += ONE_DAY


commands: tuple[click.Command, ...] = (holidays,)

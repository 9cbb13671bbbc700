"""`jiedui import`: sheets of households, members, villages and pairings, whole or by their good rows."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from core.cli import as_json, connect
from core.clock import today
from core.db import unit_of_work
from core.i18n import use_locale
from core.policy import SYSTEM
from core.spreadsheets.refusals import SheetRefused
from regions.codes import NotARegionCode, prefix
from registry.choices import SheetKind
from registry.services.importing import Mode, Ordered, Outcome, kind_of, run_import

DAY = click.DateTime(formats=["%Y-%m-%d"])


class _Place(click.ParamType[str]):
    """A region code or a prefix with whole segments."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return prefix(value)
        except NotARegionCode:
            self.fail(f"{value} is no region code: 2, 4, 6, 9 or 12 digits", param, ctx)


class _NothingWritten(Exception):
    """Rolls the transaction back: rows were refused, or nothing was to be written."""


@click.command("import")
@click.argument("kind", type=click.Choice([kind.value for kind in SheetKind]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--village", "place", type=_Place(), metavar="CODE", help="The village, or a place above it.")
@click.option("--as-of", type=DAY, help="Since which day it is so; today if not given.")
@click.option("--year", type=click.IntRange(1990, 2100), help="The year of a village register without such a column.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@click.option("--good-rows", is_flag=True, help="Take the rows without mistakes, leave the others.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of messages.")
@as_json
def import_sheet(
    *,
    kind: str,
    file: Path,
    place: str | None,
    as_of: datetime | None,
    year: int | None,
    dry_run: bool,
    good_rows: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Take a sheet in: KIND is households, members, villages or pairings; FILE an .xlsx or .csv.

    Nothing is written unless every row is accepted, or --good-rows is given. Exit 0 when nothing was refused.
    """
    connect()
    mode = Mode.CHECK if dry_run else Mode.GOOD_ROWS if good_rows else Mode.WHOLE
    with use_locale(lang):
        try:
            outcome = _run(
                SheetKind(kind), file, place or "", as_of.date() if as_of else None, year, mode, quiet=as_json
            )
        except SheetRefused as refusal:
            _say_refused(refusal, as_json=as_json)
            sys.exit(1)
        _say(outcome, mode, as_json=as_json)
    sys.exit(1 if outcome.refused or outcome.fault_count or not outcome.rows else 0)


def _run(
    kind: SheetKind, file: Path, place: str, as_of: date | None, year: int | None, mode: Mode, *, quiet: bool
) -> Outcome:
    found: list[Outcome] = []
    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(length=_rows_of(file), label="Reading", file=sys.stderr, hidden=hidden) as bar:
        try:
            with unit_of_work(SYSTEM):
                ordered = Ordered(SYSTEM, place, as_of or today(), year=year)
                found.append(run_import(file, kind_of(kind), ordered, mode=mode, on_progress=bar.update))
                if mode is Mode.CHECK or (mode is Mode.WHOLE and found[0].fault_count):
                    raise _NothingWritten
        except _NothingWritten:
            pass
    return found[0]


def _rows_of(file: Path) -> int:
    """Guess the number of rows from the size, for the bar: about 60 bytes of a packed sheet are a row."""
    return max(1, file.stat().st_size // 60)


def _say_refused(refusal: SheetRefused, *, as_json: bool) -> None:
    if as_json:
        error = {"sheet": "", "row": 0, "column": "", "code": refusal.code, "message": str(refusal.detail)}
        facts = {"rows": 0, "accepted": 0, "refused": 0, "unchanged": 0, "errors": [error]}
        click.echo(json.dumps(facts, ensure_ascii=False))
    click.echo(f"{refusal.code}: {refusal.detail}", err=True)


def _say(outcome: Outcome, mode: Mode, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_facts(outcome), ensure_ascii=False))
    for fault in outcome.faults if not as_json else outcome.faults[:1]:
        click.echo(f"{fault.sheet or '-'} {fault.row} {fault.column}: {fault.code}: {fault.message}", err=True)
    if as_json:
        return
    words = "would be written" if mode is Mode.CHECK else "written"
    kept = outcome.fault_count and mode is Mode.WHOLE
    click.echo(
        f"{outcome.rows} rows: {outcome.accepted} {'fine' if kept else words}, {outcome.unchanged} unchanged, "
        f"{outcome.refused} refused.{' Nothing was written.' if kept else ''}"
    )


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {
        "rows": outcome.rows,
        "accepted": outcome.accepted,
        "refused": outcome.refused,
        "unchanged": outcome.unchanged,
        "errors": [fault.as_plain() for fault in outcome.faults],
        "errors_in_all": outcome.fault_count,
        "columns": [
            {"sheet": mapping.sheet, "heading": place.heading, "column": place.name, "confidence": place.confidence}
            for mapping in outcome.mappings
            for place in mapping.places
        ],
    }


commands = (import_sheet,)

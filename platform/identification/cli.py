"""Commands for quotas."""

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click

from core.cli import as_json
from identification.quotas.apportionment import Method, apportion
from identification.quotas.weights_file import WrongFile, read_shares


@click.group("quotas")
def quotas() -> None:
    """Planning numbers: how many persons where."""


@quotas.command()
@click.argument("source", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--total", type=click.IntRange(min=0), required=True, help="Persons to share out.")
@click.option(
    "--method", type=click.Choice([method.value for method in Method]), default=Method.HAMILTON.value, show_default=True
)
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


commands = (quotas,)

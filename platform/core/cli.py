"""Commands of core: the database and the update records."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from core.db import db
from core.errors import StartupRefused
from core.provision import Prepared, prepare
from core.provision.finding import application_url, preparing_settings
from core.records.checking import Verdict, verify_database
from core.records.exporting import write_export
from core.records.reading import Progress, count_records
from core.records.standalone import check_lines, report
from core.settings import current

RESULTS = ("ok", "tampered", "incomplete", "stale")
NO_CHECKPOINT = "No checkpoint was compared: a cut tail, a missing stream or a rewritten end would not show."
as_json = click.option("--json", "as_json", is_flag=True, help="Answer for machines.")
one_stream = click.option("--stream", help="Only this stream, such as need/ID.")


def connect() -> Engine:
    """Connect this command as the application's role to the database that the settings or the running server name."""
    return db.configure(application_url(current()))


@click.group("db")
def database() -> None:
    """The database itself."""


@database.command()
@as_json
def upgrade(*, as_json: bool) -> None:
    """Make roles and database where they are missing, and migrate to the newest version."""
    prepared: Prepared = prepare(preparing_settings(current()))
    facts = {"created_empty": prepared.created_empty, "is_demo": prepared.is_demo}
    click.echo(json.dumps(facts) if as_json else "The database is ready.")


@click.group("records")
def records() -> None:
    """The update records: the supervised history."""


@records.command()
@one_stream
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Check an export instead.")
@as_json
def verify(*, stream: str | None, file: Path | None, as_json: bool) -> None:
    """Check every record. Exit 0 everything fits, 1 something was changed, 2 something is missing."""
    if file is not None:
        with file.open(encoding="utf-8") as lines:
            code, chain, header = check_lines(lines)
        click.echo(report(code, chain, header, as_json=as_json))
        sys.exit(code)
    engine = connect()
    with Bar(engine, "Checking", quiet=as_json or stream is not None) as step:
        verdict = verify_database(engine, stream=stream, progress=step)
    click.echo(_said(verdict, as_json=as_json))
    sys.exit(verdict.code)


def _said(verdict: Verdict, *, as_json: bool) -> str:
    facts: dict[str, Any] = {"result": RESULTS[verdict.code], "records": verdict.records, "streams": verdict.streams}
    findings = [*verdict.tampered, *verdict.incomplete]
    if as_json:
        return json.dumps(facts | {"findings": findings, "checkpoint": None})
    first = f"{facts['result']}: {verdict.records} records in {verdict.streams} streams"
    return "\n".join([first, *findings, NO_CHECKPOINT])


@records.command()
@one_stream
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--with-ciphertext", is_flag=True, help="Include sealed personal parts, still encrypted.")
@as_json
def export(*, stream: str | None, out: Path, with_ciphertext: bool, as_json: bool) -> None:
    """Write the records as JSON lines for the stand-alone verifier."""
    engine = connect()
    with (
        Bar(engine, "Writing", quiet=as_json or stream is not None) as step,
        out.open("w", encoding="utf-8") as file,
    ):
        count = write_export(engine, file, stream=stream, with_ciphertext=with_ciphertext, progress=step)
    if count == 0 and stream is not None:
        out.unlink()
        raise StartupRefused(f"There is no stream {stream}.")
    click.echo(json.dumps({"records": count, "file": str(out)}) if as_json else f"{count} records written to {out}")


class Bar:
    """A bar on standard error that counts records; nothing at all when quiet."""

    def __init__(self, engine: Engine, label: str, *, quiet: bool) -> None:
        total = 0 if quiet else count_records(engine)
        self._bar = click.progressbar(length=total, label=label, file=sys.stderr, hidden=quiet)

    def __enter__(self) -> Progress:
        return self._bar.__enter__().update

    def __exit__(self, *failure: object) -> None:
        self._bar.__exit__(None, None, None)


commands = (database, records)

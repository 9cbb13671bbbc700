"""Fills a fresh database: places, published needs, their sums, counters and shares of help."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks import ROOT
from core.db import unit_of_work
from core.policy import SYSTEM
from needs.bigrams import vector_text
from needs.services.figures import freeze_village_shares, rebuild_counters
from regions.services import BAISE, REFERENCE_DAY, import_regions

HERE = ROOT / "benchmarks"
FILLED = ("need", "need_balance", "need_counter", "village_share")
FEW = 10_000


@dataclass(frozen=True)
class Size:
    """How much is measured. `national` invents places for the whole country, else Baise's real ones are used."""

    name: str
    needs: int
    national: bool
    deep_page: int
    rounds: int
    records: int


SMALL = Size("small", needs=100_000, national=False, deep_page=4_000, rounds=5, records=30_000)
FULL = Size("full", needs=1_000_000, national=True, deep_page=10_000, rounds=5, records=1_000_000)
SIZES = {size.name: size for size in (SMALL, FULL)}


def texts() -> dict[str, Any]:
    """Return the words that needs are made of."""
    found: dict[str, Any] = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
    return found


def fill(admin: str, size: Size) -> None:
    """Fill the database as superuser, then let the application's own jobs make the figures of the night."""
    if not size.national:
        with unit_of_work(SYSTEM):
            import_regions(BAISE, as_of=REFERENCE_DAY)
    address = admin.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("SET work_mem = '128MB'")
        if size.national:
            connection.execute((HERE / "places.sql").read_bytes())
        with _without_indexes(connection):
            _needs(connection, size)
    with unit_of_work(SYSTEM):
        rebuild_counters()
    with unit_of_work(SYSTEM):
        freeze_village_shares()
    with psycopg.connect(address, autocommit=True) as connection:
        _few(connection)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def _needs(connection: "psycopg.Connection[Any]", size: Size) -> None:
    rows = list(_texts())
    connection.execute(
        "CREATE TEMPORARY TABLE bench_text"
        " (n int PRIMARY KEY, category text, title text, unit text, description text, search text)"
    )
    with connection.cursor() as cursor, cursor.copy("COPY bench_text FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    script = (HERE / "filling.sql").read_text(encoding="utf-8")
    for name, value in (("needs", size.needs), ("texts", len(rows) - 1)):
        script = script.replace(f"{{{name}}}", str(value))
    connection.execute(script.encode())


def _texts() -> Iterator[tuple[Any, ...]]:
    """Yield every thing with every reason, and as the last one the text that holds the rare word."""
    words = texts()
    pairs = [(item, why) for why in words["whys"] for item in words["items"]]
    pairs.append((["infrastructure", words["rare_title"], ""], words["whys"][0]))
    for place, ((category, title, unit), why) in enumerate(pairs):
        yield place, category, title, unit, why, vector_text(f"{title} {why}")


@contextmanager
def _without_indexes(connection: "psycopg.Connection[Any]") -> Iterator[None]:
    """Drop the indexes that no constraint needs, and build them again over the full tables."""
    query = (
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(CAST(%s AS regclass[]))"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
    )
    found = connection.execute(query, [list(FILLED)]).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, definition in found:
        connection.execute(definition)


def _few(connection: "psycopg.Connection[Any]") -> None:
    """Make a second set of tables with ten thousand of the needs, found by its own search path."""
    connection.execute("CREATE SCHEMA few")
    connection.execute("GRANT USAGE ON SCHEMA few TO jiedui_app")
    for table in ("need_balance", "need", "village_share"):
        name = sql.Identifier(table)
        connection.execute(sql.SQL("CREATE TABLE few.{0} (LIKE public.{0} INCLUDING ALL)").format(name))
    connection.execute(
        "INSERT INTO few.need_balance SELECT * FROM public.need_balance ORDER BY published_at DESC LIMIT %s", [FEW]
    )
    connection.execute("INSERT INTO few.need SELECT n.* FROM public.need n JOIN few.need_balance b ON b.need_id = n.id")
    connection.execute("INSERT INTO few.village_share SELECT * FROM public.village_share")
    connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA few TO jiedui_app")


def read(name: str) -> str:
    """Return a statement that lies beside this module."""
    return Path(HERE / name).read_text(encoding="utf-8")

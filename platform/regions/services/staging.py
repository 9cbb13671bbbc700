"""The temporary table that an import is copied into, and the statements that carry it over.

The statements are SQL because a national import moves 665 thousand rows: as objects it takes ten times as long.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from string import Template
from typing import cast

from psycopg import Connection
from sqlalchemy import CursorResult, text

from core.db import db
from regions.codes import DIRECT_COUNTIES, LEVELS, MUNICIPALITIES

Columns = tuple[str, str, str, str, str, str, str, str, Sequence[str], str | None, str | None]

COLUMNS = "file, line, code, name, level, kind, county_code, pinyin_key, grams, parent_code, township_code"
NULL = r"\N"

_CREATE = """
CREATE TEMP TABLE region_import (
    file text, line int, code text, name text, level text, kind text, parent_code text,
    county_code text, township_code text, grams text[], pinyin_key text
) ON COMMIT DROP
"""

_RANKS = ", ".join(f"('{level.value}', {rank})" for rank, level in enumerate(LEVELS))
_MUNICIPALITIES = ", ".join(f"'{code}'" for code in sorted(MUNICIPALITIES))

# A level that stands only in the code (domain.md 10, traps b and c) has a name, but no path shows it.
_OWN_NAME = f"""
CASE WHEN s.level = 'prefecture'
      AND (substr(s.code, 3, 2) = '{DIRECT_COUNTIES}' OR substr(s.code, 1, 2) IN ({_MUNICIPALITIES}))
     THEN ARRAY[]::text[] ELSE ARRAY[s.name] END
"""

_DIFFERS = "(r.name, r.level, r.parent_code) IS DISTINCT FROM (s.name, s.level, s.parent_code)"


def _filled(statement: str) -> str:
    """Put the parts that several statements share into one; they are constants of this module."""
    return Template(statement).substitute(ranks=_RANKS, own_name=_OWN_NAME, differs=_DIFFERS)


_FAULTS = _filled("""
WITH rank(level, rank) AS (VALUES $ranks),
known AS (
    SELECT code, level FROM region_import WHERE level <> 'village'
    UNION ALL
    SELECT r.code, r.level FROM region r
     WHERE r.valid_to IS NULL AND r.level <> 'village'
       AND NOT EXISTS (SELECT 1 FROM region_import s WHERE s.code = r.code)
)
SELECT file, line, fault, code FROM (
    SELECT max(file) AS file, max(line) AS line, 'double_code' AS fault, code
      FROM region_import GROUP BY code HAVING count(*) > 1
    UNION ALL
    SELECT s.file, s.line, CASE WHEN k.code IS NULL THEN 'unknown_parent' ELSE 'parent_not_above' END, s.code
      FROM region_import s
      JOIN rank own ON own.level = s.level
      LEFT JOIN known k ON k.code = s.parent_code
      LEFT JOIN rank above ON above.level = k.level
     WHERE s.parent_code IS NOT NULL AND (k.code IS NULL OR above.rank >= own.rank)
    UNION ALL
    SELECT s.file, s.line, 'older_than_stored', s.code
      FROM region_import s
      JOIN region r ON r.code = s.code AND r.valid_to IS NULL AND r.valid_from > :as_of
     WHERE $differs
) AS found ORDER BY file, line LIMIT :limit
""")

_SUPERSEDE = _filled("""
UPDATE region r SET valid_to = :as_of FROM region_import s
 WHERE r.code = s.code AND r.valid_to IS NULL AND r.valid_from < :as_of AND $differs
""")

_CORRECT = _filled("""
UPDATE region r
   SET name = s.name, level = s.level, parent_code = s.parent_code, grams = s.grams, pinyin_key = s.pinyin_key
  FROM region_import s
 WHERE r.code = s.code AND r.valid_to IS NULL AND r.valid_from = :as_of AND $differs
""")

_INSERT = _filled("""
INSERT INTO region (code, name, level, kind, parent_code, county_code, township_code, path_names, grams,
                    pinyin_key, valid_from)
SELECT s.code, s.name, s.level, s.kind, s.parent_code, s.county_code, s.township_code,
       coalesce(p.path_names, '{}') || $own_name, s.grams, s.pinyin_key, :as_of
  FROM region_import s
  LEFT JOIN region p ON p.code = s.parent_code AND p.valid_to IS NULL
  LEFT JOIN region r ON r.code = s.code AND r.valid_to IS NULL
 WHERE s.level = :level AND r.code IS NULL
 ORDER BY s.code
""")

_REFRESH = _filled("""
UPDATE region s SET path_names = p.path_names || $own_name
  FROM region p
 WHERE s.level = :level AND s.valid_to IS NULL AND p.code = s.parent_code AND p.valid_to IS NULL
   AND s.path_names IS DISTINCT FROM p.path_names || $own_name
""")

_REFRESH_ROOTS = _filled("""
UPDATE region s SET path_names = $own_name
 WHERE s.parent_code IS NULL AND s.valid_to IS NULL AND s.path_names IS DISTINCT FROM $own_name
""")

_CLOSE_MISSING = """
UPDATE region r SET valid_to = greatest(:as_of, r.valid_from)
 WHERE r.valid_to IS NULL AND r.code >= :low AND r.code < :high
   AND NOT EXISTS (SELECT 1 FROM region_import s WHERE s.code = r.code)
"""


def create() -> None:
    """Make the temporary table; it is gone with the transaction."""
    db.session.execute(text("DROP TABLE IF EXISTS pg_temp.region_import"))
    db.session.execute(text(_CREATE))
    # A longer list of what the index of grams still has to take in makes it cheaper by a quarter.
    db.session.execute(text("SET LOCAL gin_pending_list_limit = '256MB'"))
    db.session.execute(text("SET LOCAL work_mem = '128MB'"))


@contextmanager
def copy() -> Iterator[Callable[[list[Columns]], None]]:
    """Open a COPY into the table and give a function that writes rows."""
    connection = cast(Connection, db.session.connection().connection.driver_connection)
    with connection.cursor() as cursor, cursor.copy(f"COPY region_import ({COLUMNS}) FROM STDIN") as stream:
        yield lambda rows: stream.write("".join(map(_line, rows)))
    db.session.execute(text("CREATE INDEX ON region_import (code)"))
    db.session.execute(text("ANALYZE region_import"))


def faults(as_of: date, *, limit: int) -> list[tuple[str, int, str, str]]:
    """Return file, line, fault and code of rows that do not fit together or to what is stored."""
    found = db.session.execute(text(_FAULTS), {"as_of": as_of, "limit": limit})
    return [(file, line, fault, code) for file, line, fault, code in found]


def supersede(as_of: date) -> int:
    """Close the versions that the file replaces; return how many."""
    return _count(_SUPERSEDE, as_of=as_of)


def correct(as_of: date) -> int:
    """Mend versions that began on the same day; return how many."""
    return _count(_CORRECT, as_of=as_of)


def insert_new(as_of: date) -> int:
    """Add a version of every place that has no current one, parents first; return how many."""
    return sum(_count(_INSERT, as_of=as_of, level=level.value) for level in LEVELS)


def close_missing(low: str, high: str, as_of: date) -> int:
    """Close places of a range that the file lacks; return how many."""
    return _count(_CLOSE_MISSING, low=low, high=high, as_of=as_of)


def refresh_paths() -> None:
    """Renew the names above every place, from the top down; only those that differ are written."""
    _count(_REFRESH_ROOTS)
    for level in LEVELS[1:]:
        _count(_REFRESH, level=level.value)


def _count(statement: str, **values: date | str) -> int:
    return cast(CursorResult[()], db.session.execute(text(statement), values)).rowcount


def _line(columns: Columns) -> str:
    """Return a row as COPY reads it: the plain cells together, then the array and what may be null."""
    *plain, grams, parent, township = columns
    body = "\t".join(plain)
    if "\\" in body or body.count("\t") >= len(plain):
        body = "\t".join([cell.replace("\\", "\\\\").replace("\t", " ") for cell in plain])
    return f"{body}\t{_array(grams)}\t{parent or NULL}\t{township or NULL}\n"


def _array(items: Sequence[str]) -> str:
    joined = '","'.join(items)
    if "\\" in joined or joined.count('"') != 2 * (len(items) - 1):
        joined = '","'.join(item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
        joined = joined.replace("\\", "\\\\")
    return f'{{"{joined}"}}'

"""For migrations only: kinds of records, and the guard of a recorded table."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

GUARD = """
CREATE CONSTRAINT TRIGGER {table}_recorded AFTER INSERT OR UPDATE OR DELETE ON public.{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION records.guard('{kind}', '{column}');
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON public.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION records.refuse();
"""


def add_kinds(op: Any, kinds: Iterable[str]) -> None:
    """Allow kinds of records; one that exists already is left as it is."""
    _as_records(
        op,
        "INSERT INTO records.kind SELECT unnest(CAST(:kinds AS text[])) ON CONFLICT DO NOTHING",
        kinds=list(kinds),
    )


def remove_kinds(op: Any, kinds: Iterable[str]) -> None:
    """Forbid kinds of records from now on; for downgrades."""
    _as_records(op, "DELETE FROM records.kind WHERE kind = ANY(:kinds)", kinds=list(kinds))


def attach_guard(op: Any, table: str, kind: str, column: str) -> None:
    """Refuse at commit any change of the table that left no record in the stream `kind/<column>`."""
    op.execute(sa.text(GUARD.format(table=table, kind=kind, column=column)))
    _as_records(
        op,
        "INSERT INTO records.guarded VALUES (:table, :kind, :column)",
        table=table,
        kind=kind,
        column=column,
    )


def detach_guard(op: Any, table: str) -> None:
    """Take the guard off again; for downgrades."""
    op.execute(sa.text(f"DROP TRIGGER {table}_recorded ON public.{table}"))
    op.execute(sa.text(f"DROP TRIGGER {table}_no_truncate ON public.{table}"))
    _as_records(op, "DELETE FROM records.guarded WHERE table_name = :table", table=table)


def _as_records(op: Any, statement: str, **values: Any) -> None:
    connection = op.get_bind()
    connection.execute(sa.text("SET LOCAL ROLE jiedui_records"))
    connection.execute(sa.text(statement), values)
    connection.execute(sa.text("RESET ROLE"))

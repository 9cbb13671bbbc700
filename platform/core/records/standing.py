"""Whether the database still protects the records as it was built to: triggers, owners, rights, the writer itself."""

import hashlib

from sqlalchemy import Connection, text

from core.records.model import Recorded

PROTECTING = (
    "record_refuse",
    "sealed_refuse",
    "head_refuse",
    "head_step",
    "database_refuse",
    "secret_refuse",
)
MEMBERS = ("jiedui_owner", "jiedui_app")

# Fingerprints of the functions as the migrations wrote them; a migration that changes one changes its line here.
PRINTS = {
    "append": "37b3485806d294a6",
    "append_many": "2f5e90c4f4bf1630",
    "check_shape": "f8800d3c61669b93",
    "clock": "bb76170c12a6d79b",
    "digest": "559e2294ca4c6153",
    "guard": "b5b88672108c6566",
    "part": "11c196135726f145",
    "pseudonym": "4c3adb5d349216ec",
    "refuse": "c91ad350bb59a610",
    "step": "633e97827aae02ff",
    "written_time": "b224b60363542931",
}

_OFF = """
SELECT w.name FROM (
    SELECT 'records' AS space, split_part(p.name, '_', 1) AS rel, p.name, NULL AS arguments
    FROM unnest(CAST(:protecting AS text[])) AS p (name)
    UNION ALL SELECT 'public', table_name, table_name || '_recorded', stream_kind || '\\000' || stream_column || '\\000'
    FROM records.guarded
    UNION ALL SELECT 'public', table_name, table_name || '_no_truncate', NULL FROM records.guarded
) AS w
WHERE NOT EXISTS (
    SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc f ON f.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace
    WHERE n.nspname = w.space AND c.relname = w.rel AND t.tgname = w.name AND t.tgenabled IN ('O', 'A')
    AND fn.nspname = 'records' AND t.tgqual IS NULL
    AND (w.arguments IS NULL OR (f.proname = 'guard' AND t.tgtype = 29 AND t.tginitdeferred
        AND encode(t.tgargs, 'escape') = w.arguments))
)
ORDER BY 1
"""

_UNGUARDED = """
SELECT t.name FROM unnest(CAST(:tables AS text[])) AS t (name)
WHERE to_regclass('public.' || quote_ident(t.name)) IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM records.guarded g WHERE g.table_name = t.name)
ORDER BY 1
"""

_FOREIGN_OWNED = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'records' AND pg_get_userbyid(c.relowner) <> 'jiedui_records'
UNION ALL
SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'records' AND pg_get_userbyid(p.proowner) <> 'jiedui_records'
UNION ALL
SELECT nspname FROM pg_namespace WHERE nspname = 'records' AND pg_get_userbyid(nspowner) <> 'jiedui_records'
ORDER BY 1
"""

_GRANTS = """
SELECT CASE WHEN a.grantee = 0 THEN 'public' ELSE pg_get_userbyid(a.grantee) END || ' may ' || a.privilege_type
    || ' ' || c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS a
WHERE n.nspname = 'records' AND c.relkind = 'r' AND pg_get_userbyid(a.grantee) <> 'jiedui_records'
AND (a.privilege_type <> 'SELECT' OR c.relname = 'secret')
UNION ALL
SELECT m.rolname || ' is a member of jiedui_records' FROM pg_roles m
WHERE NOT m.rolsuper AND m.rolname = ANY(:members) AND pg_has_role(m.oid, 'jiedui_records', 'MEMBER')
UNION ALL
SELECT rolname || ' is a superuser' FROM pg_roles WHERE rolname = ANY(:members) AND rolsuper
ORDER BY 1
"""

_SOURCES = """
SELECT p.proname, p.prosrc || p.prosecdef::text || coalesce(array_to_string(p.proconfig, ','), '') AS source
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'records' ORDER BY 1
"""


def recorded_tables() -> list[str]:
    """Return the tables of all recorded models that this process has loaded."""
    found: set[str] = set()
    waiting = list(Recorded.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        table = model.__dict__.get("__table__")
        if table is not None:
            found.add(table.name)
    return sorted(found)


def unguarded_tables(connection: Connection) -> list[str]:
    """Return the tables of recorded models that exist here without being on the list of guarded ones."""
    return list(connection.scalars(text(_UNGUARDED), {"tables": recorded_tables()}))


def switched_off_triggers(connection: Connection) -> list[str]:
    """Return the protecting triggers that are missing, disabled or calling something else."""
    return list(connection.scalars(text(_OFF), {"protecting": list(PROTECTING)}))


def foreign_owned(connection: Connection) -> list[str]:
    """Return what in the schema does not belong to the records' role."""
    return list(connection.scalars(text(_FOREIGN_OWNED)))


def foreign_rights(connection: Connection) -> list[str]:
    """Return rights on records that nobody should hold."""
    return list(connection.scalars(text(_GRANTS), {"members": list(MEMBERS)}))


def function_prints(connection: Connection) -> dict[str, str]:
    """Return a fingerprint of each function's source, to compare with those of the migrations."""
    rows = connection.execute(text(_SOURCES))
    return {row.proname: hashlib.sha256(row.source.encode()).hexdigest()[:16] for row in rows}


def weaknesses(connection: Connection) -> list[str]:
    """Return everything about the database itself that would let records be changed, as short sentences."""
    return [
        *(f"trigger {name} is missing or off" for name in switched_off_triggers(connection)),
        *(f"table {name} is recorded and not guarded" for name in unguarded_tables(connection)),
        *(f"{name} does not belong to jiedui_records" for name in foreign_owned(connection)),
        *foreign_rights(connection),
        *(f"function {name} is not the one of the migrations" for name in changed_functions(connection)),
    ]


def changed_functions(connection: Connection) -> list[str]:
    """Return the functions whose source differs from the one that the migrations wrote."""
    found = function_prints(connection)
    return sorted(name for name in found.keys() | PRINTS.keys() if found.get(name) != PRINTS.get(name))

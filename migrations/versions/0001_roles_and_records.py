"""Make the schema of the update records, and the store of subject keys.

The roles themselves are made by `core.provision` (or by an administrator) before this runs.
"""

import secrets
from pathlib import Path

import sqlalchemy as sa
from alembic import context, op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).with_name("0001_records.sql")

RIGHTS = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO jiedui_app;
GRANT SELECT ON alembic_version TO jiedui_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO jiedui_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO jiedui_app;
CREATE SCHEMA records AUTHORIZATION jiedui_records;
"""

NO_RIGHTS = """
SET LOCAL ROLE jiedui_records;
DROP SCHEMA records CASCADE;
RESET ROLE;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM jiedui_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM jiedui_app;
REVOKE SELECT ON alembic_version FROM jiedui_app;
REVOKE USAGE ON SCHEMA public FROM jiedui_app;
"""


def upgrade() -> None:
    _script(RIGHTS)
    op.execute("SET LOCAL ROLE jiedui_records")
    _script(SQL.read_text(encoding="utf-8"))
    _write_single_rows()
    op.execute("RESET ROLE")
    op.create_table(
        "subject_key",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("records.clock()"),
            nullable=False,
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_subject_key")),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (erased_at IS NOT NULL)",
            name=op.f("subject_key_erased_is_keyless"),
        ),
    )


def downgrade() -> None:
    op.drop_table("subject_key")
    _script(NO_RIGHTS)


def _script(sql: str) -> None:
    op.get_bind().exec_driver_sql(sql, execution_options={"no_parameters": True})


def _write_single_rows() -> None:
    """Write once whether this database is a demo, and the key behind the actors' pseudonyms."""
    is_demo = bool(context.config.attributes.get("is_demo", False))
    key = secrets.token_bytes(32).ljust(64, b"\0")
    op.get_bind().execute(
        sa.text("INSERT INTO records.database (is_demo) VALUES (:is_demo)"),
        {"is_demo": is_demo},
    )
    op.get_bind().execute(
        sa.text("INSERT INTO records.secret (ikey, okey) VALUES (:ikey, :okey)"),
        {"ikey": bytes(b ^ 0x36 for b in key), "okey": bytes(b ^ 0x5C for b in key)},
    )

"""Let many update records be written at once, one for each stream (decision 0019)."""

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SQL = Path(__file__).with_name("0015_append_many.sql")


def upgrade() -> None:
    op.execute("SET LOCAL ROLE jiedui_records")
    op.get_bind().exec_driver_sql(SQL.read_text(encoding="utf-8"), execution_options={"no_parameters": True})
    op.execute("RESET ROLE")


def downgrade() -> None:
    op.execute("SET LOCAL ROLE jiedui_records")
    op.execute("DROP FUNCTION records.append_many")
    op.execute("RESET ROLE")

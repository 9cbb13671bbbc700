"""Sheets handed in, how far they are, and lists taken out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.records.migration import add_kinds, attach_guard, detach_guard, remove_kinds

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS = [
    "household.imported",
    "import.cancelled",
    "import.checked",
    "import.failed",
    "import.finished",
    "import.mapped",
    "import.returned",
    "import.started",
    "import.uploaded",
    "sheet_export.created",
]


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("only_good_rows", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("file_name", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Integer(), nullable=True),
        sa.Column("refused", sa.Integer(), nullable=True),
        sa.Column("unchanged", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint("year IS NULL OR year BETWEEN 1990 AND 2100", name=op.f("import_batch_year_known")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_import_batch_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index("ix_import_batch_age", "import_batch", ["created_at"], unique=False)
    op.create_index("ix_import_batch_own", "import_batch", ["uploaded_by", "created_at", "id"], unique=False)
    op.create_table(
        "sheet_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("exported_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["exported_by"], ["account.id"], name=op.f("fk_sheet_export_exported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_export")),
    )
    op.create_index("ix_sheet_export_own", "sheet_export", ["exported_by", "created_at", "id"], unique=False)
    op.create_table(
        "import_progress",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("mappings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("cancel_asked", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("file_gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_progress_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_progress")),
    )
    attach_guard(op, "import_batch", "account", "uploaded_by")
    attach_guard(op, "sheet_export", "account", "exported_by")
    add_kinds(op, KINDS)


def downgrade() -> None:
    detach_guard(op, "sheet_export")
    detach_guard(op, "import_batch")
    op.drop_table("import_progress")
    op.drop_index("ix_sheet_export_own", table_name="sheet_export")
    op.drop_table("sheet_export")
    op.drop_index("ix_import_batch_own", table_name="import_batch")
    op.drop_index("ix_import_batch_age", table_name="import_batch")
    op.drop_table("import_batch")
    remove_kinds(op, KINDS)

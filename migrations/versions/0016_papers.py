"""Keep signed papers with the version they show, and prints of whole villages for a day."""

import sqlalchemy as sa
from alembic import op

from core.records.migration import add_kinds, remove_kinds

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


KINDS = (
    "household.printed",
    "household.paper_kept",
    "household.paper_shown",
    "village.printed",
    "village.paper_kept",
    "village.paper_shown",
)


def upgrade() -> None:
    add_kinds(op, KINDS)
    op.create_table(
        "handbook_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("signing", "copy", "visit", "inspection", name="printpurpose", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint("0 <= done AND done <= total", name=op.f("handbook_batch_counts_fit")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_handbook_batch_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook_batch")),
    )
    op.create_index("ix_handbook_batch_place", "handbook_batch", ["region_code", "created_at"], unique=False)
    op.create_table(
        "signed_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("page_no", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "household_form",
                "handbook",
                "contact_card",
                "village_form",
                name="paperkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("signed_paper_hash_whole")),
        sa.CheckConstraint("seq > 0 AND page_no > 0", name=op.f("signed_paper_counted")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_signed_paper_file_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_signed_paper_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_paper")),
    )
    op.create_index("uq_signed_paper_page", "signed_paper", ["stream", "seq", "page_no"], unique=True)
    op.create_table(
        "handbook_piece",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["handbook_batch.id"], name=op.f("fk_handbook_piece_batch_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_handbook_piece_household_id")),
        sa.PrimaryKeyConstraint("batch_id", "household_id", name=op.f("pk_handbook_piece")),
    )


def downgrade() -> None:
    op.drop_table("handbook_piece")
    op.drop_index("uq_signed_paper_page", table_name="signed_paper")
    op.drop_table("signed_paper")
    op.drop_index("ix_handbook_batch_place", table_name="handbook_batch")
    op.drop_table("handbook_batch")
    remove_kinds(op, KINDS)

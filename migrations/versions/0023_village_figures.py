"""Figures of villages as they are frozen for the public, once a month."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "village_figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("compared", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_figure")),
    )
    op.create_index(
        "ix_village_figure_county", "village_figure", ["county_code", "pack", "year", "region_code"], unique=False
    )
    op.create_index("uq_village_figure", "village_figure", ["region_code", "pack", "year"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_village_figure", table_name="village_figure")
    op.drop_index("ix_village_figure_county", table_name="village_figure")
    op.drop_table("village_figure")

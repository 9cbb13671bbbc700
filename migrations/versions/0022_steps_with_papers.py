"""A step of a case keeps its paper, who witnessed it, and what was chosen."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_step", sa.Column("file_id", sa.Uuid(), nullable=True))
    op.add_column("case_step", sa.Column("witness", sa.LargeBinary(), nullable=True))
    op.add_column("case_step", sa.Column("given", JSONB(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("case_step", "given")
    op.drop_column("case_step", "witness")
    op.drop_column("case_step", "file_id")

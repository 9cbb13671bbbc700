"""What officers typed of a survey and have not yet put on file."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_survey_draft_account_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_survey_draft_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_draft")),
    )
    op.create_index("ix_survey_draft_updated", "survey_draft", ["updated_at"])
    op.create_index("uq_survey_draft_step", "survey_draft", ["household_id", "account_id", "step"], unique=True)


def downgrade() -> None:
    op.drop_table("survey_draft")

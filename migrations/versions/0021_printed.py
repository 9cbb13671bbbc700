"""Let the records say that a receipt or minutes were printed."""

from alembic import op

from core.records.migration import add_kinds, remove_kinds

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = ("identification_case.printed", "meeting.printed", "notice.printed")


def upgrade() -> None:
    add_kinds(op, KINDS)


def downgrade() -> None:
    remove_kinds(op, KINDS)

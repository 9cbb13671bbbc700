"""Getting in again, messages on the desk, and names by what they are compared with."""

import sqlalchemy as sa
from alembic import op

from core.names import look_key, sound_key
from core.records.migration import add_kinds, attach_guard, detach_guard, remove_kinds

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KINDS = ["reset.agreed", "reset.asked", "reset.withdrawn"]


def upgrade() -> None:
    op.create_table(
        "access_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.CheckConstraint(
            "agreed_by IS NULL OR (agreed_by <> account_id AND agreed_by IS DISTINCT FROM asked_by)",
            name=op.f("access_reset_two_persons"),
        ),
        sa.CheckConstraint("asked_by IS NULL OR asked_by <> account_id", name=op.f("access_reset_asked_by_another")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_access_reset_account_id")),
        sa.ForeignKeyConstraint(["agreed_by"], ["account.id"], name=op.f("fk_access_reset_agreed_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_access_reset_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_reset")),
    )
    op.create_index(
        "uq_access_reset_open", "access_reset", ["account_id"], unique=True, postgresql_where=sa.text("stage = 'asked'")
    )
    op.create_table(
        "donor_name",
        sa.Column("donor_id", sa.Uuid(), nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
        sa.Column("sound", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], name=op.f("fk_donor_name_donor_id")),
        sa.PrimaryKeyConstraint("donor_id", name=op.f("pk_donor_name")),
    )
    op.create_index("ix_donor_name_look", "donor_name", ["look"], unique=False)
    op.create_index("ix_donor_name_sound", "donor_name", ["sound"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_account", "message", ["account_id", "created_at", "id"], unique=False)
    op.create_index("ix_message_age", "message", ["created_at"], unique=False)
    op.create_index(
        "ix_message_unread", "message", ["account_id"], unique=False, postgresql_where=sa.text("seen_at IS NULL")
    )
    op.create_table(
        "reset_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reset_link_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reset_link_token_hash")),
    )
    op.create_index("ix_reset_link_account", "reset_link", ["account_id"], unique=False)
    op.create_index("ix_sign_in_attempt_purpose", "sign_in_attempt", ["purpose", "at"], unique=False)
    attach_guard(op, "access_reset", "account", "account_id")
    add_kinds(op, KINDS)
    _keep_names(op.get_bind())


def _keep_names(connection: sa.Connection) -> None:
    """Compute the keys of the donors that are on file already."""
    known = connection.execute(sa.text("SELECT id, name FROM donor")).all()
    rows = [{"id": row.id, "look": look_key(row.name), "sound": sound_key(row.name)} for row in known]
    if rows:
        connection.execute(sa.text("INSERT INTO donor_name VALUES (:id, :look, :sound)"), rows)


def downgrade() -> None:
    detach_guard(op, "access_reset")
    op.drop_index("ix_sign_in_attempt_purpose", table_name="sign_in_attempt")
    op.drop_index("ix_reset_link_account", table_name="reset_link")
    op.drop_table("reset_link")
    op.drop_index("ix_message_unread", table_name="message", postgresql_where=sa.text("seen_at IS NULL"))
    op.drop_index("ix_message_age", table_name="message")
    op.drop_index("ix_message_account", table_name="message")
    op.drop_table("message")
    op.drop_index("ix_donor_name_sound", table_name="donor_name")
    op.drop_index("ix_donor_name_look", table_name="donor_name")
    op.drop_table("donor_name")
    op.drop_index("uq_access_reset_open", table_name="access_reset", postgresql_where=sa.text("stage = 'asked'"))
    op.drop_table("access_reset")
    remove_kinds(op, KINDS)

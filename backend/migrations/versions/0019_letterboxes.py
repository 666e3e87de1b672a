"""Letterboxes, and the mails that came"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterbox",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("ending", sa.String(4), nullable=False),
        sa.Column("senders", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_letterbox_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_letterbox"),
    )
    op.create_index("ix_letterbox_digest", "letterbox", ["digest"], unique=True)
    op.create_table(
        "letter_seen",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_letter_seen_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "digest", name="pk_letter_seen"),
    )
    op.create_index("ix_letter_seen_at", "letter_seen", ["at"])


def downgrade() -> None:
    op.drop_table("letter_seen")
    op.drop_table("letterbox")

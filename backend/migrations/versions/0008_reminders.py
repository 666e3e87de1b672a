"""Reminders of tasks, what is due to be sent, and each user's settings of it"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TASK = sa.table("task", sa.column("document", sa.Text()))


def upgrade() -> None:
    op.add_column("task", sa.Column("reminders", sa.JSON(), nullable=True))
    # A task is listed as the text that was kept with its last write: each gets the new field, where it would stand.
    kept = sa.func.substr(_TASK.c.document, 1, sa.func.length(_TASK.c.document) - 1)
    longer = kept.concat(',"reminders":null}')
    op.execute(_TASK.update().where(_TASK.c.document.like("{_%}")).values(document=longer))
    op.create_table(
        "reminder_due",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=36), nullable=False),
        sa.Column("base", sa.String(length=36), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=36), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reminder_due_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_due")),
    )
    op.create_index("ix_reminder_due_next_at", "reminder_due", ["next_at"])
    op.create_index("ix_reminder_due_task_id", "reminder_due", ["task_id"])
    op.create_index("ix_reminder_due_user_id_place", "reminder_due", ["user_id", "place"])
    op.create_table(
        "reminder_settings",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("defaults", sa.JSON(), nullable=False),
        sa.Column("digest_on", sa.Boolean(), nullable=False),
        sa.Column("digest_at", sa.String(length=5), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=True),
        sa.Column("quiet_to", sa.String(length=5), nullable=True),
        sa.Column("paused_until", sa.String(length=16), nullable=True),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_reminder_settings_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder_settings")),
    )


def downgrade() -> None:
    op.drop_table("reminder_settings")
    op.drop_table("reminder_due")
    op.drop_column("task", "reminders")

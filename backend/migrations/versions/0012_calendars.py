"""Lists, texts and feeds of calendar programs"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_list",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("segment", sa.String(255), nullable=False),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("project_key", sa.Text(), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_calendar_list_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_list"),
        sa.UniqueConstraint("user_id", "segment", name="uq_calendar_list_user_id_segment"),
        sa.UniqueConstraint("user_id", "project_key", name="uq_calendar_list_user_id_project_key"),
    )
    op.create_table(
        "calendar_object",
        sa.Column("task_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("uid", sa.String(255), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("former", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_calendar_object_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("task_id", name="pk_calendar_object"),
    )
    for column in ("name", "uid", "sequence"):
        op.create_index(f"ix_calendar_object_user_id_{column}", "calendar_object", ["user_id", column])
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("ending", sa.String(4), nullable=False),
        sa.Column("view", sa.String(8), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("component", sa.String(8), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_calendar_feed_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.UniqueConstraint("digest", name="uq_calendar_feed_digest"),
    )
    op.create_index("ix_calendar_feed_user_id", "calendar_feed", ["user_id"])


def downgrade() -> None:
    op.drop_table("calendar_feed")
    op.drop_table("calendar_object")
    op.drop_table("calendar_list")

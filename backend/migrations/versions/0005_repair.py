"""Repair databases that 0001 and 0002 made before these two were edited

The first 0001 made no table for attempts to sign in. The first 0002 made the index of projects under another name and
with fewer columns, and none for SQLite's searches. A database that is whole stays as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rateLimit",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=512), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("lastRequest", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rateLimit")),
        sa.UniqueConstraint("key", name=op.f("uq_rateLimit_key")),
        if_not_exists=True,
    )
    op.create_index(op.f("ix_rateLimit_lastRequest"), "rateLimit", ["lastRequest"], if_not_exists=True)
    op.drop_index("ix_task_user_id_done_project", table_name="task", if_exists=True)
    project = ["user_id", "project_key", "done", "project"]
    op.create_index("ix_task_user_id_project", "task", project, if_not_exists=True)
    if op.get_bind().dialect.name == "sqlite":
        narrow = ["user_id", "number", "done", "tags_key", "words", "tags_text"]
        op.create_index("ix_task_narrow", "task", narrow, if_not_exists=True)


def downgrade() -> None:
    """Nothing: what was repaired is what 0004 should have found."""

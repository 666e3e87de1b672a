"""Tasks within tasks: what a task stands under, how many stand under it, and what a calendar's task waits for"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TASK = sa.table("task", sa.column("document", sa.Text()))
_FIELDS = ',"parent_id":null,"subtasks":null}'


def upgrade() -> None:
    op.add_column("task", sa.Column("parent_id", sa.String(length=36), nullable=True))
    op.add_column("task", sa.Column("subtasks_open", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("task", sa.Column("subtasks_done", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # A task is listed as the text that was kept with its last write: each gets the new fields, where they would stand.
    kept = sa.func.substr(_TASK.c.document, 1, sa.func.length(_TASK.c.document) - 1)
    op.execute(_TASK.update().where(_TASK.c.document.like("{_%}")).values(document=kept.concat(_FIELDS)))
    some = sa.text("parent_id IS NOT NULL")
    columns = ["user_id", "parent_id", "done", "number"]
    op.create_index("ix_task_user_id_parent", "task", columns, sqlite_where=some, postgresql_where=some)
    op.add_column("calendar_object", sa.Column("waits_for", sa.String(length=255), nullable=True))
    op.create_index("ix_calendar_object_user_id_waits_for", "calendar_object", ["user_id", "waits_for"])


def downgrade() -> None:
    op.drop_index("ix_calendar_object_user_id_waits_for", table_name="calendar_object")
    op.drop_column("calendar_object", "waits_for")
    op.drop_index("ix_task_user_id_parent", table_name="task")
    for column in ("subtasks_done", "subtasks_open", "parent_id"):
        op.drop_column("task", column)

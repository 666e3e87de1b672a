"""What a recurrence counts from: the due date, or the day of completion"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("recurrence_from", sa.String(length=10), nullable=True))
    task = sa.table("task", *(sa.column(name, sa.Text()) for name in ("document", "recurrence", "recurrence_from")))
    recurs = task.c.recurrence.is_not(None)
    op.execute(task.update().where(recurs).values(recurrence_from="due"))
    # A task is listed as the text that was kept with its last write: each gets the new field, where it would stand.
    kept = sa.func.substr(task.c.document, 1, sa.func.length(task.c.document) - 1)
    field = sa.case((recurs, ',"recurrence_from":"due"}'), else_=',"recurrence_from":null}')
    op.execute(task.update().where(task.c.document.like("{_%}")).values(document=kept.concat(field)))


def downgrade() -> None:
    op.drop_column("task", "recurrence_from")

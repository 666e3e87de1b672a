"""What redo, putting the list back and the page of history need of the journal"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_JOURNAL = sa.table("journal", sa.column("turn_id"), sa.column("undoes"), sa.column("redoes"))
_CHUNK = 500


def upgrade() -> None:
    op.add_column("journal", sa.Column("reverts", sa.Integer(), nullable=True))
    op.add_column("journal", sa.Column("redoes", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("journal", sa.Column("occurrences", sa.Text(), nullable=True))
    op.add_column("journal", sa.Column("restored_to", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_journal_user_id_task_id_revision", "journal", ["user_id", "task_id", "revision"])
    op.create_index("ix_message_turn_id", "message", ["turn_id"])
    _mark_redos()


def _mark_redos() -> None:
    """A turn that took an undo back was a redo; one that took a redo back, an undo again."""
    connection = op.get_bind()
    taken_back = sa.select(_JOURNAL.c.turn_id, _JOURNAL.c.undoes).where(_JOURNAL.c.undoes.is_not(None)).distinct()
    undoes = {row.turn_id: row.undoes for row in connection.execute(taken_back)}
    redos: list[str] = []
    for turn_id in undoes:
        depth, turn, seen = 0, turn_id, set[str]()
        while turn in undoes and turn not in seen:
            seen.add(turn)
            depth, turn = depth + 1, undoes[turn]
        if depth % 2 == 0:
            redos.append(turn_id)
    for start in range(0, len(redos), _CHUNK):
        some = sa.and_(_JOURNAL.c.undoes.is_not(None), _JOURNAL.c.turn_id.in_(redos[start : start + _CHUNK]))
        connection.execute(_JOURNAL.update().where(some).values(redoes=sa.true()))


def downgrade() -> None:
    op.drop_index("ix_message_turn_id", table_name="message")
    op.drop_index("ix_journal_user_id_task_id_revision", table_name="journal")
    for column in ("restored_to", "occurrences", "redoes", "reverts"):
        op.drop_column("journal", column)

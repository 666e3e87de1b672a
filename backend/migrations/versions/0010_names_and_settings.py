"""Which personal access token a change was made with, and changes of the reminder settings"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal", sa.Column("token_name", sa.String(100), nullable=True))
    op.create_table(
        "settings_change",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.String(36), nullable=False),
        sa.Column("surface", sa.String(8), nullable=False),
        sa.Column("token_name", sa.String(100), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes", sa.String(36), nullable=True),
        sa.Column("undone_by", sa.String(36), nullable=True),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("redoes", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_settings_change_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "number", name="pk_settings_change"),
    )
    op.create_index("ix_settings_change_user_id_turn_id", "settings_change", ["user_id", "turn_id"])


def downgrade() -> None:
    op.drop_table("settings_change")
    op.drop_column("journal", "token_name")

"""Colours, order and archive of projects and tags, and what a change of the settings was of"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("colour", sa.String(8), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("archived", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_label_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "kind", "key", name="pk_label"),
    )
    op.add_column("settings_change", sa.Column("subject", sa.String(320), nullable=True))


def downgrade() -> None:
    # A change of what is no more cannot be taken back.
    op.execute(sa.text("DELETE FROM settings_change WHERE subject IS NOT NULL"))
    op.drop_column("settings_change", "subject")
    op.drop_table("label")

"""Which personal access token a change was made with"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal", sa.Column("token_name", sa.String(100), nullable=True))


def downgrade() -> None:
    op.drop_column("journal", "token_name")

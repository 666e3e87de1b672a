"""Apps that a user has connected by OAuth: who they are, what they may do, their codes and tokens"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oauth_client",
        sa.Column("id", sa.String(500), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_oauth_client"),
    )
    op.create_index("ix_oauth_client_created_at", "oauth_client", ["created_at"])
    op.create_table(
        "oauth_grant",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(500), nullable=False),
        sa.Column("client_name", sa.String(100), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("resource", sa.String(500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_oauth_grant_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["client_id"], ["oauth_client.id"], name="fk_oauth_grant_client_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_oauth_grant"),
    )
    op.create_index("ix_oauth_grant_user_id", "oauth_grant", ["user_id"])
    op.create_index("ix_oauth_grant_client_id", "oauth_grant", ["client_id"])
    op.create_table(
        "oauth_code",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(500), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("resource", sa.String(500), nullable=False),
        sa.Column("redirect_uri", sa.String(500), nullable=False),
        sa.Column("redirect_given", sa.Boolean(), nullable=False),
        sa.Column("challenge", sa.String(128), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grant_id", sa.String(36), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_oauth_code_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["client_id"], ["oauth_client.id"], name="fk_oauth_code_client_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_oauth_code"),
    )
    op.create_index("ix_oauth_code_user_id", "oauth_code", ["user_id"])
    op.create_index("ix_oauth_code_client_id", "oauth_code", ["client_id"])
    op.create_index("ix_oauth_code_expires_at", "oauth_code", ["expires_at"])
    op.create_table(
        "oauth_token",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("grant_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["grant_id"], ["oauth_grant.id"], name="fk_oauth_token_grant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_oauth_token"),
    )
    op.create_index("ix_oauth_token_grant_id", "oauth_token", ["grant_id"])


def downgrade() -> None:
    for name in ("oauth_token", "oauth_code", "oauth_grant", "oauth_client"):
        op.drop_table(name)

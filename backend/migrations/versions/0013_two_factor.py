"""A second factor at sign-in: authenticator apps and passkeys"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("twoFactorEnabled", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "twoFactor",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("backupCodes", sa.Text(), nullable=False),
        sa.Column("userId", sa.String(64), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("usedStep", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["userId"], ["user.id"], name="fk_twoFactor_userId", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_twoFactor"),
        sa.UniqueConstraint("userId", name="uq_twoFactor_userId"),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("publicKey", sa.Text(), nullable=False),
        sa.Column("userId", sa.String(64), nullable=False),
        sa.Column("credentialID", sa.String(1400), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("deviceType", sa.String(32), nullable=False),
        sa.Column("backedUp", sa.Boolean(), nullable=False),
        sa.Column("transports", sa.Text(), nullable=True),
        sa.Column("createdAt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("aaguid", sa.String(36), nullable=True),
        sa.ForeignKeyConstraint(["userId"], ["user.id"], name="fk_passkey_userId", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credentialID", name="uq_passkey_credentialID"),
    )
    op.create_index("ix_passkey_userId", "passkey", ["userId"])


def downgrade() -> None:
    op.drop_table("passkey")
    op.drop_table("twoFactor")
    op.drop_column("user", "twoFactorEnabled")

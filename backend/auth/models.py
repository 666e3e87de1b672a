"""Better Auth's tables, by its own names and columns, so that its users can be brought along."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now


class User(Base):
    """A person with an account."""

    __tablename__ = "user"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    email_verified: Mapped[bool] = mapped_column("emailVerified", Boolean, default=False)
    image: Mapped[str | None] = mapped_column(Text)
    two_factor_enabled: Mapped[bool] = mapped_column("twoFactorEnabled", Boolean, default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column("createdAt", UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column("updatedAt", UtcDateTime, default=utc_now, onupdate=utc_now)


class Session(Base):
    """A signed-in browser or program; ``token`` is what the signed cookie carries."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    expires_at: Mapped[datetime] = mapped_column("expiresAt", UtcDateTime)
    token: Mapped[str] = mapped_column(String(128), unique=True)
    created_at: Mapped[datetime] = mapped_column("createdAt", UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column("updatedAt", UtcDateTime, default=utc_now, onupdate=utc_now)
    ip_address: Mapped[str | None] = mapped_column("ipAddress", Text)
    user_agent: Mapped[str | None] = mapped_column("userAgent", Text)
    user_id: Mapped[str] = mapped_column("userId", ForeignKey("user.id", ondelete="CASCADE"), index=True)


class Account(Base):
    """A way in: the provider ``credential`` holds the scrypt hash in ``password``."""

    __tablename__ = "account"
    __table_args__ = (Index("uq_account_providerId_accountId", "providerId", "accountId", unique=True),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column("accountId", String(255))
    provider_id: Mapped[str] = mapped_column("providerId", String(64))
    user_id: Mapped[str] = mapped_column("userId", ForeignKey("user.id", ondelete="CASCADE"), index=True)
    access_token: Mapped[str | None] = mapped_column("accessToken", Text)
    refresh_token: Mapped[str | None] = mapped_column("refreshToken", Text)
    id_token: Mapped[str | None] = mapped_column("idToken", Text)
    access_token_expires_at: Mapped[datetime | None] = mapped_column("accessTokenExpiresAt", UtcDateTime)
    refresh_token_expires_at: Mapped[datetime | None] = mapped_column("refreshTokenExpiresAt", UtcDateTime)
    scope: Mapped[str | None] = mapped_column(Text)
    password: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column("createdAt", UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column("updatedAt", UtcDateTime, default=utc_now, onupdate=utc_now)


class TwoFactor(Base):
    """A user's authenticator app. ``secret`` and ``backup_codes`` (a JSON list) are sealed under the auth secret.

    Unverified until a first code was right. ``used_step`` is the 30-second step (since 1970) of the latest code that
    was let in: no code at or before it counts again (RFC 6238, 5.2).
    """

    __tablename__ = "twoFactor"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    secret: Mapped[str] = mapped_column(Text)
    backup_codes: Mapped[str] = mapped_column("backupCodes", Text)
    user_id: Mapped[str] = mapped_column("userId", ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    verified: Mapped[bool] = mapped_column(Boolean, default=False)
    used_step: Mapped[int | None] = mapped_column("usedStep", BigInteger)


class Passkey(Base):
    """A public key of an authenticator (WebAuthn). ``public_key`` is COSE in base64, ``credential_id`` in base64url."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    name: Mapped[str | None] = mapped_column(Text)
    public_key: Mapped[str] = mapped_column("publicKey", Text)
    user_id: Mapped[str] = mapped_column("userId", ForeignKey("user.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column("credentialID", String(1400), unique=True)
    counter: Mapped[int] = mapped_column(BigInteger)
    device_type: Mapped[str] = mapped_column("deviceType", String(32))
    backed_up: Mapped[bool] = mapped_column("backedUp", Boolean)
    transports: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column("createdAt", UtcDateTime, default=utc_now)
    aaguid: Mapped[str | None] = mapped_column(String(36))


class Verification(Base):
    """A pending proof (of an address, of a reset), by Better Auth's layout."""

    __tablename__ = "verification"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    identifier: Mapped[str] = mapped_column(Text, index=True)
    value: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column("expiresAt", UtcDateTime)
    created_at: Mapped[datetime] = mapped_column("createdAt", UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column("updatedAt", UtcDateTime, default=utc_now, onupdate=utc_now)


class RateLimit(Base):
    """Attempts counted under a key (an account, an address), shared by all replicas; ``last_request`` in epoch ms."""

    __tablename__ = "rateLimit"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(512), unique=True)
    count: Mapped[int] = mapped_column(Integer)
    last_request: Mapped[int] = mapped_column("lastRequest", BigInteger, index=True)

"""The tables of connected apps. A grant is a user's yes to one app; when its row goes, so do all its tokens."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now

CLIENT_ID_LENGTH = 500


class OAuthClient(Base):
    """An app: one that registered (RFC 7591), or whose id is the address of a document about it.

    ``record`` is what it says of itself, as JSON; of its secret, if it has one, only ``digest`` is kept. ``read_at``
    is when a document was last read.
    """

    __tablename__ = "oauth_client"

    id: Mapped[str] = mapped_column(String(CLIENT_ID_LENGTH), primary_key=True)
    record: Mapped[str] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class OAuthGrant(Base):
    """What a user lets an app do: ``scope`` is that of a personal token, ``resource`` the address it holds for."""

    __tablename__ = "oauth_grant"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("oauth_client.id", ondelete="CASCADE"), index=True)
    client_name: Mapped[str] = mapped_column(String(100))
    scope: Mapped[str] = mapped_column(String(8))
    resource: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OAuthCode(Base):
    """A code on its way to the app. A used one is kept for a day with its grant: used again, it ends that."""

    __tablename__ = "oauth_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("oauth_client.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str] = mapped_column(String(8))
    resource: Mapped[str] = mapped_column(String(500))
    redirect_uri: Mapped[str] = mapped_column(String(500))
    redirect_given: Mapped[bool]
    challenge: Mapped[str] = mapped_column(String(128))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    grant_id: Mapped[str | None] = mapped_column(String(36))


class OAuthToken(Base):
    """A token of a grant, of which only the digest is kept. A used refresh token is kept: used again, it ends all."""

    __tablename__ = "oauth_token"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("oauth_grant.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    scope: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

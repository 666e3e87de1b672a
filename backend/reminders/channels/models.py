"""The tables of the channels, and of the links that were used."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now


class Channel(Base):
    """One way to reach a user. ``address`` is encrypted, and ``hint`` is what of it may be shown.

    ``state`` is ``ok``, ``failing`` (tried again) or ``off`` (shut off for good, as ``reason`` says); ``on`` is the
    user's own switch. ``fingerprint`` finds the same address again without decrypting it.
    """

    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("user_id", "kind", "fingerprint"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(String(120))
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    on: Mapped[bool] = mapped_column(Boolean, default=True)
    state: Mapped[str] = mapped_column(String(8), default="ok")
    reason: Mapped[str | None] = mapped_column(Text)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    last_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UsedLink(Base):
    """A signed link that did what it is for; kept until it would have expired, so that it does it once."""

    __tablename__ = "used_link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

"""The tables of the webhooks, and of what is to be sent to them."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now


class Webhook(Base):
    """One address that is told of a user's changes. ``address`` and the secrets are encrypted.

    ``hint`` is what of the address may be shown. ``state`` is ``ok``, ``failing`` (tried again) or ``off`` (shut off
    for good, as ``reason`` says); ``on`` is the user's own switch. ``earlier_secret`` signs beside ``secret`` until
    ``earlier_until``. ``failing_since`` is the first failure after which nothing was taken.
    """

    __tablename__ = "webhook"
    __table_args__ = (Index("ix_webhook_user_id", "user_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(String(120))
    secret: Mapped[str] = mapped_column(Text)
    earlier_secret: Mapped[str | None] = mapped_column(Text)
    earlier_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    events: Mapped[list[str]] = mapped_column(JSON)
    on: Mapped[bool] = mapped_column(Boolean, default=True)
    state: Mapped[str] = mapped_column(String(8), default="ok")
    reason: Mapped[str | None] = mapped_column(Text)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    last_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebhookDelivery(Base):
    """One event for one webhook. Receivers fold by ``event_id``, the same for every webhook and every attempt.

    ``state`` is ``waiting``, ``claimed``, ``sent``, ``failed`` or ``ended`` (not sent, ``reason`` says why).
    ``next_at`` is when it is to be tried, of a ``claimed`` one when the claim of ``claimed_by`` ends, and null once
    it is over. ``queued_at`` is when it was written, or asked for again. ``status`` and ``took`` (milliseconds) are of
    the last attempt, at ``tried_at``.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_next_at", "next_at"),
        Index("ix_webhook_delivery_webhook_id_id", "webhook_id", "id"),
        Index("ix_webhook_delivery_user_id", "user_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event_id: Mapped[str] = mapped_column(String(36))
    event: Mapped[str] = mapped_column(String(24))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(36))
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[int | None] = mapped_column(Integer)
    took: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(Text)

"""The tables of the letterboxes, and of the mails that came."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, utc_now


class Letterbox(Base):
    """A user's address for mails. Of its secret only ``digest`` is kept, and its last characters to know it by.

    ``senders`` are the mail addresses that may write, folded.
    """

    __tablename__ = "letterbox"
    __table_args__ = (Index("ix_letterbox_digest", "digest", unique=True),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    ending: Mapped[str] = mapped_column(String(4))
    senders: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LetterSeen(Base):
    """A mail that was made a task, by a digest of its Message-ID; kept a month, so that it is made one once."""

    __tablename__ = "letter_seen"
    __table_args__ = (Index("ix_letter_seen_at", "at"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

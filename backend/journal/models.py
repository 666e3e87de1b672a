"""The tables of changes and of remembered answers."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime


class JournalRow(Base):
    """One changed task. ``before`` and ``after`` are task documents (JSON text).

    ``revision`` counts a user's rows, gap-free. A row that takes another turn's change back names that turn in
    ``undoes`` and that row's revision in ``reverts``; the row taken back names it in ``undone_by``. ``redoes``: what
    it takes back was an undo. ``restored_to`` is the instant to which its turn put the list back. ``occurrences``
    (JSON: a number by due time) is how many completed occurrences it made count, where its kind does not say.
    ``token_name`` is what the personal access token that made it was called then; None for a session.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_user_id_turn_id", "user_id", "turn_id"),
        Index("ix_journal_user_id_task_id_revision", "user_id", "task_id", "revision"),
    )

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    turn_id: Mapped[str] = mapped_column(String(36))
    surface: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(8))
    task_id: Mapped[str] = mapped_column(String(36))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undoes: Mapped[str | None] = mapped_column(String(36))
    undone_by: Mapped[str | None] = mapped_column(String(36))
    reverts: Mapped[int | None] = mapped_column(Integer)
    redoes: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    occurrences: Mapped[str | None] = mapped_column(Text)
    restored_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    token_name: Mapped[str | None] = mapped_column(String(100))


class IdempotencyKey(Base):
    """The answer to a write, kept with it in one transaction, so that a repeated request gets it again."""

    __tablename__ = "idempotency"
    __table_args__ = (Index("ix_idempotency_at", "at"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    headers: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

"""What the assistant keeps: conversations, messages, turns, approvals asked for, and what each user spent in a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now

JsonDocument = JSON().with_variant(JSONB, "postgresql")


class Conversation(Base):
    """A thread of messages. Its id may be the page's own (`useChat` makes one), so it is unique among all users."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    length: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    __table_args__ = (Index("ix_conversation_user_id_updated_at", "user_id", "updated_at", "id"),)


class Message(Base):
    """One message as the page shows it (``parts`` are an AI SDK `UIMessage`'s), and what later turns need of it.

    ``turn_id`` names the turn that the message asked for or answers: the journal's, and the undo token. ``exchange``
    is what the turn said, showed, changed and offered, by task number; ``model_messages`` Pydantic AI's record of it.
    """

    __tablename__ = "message"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    position: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(String(16))
    parts: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    turn_id: Mapped[str] = mapped_column(String(36))
    exchange: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    model_messages: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    __table_args__ = (UniqueConstraint("conversation_id", "position"), Index("ix_message_turn_id", "turn_id"))


class TurnRow(Base):
    """One turn of a conversation, of the id that its messages and journal rows carry: running, done or cut.

    ``claim`` names the one run that may act for it: a repeat that takes the turn over claims it anew, and the earlier
    run can change nothing more. ``beat`` grows while that run lives; ``beat_at`` is the database's time of the last.
    ``question`` is how the message answers a question of the assistant, ``record`` what was planned and done so far:
    JSON (`backend.assistant.progress.record`).
    """

    __tablename__ = "turn"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(8))
    claim: Mapped[str] = mapped_column(String(36))
    beat: Mapped[int] = mapped_column(Integer, default=0)
    beat_at: Mapped[datetime] = mapped_column(UtcDateTime)
    question: Mapped[str | None] = mapped_column(Text)
    record: Mapped[str | None] = mapped_column(Text)


class Approval(Base):
    """A question whose "yes" makes exactly the changes in ``calls``, once, before it expires.

    ``calls`` maps each waiting tool call to its tool, its arguments and the tasks (id and version) that it may touch.
    """

    __tablename__ = "approval"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(16), default="pending")
    calls: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Spending(Base):
    """What a user's chat turns used of a hosted model on one UTC day; ``cost`` in millionths of a US dollar."""

    __tablename__ = "spending"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    turns: Mapped[int] = mapped_column(Integer, default=0)
    tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    cost: Mapped[int] = mapped_column(BigInteger, default=0)

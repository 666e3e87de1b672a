"""The tables of what is due to be sent, and of what each user wants of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime

PAGE = "page"


class ReminderDue(Base):
    """One thing to be sent through one channel. ``id`` derives from what is reminded of: the same moment, the same id.

    ``channel`` is ``page``, whose row stands for the moment itself, or a channel's id: those rows are made when the
    moment comes, and ``base`` is the moment's id. ``kind`` is ``reminder``, ``digest``, ``summary`` or ``channel``
    (a channel was shut off). ``next_at`` is when it is to be looked at next, and null once it is ``sent``, ``failed``
    or ``ended`` (not sent, ``error`` says why); of a ``claimed`` one it is when the claim of ``claimed_by`` ends.
    ``detail`` is the reminder as the task has it. ``zone`` (IANA) is the one in which its time was meant. ``place`` is
    what `ReminderSettings.told` was when the page's row was put out, and ``seen_at`` when a stream first took it.
    """

    __tablename__ = "reminder_due"
    __table_args__ = (
        Index("ix_reminder_due_next_at", "next_at"),
        Index("ix_reminder_due_task_id", "task_id"),
        Index("ix_reminder_due_user_id_place", "user_id", "place"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    task_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(36), default=PAGE)
    base: Mapped[str | None] = mapped_column(String(36))
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    zone: Mapped[str] = mapped_column(String(64))
    urgent: Mapped[bool] = mapped_column(Boolean, default=False)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(36))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[int | None] = mapped_column(Integer)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    title: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)


class SettingsChange(Base):
    """One change of a user's settings: the columns that differ, ``before`` and ``after``. Undo takes it back.

    ``number`` counts a user's changes; ``revision`` is that of the journal's row before it, by which undo knows what
    was changed last. ``undoes``, ``reverts`` (a number), ``redoes`` and ``undone_by`` are as in the journal.
    ``subject`` is null for the reminder settings; for how a project, tag or filter looks it is its kind and key,
    ``project:work``.
    """

    __tablename__ = "settings_change"
    __table_args__ = (Index("ix_settings_change_user_id_turn_id", "user_id", "turn_id"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(Integer)
    turn_id: Mapped[str] = mapped_column(String(36))
    surface: Mapped[str] = mapped_column(String(8))
    token_name: Mapped[str | None] = mapped_column(String(100))
    subject: Mapped[str | None] = mapped_column(String(320))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undoes: Mapped[str | None] = mapped_column(String(36))
    undone_by: Mapped[str | None] = mapped_column(String(36))
    reverts: Mapped[int | None] = mapped_column(Integer)
    redoes: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class ReminderSettings(Base):
    """What a user wants to be told, and when. Made with the first task that has a date; then all tasks are planned.

    ``default`` are the reminders of a task that has a time and none of its own. Times of day are ``HH:MM`` on the
    clocks of ``zone``; ``paused_until`` is a local ``YYYY-MM-DDTHH:MM`` there. ``told`` counts what was put to the
    open page, so that streams know where they stand.
    """

    __tablename__ = "reminder_settings"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    default: Mapped[list[dict[str, Any]]] = mapped_column("defaults", JSON, default=list)
    digest_on: Mapped[bool] = mapped_column(Boolean, default=True)
    digest_at: Mapped[str] = mapped_column(String(5), default="08:00")
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_to: Mapped[str | None] = mapped_column(String(5))
    paused_until: Mapped[str | None] = mapped_column(String(16))
    sound: Mapped[bool] = mapped_column(Boolean, default=True)
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    told: Mapped[int] = mapped_column(Integer, default=0)

"""The tables of calendar programs: the lists and texts that they keep here, and the addresses that they read from."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now


class CalendarList(Base):
    """A list that a program has made or changed; other projects are lists by being used.

    ``segment`` is the part of its address. ``project`` is none for the tasks of no project. ``properties`` are WebDAV's
    by their names in Clark notation, each value the XML within the element.
    """

    __tablename__ = "calendar_list"
    __table_args__ = (
        UniqueConstraint("user_id", "segment"),
        UniqueConstraint("user_id", "project_key"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    segment: Mapped[str] = mapped_column(String(255))
    project: Mapped[str | None] = mapped_column(Text)
    project_key: Mapped[str] = mapped_column(Text)
    properties: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


class CalendarObject(Base):
    """What a program has sent of a task: its name in the address, its UID, its text.

    ``raw`` is the text as it came and ``basis`` (JSON) the fields of the task that it tells; without, the task is
    written from its fields. ``sequence`` counts the user's texts as they came: the newest has the highest.
    ``waits_for`` is the UID of the parent that the text names and that is not there. ``former`` is the segment and name
    that the task had before a program moved it. The row outlives its task, for an undo may bring that back.
    """

    __tablename__ = "calendar_object"
    __table_args__ = (
        Index("ix_calendar_object_user_id_name", "user_id", "name"),
        Index("ix_calendar_object_user_id_uid", "user_id", "uid"),
        Index("ix_calendar_object_user_id_sequence", "user_id", "sequence"),
        Index("ix_calendar_object_user_id_waits_for", "user_id", "waits_for"),
    )

    task_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(255))
    uid: Mapped[str] = mapped_column(String(255))
    raw: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None] = mapped_column(Text)
    sequence: Mapped[int] = mapped_column(Integer)
    former: Mapped[str | None] = mapped_column(Text)
    waits_for: Mapped[str | None] = mapped_column(String(255))


class CalendarFeed(Base):
    """An address to read from. Of its secret only ``digest`` is kept, and its last characters to know it by.

    ``view`` is ``all``, ``project`` or ``tag``, the latter two of the name in ``value``; ``component`` is ``todo`` or
    ``event``.
    """

    __tablename__ = "calendar_feed"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(4))
    view: Mapped[str] = mapped_column(String(8))
    value: Mapped[str | None] = mapped_column(Text)
    component: Mapped[str] = mapped_column(String(8))
    done: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    last_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

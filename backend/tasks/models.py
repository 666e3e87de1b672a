"""The tables of tasks and of completed occurrences."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    func,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now

# Byte order on both databases: the pages' cursors compare these columns.
Ordered = Text().with_variant(Text(collation="C"), "postgresql")
NO_DUE = "~"  # sorts after every date
PRIORITIES = {"high": 1, "medium": 2, "low": 3, None: 4}
PRIORITY_NAMES = {rank: name for name, rank in PRIORITIES.items()}


class Task(Base):
    """A task. ``due`` is ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM`` on the clocks of ``timezone``.

    ``due_at`` derives from them. ``document`` is the task as every surface shows it, JSON text rendered at each
    write: lists, the journal and events pass it on as it is. ``words`` and the ``*_key`` columns are folded copies to
    search and compare by. ``parent_id`` is the task that it stands under; ``subtasks_open`` and ``subtasks_done`` count
    what stands right under it (`backend.tasks.subtasks`). ``recurrence_from`` is what the recurrence counts from:
    ``due`` or ``completion``, and null where there is none.
    """

    __tablename__ = "task"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    due: Mapped[str | None] = mapped_column(Ordered)
    timezone: Mapped[str | None] = mapped_column(String(64))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recurrence: Mapped[str | None] = mapped_column(Text)
    priority_rank: Mapped[int] = mapped_column(SmallInteger, default=4)
    tags_text: Mapped[str] = mapped_column(Text, default="")
    project: Mapped[str | None] = mapped_column(Text)
    order: Mapped[float] = mapped_column("position", Float)
    done: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
    title_key: Mapped[str] = mapped_column(Ordered)
    project_key: Mapped[str | None] = mapped_column(Text)
    tags_key: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    reminders: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    # No foreign key: undo and a restored list put tasks back in orders in which a parent may come last.
    parent_id: Mapped[str | None] = mapped_column(String(36))
    subtasks_open: Mapped[int] = mapped_column(Integer, default=0, server_default=literal_column("0"))
    subtasks_done: Mapped[int] = mapped_column(Integer, default=0, server_default=literal_column("0"))
    recurrence_from: Mapped[str | None] = mapped_column(String(10))

    @property
    def priority(self) -> str | None:
        return PRIORITY_NAMES[self.priority_rank]

    @property
    def tags(self) -> list[str]:
        """As typed, in their order. A tag holds no control character, so one can part them."""
        return self.tags_text.split("\n") if self.tags_text else []

    @property
    def status(self) -> str:
        return "done" if self.done else "open"


# A literal, not a bound value: the indexes are found by the expression as it is written.
due_key = func.coalesce(Task.due, literal_column(f"'{NO_DUE}'"))

Index("uq_task_user_id_number", Task.user_id, Task.number, unique=True)
Index("ix_task_user_id_done_due", Task.user_id, Task.done, due_key, Task.number)
Index("ix_task_user_id_project_due", Task.user_id, Task.project_key, Task.done, due_key, Task.number, Task.project)
Index("ix_task_user_id_done_number", Task.user_id, Task.done, Task.number)
Index("ix_task_user_id_done_order", Task.user_id, Task.done, Task.order, Task.number)
Index("ix_task_user_id_done_title", Task.user_id, Task.done, Task.title_key, Task.number)
Index("ix_task_user_id_done_priority", Task.user_id, Task.done, Task.priority_rank, Task.number)
Index("ix_task_user_id_done_updated", Task.user_id, Task.done, Task.updated_at, Task.number)
Index("ix_task_user_id_completed_at", Task.user_id, Task.completed_at)
Index(
    "ix_task_user_id_parent",
    Task.user_id,
    Task.parent_id,
    Task.done,
    Task.number,
    sqlite_where=Task.parent_id.is_not(None),
    postgresql_where=Task.parent_id.is_not(None),
)
# To count tags by. An index row of Postgres may be too small for twenty tags.
Index(
    "ix_task_user_id_tags", Task.user_id, Task.tags_text, Task.done, sqlite_where=literal_column("tags_text <> ''")
).ddl_if(dialect="sqlite")


class Completion(Base):
    """One occurrence of a recurring task that was completed; ``live`` until that is undone."""

    __tablename__ = "completion"
    __table_args__ = (
        Index("ix_completion_user_id_completed_at", "user_id", "completed_at"),
        Index("ix_completion_task_id_due", "task_id", "due"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    task_id: Mapped[str] = mapped_column(String(36))
    due: Mapped[str] = mapped_column(Ordered)
    completed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    live: Mapped[bool] = mapped_column(Boolean, default=True)

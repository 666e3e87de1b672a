"""What goes in and out over HTTP and through the service: a task, and a question for tasks."""

from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.reminders.values import Reminder, Reminders
from backend.tasks.fields import (
    Cursor,
    Day,
    Due,
    Notes,
    Order,
    ParentId,
    Priority,
    Project,
    Recurrence,
    RecurrenceFrom,
    Search,
    Sort,
    Tag,
    Tags,
    Title,
    Zone,
)


class TaskCreate(BaseModel):
    """A task to be made. Without ``due``, a recurring task begins at its first occurrence from today on."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    notes: Notes | None = None
    due: Due | None = None
    timezone: Zone | None = None
    recurrence: Recurrence | None = None
    priority: Priority | None = None
    tags: Tags | None = None
    project: Project | None = None
    order: Order | None = None
    reminders: Reminders | None = None
    parent_id: ParentId | None = None
    recurrence_from: RecurrenceFrom | None = None


class TaskPatch(BaseModel):
    """The fields to change; null clears one. ``title`` cannot be cleared, nor ``due`` while the task recurs.

    A new recurrence counts from the due date, unless ``recurrence_from`` says otherwise.
    """

    model_config = ConfigDict(extra="forbid")

    title: Title = ""
    notes: Notes | None = None
    due: Due | None = None
    timezone: Zone | None = None
    recurrence: Recurrence | None = None
    priority: Priority | None = None
    tags: Tags | None = None
    project: Project | None = None
    order: Order | None = None
    reminders: Reminders | None = None
    parent_id: ParentId | None = None
    recurrence_from: RecurrenceFrom | None = None


class TaskQuery(BaseModel):
    """Which of a user's tasks, in what order; filters that are not given do not restrict. A value: it can be hashed.

    Dates are inclusive local days. ``completed_from``/``completed_to`` also find recurring tasks of which an occurrence
    was completed then, and ask for any status unless one is given. ``overdue`` and ``no_due`` restrict when true.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    due_from: Day | None = None
    due_to: Day | None = None
    overdue: bool = False
    no_due: bool = False
    completed_from: Day | None = None
    completed_to: Day | None = None
    status: Literal["open", "done", "all"] | None = Field(default=None, description="Default: open")
    priority: Priority | None = None
    tag: Tag | None = None
    project: Project | None = None
    not_tag: Tag | None = Field(default=None, description="Only what has not this tag")
    not_project: Project | None = Field(default=None, description="Only what is not in this project")
    parent_id: ParentId | None = Field(default=None, description="Only what stands right under this task")
    search: Search | None = None
    count: bool = Field(default=False, description="Also give the total")
    sort: Sort = "due"
    limit: int = Field(default=50, ge=1, le=200)
    cursor: Cursor | None = Field(default=None, description="next_cursor of the page before")
    timezone: Zone | None = None


class CompletionQuery(BaseModel):
    """Which completed occurrences: between two inclusive local days, the latest so many."""

    model_config = ConfigDict(extra="forbid")

    completed_from: Day | None = None
    completed_to: Day | None = None
    limit: int = Field(default=50, ge=1, le=500)
    timezone: Zone | None = None


@lru_cache(maxsize=1024)
def read_query(text: bytes) -> TaskQuery:
    """The question that a query string asks. Raises RequestValidationError."""
    try:
        return TaskQuery.model_validate(dict(parse_qsl(text.decode("latin-1"), keep_blank_values=True)))
    except ValidationError as error:
        raise RequestValidationError([{**item, "loc": ("query", *item["loc"])} for item in error.errors()]) from error


class SubtasksOut(BaseModel):
    """The subtasks of a task, counted; theirs are not."""

    open: int
    done: int


class TaskOut(BaseModel):
    """A task, as every surface shows it."""

    id: str
    number: int
    title: str
    notes: str | None
    due: str | None = Field(description="Wall-clock time in `timezone`: YYYY-MM-DD or YYYY-MM-DDTHH:MM")
    timezone: str | None = Field(description="IANA zone; null if and only if `due` is null")
    due_at: str | None = Field(description="UTC instant from which it is overdue; of a date alone the day's end")
    recurrence: str | None
    priority: Priority | None
    tags: list[str]
    project: str | None
    order: float
    status: Literal["open", "done"]
    created_at: str
    updated_at: str
    completed_at: str | None
    version: int
    reminders: list[Reminder] | None = Field(description="Null: the default of the settings; empty: none")
    parent_id: str | None = Field(description="The task that it stands under; null of one that is no subtask")
    subtasks: SubtasksOut | None = Field(description="How many stand right under it; null where none do")
    recurrence_from: RecurrenceFrom | None = Field(description="Null if and only if `recurrence` is null")


class WrittenOut(TaskOut):
    """A task as it was made or changed.

    ``will_not_come`` is there where reminders of its own, set or moved by this request, will never come: their moments
    have passed, or the task has no time of day to count from.
    """

    will_not_come: list[Reminder] | None = None


class CompletedOut(TaskOut):
    """A task that was ticked off. ``series`` is there, ``ended``, where it was the last time of a recurring one.

    ``open_subtasks`` is there where it is done and some of what stands under it, at any level, is still open.
    """

    series: Literal["ended"] | None = None
    open_subtasks: int | None = None


class CompletionChoice(BaseModel):
    """How a task is ticked off: its open subtasks are kept open, or completed with it."""

    model_config = ConfigDict(extra="forbid")

    subtasks: Literal["keep", "complete"] = "keep"


class PageOut(BaseModel):
    """One page of tasks; ``total`` is there when ``count=true`` asked for it.

    ``similar`` is there when no task of the user holds a word that was searched for: by that word, in lower case, the
    words that were looked for in its place.
    """

    items: list[TaskOut]
    next_cursor: str | None
    total: int | None = None
    similar: dict[str, list[str]] | None = None


class CompletionOut(BaseModel):
    """A completed occurrence of a recurring task: when it was due, when it was done, and the task as it is."""

    id: str
    due: str
    completed_at: str
    task: TaskOut


class CompletionsOut(BaseModel):
    items: list[CompletionOut]


class GroupOut(BaseModel):
    """A project or tag, with how many open and done tasks it holds."""

    name: str
    open: int
    done: int

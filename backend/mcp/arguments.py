"""What the tools take, checked. ``user_id`` is taken everywhere, and means nothing: the token says who calls."""

import re
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from backend.forms import CURSOR_LENGTH
from backend.reminders.lists import Mode
from backend.reminders.schemas import LONGEST_SNOOZE
from backend.reminders.values import Clock, Moment, Reminder, Reminders
from backend.tasks import fields

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LARGEST = 2**31 - 1
MOST_TASKS = 100


def _read_id(value: object) -> int | str:
    """A number as such, a UUID in lower case. Raises ValueError."""
    text = str(value).strip().removeprefix("#").lower()
    if text.isascii() and text.isdigit() and 0 < int(text[:11]) <= _LARGEST:
        return int(text)
    if _UUID.fullmatch(text):
        return text
    raise ValueError("must be a task's number or UUID, as list_tasks and search_tasks give it")


TaskId = Annotated[
    int | str,
    BeforeValidator(_read_id),
    WithJsonSchema({"type": ["integer", "string"], "description": "The task's number or UUID"}),
]
ParentId = Annotated[int | str, BeforeValidator(_read_id), WithJsonSchema({"type": ["integer", "string"]})]
Title = Annotated[fields.Title, Field(description="")]
Notes = Annotated[fields.Notes, Field(description="")]
Project = Annotated[fields.Project, Field(description="")]
Due = Annotated[fields.Due, Field(description="YYYY-MM-DD or YYYY-MM-DDTHH:MM, local")]
Day = Annotated[fields.Day, Field(description="YYYY-MM-DD")]
Zone = Annotated[fields.Zone, Field(description="IANA zone of due; default: the user's")]
Recurrence = Annotated[fields.Recurrence, Field(description="RRULE, e.g. FREQ=WEEKLY;BYDAY=MO")]
Status = Literal["all", "pending", "completed"]


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")

    user_id: Annotated[Any, WithJsonSchema({"type": "string", "description": "Ignored: the token decides"})] = None


class Write(Arguments):
    dry_run: bool = Field(default=False, description="Only tell what would change")
    verbose: bool = Field(default=False, description="Answer whole tasks")


class Read(Arguments):
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(default=None, max_length=CURSOR_LENGTH, description="next_cursor of the page before")
    verbose: bool = Field(default=False, description="Answer whole tasks")


class Fields(BaseModel):
    """What a new task can have beside its title."""

    description: Notes | None = Field(default=None, validation_alias=AliasChoices("description", "notes"))
    due: Due | None = None
    timezone: Zone | None = None
    recurrence: Recurrence | None = None
    recurrence_from: fields.RecurrenceFrom | None = None
    priority: fields.Priority | None = None
    tags: fields.Tags | None = None
    project: Project | None = None
    reminders: Annotated[Reminders, Field(description="Default: the user's")] | None = None


class New(Fields):
    title: Title
    parent_id: ParentId | None = Field(default=None, description="Make it a subtask of this task")


class AddTask(Write, New):
    pass


class NewTask(New):
    model_config = ConfigDict(extra="forbid")


class AddTasks(Write):
    tasks: list[NewTask] = Field(min_length=1, max_length=MOST_TASKS, description="Each as add_task takes it")


class OneTask(Write):
    task_id: TaskId


class CompleteTask(OneTask):
    subtasks: Literal["keep", "complete"] = Field(default="keep", description="What becomes of its open subtasks")


class UpdateTask(OneTask, Fields):
    title: Title = ""
    parent_id: ParentId | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "UpdateTask":
        if not self.model_fields_set & {*Fields.model_fields, "title", "parent_id"} - {"timezone"}:
            raise ValueError(
                "say what should change: title, description, due, recurrence, recurrence_from, priority, tags, "
                "project, reminders or parent_id"
            )
        return self


class RescheduleTask(OneTask):
    due: Due | None = None
    shift: str | None = Field(default=None, max_length=40, description="ISO 8601 duration, e.g. P1D, -PT2H")
    timezone: Zone | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "RescheduleTask":
        if (self.due is None) == (self.shift is None):
            raise ValueError("give either due or shift")
        if self.shift and self.timezone:
            raise ValueError("timezone goes with due; a shift keeps the task's zone")
        return self


class Undo(Write):
    undo_token: str | None = Field(default=None, max_length=64, description="Default: the latest change")
    to: str | None = Field(default=None, max_length=40, description="Local time of the past: put the whole list back")

    @model_validator(mode="after")
    def _one_of_two(self) -> "Undo":
        if self.undo_token and self.to:
            raise ValueError("give either undo_token or to")
        return self


class Redo(Write):
    pass


class ListChanges(Read):
    task_id: TaskId | None = None


class ListTasks(Read):
    status: Status = "all"
    parent_id: ParentId | None = None


class SearchTasks(Read):
    query: fields.Search | None = Field(default=None, description="Words that must all occur")
    status: Status = "pending"
    due_from: Day | None = None
    due_to: Day | None = None
    overdue: bool = False
    priority: fields.Priority | None = None
    tag: fields.Tag | None = None
    project: Project | None = None


class SetReminders(OneTask):
    reminders: Annotated[Reminders, Field(description="null: the user's default; []: none")] | None
    mode: Mode = "replace"


class SnoozeTask(OneTask):
    minutes: int | None = Field(default=None, ge=1, le=LONGEST_SNOOZE)
    until: Moment | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "SnoozeTask":
        if (self.minutes is None) == (self.until is None):
            raise ValueError("give either minutes or until")
        return self


class ListReminders(Arguments):
    since: Due | None = None
    until: Due | None = None
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(default=None, max_length=100, description="next_cursor of the page before")


class ChangeReminderSettings(Write):
    default: list[Reminder] | None = Field(default=None, max_length=20, description="Of tasks with a time")
    digest_on: bool | None = None
    digest_at: Clock | None = None
    quiet_from: Clock | None = None
    quiet_to: Clock | None = None
    paused_until: Moment | None = None
    sound: bool | None = None

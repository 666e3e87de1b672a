"""What is to be done to which tasks."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.tasks.fields import Due, ParentId, Priority, Project, Tags, Zone
from backend.tasks.schemas import TaskOut
from backend.tasks.text import TAG_COUNT

MOST = 1000  # as many as a filter of the chat reaches


def _different(ids: list[str]) -> list[str]:
    return list(dict.fromkeys(ids))


Ids = Annotated[
    list[ParentId],
    Field(min_length=1, max_length=MOST, description="The tasks' ids, each a UUID"),
    AfterValidator(_different),
]
SomeTags = Annotated[Tags, Field(description=f"A task holds at most {TAG_COUNT}")]


class _Chosen(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ids: Ids


class CompleteMany(_Chosen):
    """Tick them off; recurring ones move to their next occurrence. ``subtasks`` is what becomes of open subtasks."""

    act: Literal["complete"]
    subtasks: Literal["keep", "complete"] = "keep"


class ReopenMany(_Chosen):
    """Make those that are done open again."""

    act: Literal["reopen"]


class DeleteMany(_Chosen):
    """Delete them with their subtasks."""

    act: Literal["delete"]


class UpdateMany(_Chosen):
    """Change the fields that are given; null clears one. The fields of each task that are not given stay.

    A date alone keeps the time of day that a task has. ``add_tags`` and ``remove_tags`` leave a task's other tags.
    422, and no task is changed, where one of them cannot be: a recurring one keeps a date, a task has so many tags.
    """

    act: Literal["update"]
    due: Due | None = None
    timezone: Zone | None = None
    priority: Priority | None = None
    project: Project | None = None
    add_tags: SomeTags = []
    remove_tags: SomeTags = []


BulkIn = Annotated[CompleteMany | ReopenMany | DeleteMany | UpdateMany, Field(discriminator="act")]


class BulkOut(BaseModel):
    """The tasks as they are now, in the order that they were given; none where they were deleted.

    ``changed`` counts the tasks that the turn changed, subtasks among them.
    """

    items: list[TaskOut]
    changed: int

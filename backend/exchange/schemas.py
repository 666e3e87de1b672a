"""What goes in and out over HTTP about imports and exports."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from backend.exchange.draft import Remark
from backend.exchange.plan import Plan
from backend.journal.values import instant
from backend.tasks.fields import Priority
from backend.tasks.groups.schemas import LabelOut
from backend.tasks.schemas import TaskOut

SHOWN = 200
RemarkKindOut = Literal["kept", "changed", "doubtful", "duplicate", "skipped"]


class RemarkOut(BaseModel):
    """What to know of one place of the file.

    `kept`: something went to the notes. `changed`: it is not quite what it was. `doubtful`: it could not be read
    surely. `duplicate`, `skipped`: no task was made of it.
    """

    place: str
    kind: RemarkKindOut
    message: str


class ArrivalOut(BaseModel):
    """A task that an import makes."""

    place: str
    title: str
    notes: str | None
    due: str | None
    timezone: str | None
    recurrence: str | None
    priority: Priority | None
    tags: list[str]
    project: str | None
    status: Literal["open", "done"]
    completed_at: str | None


class ColumnOut(BaseModel):
    """A table's column, and the field that it is taken for: give all of them, corrected, as `columns`."""

    header: str
    sample: str
    field: str


class ImportOut(BaseModel):
    """What an import makes of a file: all is counted, the first 200 tasks shown, and every remark told.

    `total` are the tasks that were read, `new` those made of them. `undo_token` takes the import back; none where
    nothing was made, and in a preview.
    """

    format: str
    title: str = Field(description="The format's name for people")
    total: int
    new: int
    duplicates: int
    doubtful: int
    skipped: int
    done: int
    projects: list[str]
    items: list[ArrivalOut]
    remarks: list[RemarkOut]
    columns: list[ColumnOut]
    labels: int = Field(description="How many projects and tags get the look that the file has of them")
    undo_token: str | None = None


class ExportOut(BaseModel):
    """The whole list, or a view of it: the form in which it comes back by an import."""

    format: Literal["todo-chatbot"]
    version: Literal[1]
    exported_at: str
    labels: list[LabelOut] = Field(description="How the projects and tags of these tasks look")
    tasks: list[TaskOut]


def to_answer(plan: Plan, undo_token: str | None = None) -> dict[str, Any]:
    """The plan as `ImportOut` has it."""
    arrivals = plan.arrivals
    return {
        "format": plan.format.name,
        "title": plan.format.title,
        "total": plan.total,
        "new": len(arrivals),
        "labels": len(plan.labels),
        "duplicates": plan.duplicates,
        "doubtful": plan.doubtful,
        "skipped": plan.skipped,
        "done": sum(arrival.done for arrival in arrivals),
        "projects": sorted({arrival.project for arrival in arrivals if arrival.project}),
        "items": [_item(plan, place) for place in range(min(len(arrivals), SHOWN))],
        "remarks": [_remark(remark) for remark in plan.remarks],
        "columns": [vars(column) for column in plan.columns],
        "undo_token": undo_token,
    }


def _remark(remark: Remark) -> dict[str, str]:
    return {"place": remark.place, "kind": remark.kind, "message": remark.message}


def _item(plan: Plan, place: int) -> dict[str, Any]:
    arrival = plan.arrivals[place]
    names = ("title", "notes", "due", "timezone", "recurrence", "priority", "tags", "project")
    return {
        "place": plan.places[place],
        **{name: getattr(arrival, name) for name in names},
        "status": "done" if arrival.done else "open",
        "completed_at": instant(arrival.completed_at) if arrival.completed_at else None,
    }

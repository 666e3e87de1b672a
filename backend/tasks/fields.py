"""A task's fields as they come in: each type checks its value and tells of it in the OpenAPI document."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from backend.forms import CURSOR, CURSOR_LENGTH, form
from backend.tasks.due import check_date, check_due, check_zone
from backend.tasks.rules import normalise, parse
from backend.tasks.text import (
    NOTES_LENGTH,
    PROJECT_LENGTH,
    TAG_COUNT,
    clean_notes,
    clean_project,
    clean_tag,
    clean_tags,
    clean_title,
    refuse_control,
)

_CURSOR = re.compile(CURSOR)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _check_rule(text: str) -> str:
    parse(text)
    return normalise(text)


def _check_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("must be the id of a task, a UUID in lower case")
    return text


def _check_cursor(text: str) -> str:
    if not _CURSOR.fullmatch(text):
        raise ValueError("must be the next_cursor of a page in the same order")
    return text


Title = Annotated[
    str,
    AfterValidator(clean_title),
    Field(description="1-500 characters after trimming", json_schema_extra=form("title")),
]
Notes = Annotated[
    str,
    AfterValidator(clean_notes),
    Field(description=f"At most {NOTES_LENGTH} characters", json_schema_extra=form("notes")),
]
Due = Annotated[
    str,
    AfterValidator(check_due),
    Field(
        description="Wall-clock: YYYY-MM-DD or YYYY-MM-DDTHH:MM",
        examples=["2026-03-05", "2026-03-05T17:00"],
        json_schema_extra=form("due"),
    ),
]
Day = Annotated[
    str,
    AfterValidator(check_date),
    Field(description="A local day, YYYY-MM-DD", examples=["2026-03-05"], json_schema_extra=form("day")),
]
Zone = Annotated[
    str,
    AfterValidator(check_zone),
    Field(description="An IANA zone", examples=["Europe/Berlin"], json_schema_extra=form("iana-zone")),
]
Recurrence = Annotated[
    str,
    AfterValidator(_check_rule),
    Field(
        description="An RFC 5545 RRULE value",
        examples=["FREQ=WEEKLY;BYDAY=MO"],
        json_schema_extra=form("rrule"),
    ),
]
RecurrenceFrom = Annotated[
    Literal["due", "completion"],
    Field(description="What a recurrence counts from: the due date, which is the default, or the day of completion"),
]
Priority = Literal["high", "medium", "low"]
Tag = Annotated[str, AfterValidator(clean_tag), Field(json_schema_extra=form("tag"))]
Tags = Annotated[
    list[Annotated[str, Field(json_schema_extra=form("tag"))]],
    Field(max_length=100, description=f"At most {TAG_COUNT} different ones", json_schema_extra={"maxItems": TAG_COUNT}),
    AfterValidator(clean_tags),
]
Project = Annotated[
    str,
    AfterValidator(clean_project),
    Field(description=f"At most {PROJECT_LENGTH} characters", json_schema_extra=form("project")),
]
Search = Annotated[
    str,
    Field(max_length=500, description="Each of its words must occur in the task", json_schema_extra=form("shown")),
    AfterValidator(refuse_control),
]
Cursor = Annotated[
    str, Field(max_length=CURSOR_LENGTH, json_schema_extra=form("cursor")), AfterValidator(_check_cursor)
]
Order = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
ParentId = Annotated[
    str,
    Field(description="Of the task that it stands under", json_schema_extra={"format": "uuid"}),
    AfterValidator(_check_id),
]
Sort = Literal[
    "due", "created", "updated", "priority", "title", "order",
    "-due", "-created", "-updated", "-priority", "-title", "-order",
]  # fmt: skip

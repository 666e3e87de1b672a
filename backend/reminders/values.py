"""A reminder as a task has it: checked on its way in, and in one plain form in which it is kept and shown."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, model_validator

from backend.forms import form
from backend.tasks.due import check_due, check_zone, has_time

MOST_REMINDERS = 20
MOST_REPEATS = 100
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:0{1,2}S)?)?", re.ASCII
)
_LONGEST_DAYS = 366
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
Plain = dict[str, Any]


def read_duration(text: str) -> tuple[int, int]:
    """Days on the wall clock, and minutes of time. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError("must be an ISO 8601 duration of weeks, days, hours and minutes, such as PT30M or P1D")
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    days, minutes = days + 7 * weeks, minutes + 60 * hours
    if days + minutes / 1440 > _LONGEST_DAYS:
        raise ValueError(f"at most {_LONGEST_DAYS} days")
    return days, minutes


def _check_duration(text: str) -> str:
    read_duration(text)
    return text


def _check_pace(text: str) -> str:
    days, minutes = read_duration(text)
    if not days and not minutes:
        raise ValueError("at least a minute, PT1M")
    return text


def _check_moment(text: str) -> str:
    if not has_time(check_due(text)):
        raise ValueError("must have a time, YYYY-MM-DDTHH:MM")
    return text


def check_clock(text: str) -> str:
    """``HH:MM`` of a day. Raises ValueError."""
    if not _CLOCK.fullmatch(text):
        raise ValueError("must be a time of day, HH:MM")
    return text


Duration = Annotated[
    str,
    AfterValidator(_check_duration),
    Field(
        description="ISO 8601 duration of weeks, days, hours and minutes",
        examples=["PT30M", "P1D"],
        json_schema_extra=form("duration"),
    ),
]
Moment = Annotated[
    str,
    AfterValidator(_check_moment),
    Field(description="Wall-clock: YYYY-MM-DDTHH:MM", examples=["2026-12-01T06:30"], json_schema_extra=form("wall")),
]
Clock = Annotated[
    str, AfterValidator(check_clock), Field(description="HH:MM", examples=["08:00"], json_schema_extra=form("clock"))
]
_NOT_GIVEN: Plain = {"type": "null"}
# As a condition and not as one of two: the types that clients make of the document stay one type.
_BEFORE_OR_AT: Plain = {
    "if": {"properties": {"before": {"type": "string"}}, "required": ["before"]},
    "then": {"properties": {"at": _NOT_GIVEN, "zone": _NOT_GIVEN}},
    "else": {"properties": {"at": {"type": "string"}}, "required": ["at"]},
}
ChannelKind = Literal["page", "push", "email", "apprise"]


class Again(BaseModel):
    """Repeat until the task is done: ``every`` so long, ``times`` at most, and not after ``until``."""

    model_config = ConfigDict(extra="forbid")

    every: Annotated[
        str,
        AfterValidator(_check_pace),
        Field(description="ISO 8601 duration", examples=["PT10M"], json_schema_extra=form("pace")),
    ]
    until: Moment | None = None
    times: int = Field(default=12, ge=1, le=MOST_REPEATS)


class Reminder(BaseModel):
    """A moment before the task's time, or one of its own. ``urgent`` ones come in quiet hours too.

    Of ``before``, days count on the wall clock, hours and minutes in time. ``zone`` (IANA) goes with ``at``; default:
    the task's. ``channels`` narrows where it is told: all that are on, unless given. ``snooze`` marks a moment that a
    snooze made: the next one takes its place, and it ends with the occurrence that it is of.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra=_BEFORE_OR_AT)

    before: Duration | None = None
    at: Annotated[Moment, Field(description="Wall-clock, YYYY-MM-DDTHH:MM; 422 where it has passed")] | None = None
    zone: (
        Annotated[
            str, AfterValidator(check_zone), Field(description="An IANA zone", json_schema_extra=form("iana-zone"))
        ]
        | None
    ) = None
    again: Again | None = None
    channels: Annotated[list[ChannelKind], Field(min_length=1, max_length=4)] | None = None
    urgent: bool = False
    snooze: bool = False

    @model_validator(mode="after")
    def _one_of_two(self) -> "Reminder":
        if (self.before is None) == (self.at is None):
            raise ValueError("give either before, such as PT30M, or at, such as 2026-12-01T06:30")
        if self.zone and self.before:
            raise ValueError("zone goes with at; before counts from the task's time in the task's zone")
        return self


def plain(reminders: "list[Reminder] | None") -> list[Plain] | None:
    """As they are kept: without what was not said; one of a kind."""
    if reminders is None:
        return None
    kept: list[Plain] = []
    for reminder in reminders:
        one = reminder.model_dump(exclude_defaults=True)
        if one not in kept:
            kept.append(one)
    return kept


Reminders = Annotated[
    list[Reminder],
    Field(max_length=MOST_REMINDERS, description="None: those of the settings; empty: none"),
    PlainSerializer(plain),
]

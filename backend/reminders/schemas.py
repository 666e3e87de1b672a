"""What goes in and out over HTTP about reminders."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.reminders.values import MOST_REMINDERS, ChannelKind, Clock, Moment, Plain, Reminder, plain
from backend.tasks.fields import Zone

LONGEST_SNOOZE = 366 * 24 * 60
_NOT_GIVEN: dict[str, Any] = {"type": "null"}
_ONE_OF_THREE: list[Any] = [
    {
        "properties": {"minutes": {"type": "integer"}, "until": _NOT_GIVEN, "tomorrow": _NOT_GIVEN},
        "required": ["minutes"],
    },
    {
        "properties": {"until": {"type": "string"}, "minutes": _NOT_GIVEN, "tomorrow": _NOT_GIVEN},
        "required": ["until"],
    },
    {
        "properties": {"tomorrow": {"const": True}, "minutes": _NOT_GIVEN, "until": _NOT_GIVEN},
        "required": ["tomorrow"],
    },
]
_BOTH_OR_NEITHER: list[Any] = [
    {
        "properties": {"quiet_from": _NOT_GIVEN, "quiet_to": _NOT_GIVEN},
        "dependentRequired": {"quiet_from": ["quiet_to"], "quiet_to": ["quiet_from"]},
    },
    {
        "properties": {"quiet_from": {"type": "string"}, "quiet_to": {"type": "string"}},
        "required": ["quiet_from", "quiet_to"],
    },
]


def _check_default(reminder: Reminder) -> Reminder:
    if reminder.before is None:
        raise ValueError("a default counts from the task's time: give before, not at")
    return reminder


class SettingsOut(BaseModel):
    """What a user wants to be told, and when. Times are those of the clocks of ``zone``."""

    default: list[Reminder] = Field(description="Of a task that has a time and no reminders of its own")
    digest_on: bool
    digest_at: Clock
    quiet_from: Clock | None
    quiet_to: Clock | None
    paused_until: Moment | None
    sound: bool = Field(description="Whether an open page makes a sound")
    zone: Zone


class SettingsIn(BaseModel):
    """What to change; a field that is not given stays. Null ends the quiet hours and the pause."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"oneOf": _BOTH_OR_NEITHER})

    default: Annotated[
        list[Reminder],
        Field(max_length=MOST_REMINDERS, description="They count from the task's time; 422 for one with `at`"),
    ] = []
    digest_on: bool = True
    digest_at: Clock = "08:00"
    quiet_from: Clock | None = None
    quiet_to: Clock | None = None
    paused_until: Annotated[Moment, Field(description="422 where it has passed")] | None = None
    sound: bool = True

    @model_validator(mode="after")
    def _fits(self) -> "SettingsIn":
        for reminder in self.default:
            _check_default(reminder)
        given = {"quiet_from", "quiet_to"} & self.model_fields_set
        if len(given) == 1 or (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError("quiet hours need both quiet_from and quiet_to, or null for both")
        return self

    def values(self) -> dict[str, object]:
        """The columns that were given."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return given | ({"default": plain(self.default)} if "default" in given else {})


class SnoozeIn(BaseModel):
    """How long, until when, or until tomorrow at the task's time of day."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"oneOf": _ONE_OF_THREE})

    minutes: int | None = Field(default=None, ge=1, le=LONGEST_SNOOZE)
    until: Moment | None = None
    tomorrow: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> "SnoozeIn":
        if sum(value is not None for value in (self.minutes, self.until, self.tomorrow)) != 1:
            raise ValueError("give one of minutes, until and tomorrow")
        return self


class ComingOut(BaseModel):
    """A reminder that will come."""

    id: str
    task_id: str
    number: int
    title: str
    at: str = Field(description="UTC instant")
    local: str = Field(description="The same on the clocks of `zone`: YYYY-MM-DDTHH:MM")
    zone: str
    channels: list[ChannelKind] | None = Field(description="Null: all that are on")
    urgent: bool
    held_until: str | None = Field(description="UTC instant to which quiet hours or a pause put it off")


class ComingPage(BaseModel):
    items: list[ComingOut]
    next_cursor: str | None


__all__ = ["ComingOut", "ComingPage", "Plain", "SettingsIn", "SettingsOut", "SnoozeIn"]

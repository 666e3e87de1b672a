"""A task as a file has it, on its way into the list: the one form that all readers make."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from backend.tasks.due import local_now

RemarkKind = Literal["kept", "changed", "doubtful", "duplicate", "skipped"]
Record = TypeVar("Record")
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
LONGEST_QUOTATION = 200


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is read against: the reader's IANA zone, the present instant (UTC), and what a person said of a table.

    ``columns`` are field names by place, as `backend.exchange.readers.table` knows them; None where nothing was said.
    """

    zone: str
    now: datetime
    columns: tuple[str, ...] | None = None

    @property
    def wall(self) -> datetime:
        """The present on the clocks of the zone, naive."""
        return local_now(self.now, self.zone)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a person should know of one place of the file.

    ``kept``: it went to the notes. ``changed``: it is not quite what it was. ``doubtful``: it could not be read
    surely. ``duplicate`` and ``skipped``: no task was made of it.
    """

    place: str
    kind: RemarkKind
    message: str


@dataclass(kw_only=True)
class Draft:
    """A task as it was read. Text is as it came; ``backend.exchange.fields`` makes it fit the list.

    ``due`` is wall-clock text in ``timezone`` (None: the reader's zone). ``key`` is what the exporter knows the task
    by, None where it has nothing of the kind; ``words`` are the date as it was written, which tell two tasks apart
    whatever they mean today. ``kept`` has, by name, what this list has no field for. ``parent`` is the task that it is
    part of: its draft, or its ``key``; ``part_of`` names it for a person. ``steps`` are those of its checklist.
    ``from_completion`` says that the recurrence counts from there, and not from the due date.
    """

    place: str
    title: str = ""
    notes: str = ""
    due: str | None = None
    timezone: str | None = None
    recurrence: str | None = None
    priority: str | None = None
    tags: list[str] = field(default_factory=list)
    project: str | None = None
    done: bool = False
    completed_at: datetime | None = None
    created_at: datetime | None = None
    reminders: list[dict[str, Any]] | None = None
    order: float | None = None
    number: int | None = None
    key: str | None = None
    words: str = ""
    kept: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    parent: "Draft | str | None" = field(default=None, repr=False)
    part_of: str = ""
    from_completion: bool = False
    steps: "list[Draft]" = field(default_factory=list, repr=False)

    def stand_under(self, parent: "Draft | str", names: str) -> None:
        """Make it a subtask; ``names`` are those of all that it is part of, from the top."""
        self.parent, self.part_of = parent, names

    def add_step(self, title: str, *, done: bool, notes: str = "") -> None:
        """A line of its checklist; of a done task it is done too. One without words is none."""
        if not title.strip():
            return
        step = Draft(
            place=f"{self.place}, step {len(self.steps) + 1}",
            title=title,
            notes=notes,
            project=self.project,
            done=done or self.done,
            completed_at=self.completed_at,
            created_at=self.created_at,
        )
        step.stand_under(self, self.title)
        self.steps.append(step)

    def keep(self, name: str, value: object) -> None:
        """Put into the notes what has no field here; nothing for an empty value."""
        if text := plain_text(value):
            self.kept.append((name, text))

    def remark(self, kind: RemarkKind, message: str) -> None:
        self.remarks.append(Remark(place=self.place, kind=kind, message=message))


Item = Draft | Remark


def convert_each(records: Iterable[tuple[str, Record]], convert: Callable[[str, Record], Item]) -> Iterator[Item]:
    """Each record, with its place, as a draft; one that breaks is told with what it holds, and the rest goes on."""
    for place, record in records:
        try:
            yield convert(place, record)
        except _UNREADABLE as error:
            yield skipped(place, f"could not be read ({_reason(error)}): {quoted(record)}")


def skipped(place: str, message: str) -> Remark:
    return Remark(place=place, kind="skipped", message=message)


def quoted(record: object) -> str:
    """What a record holds, cut to a length that a person reads."""
    text = " ".join(str(record).split())
    return text if len(text) <= LONGEST_QUOTATION else f"{text[:LONGEST_QUOTATION]} …"


def plain_text(value: object) -> str:
    """A value as text: nothing for None, containers and white space."""
    if value is None or isinstance(value, (dict, list, tuple, set, bytes)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()


def instant_of(moment: datetime, zone_time: datetime | None = None) -> datetime:
    """An aware moment in UTC; of a naive one ``zone_time`` is the aware reading."""
    return (moment if moment.tzinfo else zone_time or moment.replace(tzinfo=UTC)).astimezone(UTC)


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0][:100] if str(error) else type(error).__name__

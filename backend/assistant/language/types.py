"""The values that go in and out of the language engine. All times are wall-clock times in the user's zone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

SpanKind = Literal["date", "time", "recurrence", "priority", "tag", "project", "shift"]
Arguments = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class When:
    """Words of a text that say when: the half-open range ``[start, end)``, its lead word ("on", "by", "at") included.

    ``due`` is ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM`` on the user's wall clock; ``recurrence`` an RFC 5545 RRULE value,
    which counts from the due date or, with ``from_completion``, from the day when the task is done.
    ``date_from``/``date_to`` are the inclusive dates that the same words name in a question ("this week").
    ``strength``: ``sure`` is a date wherever it stands; ``likely`` unless the title needs it (a bare number, the
    name of a month or a person); ``weak`` only with other evidence. ``problem`` says in a sentence why an impossible
    date has no ``due``.
    """

    start: int
    end: int
    due: str | None = None
    recurrence: str | None = None
    from_completion: bool = False
    date_from: str | None = None
    date_to: str | None = None
    strength: Literal["sure", "likely", "weak"] = "sure"
    past: bool = False
    problem: str | None = None
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Words that move a time by an amount: "by two days" is ``P2D``, "an hour earlier" ``-PT1H``."""

    start: int
    end: int
    duration: str
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """Words that set a field: ``value`` is ``high``, a tag without its mark, or a project's name."""

    start: int
    end: int
    kind: Literal["priority", "tag", "project"]
    value: str
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Words shown as understood: what they are, and their meaning for a person ("Fri 6 Mar, 15:00")."""

    start: int
    end: int
    kind: SpanKind
    label: str
    rule: str = ""


class TaskView(NamedTuple):  # hundreds are made in a turn: a tuple is made faster than a frozen dataclass
    """What the engine may know of one of the user's tasks."""

    number: int
    title: str
    due: str | None = None
    priority: str | None = None
    tags: tuple[str, ...] = ()
    project: str | None = None
    done: bool = False
    recurrence: str | None = None
    parent: int | None = None  # the number of the task that it stands under


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One numbered answer to a question that the assistant asked, with what it would do."""

    label: str
    actions: tuple["Action", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Turn:
    """An earlier exchange: what was said and done, the tasks shown or changed (by number, in order), what it asked."""

    text: str
    actions: tuple["Action", ...] = ()
    shown: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Action:
    """One tool call, as the contract of ``interpret`` names it.

    ``targets`` are the numbers of the tasks that ``match``, ``filter`` or a reference resolved to; None where no tasks
    were given.
    """

    tool: str
    arguments: Arguments = field(default_factory=dict)
    targets: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the engine reads. ``now`` is naive wall-clock time in ``timezone``; ``plain`` are left as plain words.

    ``as_filter``: the text is no message, but the words of a filter.
    """

    text: str
    now: datetime
    timezone: str
    tasks: tuple[TaskView, ...] = ()
    turns: tuple[Turn, ...] = ()
    plain: tuple[tuple[int, int], ...] = ()
    as_filter: bool = False


@dataclass(frozen=True, kw_only=True)
class Interpretation:
    """What a text means. Without actions, ``reply`` says something helpful; ``choices`` are offers that change nothing.

    ``sure`` is false when another reading is likely: the actions are then offered, not applied.
    """

    actions: tuple[Action, ...] = ()
    spans: tuple[Span, ...] = ()
    reply: str = ""
    choices: tuple[Choice, ...] = ()
    sure: bool = True
    rules: tuple[str, ...] = ()

"""Spans for the page: what was read where, with its meaning for a person."""

from .context import Clause
from .types import Field, Span, SpanKind, When
from .when import describe
from .when.parts import Reading


def only_time(when: When | None) -> bool:
    """Whether a reading says a time of day and no day."""
    meaning = when.meaning if isinstance(when, Reading) else None
    return bool(meaning and meaning.clock and not (meaning.day or meaning.moment or meaning.repeat or meaning.until))


def span_of_when(when: When, clause: Clause) -> Span:
    """The highlight of a date, a time or a recurrence, in offsets of the message."""
    kind: SpanKind = "recurrence" if when.recurrence else "time" if only_time(when) else "date"
    return Span(
        start=clause.start + when.start,
        end=clause.start + when.end,
        kind=kind,
        label=label_of(when, clause),
        rule=when.rule,
    )


def span_of_field(item: Field, clause: Clause) -> Span:
    """The highlight of a priority, a tag or a project, in offsets of the message."""
    label = {
        "priority": f"{item.value.capitalize()} priority",
        "tag": f"#{item.value}",
        "project": f"Project: {item.value}",
    }[item.kind]
    return Span(
        start=clause.start + item.start, end=clause.start + item.end, kind=item.kind, label=label, rule=item.rule
    )


def label_of(when: When, clause: Clause) -> str:
    """The meaning of a reading: its due time and repetition, or the dates that it names in a question."""
    if when.due:
        return describe(when.due, now=clause.now, recurrence=when.recurrence, from_completion=when.from_completion)
    days = [describe(day, now=clause.now) for day in (when.date_from, when.date_to) if day]
    return " to ".join(days) or when.problem or ""

"""How a VTODO comes back: its RRULE, and what that counts from."""

import re

from backend.calendars.todo.errors import unreadable
from backend.calendars.todo.lines import Component
from backend.calendars.todo.output import COUNTS_FROM
from backend.journal.values import Document
from backend.tasks.rules import normalise, parse

_FROM_COMPLETION = re.compile(r";FROM=COMPLETION(?=;|$)|^FROM=COMPLETION;", re.ASCII | re.IGNORECASE)
_NOTHING = re.compile(r";(BYSECOND=0|RSCALE=GREGORIAN|SKIP=OMIT)(?=;|$)", re.ASCII)


def read_recurrence(todo: Component) -> str | None:
    line = todo.first("RRULE")
    if line is None:
        return None
    text = _NOTHING.sub("", normalise(_FROM_COMPLETION.sub("", line.value)))
    try:
        parse(text)
    except ValueError as error:
        raise unreadable(f"its RRULE cannot be followed: {error}") from error
    return text


def read_counts_from(todo: Component, current: Document | None) -> str:
    """As the text says, in this program's way or in that of Tasks.org; where it says nothing, as it was."""
    line, rule = todo.first(COUNTS_FROM), todo.first("RRULE")
    if rule and _FROM_COMPLETION.search(rule.value):
        return "completion"
    if line:
        return "completion" if line.value.strip().upper() == "COMPLETION" else "due"
    return str((current or {}).get("recurrence_from") or "due")

"""The formats that are read: a table in the order in which a file is tried. The first that knows the file has it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from backend.errors import InvalidError
from backend.exchange.draft import Context, Item
from backend.exchange.files import TextFile
from backend.exchange.readers import (
    calendar,
    google,
    markdown,
    microsoft,
    own,
    table,
    taskwarrior,
    things,
    ticktick,
    todoist,
    todotxt,
    vikunja,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: the name by which it can be asked for, its title for people, who knows it, and who reads it."""

    name: str
    title: str
    knows: Callable[[TextFile], bool]
    read: Callable[[TextFile, Context], Iterator[Item]]


FORMATS = (
    Format(name="todo", title="Todo Chatbot (JSON)", knows=own.is_own_json, read=own.read_json),
    Format(name="todo-csv", title="Todo Chatbot (CSV)", knows=own.is_own_csv, read=own.read_csv),
    Format(name="icalendar", title="iCalendar", knows=calendar.is_calendar, read=calendar.read),
    Format(name="todoist", title="Todoist", knows=todoist.is_todoist, read=todoist.read),
    Format(name="ticktick", title="TickTick", knows=ticktick.is_ticktick, read=ticktick.read),
    Format(name="google", title="Google Tasks", knows=google.is_google, read=google.read),
    Format(name="vikunja", title="Vikunja", knows=vikunja.is_vikunja, read=vikunja.read),
    Format(name="microsoft", title="Microsoft To Do", knows=microsoft.is_microsoft, read=microsoft.read),
    Format(name="taskwarrior", title="Taskwarrior", knows=taskwarrior.is_taskwarrior, read=taskwarrior.read),
    Format(name="things", title="Things", knows=things.is_things, read=things.read),
    Format(name="markdown", title="Markdown checklist", knows=markdown.is_markdown, read=markdown.read),
    Format(name="todotxt", title="todo.txt", knows=todotxt.is_todotxt, read=todotxt.read),
    Format(name="csv", title="CSV", knows=table.is_table, read=table.read),
)
BY_NAME = {one.name: one for one in FORMATS}
NAMES = tuple(BY_NAME)
_TITLES = ", ".join(one.title for one in FORMATS)
UNKNOWN = (
    f"The file is of no format that is known here: {_TITLES}. "
    "Name the format if it is one of these; nothing was changed."
)


def find_format(files: list[TextFile], name: str | None) -> Format:
    """The format that was named, or the one that knows any of the files. Raises InvalidError (422) for none."""
    if name is not None:
        return BY_NAME[name]
    for one in FORMATS:
        if any(one.knows(file) for file in files):
            return one
    raise InvalidError(UNKNOWN)

"""The formats that are written: a table of their names, media types and writers. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.exchange.writers import calendar, markdown, plain_json, table, todotxt

Documents = Sequence[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Export:
    """A format: the name to ask for it by, its file's suffix, its media type, and who writes it (documents, now).

    ``looks``: with ``labels`` by name, how the projects and tags of these tasks look.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[..., str]
    looks: bool = False


EXPORTS = {
    export.name: export
    for export in (
        Export(name="json", suffix="json", media_type="application/json", write=plain_json.write, looks=True),
        Export(name="csv", suffix="csv", media_type="text/csv", write=lambda documents, _: table.write(documents)),
        Export(
            name="icalendar",
            suffix="ics",
            media_type="text/calendar",
            write=lambda documents, _: calendar.write(documents),
        ),
        Export(
            name="todotxt", suffix="txt", media_type="text/plain", write=lambda documents, _: todotxt.write(documents)
        ),
        Export(
            name="markdown",
            suffix="md",
            media_type="text/markdown",
            write=lambda documents, _: markdown.write(documents),
        ),
    )
}

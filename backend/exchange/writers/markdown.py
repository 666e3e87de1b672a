"""Markdown: a checklist under a heading for each project, with fields as Obsidian's Dataview has them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from backend.exchange.readers.markdown import SIGNS

_SPECIAL = re.compile(rf"([\\`*_\[\]#{SIGNS}])")
_TAG = re.compile(r"^(?:[^\W\d]|\d+[^\W\d])[\w/-]*")
_ITEM_LIKE = re.compile(r"^([ \t]*)(\\*(?:[-*+#]|\d+[.)]|```|~~~)|\\+$)")
_INDENT = "  "


def write(documents: Sequence[dict[str, Any]]) -> str:
    """The tasks without a project first, then project by project."""
    ordered = sorted(documents, key=lambda document: document["project"] or "")
    return "\n".join(_part(project, list(tasks)) for project, tasks in groupby(ordered, lambda one: one["project"]))


def _part(project: str | None, documents: list[dict[str, Any]]) -> str:
    head = f"## {_escaped(project)}\n\n" if project else ""
    return head + "".join(f"{line}\n" for document in documents for line in _lines(document))


def _lines(document: dict[str, Any]) -> Iterator[str]:
    mark = "x" if document["status"] == "done" else " "
    yield f"- [{mark}] {' '.join((_escaped(document['title']), *_tags(document), *_fields(document)))}"
    filled = False
    for line in (document["notes"] or "").split("\n") if document["notes"] else ():
        yield _note(line, first=not filled)
        filled = filled or bool(line.strip())


def _note(line: str, *, first: bool) -> str:
    """A line of the notes beneath its task; the blank ones before the first words are marked as lines."""
    if first and not line.strip("\\").strip():
        return f"{_INDENT}{line}\\"
    if not line:
        return ""
    return _INDENT + _ITEM_LIKE.sub(r"\1\\\2", line, count=1) if _ITEM_LIKE.match(line) else _INDENT + line


def _tags(document: dict[str, Any]) -> Iterator[str]:
    """As ``#words``; all as fields where one of them is no word, so that their order stays."""
    if all(map(_TAG.fullmatch, document["tags"])):
        return (f"#{tag}" for tag in document["tags"])
    return (f"[tag:: {_escaped(tag)}]" for tag in document["tags"])


def _fields(document: dict[str, Any]) -> Iterator[str]:
    values = {
        "due": document["due"],
        "timezone": document["timezone"],
        "priority": document["priority"],
        "repeat": document["recurrence"],
        "created": document["created_at"],
        "completion": document["completed_at"],
    }
    return (f"[{name}:: {value}]" for name, value in values.items() if value)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

"""Markdown: a checklist under a heading for each project, with fields as Obsidian's Dataview has them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from backend.exchange.readers.markdown import SIGNS

_SPECIAL = re.compile(rf"([\\`*_\[\]#{SIGNS}])")
_TAG = re.compile(r"^(?:[^\W\d]|\d+[^\W\d])[\w/-]*")
_ITEM_LIKE = re.compile(r"^([ \t]*)(\\*(?:[-*+#]|\d+[.)]|```|~~~)|\\+$)")
_INDENT = "  "
Under = Mapping[str, Sequence[dict[str, Any]]]  # by a task's id, its subtasks in their order


def write(documents: Sequence[dict[str, Any]]) -> str:
    """The tasks without a project first, then project by project; subtasks beneath what they are part of."""
    ids = {document["id"] for document in documents}
    under = defaultdict[str, list[dict[str, Any]]](list)
    for document in sorted(documents, key=lambda one: (one["order"], one["number"])):
        under[document["parent_id"] or ""].append(document)
    tops = [document for document in documents if document["parent_id"] not in ids]
    ordered = sorted(tops, key=lambda document: document["project"] or "")
    return "\n".join(
        _part(project, list(tasks), under) for project, tasks in groupby(ordered, lambda one: one["project"])
    )


def _part(project: str | None, documents: list[dict[str, Any]], under: Under) -> str:
    head = f"## {_escaped(project)}\n\n" if project else ""
    lines = (line for document in documents for line in _tree(document, under, project))
    return head + "".join(f"{line}\n" for line in lines)


def _tree(document: dict[str, Any], under: Under, project: str | None) -> Iterator[str]:
    """The task's lines and, one step further in, those of its subtasks."""
    yield from _lines(document, project)
    for subtask in under.get(document["id"], ()):
        yield from (_INDENT + line if line else line for line in _tree(subtask, under, project))


def _lines(document: dict[str, Any], project: str | None) -> Iterator[str]:
    mark = "x" if document["status"] == "done" else " "
    fields = (*_tags(document), *_project(document, project), *_fields(document))
    yield f"- [{mark}] {' '.join((_escaped(document['title']), *fields))}"
    filled = False
    for line in (document["notes"] or "").split("\n") if document["notes"] else ():
        yield _note(line, first=not filled)
        filled = filled or bool(line.strip())


def _project(document: dict[str, Any], heading: str | None) -> Iterator[str]:
    """A subtask's own, where it is not the heading's."""
    if document["project"] != heading:
        yield f"[project:: {_escaped(document['project'] or '')}]"


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
        "from": "completion" if document["recurrence_from"] == "completion" else None,
        "created": document["created_at"],
        "completion": document["completed_at"],
    }
    return (f"[{name}:: {value}]" for name, value in values.items() if value)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

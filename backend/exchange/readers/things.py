"""Things: the JSON of its link scheme, and that of the programs which read its database."""

from collections.abc import Iterator
from typing import Any

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.readers.records import Record, load_json, record_in, records_in, records_of, text_in, texts_in
from backend.exchange.values.moments import read_instant, read_when

_TYPES = ('"to-do"', '"project"', '"heading"')
_INNER = ("items", "todos", "tasks")
_NO_DAY = frozenset({"", "anytime", "someday", "inbox"})
_DONE = frozenset({"completed", "canceled", "cancelled"})


def is_things(file: TextFile) -> bool:
    head = file.text[:20_000]
    return any(kind in head for kind in _TYPES) and ('"attributes"' in head or '"type"' in head) and '"title"' in head


def read(file: TextFile, context: Context) -> Iterator[Item]:
    return convert_each(_todos(load_json(file.text.lstrip("\ufeff"))), lambda place, it: _task(place, *it, context))


def _todos(whole: Any) -> Iterator[tuple[str, tuple[Record, dict[str, str]]]]:
    """Each to-do with where it stands: its area, project and heading."""
    top = records_of(whole)
    if isinstance(whole, dict):
        top = [item for name in (*_INNER, "projects", "areas") for item in records_in(whole, name)] or [whole]
    stack: list[tuple[Record, dict[str, str]]] = [(item, {}) for item in reversed(top)]
    number = 0
    while stack:
        item, place = stack.pop()
        fields = _fields(item)
        kind = text_in(item, "type") or "to-do"
        if kind == "to-do":
            number += 1
            yield f"to-do {number}", (fields, place)
            continue
        if kind == "project" and text_in(fields, "notes"):
            number += 1
            yield (
                f"project {number}",
                ({**fields, "checklist-items": []}, {**place, "project": text_in(fields, "title")}),
            )
        stack += reversed(list(_within(fields, kind, place)))


def _within(fields: Record, kind: str, place: dict[str, str]) -> Iterator[tuple[Record, dict[str, str]]]:
    """What stands in a project, an area or a heading; in a project, a heading holds for what follows it."""
    here = {**place, kind: text_in(fields, "title")}
    if len(place) > 10:
        return
    for name in _INNER:
        for item in records_in(fields, name):
            if text_in(item, "type") == "heading" and not any(inner in _fields(item) for inner in _INNER):
                here = {**here, "heading": text_in(_fields(item), "title")}
            else:
                yield item, here


def _fields(item: Record) -> Record:
    """The fields by one spelling: ``completion-date`` is ``completion_date``."""
    inner = record_in(item, "attributes") or item
    return {name.replace("-", "_"): value for name, value in inner.items()}


def _task(place: str, fields: Record, where: dict[str, str], context: Context) -> Draft:
    status, identity = text_in(fields, "status"), text_in(fields, "uuid", "id")
    draft = Draft(
        place=place,
        title=text_in(fields, "title"),
        notes=text_in(fields, "notes"),
        tags=[*texts_in(fields, "tags"), *(text_in(tag, "title") for tag in records_in(fields, "tags"))],
        project=where.get("project")
        or text_in(fields, "project_title")
        or text_in(fields, "list", "area_title")
        or where.get("area"),
        done=fields.get("completed") is True or fields.get("canceled") is True or status in _DONE,
        completed_at=read_instant(text_in(fields, "completion_date", "stop_date"), context.zone),
        created_at=read_instant(text_in(fields, "creation_date", "created"), context.zone),
        key=f"uid:{identity}" if identity else None,
    )
    if fields.get("canceled") is True or status.startswith("cancel"):
        draft.keep("State", "cancelled")
    _read_due(draft, fields, context)
    for step in [*records_in(fields, "checklist_items"), *records_in(fields, "checklist")]:
        inner = _fields(step)
        done = inner.get("completed") is True or text_in(inner, "status") in _DONE
        draft.add_step(text_in(inner, "title"), done=done)
    draft.keep("Heading", where.get("heading") or text_in(fields, "heading_title", "heading"))
    area = where.get("area") or text_in(fields, "area_title")
    draft.keep("Area", area if area != draft.project else "")
    return draft


def _read_due(draft: Draft, fields: Record, context: Context) -> None:
    """A deadline is the due; without one, the day for which it is planned."""
    deadline, planned = text_in(fields, "deadline"), text_in(fields, "when", "start_date", "today_index_reference_date")
    draft.words = deadline or planned
    planned = "" if planned.casefold() in _NO_DAY else planned.replace("evening", "tonight").replace("@", " ")
    for words in filter(None, (deadline, planned)):
        when = read_when(words, context)
        if when.doubt or when.due is None:
            draft.remark("doubtful", when.doubt or f"the date “{words}” could not be read")
            draft.keep("Due", words)
        elif draft.due is None:
            draft.due = when.due
        elif draft.due != when.due:
            draft.keep("Starts", when.due)
    start = text_in(fields, "start")
    draft.keep("When", start if start.casefold() == "someday" else "")

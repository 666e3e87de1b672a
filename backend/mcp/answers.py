"""What the tools answer: small by default, so that a list costs a model few tokens."""

from typing import Any, TypeVar

from backend.history.pages import Entry
from backend.journal.values import Change, Document, instant
from backend.mcp.caller import Performed
from backend.tasks.documents import FIELDS

Answer = dict[str, Any]
T = TypeVar("T")
MOST_SHOWN = 100
STATUSES = {"open": "pending", "done": "completed"}
VERBS = {
    "create": "created",
    "update": "updated",
    "complete": "completed",
    "reopen": "reopened",
    "delete": "deleted",
}
_FIELDS = [name for name in FIELDS if name != "order"]
_NAMES = {"notes": "description"}  # the hackathon's word for it
_NOT_SHOWN = {"version", "order", "due_at", "number", "notes"}


def show(document: Document, *, verbose: bool) -> Answer:
    """A task: its number, status, title and due; when ``verbose`` all else that it has."""
    brief = {"task_id": document["number"], "status": STATUSES[document["status"]], "title": document["title"]}
    if document["due"]:
        brief["due"] = document["due"]
    if document["subtasks"]:
        brief["subtasks"] = document["subtasks"]
    if not verbose:
        return brief
    rest = {name: value for name, value in document.items() if value and name not in _NOT_SHOWN | {"status"}}
    notes = {"description": document["notes"]} if document["notes"] else {}
    return {**rest, **notes, **brief}


def answer_one(performed: Performed[Document], *, status: str, verbose: bool) -> Answer:
    """One task's write: ``status`` says what was done to it."""
    document = performed.result
    made_in_vain = performed.dry_run and status == "created"
    answer = _unmade(document, verbose=verbose) if made_in_vain else show(document, verbose=verbose)
    if status == "completed" and document["status"] == "open" and "due" in answer:
        answer["next_due"] = answer.pop("due")
    if status == "completed" and performed.changes and document["status"] == "done" and document["recurrence"]:
        answer["series"] = "ended"
    if not performed.changes:
        answer["unchanged"] = True
    return {**answer, "status": status, **_ending(performed)}


def answer_many(performed: Performed[list[Document]], *, verbose: bool) -> Answer:
    """Several tasks made at once."""
    shown = _unmade if performed.dry_run else show
    tasks = [shown(document, verbose=verbose) for document in performed.result]
    return {"status": "created", "count": len(tasks), "tasks": tasks, **_ending(performed)}


def answer_undone(performed: Performed[str], *, verbose: bool, status: str = "undone") -> Answer:
    """What was taken back, task by task, the first hundred; the ``undo_token`` redoes it."""
    shown = performed.changes[:MOST_SHOWN]
    tasks = [{**_subject(change, verbose=verbose), "status": VERBS[change.kind]} for change in shown]
    more = {"total": len(performed.changes)} if len(performed.changes) > MOST_SHOWN else {}
    settings = {"reminder_settings": status} if performed.of_settings else {}
    return {"status": status, "undone": performed.result, "tasks": tasks, **settings, **more, **_ending(performed)}


def answer_changes(entries: list[Entry], next_cursor: int | None, *, verbose: bool) -> Answer:
    """What was changed, newest first, each with the token that takes it back; ``verbose``: with the task as it was."""
    told = [{**_told(entry), **_difference(entry.change)} for entry in entries]
    tasks = [{"task": _subject(entry.change, verbose=True)} if verbose else {} for entry in entries]
    changes = [{**one, **task} for one, task in zip(told, tasks, strict=True)]
    return {"changes": changes, **({"next_cursor": str(next_cursor)} if next_cursor else {})}


def _told(entry: Entry) -> Answer:
    change = entry.change
    undone = {"undone": True} if entry.undone_by else {}
    token = {"token": change.token_name} if change.token_name else {}
    return {"at": instant(change.at), "through": change.surface, **token, "undo_token": change.turn, **undone}


def _unmade(document: Document, *, verbose: bool) -> Answer:
    """A task that a dry run did not make: its number and id will be another's."""
    return {name: value for name, value in show(document, verbose=verbose).items() if name != "id"} | {"task_id": None}


def _ending(performed: Performed[T]) -> Answer:
    if performed.dry_run:
        return {"dry_run": True, "would_change": [_difference(change) for change in performed.changes[:MOST_SHOWN]]}
    return {"undo_token": performed.undo_token} if performed.undo_token else {}


def _difference(change: Change) -> Answer:
    """The fields that differ, each as [before, after]."""
    before, after = change.before or {}, change.after or {}
    if change.kind == "delete":
        return {"task_id": before["number"], "change": "delete", "title": before["title"]}
    if change.kind == "create":
        return {"change": "create", **{_NAMES.get(name, name): after[name] for name in _FIELDS if after[name]}}
    differing = [name for name in _FIELDS if before[name] != after[name]]
    fields = {_NAMES.get(name, name): [before[name], after[name]] for name in differing}
    if before["status"] != after["status"]:
        fields["status"] = [STATUSES[before["status"]], STATUSES[after["status"]]]
    return {"task_id": after["number"], "change": change.kind, "title": after["title"], "fields": fields}


def _subject(change: Change, *, verbose: bool) -> Answer:
    return show(change.after or change.before or {}, verbose=verbose)

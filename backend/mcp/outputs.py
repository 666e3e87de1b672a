"""What the tools answer, as JSON Schema: what is always there, and what may be."""

from typing import Any

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_LIST: Schema = {"type": "array", "items": {"type": "object"}}
_TASK: Schema = {
    "task_id": {"type": ["integer", "null"], "description": "null: not made"},
    "status": _TEXT,
    "title": _TEXT,
    "due": _TEXT,
}
_TASKS: Schema = {
    "type": "array",
    "items": {"type": "object", "properties": _TASK, "required": ["task_id", "status", "title"]},
}
_WRITE: Schema = {
    "undo_token": _TEXT,
    "unchanged": {"type": "boolean"},
    "dry_run": {"type": "boolean"},
    "would_change": _LIST,
}


def _answer(*required: str, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}


ONE = _answer("task_id", "status", "title", **_TASK, next_due=_TEXT, **_WRITE)
"""One task's write."""
REMINDED = _answer("task_id", "status", "title", "reminders", **_TASK, reminders={"type": ["array", "null"]}, **_WRITE)
MANY = _answer("status", "count", "tasks", status=_TEXT, count=_NUMBER, tasks=_TASKS, **_WRITE)
UNDONE = _answer("status", "undone", "tasks", status=_TEXT, undone=_TEXT, tasks=_TASKS, total=_NUMBER, **_WRITE)
PAGE = _answer("tasks", "total", tasks=_TASKS, total=_NUMBER, next_cursor=_TEXT)
PROJECTS = _answer("projects", projects=_LIST)
CHANGES = _answer("changes", changes=_LIST, next_cursor=_TEXT)
COMING = _answer("reminders", reminders=_LIST, next_cursor=_TEXT)
SETTINGS = _answer("status", status=_TEXT, default=_LIST, digest_on={"type": "boolean"}, zone=_TEXT, **_WRITE)

"""What this program exports itself: its JSON, the pages of its API, and its CSV."""

import json
from collections.abc import Iterator
from typing import Any

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.readers.records import Record, load_json, number_in, numbered, require_record, text_in
from backend.exchange.readers.tables import by_column, read_table, whole_cell
from backend.exchange.values.moments import read_instant
from backend.exchange.values.repeats import read_rule
from backend.tasks.groups.schemas import LabelOut
from backend.tasks.text import clean_project, clean_tag

NAME, VERSION = "todo-chatbot", 1
LABELLED = "todo"  # the format that holds how projects and tags look
MOST_LABELS = 1000
COLUMNS = (
    "id", "number", "title", "notes", "due", "timezone", "recurrence", "priority", "tags", "project", "order", "status",
    "created_at", "completed_at", "reminders", "parent_id", "recurrence_from",
)  # fmt: skip
_PRIORITIES = frozenset({"high", "medium", "low"})
# Older exports knew no subtasks, or no recurrence from completion.
_KNOWN_COUNTS = (len(COLUMNS), len(COLUMNS) - 1, len(COLUMNS) - 2)
_JSON_COLUMNS = ("tags", "reminders")


def is_own_json(file: TextFile) -> bool:
    head = file.text[:5000]
    return f'"{NAME}"' in head or ('"items"' in head and '"due_at"' in head and '"timezone"' in head)


def is_own_csv(file: TextFile) -> bool:
    head = file.text.lstrip("\ufeff").split("\n", 1)[0].strip().replace('"', "")
    return head in {",".join(COLUMNS[:count]) for count in _KNOWN_COUNTS}


def read_json(file: TextFile, _context: Context) -> Iterator[Item]:
    """Raises InvalidError (422) for what is no JSON, ValueError for an export of a newer version."""
    whole = load_json(file.text.lstrip("\ufeff"))
    version = number_in(whole, "version") if isinstance(whole, dict) else None
    if version is not None and version > VERSION:
        raise ValueError(f"was exported by a newer version of this program (version {version:.0f} of its form)")
    tasks = whole if isinstance(whole, list) else whole.get("tasks", whole.get("items", []))
    return convert_each(numbered(tasks if isinstance(tasks, list) else []), _task)


def read_labels(file: TextFile) -> list[LabelOut]:
    """How projects and tags look; of one that is none of this program's, nothing is taken. After `read_json`."""
    whole = load_json(file.text.lstrip("\ufeff"))
    told = whole.get("labels") if isinstance(whole, dict) else None
    found = [_label(record) for record in told[:MOST_LABELS]] if isinstance(told, list) else []
    return [label for label in found if label is not None]


def _label(record: Any) -> LabelOut | None:
    try:
        label = LabelOut.model_validate(record)
        clean = clean_project if label.kind == "project" else clean_tag
        return label.model_copy(update={"name": clean(label.name)})
    except ValueError:
        return None


def read_csv(file: TextFile, _context: Context) -> Iterator[Item]:
    table = read_table(file.text)
    return convert_each(table.rows, lambda place, cells: _row(place, table.header, cells))


def _row(place: str, header: list[str], cells: list[str]) -> Draft:
    row: Record = dict(by_column(header, cells, whole_cell))
    for name in _JSON_COLUMNS:
        row[name] = json.loads(row[name]) if row.get(name) else None
    return _task(place, row)


def _task(place: str, record: Any) -> Draft:
    record = require_record(record)
    identity, priority, status = text_in(record, "id"), text_in(record, "priority"), text_in(record, "status")
    notes, tags, reminders = record.get("notes"), record.get("tags"), record.get("reminders")
    number = number_in(record, "number")
    draft = Draft(
        place=place,
        title=text_in(record, "title"),
        notes=notes if isinstance(notes, str) else "",
        due=text_in(record, "due") or None,
        timezone=text_in(record, "timezone") or None,
        priority=priority if priority in _PRIORITIES else None,
        tags=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        project=text_in(record, "project") or None,
        done=status == "done",
        completed_at=read_instant(text_in(record, "completed_at"), "UTC"),
        created_at=read_instant(text_in(record, "created_at"), "UTC"),
        reminders=reminders if isinstance(reminders, list) else None,
        order=number_in(record, "order"),
        number=int(number) if number and number == int(number) and 0 < number < 2**31 else None,
        key=f"uid:{identity}" if identity else None,
    )
    if parent := text_in(record, "parent_id"):
        draft.stand_under(f"uid:{parent}", "")
    _read_rest(draft, record, priority, status)
    return draft


def _read_rest(draft: Draft, record: Record, priority: str, status: str) -> None:
    if rule := text_in(record, "recurrence"):
        try:
            draft.recurrence = read_rule(rule)[0]
            draft.from_completion = text_in(record, "recurrence_from") == "completion"
        except ValueError as error:
            draft.remark("doubtful", f"the repetition was not taken over: {error}")
            draft.keep("Repeats", rule)
    if priority and draft.priority is None:
        draft.keep("Priority", priority)
    if status not in {"", "open", "done"}:
        draft.keep("State", status)

"""TickTick: the CSV of its backup, with some lines before its header."""

import re
from collections.abc import Iterator
from datetime import datetime

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.readers.tables import by_column, read_table
from backend.exchange.values.alarms import before_due
from backend.exchange.values.moments import known_zone, nearest_day, read_instant, wall_of
from backend.exchange.values.repeats import read_rule

PRIORITIES = {"1": "low", "3": "medium", "5": "high"}
_PLAIN_PRIORITIES = {"", "0", *PRIORITIES}
_HEADER = re.compile(r'^"?(?:Folder Name|List Name)"?[,;\t]', re.MULTILINE | re.IGNORECASE)
_ITEM = re.compile(r"\n?([▫▪])[ \t]*")
_INBOXES = frozenset({"inbox", ""})
Keys = dict[str, tuple[str | None, str]]  # by the number of a task in the file: its key and its title


def is_ticktick(file: TextFile) -> bool:
    head = file.text[:4000].casefold()
    return bool(_HEADER.search(head)) and "list name" in head and "title" in head and "taskid" in head.replace(" ", "")


def read(file: TextFile, context: Context) -> Iterator[Item]:
    header = _HEADER.search(file.text)
    table = read_table(file.text, start=header.start() if header else 0)
    rows = [(place, by_column(table.header, cells[: len(table.header)])) for place, cells in table.rows]
    keys = {row["taskid"]: (_key(row), row.get("title", "")) for _, row in rows if row.get("taskid")}
    return convert_each(rows, lambda place, row: _task(place, row, keys, context))


def _key(row: dict[str, str]) -> str | None:
    """Its numbers of tasks are given anew in each backup: the moment at which a task was made stays."""
    return f"ticktick:{row['created time']} {row.get('title', '')}" if row.get("created time") else None


def _task(place: str, row: dict[str, str], keys: Keys, context: Context) -> Draft:
    zone = known_zone(row.get("timezone")) or context.zone
    status, name = row.get("status", ""), row.get("list name", "")
    draft = Draft(
        place=place,
        title=row.get("title", ""),
        priority=PRIORITIES.get(row.get("priority", "")),
        tags=[tag for tag in re.split(r"[,\uff0c]\s*", row.get("tags", "")) if tag],
        project=None if name.casefold() in _INBOXES else name,
        done=status in {"1", "2"} or (status not in {"", "0", "-1"} and bool(row.get("completed time"))),
        completed_at=read_instant(row.get("completed time", ""), zone),
        created_at=read_instant(row.get("created time", ""), zone),
        timezone=zone,
        key=_key(row),
    )
    _read_content(draft, row.get("content", ""))
    _read_due(draft, row, zone)
    _read_repeat(draft, row)
    _keep_rest(draft, row, keys)
    if status == "-1":
        draft.remark("changed", "was marked as “won't do”; it is open here")
    return draft


def _read_due(draft: Draft, row: dict[str, str], zone: str) -> None:
    """Its dates are instants; of an all-day task that of a midnight."""
    all_day = row.get("is all day", "").casefold() == "true"
    due = _wall(row.get("due date") or row.get("start date", ""), zone, all_day=all_day)
    draft.due = due
    draft.words = row.get("due date", "")
    if row.get("due date") and due is None:
        draft.remark("doubtful", f"the date “{row['due date']}” could not be read")
        draft.keep("Due", row["due date"])
    start = _wall(row.get("start date", ""), zone, all_day=all_day)
    if start and due and start != due:
        draft.keep("Starts", start.replace("T", " "))


def _wall(text: str, zone: str, *, all_day: bool) -> str | None:
    instant: datetime | None = read_instant(text, zone)
    if instant is None:
        return None
    return nearest_day(instant, zone) if all_day else wall_of(instant, zone)


def _read_repeat(draft: Draft, row: dict[str, str]) -> None:
    rule = row.get("repeat", "")
    if rule:
        try:
            draft.recurrence, foreign = read_rule(rule)
            if foreign:
                draft.remark("changed", f"the repetition was taken without {', '.join(foreign)}")
        except ValueError as error:
            draft.remark("doubtful", f"the repetition was not taken over: {error}")
            draft.keep("Repeats", rule)
    for trigger in filter(None, re.split(r"[,;\n]\s*", row.get("reminder", ""))):
        if reminder := before_due(trigger):
            draft.reminders = [*(draft.reminders or []), reminder]
        else:
            draft.keep("Reminder", trigger)


def _keep_rest(draft: Draft, row: dict[str, str], keys: Keys) -> None:
    if row.get("priority", "") not in _PLAIN_PRIORITIES:
        draft.remark("doubtful", f"the priority “{row['priority']}” is not known")
        draft.keep("Priority", row["priority"])
    if parent := row.get("parentid", ""):
        key, title = keys.get(parent, (None, ""))
        draft.stand_under(key or f"ticktick:{parent}", title)
    draft.keep("Folder", row.get("folder name", ""))
    draft.keep("Column", row.get("column name", ""))


def _read_content(draft: Draft, content: str) -> None:
    """A checklist is a text whose items begin with a small square, a filled one where they are done."""
    head, *items = _ITEM.split(content)
    draft.notes = head.strip()
    for mark, item in zip(items[::2], items[1::2], strict=True):
        title, _, notes = item.strip().partition("\n")
        draft.add_step(title, done=mark == "▪", notes=notes)

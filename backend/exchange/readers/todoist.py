"""Todoist: a project's CSV template; a backup is an archive of them, one a project."""

import re
from collections.abc import Iterator

from backend.exchange.draft import Context, Draft, Item, Remark, convert_each, skipped
from backend.exchange.files import TextFile
from backend.exchange.readers.tables import Table, by_column, read_table
from backend.exchange.values.moments import known_zone, read_when
from backend.exchange.values.words import language_of

PRIORITIES = {"1": "high", "2": "medium", "3": "low"}
_LABEL = re.compile(r"(?<!\S)@([^\s@]+)")
_PROJECT_ID = re.compile(r"\[\w+\]$")
_AUTHOR_ID = re.compile(r"\(\d+\)$")
_PASSED_OVER = frozenset({"meta", "view_style", ""})


def is_todoist(file: TextFile) -> bool:
    head = file.text.lstrip("\ufeff")[:300].split("\n", 1)[0].casefold()
    return head.replace('"', "").startswith("type") and "content" in head and "indent" in head


def read(file: TextFile, context: Context) -> Iterator[Item]:
    table = read_table(file.text)
    project = _PROJECT_ID.sub("", file.stem).strip()
    yield from _with_comments(_Rows(table, project, context).read())


class _Rows:
    """The table's rows in their order: a section and the tasks above hold for those that follow."""

    def __init__(self, table: Table, project: str, context: Context) -> None:
        self.table, self.project, self.context = table, project, context
        self.section = ""
        self.above: list[Draft] = []

    def read(self) -> Iterator[Item]:
        return convert_each(self.table.rows, self._row)

    def _row(self, place: str, cells: list[str]) -> Item:
        row = by_column(self.table.header, cells)
        kind = row.get("type", "").casefold()
        if kind == "task":
            return self._task(place, row)
        if kind == "note":
            said = filter(None, (row.get("content", ""), row.get("attachments", "")))
            return Remark(place=place, kind="kept", message=" ".join(said))
        if kind == "section":
            self.section, self.above = row.get("content", ""), []
        elif kind not in _PASSED_OVER:
            return skipped(place, f"is a row of the unknown type “{kind[:40]}”")
        return Remark(place=place, kind="skipped", message="")

    def _task(self, place: str, row: dict[str, str]) -> Draft:
        content = row.get("content", "").removeprefix("* ")
        labels = [*_LABEL.findall(content), *re.split(r"[;,\s]+", row.get("labels", ""))]
        draft = Draft(
            place=place,
            title=" ".join(_LABEL.sub("", content).split()) or content,
            notes=row.get("description", ""),
            priority=PRIORITIES.get(row.get("priority", "")),
            tags=[label.lstrip("@") for label in labels if label],
            project=self.project if self.project.casefold() != "inbox" else None,
            words=row.get("date", ""),
        )
        self._place(draft, row)
        _read_due(draft, row, self.context)
        _keep_rest(draft, row)
        return draft

    def _place(self, draft: Draft, row: dict[str, str]) -> None:
        level = int(row["indent"]) if row.get("indent", "").isdecimal() else 1
        del self.above[max(level - 1, 0) :]
        draft.keep("Section", self.section)
        if self.above:
            draft.stand_under(self.above[-1], " / ".join(above.title for above in self.above))
        self.above.append(draft)


def _read_due(draft: Draft, row: dict[str, str], context: Context) -> None:
    zone = known_zone(row.get("timezone"))
    here = Context(zone=zone, now=context.now) if zone else context
    words, language = row.get("date", ""), row.get("date_lang", "")
    when = read_when(words, here, language=language_of(language))
    draft.due, draft.recurrence, draft.timezone = when.due, when.recurrence, zone
    draft.from_completion = when.from_completion
    if when.doubt:
        draft.remark("doubtful", when.doubt)
        draft.keep("Due", words)


def _keep_rest(draft: Draft, row: dict[str, str]) -> None:
    draft.keep("Assigned to", _AUTHOR_ID.sub("", row.get("responsible", "")).strip())
    draft.keep("Deadline", row.get("deadline", ""))
    if row.get("duration") and row.get("duration_unit", "").casefold() != "none":
        draft.keep("Duration", f"{row['duration']} {row.get('duration_unit', 'minute')}")
    draft.keep("Attachments", row.get("attachments", ""))


def _with_comments(items: Iterator[Item]) -> Iterator[Item]:
    """A comment stands in a row of its own, behind its task's: into its notes. Rows without a task are passed over."""
    task: Draft | None = None
    for item in items:
        if isinstance(item, Draft):
            if task:
                yield task
            task = item
        elif item.kind == "kept":
            if task:
                task.keep("Comment", item.message)
            elif item.message:
                yield skipped(item.place, f"is a comment without a task: {item.message}")
        elif item.message:
            yield item
    if task:
        yield task

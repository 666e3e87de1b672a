"""Any CSV: each column is a field that a person names, or that its header tells; the rest goes to the notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.readers.tables import Table, by_column, read_table
from backend.exchange.values.moments import When, read_instant, read_when
from backend.exchange.values.plain import read_done, read_priority
from backend.exchange.values.repeats import read_rule

FIELDS = (
    "title", "notes", "due", "time", "priority", "tags", "project", "done", "completed", "created", "recurrence",
    "keep", "ignore",
)  # fmt: skip
_HEADERS = {
    "title": "title task name subject summary content todo to-do item description titel aufgabe titre tâche título "
    "tarea titolo attività taak betreff text|task name|task title",
    "notes": "notes note details comment comments body description notizen notiz remarques notas opmerkingen|long "
    "description",
    "due": "due duedate deadline date fällig fälligkeit datum échéance vencimiento fecha scadenza data "
    "vervaldatum|due date|due on|due at|end date|fällig am|date d'échéance|fecha de vencimiento",
    "time": "time uhrzeit heure hora ora tijd|due time",
    "priority": "priority importance prio priorität wichtigkeit priorité prioridad priorità prioridade prioriteit",
    "tags": "tags tag labels label categories category keywords context contexts schlagworte kategorien "
    "étiquettes etiquetas categorías etichette",
    "project": "project list folder group board section bucket projekt liste projet proyecto lista progetto projeto "
    "project_name|project name|list name|section/column",
    "done": "done status state completed complete finished checked erledigt statut état estado stato|is "
    "completed|% complete",
    "completed": "completed_at completedat|completed at|date completed|completed on|completion date|completed "
    "time|completed date|erledigt am",
    "created": "created created_at createdat erstellt créé creado|created at|created on|creation date|created "
    "time|date created|erstellt am",
    "recurrence": "recurrence repeat recurring repeats rrule wiederholung répétition repetir|repeat rule",
}  # fmt: skip
_NAMES = {field: set(words.partition("|")[0].split()) | set(words.split("|")[1:]) for field, words in _HEADERS.items()}
_DATE = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column as a person matches it: its header, the first value in it, and the field that it is taken for."""

    header: str
    sample: str
    field: str


def is_table(file: TextFile) -> bool:
    """A comma-separated file by its name, or text whose first line is one of several cells with a title among them."""
    if file.suffix in {".csv", ".tsv"}:
        return True
    table = read_table(file.text[:5000])
    return len(table.header) > 1 and "title" in guess(table.header)


def columns_of(file: TextFile, context: Context) -> list[Column]:
    """The table's columns, by the fields that were named or else are guessed."""
    table = read_table(file.text)
    return [
        Column(header=header, sample=_sample(table, place), field=field)
        for place, (header, field) in enumerate(zip(table.header, _fields(table, context), strict=True))
    ]


def guess(header: Sequence[str]) -> list[str]:
    """The field of each column by its name; each field once, a column that is none is kept in the notes."""
    fields: list[str] = []
    for name in (re.sub(r"[\s_]+", " ", cell).strip().casefold() for cell in header):
        spelled = {name, name.replace(" ", "_"), name.replace(" ", "")}
        fields.append(
            next((field for field, names in _NAMES.items() if field not in fields and spelled & names), "keep")
        )
    return fields


def read(file: TextFile, context: Context) -> Iterator[Item]:
    table = read_table(file.text)
    fields = _fields(table, context)
    reading = _Reading(fields=fields, day_first=_day_first(table, fields), context=context)
    return convert_each(table.rows, lambda place, cells: _Row((place, cells), table, reading).task())


def _fields(table: Table, context: Context) -> list[str]:
    if context.columns is None:
        return guess(table.header)
    return [*context.columns, *["keep"] * len(table.header)][: len(table.header)]


def _sample(table: Table, place: int) -> str:
    return next(
        (cells[place].strip()[:80] for _, cells in table.rows[:50] if len(cells) > place and cells[place].strip()), ""
    )


def _day_first(table: Table, fields: Sequence[str]) -> bool | None:
    """Whether 03/04 is a day and a month, as far as other dates of the table's date columns tell."""
    places = [place for place, field in enumerate(fields) if field in {"due", "completed", "created"}]
    for _, cells in table.rows:
        for place in places:
            match = _DATE.match(cells[place]) if len(cells) > place else None
            if match and (int(match[1]) > 12) != (int(match[2]) > 12):
                return int(match[1]) > 12
    return None


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """How the rows are read: the field of each column, and whether 03/04 is a day and a month."""

    fields: Sequence[str]
    day_first: bool | None
    context: Context


class _Row:
    """One row, on its way to a draft."""

    def __init__(self, record: tuple[str, list[str]], table: Table, reading: "_Reading") -> None:
        place, cells = record
        by_column(table.header, cells)
        self.place, self.context, self.day_first = place, reading.context, reading.day_first
        named = zip(table.header, reading.fields, _clean(cells), strict=False)
        self.cells = [(header, field, cell) for header, field, cell in named]

    def _of(self, field: str) -> str:
        return next((cell for _, name, cell in self.cells if name == field and cell), "")

    def _all(self, field: str) -> list[str]:
        return [cell for _, name, cell in self.cells if name == field and cell]

    def task(self) -> Draft:
        tags = [tag.strip() for cell in self._all("tags") for tag in re.split(r"[,;]", cell)]
        draft = Draft(
            place=self.place,
            title=self._of("title"),
            notes="\n\n".join(self._all("notes")),
            tags=[tag for tag in tags if tag],
            project=self._of("project") or None,
            completed_at=self._instant("completed"),
            created_at=self._instant("created"),
            words=self._of("due"),
        )
        self._read_due(draft)
        self._read_state(draft)
        self._read_recurrence(draft)
        for header, field, cell in self.cells:
            if field == "keep":
                draft.keep(header or "Column", cell)
        return draft

    def _instant(self, field: str) -> datetime | None:
        text = self._of(field)
        due = read_when(text, self.context, day_first=self.day_first).due if text else None
        return read_instant(text, self.context.zone) or (read_instant(due, self.context.zone) if due else None)

    def _read_due(self, draft: Draft) -> None:
        words = " ".join(filter(None, (self._of("due"), self._of("time"))))
        when: When = read_when(words, self.context, day_first=self.day_first)
        draft.due, draft.recurrence, draft.from_completion = when.due, when.recurrence, when.from_completion
        if when.doubt:
            draft.remark("doubtful", when.doubt)
        if words and when.due is None:
            draft.keep("Due", words)

    def _read_state(self, draft: Draft) -> None:
        state, priority = self._of("done"), self._of("priority")
        done = read_done(state)
        draft.done = (
            bool(done)
            or (done is None and draft.completed_at is not None)
            or (not state and draft.completed_at is not None)
        )
        if done is None:
            draft.keep("State", state)
        draft.priority, sure = read_priority(priority)
        if not sure and draft.priority:
            draft.remark("doubtful", f"the priority “{priority}” was taken for {draft.priority}")
        elif not sure:
            draft.remark("doubtful", f"the priority “{priority[:40]}” is not known")
            draft.keep("Priority", priority)

    def _read_recurrence(self, draft: Draft) -> None:
        words = self._of("recurrence")
        if not words or words.casefold() in {"no", "none", "never", "false", "0"}:
            return
        try:
            draft.recurrence = read_rule(words)[0]
        except ValueError:
            when = read_when(words, self.context)
            draft.recurrence, draft.from_completion = when.recurrence, when.from_completion
        if draft.recurrence is None:
            draft.remark("doubtful", f"the repetition “{words[:60]}” could not be read")
            draft.keep("Repeats", words)


def _clean(cells: list[str]) -> list[str]:
    return [by_column(["cell"], [cell])["cell"] for cell in cells]

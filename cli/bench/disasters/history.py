"""What clients were told, what the database kept, and whether the two agree. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Told:
    """A write and its final answer. `kind` and `mark` find its journal rows: by title, task, or turn undone.

    `claims` is how many changes the answer says were made; None if no answer came, so that both none and one are true.
    Writes of one `request` are all done or none.
    """

    round: int
    kind: str
    mark: str
    claims: int | None
    request: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A journal row; `undoes` is the turn that it takes back."""

    revision: int
    kind: str
    task: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    undoes: str | None


def violations(
    told: Sequence[Told], rows: Sequence[Row], tasks: Mapping[str, tuple[str, str]], streams: Sequence[Sequence[int]]
) -> list[str]:
    """Every way in which what was told, kept, listed and streamed differ. `tasks` are (title, status) by id."""
    return [*_told(told, rows), *_halves(told, rows), *_gaps(rows), *_listed(rows, tasks), *_streamed(rows, streams)]


def _told(told: Sequence[Told], rows: Sequence[Row]) -> list[str]:
    made = Counter(_mark(row) for row in rows if row.undoes is None)
    taken_back = Counter(row.undoes for row in rows if row.undoes is not None)
    found = []
    for one in told:
        count = taken_back[one.mark] if one.kind == "undo" else made[one.kind, one.mark]
        what = f"round {one.round}: {one.kind} {one.mark}"
        if one.claims is None and count > 1:
            found.append(f"doubled: {what} was not answered, and was done {count} times")
        elif one.claims is not None and count > one.claims:
            found.append(f"doubled: {what} was answered with {one.claims}, and was done {count} times")
        elif one.claims is not None and count < one.claims:
            found.append(f"lost: {what} was answered with {one.claims}, and was done {count} times")
    return found


def _halves(told: Sequence[Told], rows: Sequence[Row]) -> list[str]:
    """Requests of many changes of which some were done, and others not."""
    made = {_mark(row) for row in rows if row.undoes is None}
    groups: dict[str, list[Told]] = {}
    for one in told:
        if one.request:
            groups.setdefault(one.request, []).append(one)
    return [
        f"half: round {group[0].round}: of {len(group)} changes of one request, {count} were done"
        for group in groups.values()
        if (count := sum((one.kind, one.mark) in made for one in group)) not in {0, len(group)}
    ]


def _mark(row: Row) -> tuple[str, str]:
    title = str(row.after["title"]) if row.after else ""
    return row.kind, title if row.kind in {"create", "update"} else row.task


def _gaps(rows: Sequence[Row]) -> list[str]:
    revisions = [row.revision for row in rows]
    return [] if revisions == list(range(1, len(rows) + 1)) else [f"journal: revisions are not gap-free: {revisions}"]


def _listed(rows: Sequence[Row], tasks: Mapping[str, tuple[str, str]]) -> list[str]:
    """Whether the journal, played from its beginning, gives the tasks."""
    replayed: dict[str, tuple[str, str] | None] = {}
    for row in rows:
        if replayed.get(row.task) != _state(row.before):
            return [f"journal: revision {row.revision} begins with another task than the one before it left"]
        replayed[row.task] = _state(row.after)
    kept = {task: state for task, state in replayed.items() if state is not None}
    wrong = {task for task in kept.keys() | tasks.keys() if kept.get(task) != tasks.get(task)}
    return [f"tasks: {task} is {tasks.get(task)}, by the journal {kept.get(task)}" for task in sorted(wrong)]


def _state(document: Mapping[str, object] | None) -> tuple[str, str] | None:
    return (str(document["title"]), str(document["status"])) if document else None


def _streamed(rows: Sequence[Row], streams: Sequence[Sequence[int]]) -> list[str]:
    wanted = [row.revision for row in rows]
    found = []
    for number, seen in enumerate(streams):
        if list(seen) != wanted:
            twice = [revision for revision, count in Counter(seen).items() if count > 1]
            missed = sorted(set(wanted) - set(seen))
            found.append(f"stream {number}: missed {missed}, doubled {twice}, in order: {list(seen) == sorted(seen)}")
    return found

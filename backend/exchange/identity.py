"""By what a task is known again when its file comes a second time, or when the list has it already. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from backend.exchange.draft import Draft
from backend.reminders.schedule import stable_id
from backend.tasks.text import fold

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
Likeness = tuple[str, str, str, bool, str]


class Identities:
    """The ids of one import's tasks, each from what its exporter knows it by or else from what it says.

    Two tasks that say the same are two, told apart by their order in the file.
    """

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self.seen: Counter[str] = Counter()
        self.contents: dict[str, str] = {}

    def id_of(self, draft: Draft) -> str | None:
        """A new id; None for a task whose exporter's id, and all that it says, came in this file before."""
        content = content_of(draft)
        key = draft.key or f"content:{content}"
        self.seen[key] += 1
        if draft.key and self.seen[key] > 1:
            if self.contents[key] == content:
                return None
            draft.remark("changed", "has the same id as a task before it; both were taken")
        self.contents.setdefault(key, content)
        return stable_id(_EPOCH, self.user_id, "import", key, str(self.seen[key]))


def content_of(draft: Draft) -> str:
    """What a task says, whatever its state is: its dates as they were written, not as they are read today."""
    parts = (fold(draft.title), fold(draft.project or ""), draft.words or draft.due or "", draft.notes)
    kept = [f"{name}={value}" for name, value in draft.kept]
    if draft.part_of:
        kept.append(f"Part of={draft.part_of}")
    return sha256("\x1f".join((*parts, *sorted(draft.tags), *kept)).encode(errors="replace")).hexdigest()


def likeness(title: str, project: str | None, due: str | None, *, done: bool, under: str = "") -> Likeness:
    """What two tasks have in common that a person would take for one; ``under`` is the title of what it is part of."""
    return fold(title), fold(project or ""), due or "", done, fold(under)


def count_alike(tasks: Iterable[Likeness]) -> Counter[Likeness]:
    return Counter(tasks)

"""Which task a file's subtasks stand under on the list: as in the file, as far as the list goes. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.exchange.draft import Draft
from backend.tasks.subtasks.tree import LEVELS, MOST_SUBTASKS


@dataclass(kw_only=True)
class Tree:
    """``parents`` are those of the tasks on the list, by id, and then of all that is brought in.

    ``wanted`` are those of the file; ``under`` counts what stands under a task at the top.
    """

    parents: dict[str, str | None]
    wanted: Mapping[str, str]
    under: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.under.update(self._line(task_id)[0] for task_id, parent in self.parents.items() if parent)

    def settle(self, task_id: str, new: Mapping[str, Draft]) -> None:
        """Decide for a new task, and first for those it is to stand under; what is not as in the file is remarked."""
        line = [task_id]
        while (above := self.wanted.get(line[-1], "")) in new and above not in self.parents and above not in line:
            line.append(above)
        for one in reversed(line):
            if one not in self.parents:
                self.parents[one] = self._place(new[one], one)

    def _place(self, draft: Draft, task_id: str) -> str | None:
        above = self.wanted.get(task_id)
        if above is None:
            return None
        if above not in self.parents:
            draft.remark("changed", f"what it was part of was not brought in, so it stands by itself{_of(draft)}")
            return None
        line = self._line(above)
        if self.under[line[0]] >= MOST_SUBTASKS:
            draft.remark(
                "changed", f"a task holds at most {MOST_SUBTASKS} subtasks, so it stands by itself{_of(draft)}"
            )
            return None
        self.under[line[0]] += 1
        if len(line) < LEVELS:
            return above
        draft.remark("changed", f"subtasks go {LEVELS - 1} levels deep, so it stands one level higher{_of(draft)}")
        return line[LEVELS - 2]

    def _line(self, task_id: str) -> list[str]:
        """What the task stands under, from the top down, and the task itself."""
        line = [task_id]
        while (above := self.parents.get(line[0])) and above not in line:
            line.insert(0, above)
        return line


def wanted_parents(drafts: Sequence[Draft], ids: Sequence[str | None], known: Mapping[str, object]) -> dict[str, str]:
    """By the id that a task is to have, that of what it is part of: told by the reader, or by its exporter's id.

    Where that is in neither the file nor the list, the task stands by itself and a remark says so.
    """
    by_place = {id(draft): _id_here(draft, task_id, known) for draft, task_id in zip(drafts, ids, strict=True)}
    by_key = {draft.key: by_place[id(draft)] for draft in reversed(drafts) if draft.key}
    wanted: dict[str, str] = {}
    for draft, task_id in zip(drafts, ids, strict=True):
        if draft.parent is None or task_id is None:
            continue
        key = draft.parent if isinstance(draft.parent, str) else ""
        own = key.removeprefix("uid:")
        above = by_key.get(key) or (own if own in known else None) if key else by_place.get(id(draft.parent))
        if above and above != task_id:
            wanted[task_id] = above
        else:
            draft.remark("changed", f"is part of a task that is not in the file{_of(draft)}")
            draft.keep("Part of", draft.part_of)
    return wanted


def _id_here(draft: Draft, task_id: str | None, known: Mapping[str, object]) -> str | None:
    own = draft.key.removeprefix("uid:") if draft.key else ""
    return own if own in known else task_id


def _of(draft: Draft) -> str:
    return f": {draft.part_of}" if draft.part_of else ""

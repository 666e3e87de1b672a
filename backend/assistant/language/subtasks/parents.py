"""Which task the words behind "under" mean."""

import re
from dataclasses import dataclass

from ..context import Clause
from ..conversation.scene import Scene
from ..matching.match import find
from ..normalise import tidy
from ..pattern import first_word, phrase
from ..types import TaskView
from ..words.nouns import LIST
from ..words.verbs import TASK_VERBS

UNDER = ("under", "underneath", "beneath", "below", "inside of", "inside", "within")
SUBTASK = ("subtask", "sub-task", "sub task", "subitem", "sub-item", "checklist item", "step")
SUBTASKS = ("subtasks", "sub-tasks", "sub tasks", "subitems", "sub-items", "checklist items", "checklist", "steps")
_AROUND = phrase(r"(?:the |my )?(?:task |todo |item )?(?:called |named )?(?P<x>.+?)(?: task| todo| please)?[ .!?]*$")
_LIST = phrase(r"(?:the |my |our )?(?:[\w-]+ )?(?:<lists>)$", lists=LIST)
_NUMBER = phrase(r"(?:(?:task|todo|number|no) )?#?[0-9]{1,6}")
_QUOTES = re.compile(r'^["“](.+)["”]$')


@dataclass(frozen=True)
class Parent:
    """The task that others stand under: its words, its number where it is known, and the tasks that fit as well."""

    words: str
    number: int | None = None
    several: tuple[TaskView, ...] = ()

    @property
    def targets(self) -> tuple[int, ...] | None:
        return None if self.number is None else (self.number,)


def parent_of(x: Clause, scene: Scene, *, sure: bool) -> Parent | None:
    """The task that the words name. ``sure``: that a task is meant, the words around say, as "a subtask of" does.

    Else the words must name a task that there is or, where none are known, look like a task: to look under the couch is
    no subtask of the couch.
    """
    around = _AROUND.match(x.flat)
    named = x.group(around, "x") if around else x
    words = tidy(_QUOTES.sub(r"\1", named.text))
    if not words or (_LIST.match(named.flat) and not sure):
        return None
    if pointed := scene.refer(named.flat):
        return _pointed(pointed, scene)
    if not scene.known:
        return Parent(words) if sure or _NUMBER.fullmatch(named.flat) or first_word(named.flat) in TASK_VERBS else None
    found = [task for task in find(words, scene.tasks).tasks if not task.done] or list(find(words, scene.tasks).tasks)
    if len(found) == 1:
        return Parent(_name(found[0], scene), found[0].number)
    if found:
        return Parent(words, several=tuple(found))
    return Parent(words) if sure else None


def _pointed(numbers: tuple[int, ...], scene: Scene) -> Parent | None:
    task = scene.task(numbers[0]) if len(numbers) == 1 else None
    return Parent(_name(task, scene), task.number) if task else None


def _name(task: TaskView, scene: Scene) -> str:
    """Its title, or its number where another task has the same."""
    same = [one for one in scene.tasks if one.title.casefold() == task.title.casefold()]
    return task.title if len(same) == 1 else str(task.number)

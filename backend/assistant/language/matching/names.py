"""Which tasks a command is about: by name, by number, by pointing, or by a filter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..context import Clause
from ..conversation.scene import Scene
from ..normalise import tidy
from ..pattern import phrase
from ..questions.filters import read_filter
from ..questions.places import as_place
from ..types import Action, Arguments, TaskView
from ..when import combine
from ..words.nouns import LIST, TASKS
from .filter import touched
from .match import Found, find
from .parts import bare_name, numbers_of, parts_of
from .places import place_behind
from .stems import stems

_PLACE = phrase(
    (
        r"(?:,? (?:from|off|off of|on|in|of|to|out of|onto) (?:of )?(?:the |my |our |this |that |a )*(?:to "
        r"do |current |entire |whole )*(?:<lists>|tasks|todos|reminders|to-dos|items)){1,2}[\s.!?]*$"
    ),
    lists=LIST,
)
_QUANTIFIER = phrase(
    r"(?:the |my )?(?:all|every|everything|each|any|whatever|whole|entire)\b(?! (?:hands|day|saints|"
    r"star|night))|(?:the |my )?(?:rest of )?(?:entire|whole) "
)
_PLURAL_HEAD = phrase(r"(?:the |my |our |all |of |today's |tomorrow's |this week's )*(?:<words>)\b", words=TASKS)
_EXCEPT = phrase(
    r"(?:(?P<all>.+?),? (?:except(?: for)?|but not|apart from|other than|excluding|besides|save for)|"
    r"(?P<every>everything|all(?: of them)?|all (?:the |my )?(?:tasks|todos)) but) (?P<spared>.+?)[.!]*$"
)
NAMELESS = frozenset(
    (
        "item",
        "an item",
        "task",
        "a task",
        "one",
        "something",
        "list",
        "a list",
        "reminder",
        "a reminder",
        "alarm",
        "an alarm",
        "todo",
        "a todo",
        "event",
        "an event",
        "the list",
        "my list",
        "lists",
        "item from list",
        "item on list",
        "item on the list",
        "item on my list",
        "an item on the list",
        "an item on my list",
        "item from my list",
        "an item from my list",
        "an item from the list",
        "a task from my list",
    )
)


NOTHING = Found()


@dataclass(frozen=True)
class Named:
    """One task, or one filter: the arguments that name it, the tasks that it resolved to, and what else is near."""

    arguments: Arguments
    targets: tuple[int, ...] | None = None
    found: Found = NOTHING
    pointing: bool = False

    @property
    def many(self) -> bool:
        return "filter" in self.arguments

    def action(self, tool: str, **more: object) -> Action:
        """The call of ``tool`` on what is named."""
        return Action(tool=tool, arguments={**self.arguments, **more}, targets=self.targets)


def name(clause: Clause, scene: Scene, *, status: str = "open") -> tuple[Named, ...]:
    """What the words name; empty where they name nothing. ``status`` is that of the tasks that are likely meant."""
    pointed = _point(clause.flat, scene) or _range(clause.flat, scene)
    if pointed:
        return pointed
    if spared := _all_but(clause, scene):
        return spared
    bulk = read_bulk(clause, scene)
    if bulk:
        return (bulk,)
    if clause.flat.strip(" .") in NAMELESS:
        return (Named(arguments={"match": clause.text.strip()}, targets=() if scene.known else None, pointing=True),)
    if placed := _in_project(clause, scene, status):
        return (placed,)
    clause = bare_name(clause)
    if not clause.flat:
        return ()
    return tuple(
        item
        for part in parts_of(clause, scene)
        for item in (_point(part.flat, scene) or (by_words(part, scene, status=status),))
    )


def read_bulk(clause: Clause, scene: Scene) -> Named | None:
    """The filter that the words are; None where they name a single task."""
    quantified = bool(_QUANTIFIER.match(clause.flat))
    if not clause.short or clause.text[:1] in "\"“'":
        return None
    narrowed = read_filter(clause)
    arguments = dict(narrowed.arguments)
    arguments.pop("count", None)
    if narrowed.leftover:
        if not quantified and not (arguments and _PLURAL_HEAD.match(clause.flat)):
            return None
        arguments = as_place({**arguments, "search": narrowed.leftover}, scene)
    elif not (quantified or narrowed.plural or arguments.get("overdue") or arguments.get("status")):
        return None
    return Named(
        arguments={"filter": arguments}, targets=touched(arguments, scene.tasks, scene.now) if scene.known else None
    )


def _all_but(clause: Clause, scene: Scene) -> tuple[Named, ...]:
    """ "everything tagged home except the fence": each of them; of an exception that is not there, that."""
    found = _EXCEPT.match(clause.flat) if scene.known else None
    bulk = read_bulk(clause.group(found, "all" if found["all"] else "every"), scene) if found else None
    if not found or not bulk or not bulk.targets:
        return ()
    spared = name(clause.group(found, "spared"), scene)
    unknown = tuple(one for one in spared if not one.targets)
    kept = {number for one in spared for number in one.targets or ()}
    return unknown or tuple(of_number(number, scene) for number in bulk.targets if number not in kept)


def _point(flat: str, scene: Scene) -> tuple[Named, ...]:
    words = _PLACE.sub("", flat)
    numbers = scene.refer(words)
    if numbers is None:
        return ()
    if not numbers:
        return (Named(arguments={"match": words.strip(" .,!?")}, targets=() if scene.known else None, pointing=True),)
    return tuple(of_number(number, scene, words) for number in numbers)


def _range(flat: str, scene: Scene) -> tuple[Named, ...]:
    """ "tasks 1 to 3": of those numbers, the tasks that there are; all of them where none is known."""
    numbers = numbers_of(_PLACE.sub("", flat))
    known = [number for number in numbers if scene.task(number)]
    return tuple(of_number(number, scene) for number in known or numbers)


def of_number(number: int, scene: Scene, words: str = "") -> Named:
    """The task of that number, by its title where it is known."""
    task = scene.task(number)
    return Named(
        arguments={"match": task.title if task else str(number)},
        targets=(number,),
        pointing=True,
        found=Found(tasks=(task,) if task else ()),
    )


def by_words(clause: Clause, scene: Scene, *, status: str = "open") -> Named:
    """The task that the words name, and where tasks are known, which those are."""
    words = tidy(clause.text)
    quoted = re.fullmatch(r'["“](.+)["”]', words)
    words = quoted[1] if quoted else words
    if not scene.known:
        return Named(arguments={"match": words})
    found = _find_by_status(words, scene, status)
    if not found.tasks and clause.whens:
        found = _find_by_date(clause, scene, status) or found
    return Named(arguments={"match": words}, targets=tuple(task.number for task in found.tasks), found=found)


def _in_project(clause: Clause, scene: Scene, status: str) -> Named | None:
    """ "butter from the grocery project": the tasks of that name in a project that the user has."""
    placed = place_behind(clause) if clause.short else None
    if not placed:
        return None
    words, project = tidy(bare_name(placed[0]).text), placed[1]
    found = _find_by_status(words, scene, status, [task for task in scene.tasks if task.project == project])
    targets = tuple(task.number for task in found.tasks)
    return Named(arguments={"match": words}, targets=targets, found=found) if targets else None


def undated(x: Clause) -> Clause:
    """ "mom on monday": a day that only says when is no part of the name, as it is of "the rent for march"."""
    when = x.whens[-1] if x.whens else None
    dated = when and when.strength == "sure" and when.start and when.end == len(x.flat) and not when.problem
    kept = when and x.flat[when.start : when.end].startswith(
        ("for ", "due", "by ", "from ", "before ", "every", "each")
    )
    if not when or not dated or kept or x.flat[: when.start].strip() in _ARTICLES:  # "my 3pm" has no other name
        return x
    return x.part(0, when.start)


def _find_by_status(words: str, scene: Scene, status: str, among: Sequence[TaskView] | None = None) -> Found:
    """Those in the likely state first: nobody completes what is done."""
    tasks = scene.tasks if among is None else among
    likely = [task for task in tasks if task.done == (status == "done")]
    found = find(words, likely)
    if found.tasks:
        return found
    other = find(words, [task for task in tasks if task.done != (status == "done")])
    return other if other.tasks else Found(near=found.near or other.near)


def _find_by_date(clause: Clause, scene: Scene, status: str) -> Found | None:
    """ "the meeting on friday": the name without the date, among the tasks of that date."""
    name_only = "".join(
        " " if any(w.start <= i < w.end for w in clause.whens) else c for i, c in enumerate(clause.text)
    )
    if timed := _at_time(name_only, clause, scene):
        return Found(tasks=timed)
    found = _find_by_status(tidy(name_only), scene, status)
    first = min((w.date_from or (w.due or "")[:10] for w in clause.whens), default="")
    last = max((w.date_to or (w.due or "")[:10] for w in clause.whens), default="")
    dated = tuple(task for task in scene.tasks if task.due and not task.done and first <= task.due[:10] <= last)
    fitting = tuple(task for task in found.tasks if task in dated) or _exact(name_only, found.tasks)
    return Found(tasks=fitting) if fitting else Found(near=found.tasks[:3] or dated[:3])


_ARTICLES = frozenset({"", "the", "my", "our"})
_ANY_EVENT = frozenset({"meeting", "appointment", "event", "one", "call", "thing", "task", "reminder"})


def _at_time(words: str, clause: Clause, scene: Scene) -> tuple[TaskView, ...]:
    """ "my 3pm", "the 3 o'clock meeting": the open tasks at that time, of the day said or else of the next one."""
    if any(word not in _ARTICLES | _ANY_EVENT for word in words.lower().split()):
        return ()
    said = combine(clause.whens, scene.now)
    if not said.due or "T" not in said.due:
        return ()
    today = scene.now.date().isoformat()
    ahead = [task for task in scene.tasks if task.due and not task.done and task.due[:10] >= today]
    exact = tuple(task for task in ahead if task.due == said.due)
    if exact or any(when.rule != "clock time" for when in clause.whens):
        return exact
    fitting = [task for task in ahead if task.due and task.due[11:16] == said.due[11:16]]
    first = min((task.due[:10] for task in fitting if task.due), default="")
    return tuple(task for task in fitting if task.due and task.due[:10] == first)


def _exact(words: str, tasks: Sequence[TaskView]) -> tuple[TaskView, ...]:
    """Those whose title has each of the words: of another day, a word that is only much like it names nothing."""
    wanted = set(stems(words))
    return tuple(task for task in tasks if wanted <= set(stems(task.title)))


def one_task(named: Named) -> TaskView | None:
    """The single task that was named, where it is known."""
    return named.found.tasks[0] if len(named.found.tasks) == 1 else None

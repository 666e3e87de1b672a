"""Changes within a task: all of its subtasks at once, and a task put under another or taken out of it."""

from ..context import Clause
from ..conversation.scene import Scene
from ..matching.match import find
from ..matching.names import Named
from ..matching.outcome import Build, decide
from ..normalise import tidy
from ..pattern import phrase
from ..types import Action, Interpretation, TaskView
from .parents import SUBTASK, SUBTASKS, UNDER, Parent, parent_of

_COMPLETE = (
    "tick off", "tick", "check off", "complete", "finish", "close", "mark", "mark off", "cross off", "cross out",
)  # fmt: skip
_DELETE = ("delete", "remove", "erase", "clear", "drop", "get rid of", "trash")
_REOPEN = ("reopen", "untick", "uncheck", "open")
_TOOLS = {"complete_task": _COMPLETE, "delete_task": _DELETE, "reopen_task": _REOPEN}
_BULK = phrase(
    r"(?P<verb><verbs>) (?:all |every |each |the |of |open |done )*(?P<what><subtasks>|everything|all|tasks)"
    r"(?: that is| that's)? (?:of|for|in|on|<under>) (?P<y>.+?)(?: as)?(?: done| off| again)?[.! ]*$",
    verbs=(*_COMPLETE, *_DELETE, *_REOPEN),
    subtasks=(*SUBTASKS, *(f"every {word}" for word in SUBTASK)),
    under=UNDER,
)
_ONE = phrase(
    r"(?P<verb><verbs>) (?P<x>.+?) (?:<under>) (?P<y>.+?)(?: as done| done| off)?[.! ]*$",
    verbs=(*_COMPLETE, *_DELETE, *_REOPEN),
    under=UNDER,
)
_MOVED = (
    phrase(
        r"(?:make|turn) (?P<x>.+?) (?:into )?(?:a |an )?(?:<subtask>) (?:of|for|to|in|<under>) (?P<y>.+)$",
        subtask=SUBTASK,
        under=UNDER,
    ),
    phrase(
        r"(?:move|put|place|drag|nest|shift|bring) (?P<x>.+?)(?: back)? (?:<under>|as a subtask of) (?P<y>.+)$",
        under=UNDER,
    ),
)
_OUT = (
    phrase(r"(?:move|take|pull|bring|get) (?P<x>.+?) (?:out of|out from under|out from) (?P<y>.+)$"),
    phrase(
        r"(?:make|turn) (?P<x>.+?) (?:into )?"
        r"(?:a task (?:of|on) its own|its own task|a top level task|a separate task)[.! ]*$"
    ),
    phrase(r"(?:move|take|pull|bring) (?P<x>.+?) (?:to the top level|out to the top level)[.! ]*$"),
)


def read_bulk_within(message: Clause, scene: Scene) -> Interpretation | None:
    """ "tick off everything under buy milk"; "tick off check the price under buy milk" means one of these."""
    found = _BULK.match(message.flat)
    parent = parent_of(message.group(found, "y"), scene, sure=False) if found else None
    if found and parent and not parent.several:
        tool = next(tool for tool, verbs in _TOOLS.items() if " ".join(found["verb"].split()) in verbs)
        action = Action(
            tool=tool, arguments={"filter": {"parent": parent.words}}, targets=_under(parent.number, tool, scene)
        )
        return Interpretation(actions=(action,), rules=("subtasks.all",))
    return _read_one_within(message, scene)


def _read_one_within(message: Clause, scene: Scene) -> Interpretation | None:
    found = _ONE.match(message.flat)
    parent = parent_of(message.group(found, "y"), scene, sure=False) if found else None
    if not found or not parent or parent.number is None:
        return None
    words = tidy(message.group(found, "x").text)
    within = tuple(task for task in scene.tasks if task.parent == parent.number)
    fitting = find(words, within)
    if not fitting.tasks:
        return None
    tool = next(tool for tool, verbs in _TOOLS.items() if " ".join(found["verb"].split()) in verbs)
    named = Named(arguments={"match": words}, targets=_numbers(fitting.tasks), found=fitting)
    return decide((named,), scene, lambda one: one.action(tool), rule="subtasks.one")


_ITSELF = frozenset(("itself", "it self", "themselves", "themself", "himself", "herself"))


def _under_itself(x: Named, y: Clause, parent: Parent | None) -> Interpretation | None:
    """ "put groceries under itself", or under groceries: nothing is changed."""
    same = parent and parent.targets and parent.targets == x.targets
    if not same and y.flat.strip(" .!?") not in _ITSELF:
        return None
    reply = f"“{x.arguments['match']}” can't stand under itself. Say which other task it is part of."
    return Interpretation(reply=reply, rules=("subtasks.itself",), sure=False)


def read_moved(message: Clause, scene: Scene) -> Interpretation | None:
    """ "make check the price a subtask of buy milk", "move it under 3": both are tasks that there are."""
    for pattern, sure in zip(_MOVED, (True, False), strict=True):
        found = pattern.match(message.flat)
        parent = parent_of(message.group(found, "y"), scene, sure=sure and not scene.known) if found else None
        x = _named(message.group(found, "x"), scene) if found else None
        if found and x and (refused := _under_itself(x, message.group(found, "y"), parent)):
            return refused
        named = x if parent and not parent.several else None
        if named and parent and (not scene.known or named.targets):
            return decide((named,), scene, _placing(parent.words), rule="subtasks.move")
    return None


def read_out(message: Clause, scene: Scene) -> Interpretation | None:
    """ "take check the price out of buy milk", "make it a task of its own"."""
    for pattern in _OUT:
        found = pattern.match(message.flat)
        named = _named(message.group(found, "x"), scene) if found else None
        if (
            not named
            or (scene.known and not _stands_within(named, scene))
            or not (scene.known or pattern is not _OUT[0])
        ):
            continue
        return decide((named,), scene, _placing(None), rule="subtasks.out")
    return None


def _placing(parent: str | None) -> Build:
    """Builds the call that puts what was named under a task, or takes it out of one."""
    return lambda named: named.action("update_task", changes={"parent": parent})


def _stands_within(named: Named, scene: Scene) -> bool:
    tasks = [scene.task(number) for number in named.targets or ()]
    return bool(tasks) and all(task and task.parent for task in tasks)


def _named(x: Clause, scene: Scene) -> Named | None:
    words = tidy(x.text)
    if not words:
        return None
    if pointed := scene.refer(x.flat):
        return Named(arguments={"match": words}, targets=pointed, pointing=True)
    if not scene.known:
        return Named(arguments={"match": words})
    found = find(words, [task for task in scene.tasks if not task.done])
    return Named(arguments={"match": words}, targets=_numbers(found.tasks), found=found)


def _numbers(tasks: tuple[TaskView, ...]) -> tuple[int, ...]:
    return tuple(task.number for task in tasks)


def _under(number: int | None, tool: str, scene: Scene) -> tuple[int, ...] | None:
    """The tasks right under one, as far as the scene knows them; None where it is to be asked."""
    if number is None:
        return None
    wanted = {"complete_task": False, "reopen_task": True}.get(tool)
    return tuple(task.number for task in scene.tasks if task.parent == number and wanted in (None, task.done))

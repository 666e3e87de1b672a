"""Turn what a command names into actions: at once where it is sure, with numbered choices where it is not."""

from collections.abc import Callable, Sequence

from ..conversation.scene import Scene
from ..matching.names import Named
from ..types import Action, Choice, Interpretation, Span, TaskView
from ..when import describe

Build = Callable[[Named], Action]
VERBS = {"complete_task": "Complete", "reopen_task": "Reopen", "delete_task": "Delete", "update_task": "Change"}


def decide(
    named: Sequence[Named],
    scene: Scene,
    build: Build,
    *,
    rule: str,
    spans: Sequence[Span] = (),
    otherwise: Sequence[Choice] = (),
) -> Interpretation:
    """The actions on all that was named. ``otherwise`` are other readings, offered where no task fits."""
    unsure = next((item for item in named if _unsure(item, scene)), None)
    actions = tuple(build(item) for item in named)
    if unsure is None:
        return Interpretation(actions=actions, spans=tuple(spans), rules=(rule,))
    choices, reply = _choices(unsure, build, scene, otherwise)
    return Interpretation(
        actions=actions, spans=tuple(spans), rules=(rule, "match.unsure"), sure=False, choices=choices, reply=reply
    )


def _unsure(item: Named, scene: Scene) -> bool:
    return scene.known and not item.many and item.targets is not None and len(item.targets) != 1


def _choices(item: Named, build: Build, scene: Scene, otherwise: Sequence[Choice]) -> tuple[tuple[Choice, ...], str]:
    words = item.arguments.get("match", "")
    if item.pointing:
        return (), f"I'm not sure which task “{words}” is. Say its name or its number."
    if item.found.tasks:
        return _offers(item.found.tasks[:9], build, scene), f"Several tasks match “{words}”. Which one?"
    if str(words).isdigit():
        return (), f"There is no task {words}."
    near = _offers(item.found.near, build, scene)
    question = " Did you mean one of these?" if near else " Is it a new one?" if otherwise else ""
    return (*near, *otherwise), f"I found no task called “{words}”.{question}"


def _offers(tasks: Sequence[TaskView], build: Build, scene: Scene) -> tuple[Choice, ...]:
    return tuple(offer(task, build, scene) for task in tasks)


def offer(task: TaskView, build: Build, scene: Scene) -> Choice:
    """A choice that does to this task what was asked."""
    named = Named(arguments={"match": task.title}, targets=(task.number,))
    action, due = build(named), f" (due {describe(task.due, now=scene.now)})" if task.due else ""
    return Choice(label=f"{VERBS.get(action.tool, 'Use')} “{task.title}”{due}", actions=(action,))


def add_instead(title: str) -> Choice:
    """The other reading of words that looked like a command: a new task of just these words."""
    return Choice(label=f"Add “{title}” as a new task", actions=(Action(tool="add_task", arguments={"title": title}),))

"""What takes the last turn back in other words ("wait no i didn't"), or does it after all ("nah, do it again")."""

from ..adding.add import read_add
from ..context import Clause
from ..pattern import phrase
from ..types import Action, Interpretation
from .scene import Scene

_DOUBT = r"(?:(?:oh|no|nah|nope|wait|oops|actually|sorry|hm|hmm|but|and|ok),? )*"
_NOT_DONE = phrase(
    rf"{_DOUBT}(?:(?:i|we) (?:didn't|did not|haven't|have not|hadn't)|(?:it's|it is|that's|that is) not done|it isn't "
    r"done|not done|not yet)(?: yet| actually| after all)*[.! ]*$"
)
_KEPT = phrase(
    rf"{_DOUBT}(?:(?:i'd rather |i want to |let's |please )?keep (?:it|that|that one|them)|don't (?:delete|remove|"
    r"drop) (?:it|that|that one)|i (?:still |do )(?:need|want) (?:it|that|that one))(?: please| after all| "
    r"actually)*[.! ]*$"
)
_AGAIN = phrase(
    rf"{_DOUBT}(?:do (?:it|that|this) again|put (?:it|that) back(?: again)?|bring (?:it|that) back)(?: please)?[.! ]*$"
)
_TO_THAT = phrase(
    r"(?:(?:and|also|ok|please),? )*(?:add|put) (?P<x>.+?) (?:to|on|onto|in|under) (?:that|it|there|this|that one|this "
    r"one)(?: list| one| project)?(?: too| also| as well| please)*[.! ]*$"
)


def read_taken_back(message: Clause, scene: Scene) -> Interpretation | None:
    """After a completion: that it was none. After a deletion: that it is to stay. After an undo: that it was right."""
    last = scene.last
    action = last.actions[-1] if last and last.actions else None
    if last and action and action.tool == "complete_task" and last.changed and _NOT_DONE.match(message.flat):
        return Interpretation(actions=(Action(tool="undo"),), rules=("follow.not-done",))
    if last and action and action.tool == "delete_task" and last.changed and _KEPT.match(message.flat):
        return Interpretation(actions=(Action(tool="undo"),), rules=("follow.kept",))
    if action and action.tool == "undo" and _AGAIN.match(message.flat):
        return Interpretation(actions=(Action(tool="redo"),), rules=("follow.redo",))
    return None


def read_to_that(message: Clause, scene: Scene) -> Interpretation | None:
    """ "add soap to that": to the list that was asked for, or that all shown tasks are in."""
    found = _TO_THAT.match(message.flat)
    project = _project(scene) if found else ""
    if not found or not project:
        return None
    before, behind = "add ", f" to the {project} list"
    x = message.group(found, "x")
    text, flat, literal = (f"{before}{words}{behind}" for words in (x.text, x.flat, x.literal))
    asked = Clause(text, flat.lower(), x.start - len(before), x.now, literal, x.zone, projects=x.projects)
    reading = read_add(asked, explicit=True)
    if not reading or not reading.actions:
        return None
    return Interpretation(actions=reading.actions, rules=("follow.to-that", *reading.rules))


def _project(scene: Scene) -> str:
    """The project that the last turn was about; empty where it was about none."""
    last = scene.last
    asked = next((action for action in last.actions if action.tool == "list_tasks"), None) if last else None
    if asked and asked.arguments.get("project"):
        return str(asked.arguments["project"])
    numbers = (last.shown or last.changed) if last else ()
    named = {task.project for task in scene.tasks if task.number in numbers}
    return str(next(iter(named))) if len(named) == 1 and None not in named else ""

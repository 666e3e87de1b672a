"""Pointing words within one message: "move the report to friday and make it high priority"."""

from dataclasses import replace

from ..types import Action, Arguments, Interpretation
from ..words.references import ONE


def linked(before: list[Interpretation], reading: Interpretation) -> Interpretation:
    """The reading with "it" taken for the task of the command before; a change of one just added joins its adding."""
    earlier = next(
        (
            action
            for known in reversed(before)
            for action in reversed(known.actions)
            if action.tool not in ("list_tasks", "undo")
        ),
        None,
    )
    if earlier is None or not any(_points(action) for action in reading.actions):
        return reading
    if earlier.tool == "add_task":
        return _joined(before, earlier, reading)
    actions = tuple(_aimed(action, earlier) if _points(action) else action for action in reading.actions)
    return replace(reading, actions=actions, sure=True, reply="", choices=())


def _points(action: Action) -> bool:
    return str(action.arguments.get("match", "")).lower() in ONE


def _aimed(action: Action, earlier: Action) -> Action:
    name: Arguments = {key: earlier.arguments[key] for key in ("match", "filter") if key in earlier.arguments}
    rest: Arguments = {key: value for key, value in action.arguments.items() if key != "match"}
    return Action(tool=action.tool, arguments={**name, **rest}, targets=earlier.targets)


def _merged(arguments: Arguments, changes: Arguments) -> Arguments:
    """ "lunch on friday … make it weekly": a rhythm that names no day keeps the one that was said."""
    rhythm = str(changes.get("recurrence") or "")
    kept = {"due"} if rhythm and "BY" not in rhythm and "T" not in str(changes.get("due")) else set()
    return {**arguments, **{key: value for key, value in changes.items() if key not in kept or key not in arguments}}


def _joined(before: list[Interpretation], earlier: Action, reading: Interpretation) -> Interpretation:
    """ "add milk and make it urgent" is one adding with a priority."""
    changes = reading.actions[0].arguments.get("changes")
    if len(reading.actions) != 1 or not isinstance(changes, dict):
        return reading
    added = replace(earlier, arguments=_merged(earlier.arguments, changes))
    for place, known in enumerate(before):
        before[place] = replace(
            known, actions=tuple(added if action is earlier else action for action in known.actions)
        )
    return Interpretation(spans=reading.spans, rules=reading.rules)

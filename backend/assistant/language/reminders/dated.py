"""A day to be reminded on, behind what there is to do: "dentist friday 3pm, remind me thursday"."""

from dataclasses import replace

from ..context import Clause
from ..pattern import phrase
from ..types import Interpretation, When
from .spans import MORNING

_TAIL = phrase(
    r"(?P<mark>\s?[,;.–-]| and| but| then)?(?: and| but| also| then| please)* (?:remind|ping|notify|alert|nudge) me "
    r"(?:about (?:it|that) |of (?:it|that) |again )?(?=\S)"
)


def read_dated_tail(message: Clause) -> tuple[Clause, When] | None:
    """What stands before "remind me" and the day or time that is all that stands behind it; None where there is more
    or less."""
    for lead in _TAIL.finditer(message.flat):
        head, tail = message.part(0, lead.start()), message.part(lead.end(), len(message.flat))
        when = tail.whens[0] if len(tail.whens) == 1 else None
        if when is None or not when.due or when.past or when.recurrence or when.problem or when.strength == "weak":
            continue
        left = (tail.flat[: when.start] + tail.flat[when.end :]).strip(" .!")
        if left in ("", "please", "thanks", "too") and head.flat.strip() and (lead["mark"] or head.whens):
            return head, when
    return None


def reminded_on(reading: Interpretation | None, when: When) -> Interpretation | None:
    """The one task that is added, with a reminder on that day (at nine) or at that time; a task without a date is due
    then. None where something else is read than one task to add."""
    if reading is None or not reading.sure or [action.tool for action in reading.actions] != ["add_task"]:
        return None
    action, due = reading.actions[0], str(when.due)
    if "due" not in action.arguments:
        arguments = {**action.arguments, "due": due}
    else:
        known = action.arguments.get("reminders")
        at = due if "T" in due else f"{due}T{MORNING}"
        arguments = {**action.arguments, "reminders": [*(known if isinstance(known, list) else []), {"at": at}]}
    return replace(reading, actions=(replace(action, arguments=arguments),))

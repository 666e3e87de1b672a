"""Alarms to get up by: "wake me at 6:30"."""

import re
from datetime import datetime, timedelta

from ..context import Clause
from ..marks import read_marks
from ..pattern import phrase
from ..types import Action, Interpretation

_WAKE = phrase(
    r"(?:(?:and|also|please|can you|could you|i want you to|i need you to),? )*"
    r"(?:(?:set|put|make)(?: up)? an alarm (?:and|to) )?(?:wake me(?: up)?|get me up) (?P<when>.+)$"
)
_EVENING = re.compile(r"pm\b|p\.m|evening|night|afternoon|noon|o'?clock at|in (?:an?|\d+|half|two|three) ")
_HALF_DAY = timedelta(hours=12)


def read_waking(clause: Clause) -> Interpretation | None:
    """A task to wake up. An hour without "pm" is one of the morning: nobody means 18:30 by it."""
    found = _WAKE.match(clause.flat)
    if not found:
        return None
    marks = read_marks(clause.group(found, "when"), eager=True)
    arguments = marks.arguments()
    due = arguments.get("due")
    if not isinstance(due, str) or "T" not in due or marks.words(0, len(marks.masked)):
        return None
    moment = datetime.fromisoformat(due)
    if moment.hour >= 12 and not _EVENING.search(clause.flat):
        moment -= _HALF_DAY
        moment += timedelta(days=1 if moment <= clause.now else 0)
    due = moment.strftime("%Y-%m-%dT%H:%M")
    action = Action(tool="add_task", arguments={"title": "wake up", **arguments, "due": due})
    return Interpretation(actions=(action,), spans=marks.spans(), rules=("reminders.wake",))

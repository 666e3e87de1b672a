"""The one door: what a clause, or a whole message, says of reminders."""

import re
from collections.abc import Callable

from ..context import Clause
from ..conversation.scene import Scene
from ..types import Interpretation
from .agenda import read_coming
from .alarms import read_waking
from .dated import read_dated_tail, reminded_on
from .habits import read_habits
from .own import read_no_tail, read_not_it, read_own, read_tail
from .snooze import read_snooze
from .targets import attached, silenced

# Nothing is said of reminders without one of these: a look that spares all other messages the rest.
_WORDS = re.compile(
    r"remind|notif|alert|snooze|\bnag|\bnudge|\bping\b|\bbug me|pester|before|earlier|\bahead|in advance|summary|"
    r"digest|"
    r"overview|briefing|agenda|recap|rundown|quiet|disturb|bother|mail\b|again|\bmute|leave me alone|when it|"
    r"on the day|warn me|wake me|get me up|no alarms?\b"
)
_LONGEST = 200


def read_reminders(clause: Clause, scene: Scene) -> Interpretation | None:
    """What one clause says of reminders; None where it says nothing of them."""
    if len(clause.flat) > _LONGEST or not _WORDS.search(clause.flat):
        return None
    return (
        read_waking(clause)
        or read_not_it(clause, scene)
        or read_habits(clause)
        or read_coming(clause)
        or read_own(clause, scene)
        or read_snooze(clause, scene)
    )


def read_with_reminders(
    message: Clause, scene: Scene, read: Callable[[Clause], Interpretation | None]
) -> Interpretation | None:
    """ "buy milk tomorrow at 5, remind me an hour before": what ``read`` makes of the rest, with these reminders."""
    if len(message.flat) > _LONGEST or not _WORDS.search(message.flat):
        return None
    if head := read_no_tail(message):
        reading = read(head)
        return silenced(reading) if reading and reading.sure else None
    if dated := read_dated_tail(message):
        return reminded_on(read(dated[0]), dated[1])
    tail = read_tail(message)
    if tail is None:
        return None
    head, spans, more = tail
    reading = read(head)
    return attached(reading, spans, more, scene) if reading and reading.sure else None

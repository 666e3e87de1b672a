"""No reminders for a stretch of time: "don't remind me today", "no notifications this weekend"."""

import re
from datetime import date, timedelta

from ..context import Clause
from ..marks import read_marks
from ..pattern import phrase
from ..types import Action, Choice, Interpretation
from .words import REMINDERS

_SILENCE = phrase(
    r"(?:(?:and|also|oh|ok|okay|please|can you|could you|i want you to),? )*"
    r"(?:(?:do not|don't|dont|stop|quit|never) (?:disturb|bother|remind|notify|ping|nag|alert|bug)(?:b?ing|ging)? me"
    r"(?: (?:about|of) anything)?|no (?:more )?(?:<words>)|"
    r"(?:(?:turn|switch|shut) off|mute|pause|silence|disable|stop|suspend|hold) (?:all )?(?:of )?(?:my |the )?"
    r"(?:<words>)|"
    r"(?:turn|switch|shut) (?:all )?(?:my |the )?(?:<words>) off)"
    r"(?: (?:for|during|over|on))? (?P<stretch>(?!until\b|till\b|til\b|by\b|before\b|after\b|"
    r"from\b|between\b|about\b|of\b|to\b|every\b|at\b).{3,40}?)(?: please)?[.!]*$",
    words=REMINDERS,
)
# A part of the day: when it begins, when it ends, and whether that is on the next day.
_PARTS = (
    (re.compile(r"\bmorning\b"), "00:00", "12:00", 0),
    (re.compile(r"\bafternoon\b"), "12:00", "18:00", 0),
    (re.compile(r"\b(?:evening|tonight|night)\b"), "18:00", "08:00", 1),
)
_WHOLE = (re.compile(""), "00:00", "00:00", 1)


def read_stretch(clause: Clause) -> Interpretation | None:
    """A pause until the stretch is over; asked about where it is still ahead, since a pause begins at once."""
    found = _SILENCE.match(clause.flat)
    if not found:
        return None
    stretch = clause.group(found, "stretch")
    marks = read_marks(stretch, eager=True)
    when = marks.when
    if when is None or when.recurrence or not (when.date_from and when.date_to) or marks.words(0, len(marks.masked)):
        return None
    _, starts, ends, later = next((part for part in _PARTS if part[0].search(stretch.flat)), _WHOLE)
    last = date.fromisoformat(when.date_to) + timedelta(days=later)
    begin, end, now = f"{when.date_from}T{starts}", f"{last}T{ends}", clause.now.strftime("%Y-%m-%dT%H:%M")
    if begin <= now < end:
        return Interpretation(actions=(_pause(end),), rules=("reminders.pause",))
    return _asked(stretch.flat.strip(), end) if now < begin else None


def _asked(stretch: str, end: str) -> Interpretation:
    choices = (Choice(label=f"From now until {stretch} is over", actions=(_pause(end),)),)
    reply = f"A pause begins at once, so it would also hold back what is due before {stretch}. Pause from now?"
    return Interpretation(reply=reply, choices=choices, rules=("reminders.pause-ahead",), sure=False)


def _pause(end: str) -> Action:
    return Action(tool="change_reminder_settings", arguments={"values": {"paused_until": end}})

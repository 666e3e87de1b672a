"""No reminders for a stretch of time: "don't remind me today", "no notifications all day", "no alerts on sundays"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from ..context import Clause
from ..marks import read_marks
from ..pattern import phrase
from ..types import Action, Arguments, Choice, Interpretation, When
from ..when.words import DAY_CODES
from .words import REMINDERS

_SILENCE = phrase(
    r"(?:(?:and|also|oh|ok|okay|please|can you|could you|i want you to),? )*"
    r"(?:(?:do not|don't|dont|stop|quit|never) (?:disturb|bother|remind|notify|ping|nag|alert|bug)(?:b?ing|ging)? me"
    r"(?: (?:about|of) anything)?|no (?:more )?(?:<words>|alarm)|"
    r"(?:(?:turn|switch|shut) off|mute|pause|silence|disable|stop|suspend|hold) (?:all )?(?:of )?(?:my |the )?"
    r"(?:<words>)|"
    r"(?:turn|switch|shut) (?:all )?(?:my |the )?(?:<words>) off)"
    r"(?: (?:for|during|over|on))? (?P<stretch>(?!until\b|till\b|til\b|by\b|before\b|after\b|"
    r"from\b|between\b|about\b|of\b|to\b|at\b(?! (?:the )?weekends?\b)).{3,40}?)(?: please)?[.!]*$",
    words=REMINDERS,
)
# A part of the day: when it begins, when it ends, and whether that is on the next day.
_PARTS = (
    (re.compile(r"\bmorning\b"), "00:00", "12:00", 0),
    (re.compile(r"\bafternoon\b"), "12:00", "18:00", 0),
    (re.compile(r"\b(?:evening|tonight|night)\b"), "18:00", "08:00", 1),
)
# All of a day or of a part of it: "all day", "the whole weekend".
_ALL = phrase(
    r"(?:all|(?:the|this) (?:whole|entire)|the rest of the|all of (?:the|this)) "
    r"(?P<unit>day|morning|afternoon|evening|night|weekend|week|month)(?: long)?$"
)
_NAMES = {"day": "today", "night": "tonight"}
_WHOLE = (re.compile(""), "00:00", "00:00", 1)


def read_stretch(clause: Clause) -> Interpretation | None:
    """A pause until the stretch is over; asked about where it is still ahead, since a pause begins at once."""
    found = _SILENCE.match(clause.flat)
    if not found:
        return None
    stretch = clause.group(found, "stretch")
    stretch = _named(stretch)
    marks = read_marks(stretch, eager=True)
    when = marks.when
    if when is None or marks.words(0, len(marks.masked)):
        return None
    if when.recurrence:
        return _rhythm(when) or until_when(clause)
    if not (when.date_from and when.date_to):
        return None
    _, starts, ends, later = next((part for part in _PARTS if part[0].search(stretch.flat)), _WHOLE)
    last = date.fromisoformat(when.date_to) + timedelta(days=later)
    begin, end, now = f"{when.date_from}T{starts}", f"{last}T{ends}", clause.now.strftime("%Y-%m-%dT%H:%M")
    if begin <= now < end:
        return Interpretation(actions=(_pause(end),), rules=("reminders.pause",))
    return _asked(stretch.flat.strip(), end) if now < begin else None


def _named(stretch: Clause) -> Clause:
    """The stretch by a name that dates know: "all day" is today, "all weekend" this weekend."""
    found = _ALL.match(stretch.flat.strip(" .!"))
    if not found:
        return stretch
    name = _NAMES.get(found["unit"], f"this {found['unit']}")
    return replace(stretch, flat=name, text=name, literal=name)


def _rhythm(when: When) -> Interpretation | None:
    """ "no reminders on weekends": there is no such setting; the next such days can be paused through."""
    days = [code for code in DAY_CODES if when.recurrence and "WEEKLY" in when.recurrence and code in when.recurrence]
    if not when.due or not days or len(days) == len(DAY_CODES) or "T" in when.due:
        return None
    last = date.fromisoformat(when.due)
    while DAY_CODES[(last + timedelta(days=1)).weekday()] in days:
        last += timedelta(days=1)
    label = f"From now until {last:%A}, {last.day} {last:%B}, is over"
    choices = (Choice(label=label, actions=(_pause(f"{last + timedelta(days=1)}T00:00"),)),)
    reply = (
        "I can't hold reminders back on certain days of every week: quiet hours are the same each day. I can pause "
        "them this time. Pause from now?"
    )
    return Interpretation(reply=reply, choices=choices, rules=("reminders.no-rhythm",), sure=False)


def _asked(stretch: str, end: str) -> Interpretation:
    choices = (Choice(label=f"From now until {stretch} is over", actions=(_pause(end),)),)
    reply = f"A pause begins at once, so it would also hold back what is due before {stretch}. Pause from now?"
    return Interpretation(reply=reply, choices=choices, rules=("reminders.pause-ahead",), sure=False)


def until_when(clause: Clause) -> Interpretation:
    """Off, and nobody said for how long: asked, since a pause that is forgotten is worse than a question."""
    tomorrow = (clause.now + timedelta(days=1)).strftime("%Y-%m-%dT08:00")
    week = (clause.now + timedelta(days=7)).strftime("%Y-%m-%dT08:00")
    choices = (
        Choice(label="Until tomorrow at 08:00", actions=(_pause(tomorrow),)),
        Choice(label="For a week", actions=(_pause(week),)),
        Choice(label="Remind me only where I ask for it", actions=(_setting({"default": []}),)),
    )
    return Interpretation(reply="Until when?", choices=choices, rules=("reminders.pause-until",), sure=False)


def _pause(end: str) -> Action:
    return _setting({"paused_until": end})


def _setting(values: Arguments) -> Action:
    return Action(tool="change_reminder_settings", arguments={"values": values})

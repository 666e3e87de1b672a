"""Putting a reminder off: "snooze it for an hour", "remind me again at 6", "not now, in ten minutes"."""

from datetime import datetime, timedelta

from ..changing.change import bare_hour
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.outcome import decide
from ..pattern import either, phrase
from ..types import Action, Arguments, Interpretation
from .spans import minutes_of
from .targets import named_by
from .words import NUMBERS, TELL, UNITS

_LEAD = r"(?:(?:and|oh|ok|okay|no|not now|not yet|please|hey|can you|could you),? )*"
_IT = (
    r"(?: (?:it|that|this|this one|that one|them|the reminder|that reminder|this reminder|my reminder|"
    r"the alert|the notification))?"
)
_SNOOZE = phrase(
    _LEAD + rf"snooze{_IT}(?P<all> all| everything| all (?:of )?(?:my |the )?reminders)?"
    r"(?: please)?(?:,? (?:for |until |till |til |by |to )?(?P<value>.+?))?(?: please)?[.!]*$"
)
_AGAIN = phrase(
    _LEAD + r"(?:(?:<tell>|ask) me(?: about (?:it|that|this)| of (?:it|that)| of that one)? again|"
    r"(?:remind|ask|tell|ping|nag|bug) me(?: about (?:it|that|this)| of (?:it|that))?(?= (?:later|in a bit)))"
    r"(?: about (?:it|that|this)| of (?:it|that))?,? ?(?P<value>.*?)(?: about (?:it|that)| please)?[.!]*$",
    tell=TELL,
)
_SAY_AGAIN = phrase(r"(?:tell|ask|message|text|mail|email|shoot) me")  # alone, with "again": the answer said once more
_LATER = phrase(r"(?:later(?: on| today)?|in a (?:bit|while|moment|sec|second)|soon|a bit later|a little later)$")
_AMOUNT = phrase(rf"(?:in |for |another )?(?P<number>\d{{1,3}}|half an?|a quarter of an|{either(NUMBERS)})"
                 rf"(?: (?P<unit>{either(UNITS)})(?P<half> and a half)?)?(?: more)?(?: later|"
                 rf" from now)?$")  # fmt: skip
DEFAULT, LATER = 10, 60  # minutes: what a clock's snooze is, and what "later" is taken for


def read_snooze(clause: Clause, scene: Scene) -> Interpretation | None:
    """A reminder that came, or the task that was spoken of, put off."""
    found = _SNOOZE.match(clause.flat)
    if not found:
        found = _AGAIN.match(clause.flat)
        if not found:
            return None
    value = clause.group(found, "value")
    if not value.flat and _SAY_AGAIN.search(clause.flat):
        return None
    arguments = until(value)
    if arguments is None:
        return None
    if found.groupdict().get("all"):
        end = arguments.get("until") or ending(clause.now, arguments)
        action = Action(tool="change_reminder_settings", arguments={"values": {"paused_until": end}})
        return Interpretation(actions=(action,), rules=("reminders.snooze-all",))
    named = named_by(clause.part(0, 0), scene) if scene.changed() else ()
    if named:
        return decide(named, scene, lambda one: one.action("snooze_task", **arguments), rule="reminders.snooze")
    return Interpretation(actions=(Action(tool="snooze_task", arguments=arguments),), rules=("reminders.snooze",))


def ending(now: datetime, arguments: Arguments) -> str:
    """When so many minutes are over."""
    return (now + timedelta(minutes=int(str(arguments["minutes"])))).strftime("%Y-%m-%dT%H:%M")


def until(value: Clause, *, day_begins: str = "09:00") -> Arguments | None:
    """``minutes`` or ``until``, as the words say; None where they say something else. A day alone begins then."""
    flat = value.flat.strip(" .,!")
    if not flat:
        return {"minutes": DEFAULT}
    if _LATER.match(flat):
        return {"minutes": LATER}
    amount = _AMOUNT.match(flat)
    if amount and (amount["unit"] or flat.startswith(("in ", "for "))):
        unit = amount["unit"] or "minutes"
        return {"minutes": minutes_of(amount["number"], unit) + (minutes_of("half a", unit) if amount["half"] else 0)}
    marks = read_marks(bare_hour(value), eager=True)
    due = marks.arguments().get("due")
    if not isinstance(due, str) or marks.words(0, len(marks.masked)):
        return None
    return {"until": due if "T" in due else f"{due}T{day_begins}"}

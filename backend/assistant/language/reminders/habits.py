"""How a user wants to be reminded at all: pauses, quiet hours, the daily summary, what holds for every task."""

import re

from ..changing.change import bare_hour
from ..context import Clause
from ..marks import read_marks
from ..pattern import phrase
from ..types import Action, Arguments, Interpretation
from .snooze import ending, until
from .spans import find_ahead
from .stretches import read_stretch, until_when
from .words import REMINDERS

TOOL = "change_reminder_settings"
_ASK = r"(?:(?:and|also|oh|ok|okay|please|can you|could you|i want to|i'd like to),? )*"
_OFF = phrase(
    _ASK + r"(?:(?:turn|switch|shut) (?:off )?(?:all )?(?:my |the )?(?:<words>)(?: off)?|"
    r"(?:mute|pause|silence|disable|snooze|stop|suspend|hold) (?:all )?(?:of )?(?:my |the )?(?:<words>)|"
    r"no (?:more )?(?:<words>)|(?:do not|don't|dont) (?:disturb|bother|remind|notify|ping) me(?: (?:about|"
    r"of) anything)?|"
    r"leave me alone|do not disturb|no reminding)"
    r"(?: (?:until|till|til|for|before) (?P<value>.+?))?(?: please)?[.!]*$",
    words=REMINDERS,
)
_ON = phrase(
    _ASK + r"(?:(?:turn|switch) (?:on )?(?:all )?(?:my |the )?(?:<words>)(?: back)?(?: on)?(?: again)?|"
    r"(?:unmute|unpause|resume|enable|restart|continue|bring back) (?:all )?(?:my |the )?(?:<words>)(?: again)?|"
    r"(?:you can|you may|start) remind(?:ing)? me again)(?: now| please)*[.!]*$",
    words=REMINDERS,
)
_SAYS_ON = re.compile(r"\bon\b|unmute|unpause|resume|enable|restart|continue|bring back|again")
_QUIET = phrase(
    _ASK + r"(?:(?:set |make |my |i want |use )*quiet (?:hours|time)(?: are| is| to)?|(?:stop|quit|never|don't|do not|"
    r"dont) "
    r"(?:remind(?:ing)?|notify(?:ing)?|ping(?:ing)?|bother(?:ing)?|disturb(?:ing)?|nag(?:ging)?) me|"
    r"no (?:<words>)(?: please)?|keep quiet|be quiet)"
    r" (?:(?:from|between) (?P<from>.+?) (?:to|and|until|till|-) (?P<to>.+?)|after (?P<after>.+?)|"
    r"before (?P<before>.+?)|"
    r"at night)[.!]*$",
    words=REMINDERS,
)
_NO_QUIET = phrase(
    _ASK + r"(?:(?:turn|switch) off|disable|remove|delete|end|no more|no) (?:the |my )?quiet (?:hours|time)[.!]*$"
)
_DIGEST = phrase(
    _ASK + r"(?:(?:send|give|mail|email|tell|show|get|make) me |i(?:'d| would) like |i want |set (?:up )?|turn on )"
    r"(?:a |an |the |my )?(?:(?:daily|morning|evening|every ?day|day's) )?(?:summary|digest|overview|briefing|"
    r"agenda|recap|rundown)"
    r"(?: (?:of (?:my|the) (?:day|tasks|list|todos)|email|mail))*(?P<rest> .*)?$"
)
_NO_DIGEST = phrase(
    _ASK + r"(?:(?:stop|quit|cancel|no more|turn off|disable|don't send(?: me)?|no) )(?:sending (?:me )?)?(?:a |the |"
    r"my |any )?"
    r"(?:(?:daily|morning|evening) )?(?:summary|digest|overview|briefing|summaries|digests)(?: (?:email|"
    r"mail)s?)?(?: any ?more)?[.!]*$"
)
_DAILY = re.compile(r"\b(?:every|each|daily|morning|mornings|evening|evenings)\b")
_BESIDES = re.compile(r"(?:[\s\x00,.!]|\b(?:at|by|in|the|every|each|day|daily|please|morning|evening|mail|email)\b)*+")
_DEFAULT = phrase(
    _ASK + r"(?:(?:always|by default,?|generally|usually) (?:remind|notify|alert|tell|ping) me|"
    r"(?:remind|notify|alert|tell|ping) me(?: always| by default| generally)?|set (?:my |"
    r"the )?default reminder(?: to)?|"
    r"(?:my |the )?default reminder (?:is|should be)) (?P<rest>.+?)$"
)
_EVERYTHING = phrase(
    r"(?: (?:of|for|before|about))?(?: (?:everything|every task|all(?: of)?(?: my)? tasks|each task|any task|"
    r"tasks|anything))?(?: by default)?[.! ]*$"
)
_EXACT = re.compile(r"\b(?:1[3-9]|2[0-3])[:.]?[0-5]?\d?\b")
MORNING, NIGHT = "08:00", "22:00"


def read_habits(clause: Clause) -> Interpretation | None:
    """A change of the user's reminder settings; None where nothing is said of them."""
    return (
        _read_quiet(clause)
        or _read_digest(clause)
        or _read_default(clause)
        or _read_on(clause)
        or read_stretch(clause)
        or _read_off(clause)
    )


def _read_off(clause: Clause) -> Interpretation | None:
    """ "turn reminders off until monday"."""
    found = _OFF.match(clause.flat)
    if not found:
        return None
    if not found["value"]:
        return until_when(clause) if re.search(r"remind|notif|alert|alarm|ping|nudge|disturb", clause.flat) else None
    said = until(clause.group(found, "value"), day_begins="00:00")
    if said is None:
        return None
    end = said.get("until") or ending(clause.now, said)
    return _changed({"paused_until": end}, "reminders.pause")


def _read_on(clause: Clause) -> Interpretation | None:
    if not _ON.match(clause.flat) or not _SAYS_ON.search(clause.flat):
        return None
    return _changed({"paused_until": None}, "reminders.resume")


def _read_quiet(clause: Clause) -> Interpretation | None:
    """ "stop reminding me after 10pm", "quiet hours from 22:00 to 7"."""
    if _NO_QUIET.match(clause.flat):
        return _changed({"quiet_from": None, "quiet_to": None}, "reminders.no-quiet")
    found = _QUIET.match(clause.flat)
    if not found:
        return None
    start = (
        _clock(clause.group(found, "from" if found["from"] else "after"), late=True)
        if found["from"] or found["after"]
        else NIGHT
    )
    end = (
        _clock(clause.group(found, "to" if found["to"] else "before"), late=False)
        if found["to"] or found["before"]
        else MORNING
    )
    return _changed({"quiet_from": start, "quiet_to": end}, "reminders.quiet") if start and end else None


def _read_digest(clause: Clause) -> Interpretation | None:
    """ "send me a summary every morning at 8"."""
    if _NO_DIGEST.match(clause.flat):
        return _changed({"digest_on": False}, "reminders.no-digest")
    found = _DIGEST.match(clause.flat)
    if not found or not _DAILY.search(clause.flat):
        return None
    marks = read_marks(clause.part(found.start("rest"), len(clause.flat)) if found["rest"] else clause.part(0, 0))
    if not _BESIDES.fullmatch(marks.masked):  # of something else than the list: of a forecast, of the news
        return None
    due = marks.arguments().get("due")
    late = bool(re.search(r"evening|night|pm\b|p\.m", clause.flat))
    at = due[11:] if isinstance(due, str) and "T" in due else ""
    at = f"{int(at[:2]) - 12:02}{at[2:]}" if at >= "13" and not late and not _EXACT.search(clause.flat) else at
    return _changed({"digest_on": True, "digest_at": at or ("19:00" if late else MORNING)}, "reminders.digest")


def _read_default(clause: Clause) -> Interpretation | None:
    """ "always remind me 15 minutes before"."""
    found = _DEFAULT.match(clause.flat)
    if not found:
        return None
    rest = clause.group(found, "rest")
    spans, start, end = find_ahead(rest.flat)
    tail = rest.flat[end:]
    if not spans or start or not _EVERYTHING.match(tail):
        return None
    always = re.match(r".{0,60}\b(?:always|default|generally|usually)\b", clause.flat)
    if not always and not re.search(r"everything|every task|all|each|any|tasks", tail):
        return None
    return _changed({"default": [{"before": span.duration} for span in spans if not span.clock]}, "reminders.default")


def _clock(value: Clause, *, late: bool) -> str:
    """A time of day; of a bare hour, that of the evening (``late``) or of the morning."""
    hour = re.fullmatch(r"(\d{1,2})(?: ?o'?clock)?", value.flat.strip(" .!"))
    if hour and int(hour[1]) <= 24:
        number = int(hour[1]) + (12 if late and 5 <= int(hour[1]) <= 11 else 0)
        return f"{number % 24:02}:00"
    exact = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value.flat.strip(" .!"))
    if exact:
        return f"{int(exact[1]):02}:{exact[2]}"
    due = read_marks(bare_hour(value), eager=True).arguments().get("due")
    return due[11:] if isinstance(due, str) and "T" in due else ""


def _action(arguments: Arguments) -> Action:
    return Action(tool=TOOL, arguments={"values": arguments})


def _changed(arguments: Arguments, rule: str) -> Interpretation:
    return Interpretation(actions=(_action(arguments),), rules=(rule,))

"""The reminders of one task: how long before, by what, again until it is done, or none."""

import re
from dataclasses import replace
from datetime import timedelta

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.outcome import decide
from ..normalise import tidy
from ..pattern import either, first_word, phrase
from ..types import Action, Interpretation
from ..words.verbs import PAST
from .spans import Ahead, find_ahead, minutes_of, read_ahead
from .targets import Fields, known_task, named_by, set_ahead, setting, which_task
from .words import BY_MAIL, CHANNELS, NAG, NUMBERS, TELL, UNITS

_ASK = (
    r"(?:(?:and|also|oh|ok|okay|then|but|so|please|plus|hey),? )*(?:(?:can|could|would|will) you (?:please )?|"
    r"i(?:'d| would) like you to |i (?:want|need) you to |make sure (?:you|to) |be sure to |just |please )?"
)
_LEAD = phrase(
    _ASK + r"(?:let me know|(?P<verb><tell>) (?:me|us)(?: an? (?:e-?mail|mail|message|reminder|notification|text))?|"
    r"(?:set|create|add|make|schedule|have)(?: up)?(?: me)? (?:(?:a|an|another|one more|the|two|three|some) )?"
    r"(?:extra |second |new )?(?:reminders?|alerts?|notifications?)|"
    r"(?:give|send|drop) (?:me|us) (?:a |an |another )?(?:reminder|heads up|heads-up|nudge|ping|alert|warning|"
    r"notice|mail|e-?mail)|"
    r"(?:i'd|i would) like (?:a|to have a) reminder|i (?:want|need) (?:a reminder|to be reminded))"
    r"(?: (?:again|also|too|twice|about it|of it|of that|about that))*[,:]? ",
    tell=TELL,
)
_AND = phrase(
    r"(?:(?:and|also|plus|oh|ok|then|another one|one more)[,:]? )+(?:(?:remind|tell|ping|alert|"
    r"notify) me )?"
)
_EARLIER = re.compile(r"\b(?:earlier|sooner)\b")
_BEFORE_ONLY = phrase(
    _ASK + r"(?:remind|notify|alert|ping|nudge|warn) me (?:right |just |shortly |a bit |sometime )?(?:before|ahead of|"
    r"prior to) (?P<x>.+?)[.!?]*$"
)
_ABOUT = phrase(r"(?:about|of|for|on|that|to) ")
_BY = phrase(
    rf"(?:,? ?)(?:by|via|per|with an?|through|over|as an?|"
    rf"using) (?P<channel>{either(CHANNELS)})(?: notification)?(?!\w)"
)
_WHEN_DUE = phrase(
    r"(?:once|when|as soon as|the moment|at the time) (?P<x>.+?)(?: is| are|'s)? (?:due|time|starts?|starting|"
    r"begins?|"
    r"comes up|happening|up|on)[.!]*$"
)
_NEVER = phrase(
    _ASK + r"(?:(?:don't|do not|dont|never|stop|quit|no need to|you don't (?:need|have) to|you needn't|"
    r"i don't (?:want|need)"
    r"(?: you)? to(?: be)?) (?:remind(?:ed|ing)?|notify(?:ing)?|nag(?:ging)?|alert(?:ing)?|ping(?:ing)?|bug(?:ging)?)"
    r"(?: me| us)?(?: (?:every|each) [a-z]{1,12})? (?:about|of|for|to|on) (?P<x>.+?)|"
    r"(?:no|without(?: a| any)?|skip (?:the|any)|i don't (?:want|need) (?:a|any)|turn off (?:the |any |all )?|"
    r"(?:switch|shut) off (?:the |any )?|disable (?:the |any |all )?|mute (?:the |any )?|silence (?:the |any )?) ?"
    r"(?:more )?(?:reminders?|notifications?|alerts?) (?:for|about|of|on) (?P<y>.+?))"
    r"(?: any ?more| again| please| for now)*[.!]*$"
)
_NOT_IT = phrase(
    _ASK + r"(?:don't|do not|dont|stop|no need to|quit) (?:remind(?:ing)?|nag(?:ging)?|ping(?:ing)?|bug(?:ging)?) me"
    r"(?: any ?more| again| please)*[.!]*$|"
    r"(?:no reminders?|without (?:a )?reminders?)(?: please)?[.!]*$"
)
_PACE = rf"every (?:(?P<number>\d{{1,3}}|half an?|{either(NUMBERS)}) )?(?P<unit>{either(UNITS)})"
_UNTIL = r"(?:until|till|til|unless|as long as) (?P<until>.{1,80}?)"
_NAG = phrase(
    _ASK + rf"(?:(?P<verb><tell>) me|keep (?:reminding|telling|nagging|pinging|bugging|alerting|notifying) me|"
    rf"(?:remind|alert|ping|notify) me (?:repeatedly|again and again|over and over))"
    rf"(?: (?:about|of|to|on) (?P<x>.{{1,60}}?))?(?:,? {_PACE})?"
    rf"(?: (?:about|of|to|on) (?P<z>.{{1,60}}?))?,? {_UNTIL}[.!]*$",
    tell=TELL,
)
_DONE = phrase(
    r"(?:it's|it is|that's|that is|i'm|i am|i've|i have)?(?: ?(?:done|finished|completed|did it|done it|do it|"
    r"i do it|i did it|i've done it|i have done it|i'm done|i am done|i finish(?:ed)?(?: it)?|i say so|i stop|"
    r"i tick it off|i mark it(?: as)? done|i take it|i took it))$"
)
_I_DO = phrase(r"(?:i've|i have|i) (?P<words>.+)$")
_NOUN = re.compile(r"(?:the|my|our|a|an) ")
MODE_ADD, MODE_REPLACE = "add", "replace"
PACE = "PT10M"  # where it is not said how often


def read_own(clause: Clause, scene: Scene) -> Interpretation | None:
    """What is said of the reminders of one task; None where nothing is."""
    return (
        _read_never(clause, scene)
        or _read_how_long(clause)
        or _read_nag(clause, scene)
        or _read_led(clause, scene)
        or _read_and(clause, scene)
    )


def _read_never(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "don't remind me about rent"."""
    found = _NEVER.match(clause.flat)
    if not found:
        return None
    named = named_by(clause.group(found, "x" if found["x"] else "y"), scene)
    return decide(named, scene, setting([], MODE_REPLACE), rule="reminders.none") if named else which_task()


def read_not_it(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "no reminder", "don't remind me": of the task that was just spoken of."""
    named = named_by(clause.part(0, 0), scene) if _NOT_IT.match(clause.flat) else ()
    return decide(named, scene, setting([], MODE_REPLACE), rule="reminders.none") if named else None


def _read_led(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "remind me 30 minutes before the call with mom", "email me when the rent is due"."""
    lead = _LEAD.match(clause.flat)
    if not lead:
        return None
    rest, more = _channel(clause.part(lead.end(), len(clause.flat)), lead["verb"] or "")
    due = _WHEN_DUE.match(rest.flat)
    if due and rest.group(due, "x").flat.strip() not in ("i", "we", "you"):
        named = named_by(rest.group(due, "x"), scene)
        reminders: list[Fields] = [{"before": "PT0S", **more}]
        return decide(named, scene, setting(reminders, MODE_ADD), rule="reminders.when-due") if named else None
    spans, end = read_ahead(rest.flat, 0)
    if spans:
        x = rest.part(end, len(rest.flat))
        about = _ABOUT.match(x.flat)
        if about and about.group().strip() == "to":  # "remind me an hour before to pack": what to do, not what is due
            return None
        return set_ahead(x.part(about.end() if about else 0, len(x.flat)), spans, more, scene)
    return _read_about(rest, more, scene)


def _read_about(rest: Clause, more: Fields, scene: Scene) -> Interpretation | None:
    """ "about the dentist an hour before", "about rent by email"."""
    about = _ABOUT.match(rest.flat)
    spans, start, end = find_ahead(rest.flat)
    left = rest.flat[end:].strip(" .!,")
    if not about or about.group().strip() == "to" or (spans and left not in ("", "it", "please", "that", "then")):
        return None
    if spans:
        return set_ahead(rest.part(about.end(), start), spans, more, scene)
    x = rest.part(about.end(), len(rest.flat))
    named = named_by(x, scene) if more and not read_marks(x).arguments() else ()
    if not named or not scene.known or not named[0].targets:
        return None
    return decide(named, scene, setting([{"before": "PT0S", **more}], MODE_ADD), rule="reminders.by")


def _channel(rest: Clause, verb: str) -> tuple[Clause, Fields]:
    """The words without "by email", and the channel that they, or the verb, ask for."""
    found = _BY.match(rest.flat) or _BY.search(rest.flat)
    if found and not rest.flat[found.end() :].strip(" .!"):
        return rest.part(0, found.start()), {"channels": [CHANNELS[" ".join(found["channel"].split())]]}
    if found and found.start() == 0:
        return rest.part(found.end(), len(rest.flat)), {"channels": [CHANNELS[" ".join(found["channel"].split())]]}
    return rest, {"channels": ["email"]} if verb in BY_MAIL else {}


def _read_how_long(clause: Clause) -> Interpretation | None:
    """ "remind me before the dentist": how long before is asked."""
    found = _BEFORE_ONLY.match(clause.flat)
    if not found or clause.whens or " to " in found["x"]:  # "remind me before friday to call Tom"
        return None
    x = clause.group(found, "x").text.strip(" .!?")
    reply = f"How long before? For example: “remind me 30 minutes before {x}”."
    return Interpretation(reply=reply, rules=("reminders.how-long",), sure=False)


def _read_and(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "and a day before": one more reminder of what was just spoken of."""
    lead = _AND.match(clause.flat)
    spans, end = read_ahead(clause.flat, lead.end() if lead else 0) if scene.turns else ((), 0)
    left = clause.flat[end:].strip(" .!,")
    if not spans or left not in ("", "too", "as well", "also", "it", "please", "that"):
        return None
    if not lead and _EARLIER.search(clause.flat) and not scene.last_action("set_reminders"):
        return None  # "30 min earlier" moves what was spoken of
    return set_ahead(clause.part(0, 0), spans, {}, scene)


def _read_nag(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "remind me every 10 minutes until I take the pill", "nag me about the pill until it's done"."""
    found = _NAG.match(clause.flat)
    if not found or not (found["unit"] or found["verb"] in NAG or clause.flat.find("keep ", 0, 40) >= 0):
        return None
    pace = Ahead(minutes_of(found["number"] or "a", found["unit"])).duration if found["unit"] else PACE
    until = clause.group(found, "until")
    x = clause.group(found, "x" if found["x"] else "z")
    if not x.flat:
        done = _I_DO.match(until.flat)
        x = _to_do(until.group(done, "words")) if done and not _DONE.match(until.flat) else x
    named = named_by(x, scene)
    again: Fields = {"again": {"every": pace}}
    task = known_task(named, scene)
    start: Fields = {"before": "PT0S"} if task and task.due and "T" in task.due else {"at": _next_minute(clause)}
    if named and (task or not x.flat):
        return decide(named, scene, setting([{**start, **again}], MODE_ADD), rule="reminders.nag")
    return _new_nag(x, {**start, **again}) if x.flat else which_task()


def _new_nag(x: Clause, reminder: Fields) -> Interpretation:
    """A task that is on no list yet, and reminds at once until it is done."""
    found = _NOUN.match(x.flat)
    pill = found and "pill" in x.flat
    title = tidy(x.text if pill or not found else x.text[found.end() :])
    title = f"take {title}" if pill else title
    action = Action(tool="add_task", arguments={"title": title, "reminders": [reminder]})
    return Interpretation(actions=(action,), rules=("reminders.nag-new",))


def _to_do(x: Clause) -> Clause:
    """ "I've taken out the trash" is to take out the trash."""
    word = first_word(x.flat)
    present = PAST.get(word)
    if not present:
        return x
    return replace(
        x,
        text=present + x.text[len(word) :],
        flat=present + x.flat[len(word) :],
        literal=present + x.literal[len(word) :],
    )


def _next_minute(clause: Clause) -> str:
    return (clause.now + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")


def read_no_tail(message: Clause) -> Clause | None:
    """What stands before "no reminder" at the end of a message; None where it does not end so."""
    found = _NONE_AT_END.search(message.flat)
    return message.part(0, found.start()) if found and found.start() else None


def read_tail(message: Clause) -> tuple[Clause, tuple[Ahead, ...], Fields] | None:
    """A message that ends with how long before to be reminded: what stands before it, and the reminders."""
    found = None
    for lead in _TAIL.finditer(message.flat):
        before = _BY.match(message.flat, lead.end())
        start = before.end() + 1 if before else lead.end()
        spans, end = read_ahead(message.flat, start)
        rest = message.part(end, len(message.flat))
        by = _BY.match(rest.flat) or before
        left = rest.flat[by.end() if by and by is not before else 0 :].strip(" .!,")
        if spans and lead.start() and left in ("", "it", "please", "that", "the time", "then"):
            more: Fields = {"channels": [CHANNELS[" ".join(by["channel"].split())]]} if by else {}
            found = message.part(0, lead.start()), spans, more
    return found


_NONE_AT_END = phrase(
    r"(?:,| )(?:,? ?(?:and|but) )?(?:with no|without(?: a| any)?|no|don't set(?: a| any)?) (?:reminders?|"
    r"notifications?|alerts?)(?: please)?[.!]*$"
)
_TAIL = phrase(
    r"(?:[,;.:–-]| )+(?:(?:and|then|but|also|please|with)[, ]+)*(?:(?:<tell>) me|set (?:a )?reminders?(?: for)?|"
    r"(?:a |two )?reminders?(?: for)?|(?:a |an )?alerts?|give me a heads up)(?: about it| of it| twice| also|"
    r" again)*[,:]? (?=\S)",
    tell=TELL,
)

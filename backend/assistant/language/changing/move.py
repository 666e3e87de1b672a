"""Moving in time: "move X to friday", "postpone X by 2 days", "X is due monday"."""

import re
from dataclasses import replace

from ..changing.change import Change, apply, ask_when, bare_hour, of_marks, read_value
from ..changing.target import find_target, read_put_off
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import mask, read_marks
from ..matching.names import name, read_bulk, undated
from ..pattern import either, phrase
from ..types import Interpretation, Shift
from ..when import find_shift
from ..words import commands as table

_MOVE = phrase(r"(?P<verb><words>) (?P<x>.+?)[.!?]*$", words=table.MOVE)
_DUE = either(table.DUE_NAMES)
_SET_DUE = phrase(
    rf"(?:{either(table.CHANGE)}|move|push|put|reset|extend|bring|pull) (?:the |a )?{_DUE} (?:of|for|on|from) "
    r"(?P<x>.+?)(?: forward| up| back| out)? (?:to|as|for|on|at|is|:) (?:be )?(?:due )?(?P<value>.+?)$"
)
_SET_DUE_ON = phrase(
    rf"(?:{either(table.CHANGE)}|move|push|put|extend) (?P<x>.+?)(?:'s|s') {_DUE} (?:to|as|for|at|on) (?P<value>.+?)$"
)
_SET_TO = phrase(r"set (?P<x>(?!(?:a|an|up|it) )(?:(?!\b(?:<alarms>)\b).)+?) to (?P<value>.+?)$", alarms=table.ALARMS)
_SET_KNOWN = phrase(r"set (?P<x>(?:the|my|our) .+?) to (?P<value>.+?)$")
_X_DUE = phrase(
    rf"(?:{either(table.CHANGE)}|move|have) (?P<x>.+?)(?: to be)? {_DUE} (?:to |for |on |at |by |date )?(?P<value>.+?)$"
)
_ADD_DUE = phrase(rf"(?:add|give|assign|set|put) (?:a )?{_DUE} (?:of )?(?P<value>.+?) (?:to|for|on) (?P<x>.+?)$")
_GIVE_DUE = phrase(rf"(?:give|assign) (?P<x>.+?) a {_DUE} (?:of|for|on) (?P<value>.+?)$")
_IS_DUE = phrase(
    r"(?P<x>.+?) (?:is|are|should be|needs to be|must be|has to be|will be|has been|have been|was|were|"
    r"got|is being) (?:now )?(?:(?:due|scheduled|moved|happening|rescheduled|postponed|set|pushed|changed|"
    r"shifted|bumped|delayed|switched|brought forward)(?: "
    r"back)?|(?<=now\s)) ?(?:to |for |on |until )?(?P<value>.+?)(?: now| instead)?$"
)
_IS_NOW = phrase(r"(?=.* (?:now|instead)$)(?P<x>.+?) (?:is|are) (?P<value>(?:at |on )?.+?) (?:now|instead)$")
_MOVED = phrase(
    r"(?P<x>(?:the|my|our) .+?) (?:moved|shifted|changed|pushed back|rescheduled|postponed)(?: back)? (?:to|until) "
    r"(?P<value>.+?)$"
)
_LATER = phrase(r"make (?P<x>.+?) (?P<amount>\S+ (?:minutes?|mins?|hours?|days?|weeks?) (?:later|earlier))$")
_REPEAT = phrase(
    r"(?:repeat (?P<r>.+?)|(?:make|have|set|alter|change|let) (?P<y>.+?) (?:to )?(?:repeat|recur|"
    r"happen|be|repeated|recurring)|make (?P<m>.+?)|(?P<s>.+?) (?:should|needs to|must|has to|will|"
    r"repeats?|recurs?|is|happens)(?: (?:repeat|recur|happen|be|repeating|recurring))?|(?:change|set|"
    r"switch|move) (?P<x>.+?) to)(?: on)? (?P<value>(?:every|daily|weekly|monthly|yearly|annually|each|"
    r"weekdays|biweekly|fortnightly|quarterly|(?:an?|one|two|three|\d{1,3}) (?:hour|day|week|month|year)s? (?:after|"
    r"from|since)\b).*)$"
)
_AMOUNT = re.compile(
    r"(?<!every)(?<!each)\s(?P<amount>(?:an?|half an?|\w+|\d+|a few|a couple of)\s++(?:minute|hour|day|"
    r"week|month|year)s?)[.!]*$"
)
_NUMBER = phrase(r"(?P<x>.+?) (?:to|until|till) (?P<value>2[5-9]|[3-9]\d)[.!]*$")
# "cancel the alarm that is set for eight" names an alarm by its time; "make sure my alarm is set for six" wants one.
_RELATIVE = re.compile(r"\b(?:that|which|who)$|^(?:make sure|be sure|ensure|confirm|check|verify)\b")
_IT = re.compile(r"(?:it|that|this|them|those|these)[.!]*$")


def read_due(clause: Clause, scene: Scene) -> Interpretation | None:
    """A new date by the name of the field: "set the deadline of X to friday"."""
    for rule, pattern in (
        ("move.set-due", _SET_DUE),
        ("move.set-due-on", _SET_DUE_ON),
        ("move.add-due", _ADD_DUE),
        ("move.give-due", _GIVE_DUE),
        ("move.x-due", _X_DUE),
        ("move.set-to", _SET_TO),
        ("move.set-known", _SET_KNOWN),
    ):
        found = pattern.match(clause.flat)
        value = read_value(clause.group(found, "value")) if found else None
        if rule == "move.x-due" and found and " to " in found["value"]:  # "move everything due monday to tuesday"
            continue
        if rule == "move.set-known" and found and not _known(clause.group(found, "x"), scene):
            continue
        if (
            found
            and value
            and (rule not in ("move.set-to", "move.set-known") or value.problem or "due" in value.changes)
        ):
            if rule == "move.x-due" and clause.group(found, "x").fields:  # "make gym high priority and due tomorrow"
                return None
            return apply(clause.group(found, "x"), value, scene, rule)
    return None


def read_move(clause: Clause, scene: Scene) -> Interpretation | None:
    """A new date or time for tasks that exist."""
    return (
        read_put_off(clause, scene)
        or read_due(clause, scene)
        or _read_repeat(clause, scene)
        or _read_verb(clause, scene)
        or _read_is_due(clause, scene)
    )


def _read_repeat(clause: Clause, scene: Scene) -> Interpretation | None:
    found = _REPEAT.match(clause.flat)
    if not found:
        return None
    value = read_value(clause.group(found, "value"))
    x = clause.group(found, next(key for key in "rymsx" if found[key]))
    if (
        not value
        or not value.changes.get("recurrence")
        or re.match(r"(?:a|an|some|what|which|when|i|we|remind|add|create|there|this|if)\b", x.flat)
        or (found["s"] and (len(x.flat.split()) > 4 or _is_told_with(x, scene)))
    ):
        return None
    return apply(x, value, scene, "move.repeat")


def _is_told_with(x: Clause, scene: Scene) -> bool:
    """ "gym mon 7am and repeat every week": what stands before is a task that is told with its rhythm, and is new."""
    joined = x.flat.endswith((",", ";", " and")) or x.whens
    return bool(joined) and not _known(x.part(0, len(x.flat.removesuffix(" and").rstrip(",; "))), scene)


def _read_is_due(clause: Clause, scene: Scene) -> Interpretation | None:
    found = _IS_DUE.match(clause.flat) or _IS_NOW.match(clause.flat) or _MOVED.match(clause.flat)
    if not found or re.match(
        r"(?:what|which|when|who|how|is|are|there|add|create|new|remind|confirm|check|see|verify|ensure|make "
        r"sure|ask|tell|let|"
        r"know|hope|note)\b",
        clause.flat,
    ):
        return None
    value = read_value(clause.group(found, "value"))
    x = clause.group(found, "x")
    if not value or _RELATIVE.search(x.flat) or (scene.known and not any(item.targets for item in name(x, scene))):
        return None
    return apply(x, value, scene, "move.is-due")


def _read_verb(clause: Clause, scene: Scene) -> Interpretation | None:
    found = _LATER.match(clause.flat)
    if found:
        return _by_amount("make", clause.part(len("make"), len(clause.flat)), scene)
    found = _MOVE.match(clause.flat)
    if not found:
        return None
    verb, rest = " ".join(found["verb"].split()), clause.group(found, "x")
    return (
        _by_amount(verb, rest, scene)
        or _to_time(verb, rest, scene)
        or _to_impossible(verb, rest)
        or _without_target(verb, rest, scene)
    )


def _by_amount(verb: str, rest: Clause, scene: Scene) -> Interpretation | None:
    """ "postpone gym by 2 days", "push the report back a week"."""
    shift = next(iter(find_shift(rest.literal)), None) or (
        _amount(rest) if verb not in ("change", "do", "schedule", "send", "bring") else None
    )
    if not shift or verb in ("do", "schedule", "send", "switch", "transfer"):
        return None
    words = rest.flat[: shift.start] + " " * (shift.end - shift.start) + rest.flat[shift.end :]
    trimmed = re.sub(r"(?<!\s)\s++(?:back|forward|up|out|off|ahead|by|for)\s*+$", "", words.rstrip(" .!?"))
    trimmed = re.sub(r"(?<!\s)(?:'s)?\s++(?:deadline|due date)$", "", trimmed) or trimmed
    x = (
        rest.part(0, len(trimmed))
        if trimmed.strip() and trimmed[: shift.start].strip()
        else rest.part(shift.end, len(rest.flat))
    )
    if not x.flat:
        return None
    duration = shift.duration
    forward = verb.startswith(("bring", "pull")) and re.search(r"\bforward\b", rest.flat)
    if forward or (
        verb in ("bring forward", "pull forward", "advance", "move up", "pull in", "move forward", "prepone")
        and not duration.startswith("-")
    ):
        duration = "-" + duration
    return apply(x, Change(shift=duration, rules=(shift.rule,)), scene, "move.by")


def _amount(rest: Clause) -> Shift | None:
    """ "push gym 2 days": an amount at the end, without its "by"."""
    found = _AMOUNT.search(rest.flat)
    shift = next(iter(find_shift(f"by {found['amount']}")), None) if found else None
    return replace(shift, start=found.start("amount"), end=found.end("amount")) if shift and found else None


def _to_time(verb: str, rest: Clause, scene: Scene) -> Interpretation | None:
    """ "move dentist to friday at 3": a "to" behind which there is only a date."""
    instead = re.search(r"(?<!\s)\s++instead[.!]*$", rest.flat)
    rest = rest.part(0, instead.start()) if instead else rest
    found = find_target(rest)
    if not found:
        return _date_at_end(verb, rest, scene)
    place, value = found
    errand = verb in ("change", "switch", "bring") and rest.flat.startswith("on ", place)
    if (errand or verb in ("schedule", "do", "send")) and not instead and not _known(rest.part(0, place), scene):
        return None
    x = _named_part(rest, place)
    return apply(x if scene.known or read_bulk(x, scene) else undated(x), value, scene, "move.to")


def _named_part(rest: Clause, end: int) -> Clause:
    """The name in front of the target, without "back" and without the old date ("from monday")."""
    x = rest.part(0, end)
    trimmed = re.sub(r"(?<!\s)\s++(?:back|forward|up|out|off|over|ahead|instead)$", "", x.flat)
    x = x.part(0, len(trimmed))
    old = re.search(r"(?<!\s)\s++from\s++", x.flat)
    if old and read_value(bare_hour(x.part(old.end(), len(x.flat)))):
        if re.match(r"(?:everything|all|every|anything)\b", x.flat):
            return on_day(x, old.start() + 1)
        x = x.part(0, old.start())
    return x


def on_day(x: Clause, place: int) -> Clause:
    """ "everything from monday" is what is due on that day, not from then on."""
    flat, text, literal = (f"{words[:place]}on  {words[place + 4 :]}" for words in (x.flat, x.text, x.literal))
    return replace(x, flat=flat, text=text, literal=literal)


def _date_at_end(verb: str, rest: Clause, scene: Scene) -> Interpretation | None:
    """ "snooze gym until later" without its "until": "reschedule dentist tomorrow"."""
    if verb not in table.MOVE_SURELY and verb not in ("push", "bump", "move"):
        return None
    marks = read_marks(rest, eager=True)
    change = of_marks(marks)
    if not change.changes.keys() & {"due", "recurrence"} or not marks.whens or marks.whens[0].start == 0:
        return None
    x = rest.part(0, marks.whens[0].start)
    return (
        apply(x, change, scene, "move.date")
        if x.flat and marks.whens[-1].end >= len(mask(rest.flat, [], []).rstrip(" .!?"))
        else None
    )


def _to_impossible(verb: str, rest: Clause) -> Interpretation | None:
    """ "move milk to feb 30", "move milk to 25": nothing is moved, and nothing added."""
    number = _NUMBER.match(rest.flat) if verb in (*table.MOVE_SURELY, "move", "push") else None
    if number:
        return ask_when(rest.group(number, "x").text, Change(problem=f"{number['value']} is no time of day."))
    marks = read_marks(rest, eager=True)
    change = of_marks(marks)
    if not change.problem or marks.whens[0].start == 0 or verb not in (*table.MOVE_SURELY, "move", "push", "bump"):
        return None
    named = re.sub(
        r"(?<!\s)\s++(?:to|until|till|for|on|onto)$", "", rest.text[: marks.whens[0].start].strip(), flags=re.IGNORECASE
    )
    return ask_when(named, change)


def _known(x: Clause, scene: Scene) -> bool:
    return scene.known and any(item.targets for item in name(x, scene))


def _without_target(verb: str, rest: Clause, scene: Scene) -> Interpretation | None:
    """ "postpone gym": to when?"""
    it = _IT.match(rest.flat)
    if it and not scene.refer(rest.flat):
        reply = "Which task should I move, and to when? For example: “move dentist to friday”."
        return Interpretation(reply=reply, rules=("move.nothing",), sure=False)
    if not (it or verb in table.MOVE_SURELY) or read_marks(rest).arguments():
        return None
    named, word = rest.text.strip(" .!?"), verb.rsplit(maxsplit=1)[-1]
    return Interpretation(
        reply=f"To when should I move “{named}”? For example: “{word} {named} to friday”.",
        rules=("move.no-target",),
    )

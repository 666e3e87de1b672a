"""New tasks: the words that ask for one, and the title that remains when date and fields are taken out."""

import re
from dataclasses import replace

from ..adding import items
from ..context import Clause
from ..marks import HIDDEN, Marks, read_marks
from ..normalise import tidy
from ..pattern import either, first_word, phrase
from ..splitting.joins import ASIDE
from ..types import Action, Arguments, Interpretation
from ..when import describe
from ..words import additions as table
from ..words.nouns import LIST
from ..words.verbs import TASK_VERBS
from .leads import lead_end
from .times import each_time, impossible

TAIL = 90  # characters: where words behind the title are looked for; a longer look would cost time on long texts
_GAP = r"[\s\x00,]*+"
_BEFORE = r"(?:(?<![\s\x00,])[\s\x00,]++)?+"  # a gap, whole: "milk , to my list"
_THIS = r"(?:(?:the|my|our|this|a|an|new|your|that|his|her) )*"
_LIST_LAST = phrase(
    (
        rf"{_BEFORE}(?:(?:to|on|onto|in|into|for|with|from|of) {_THIS}(?:to do |current |shared |existing "
        r")*(?:<lists>|tasks|to-dos|todos|reminders)|as (?:a|an|my) (?:new )?(?:task|todo|to-do|reminder|"
        r"item|event))[\s\x00.!?,]*$"
    ),
    lists=LIST,
)
_SCHEDULE = phrase(
    rf"(?:\s*+(?:\x00\s*+)++(?:is|will be)|<schedule>) (?:in )?(?:(?:a|an|the|my|event|reminder) )?{_GAP}",
    schedule=table.SCHEDULE,
)
_REMIND_LAST = phrase(
    (
        rf"{_BEFORE}(?:(?:and )?(?:please )?(?:remind me(?: about it| of it| about that)?|set (?:a |the "
        rf")?(?:reminder|alarm|event)|add it to {_THIS}(?:<lists>)|note it|put it on {_THIS}(?:<lists>)))"
        r"[\s\x00.!?,]*$"
    ),
    lists=LIST,
)
_ASIDE = phrase(rf"{_BEFORE}(?:,|-|\.|;|\band\b)[\s\x00]*+{ASIDE.pattern}$")
_ALL_QUOTED = re.compile(r'["“](\s*+[^"“”\s][^"“”]*)["”]')
_TO_MY_LIST = re.compile(r"[\s\x00,]*+(?:to|onto|on) my (?:to ?-?do |task )?(?:list|tasks|todos)\b")
_TOO = re.compile(r"(?<=[a-z]),?\s++(?:too|as well)[.!]*$")
_COUNTDOWN = re.compile(
    r"(?<=\btimer )for(?= (?:\d{1,3}|an?|half an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|"
    r"twenty|twenty five|thirty|forty|forty five|fifty|sixty|ninety) ?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b)"
)
# What every alarm does, and no name of one: "set an alarm to go off at 7".
_GOES_OFF = re.compile(
    r"(?:(?:that|which) )?(?:(?:is|will|should) )?(?:(?:be )?set )?(?:to )?(?:goe?s? off|ring|sound)"
)
_SET_FOR = re.compile(r"set (?:an?|my|the) (?:alarm|reminder|timer|notification) for ")
_ALARMS = re.compile(r"\b(alarm|reminder|timer|event|meeting|appointment|notification)s?\b")
_ALARM = re.compile(r"\b(alarm|reminder|timer|event|meeting|appointment|notification|wake up call|remainder)s?\b")


def read_add(clause: Clause, *, explicit: bool) -> Interpretation | None:
    """Adding, as actions. ``explicit`` demands words that ask for it ("add", "remind me"); else all is a task."""
    clause = _counted_down(clause)
    marks = read_marks(clause)
    start, rule = lead_end(marks)
    end = len(marks.masked)
    if explicit and not start and not rule:
        trailing = _REMIND_LAST.search(marks.masked, max(0, len(marks.masked) - TAIL)) or _aside(marks)
        if not trailing or not trailing.start():
            return None
        end, rule = trailing.start(), "add.remind-last"
    return compose(marks, start, end, rule or "add.plain", explicit=explicit)


def _aside(marks: Marks) -> re.Match[str] | None:
    """The end that asks to keep in mind what was told: "…, don't forget that"."""
    found = _ASIDE.search(marks.masked, max(0, len(marks.masked) - TAIL))
    return found if found and marks.when and marks.when.due else None


def _counted_down(clause: Clause) -> Clause:
    """ "a timer for ten minutes" rings in ten minutes; the words keep their places."""
    found = _COUNTDOWN.search(clause.flat, 0, TAIL)
    if not found:
        return clause
    start, end = found.span()
    flat, text, literal = (f"{words[:start]}in {words[end:]}" for words in (clause.flat, clause.text, clause.literal))
    return replace(clause, flat=flat, text=text, literal=literal)


def compose(marks: Marks, start: int, end: int, rule: str, *, explicit: bool = True) -> Interpretation | None:
    """The add actions for the words ``[start, end)`` of a clause whose dates and fields are already read."""
    start, end, rule = _title_range(marks, start, end, rule, explicit=explicit)
    arguments = marks.arguments()
    titles = _titles(marks, start, end, rule) or _fallback(marks, arguments)
    problem = marks.when.problem if marks.when else None
    if problem and not arguments.get("due"):
        return each_time(marks, titles or _alarm(marks), rule) or impossible(marks, titles, problem, rule)
    if not titles:
        return None
    last = _last_day(marks)
    if last:  # a task has one day; what else was said is kept in words
        arguments["notes"] = f"until {last}"
    actions = tuple(Action(tool="add_task", arguments={"title": title, **arguments}) for title in titles)
    return Interpretation(
        actions=actions, spans=marks.spans(), reply=_said_of_days(marks, last), rules=(rule, *marks.rules())
    )


def _title_range(marks: Marks, start: int, end: int, rule: str, *, explicit: bool) -> tuple[int, int, str]:
    """Where the title stands, without a list's name, "too", and "schedule a" around it; and the rule that read it."""
    masked = marks.masked
    listed = _LIST_LAST.search(masked, max(start, end - TAIL), end)
    if listed and listed.start() > start and (explicit or rule != "add.plain" or _TO_MY_LIST.match(listed.group())):
        end = listed.start()
    if (explicit or first_word(masked) in TASK_VERBS) and (too := _TOO.search(masked, max(start, end - TAIL), end)):
        end = too.start()
    schedule = _SCHEDULE.match(masked, start)
    dated = marks.arguments().keys() & {"due", "recurrence"} or listed
    if not (schedule and schedule.end() < end and dated and marks.words(schedule.end(), end)):
        return start, end, rule
    return schedule.end(), end, "add.schedule" if rule == "add.plain" else rule


def _titles(marks: Marks, start: int, end: int, rule: str) -> list[str]:
    """The titles in the words ``[start, end)``."""
    titles = items.titles(marks, start, end, many=rule in items.LISTING or "project" in marks.arguments())
    if len(titles) == 1 and (quoted := _ALL_QUOTED.fullmatch(titles[0])):
        titles = [quoted[1].strip()]
    if rule in ("add.remind", "add.make"):  # "to do" is a list's name elsewhere, and here the beginning of an errand
        titles = [title.removeprefix("to ") for title in titles]
        titles = [title for title in titles if not _GOES_OFF.fullmatch(title.lower())]
    set_to = rule in ("add.verb", "add.schedule") or _SET_FOR.match(marks.clause.flat)
    if set_to and marks.whens and titles:  # "add laundry to today", "set the gym to 5", "set an alarm for x to 6"
        titles[-1] = titles[-1].removesuffix(" to")
    if rule in ("add.put", "add.schedule") and marks.clause.flat.startswith("put "):  # "put milk back on my list"
        titles = [title.removesuffix(" back").removesuffix(" down") for title in titles]
    if rule == "add.remind-last" and marks.whens:  # "the recital's on the 20th, write that down"
        titles = [title.removesuffix("'s").removesuffix("’s") for title in titles]
    verb = marks.clause.verb
    if not verb:
        return titles
    return [title if first_word(title).lower() in TASK_VERBS else f"{verb} {title}" for title in titles]


def _said_of_days(marks: Marks, last: str) -> str:
    """What a person should know of the day: that it has passed, and where the last day of a range is kept."""
    past = (
        f"{marks.spans()[0].label} is in the past; I kept it as you said it." if marks.when and marks.when.past else ""
    )
    kept = f"It is due on its first day; its last, {last}, is in the notes." if last else ""
    return " ".join(part for part in (past, kept) if part)


def _last_day(marks: Marks) -> str:
    """The last day of "from 20 dec to 3 jan", for a person; empty where one day was said."""
    ranges = [when for when in marks.whens if "day range" in when.rule and when.date_to and not when.recurrence]
    if len(ranges) != 1 or ranges[0].date_to == ranges[0].date_from:
        return ""
    return describe(str(ranges[0].date_to), now=marks.clause.now)


def _fallback(marks: Marks, arguments: Arguments) -> list[str]:
    """ "set an alarm for 5:30" has no title of its own: the thing that was asked for is one."""
    text = marks.clause.flat
    named = _ALARM.search(marks.masked)
    if named and (arguments.keys() & {"due", "recurrence"} or any(when.due for when in marks.whens)):
        return [marks.clause.text[named.start(1) : named.end(1)]]
    if arguments.keys() & {"due", "recurrence"} and marks.masked.strip(HIDDEN + " .,!?"):
        return ["reminder"] if "remind" in text or "alert" in text or "notify" in text or "ping me" in text else []
    return []


def _alarm(marks: Marks) -> list[str]:
    """ "set alarms for 2pm and 3pm": each of them is one alarm."""
    named = _ALARMS.search(marks.masked)
    return [named[1]] if named else []


def is_bare(title: str) -> bool:
    """Whether a title says nothing ("something", "a task")."""
    return tidy(title).lower() in table.NOUNLESS or not tidy(title)


def shared_into(found: Interpretation | None, clause: Clause) -> Interpretation | None:
    """The same adds with what a heading or a common date says for all of them."""
    if not found or not clause.shared:
        return found
    common: Arguments = {}
    for source in clause.shared:
        marks = read_marks(source, eager=True)
        common.update(marks.arguments())
        header = _HEADING.fullmatch(marks.words(0, len(marks.masked)).lower())
        if header and not common:
            common["project"] = header["name"]
    actions = tuple(
        replace(action, arguments={"title": action.arguments["title"], **common, **action.arguments})
        if action.tool == "add_task"
        else action
        for action in found.actions
    )
    return replace(found, actions=actions)


_HEADING = phrase(
    rf"(?:add )?(?:to )?(?:my |the |our )?(?!(?:{either(table.LABEL)})$)(?:for )?(?P<name>[\w'-]+(?: "
    r"[\w'-]+){0,2}?)(?: list| project| tasks| todos| items)?"
)

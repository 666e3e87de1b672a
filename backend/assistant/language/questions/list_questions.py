"""Questions about the list: what kind they are, and the filter that they name."""

import re
from dataclasses import replace

from ..context import Clause
from ..conversation.scene import Scene
from ..matching.match import find
from ..normalise import fold
from ..pattern import either, first_word, phrase
from ..replies.help import about_the_list
from ..types import Interpretation
from ..when import find_when
from ..words import questions as table
from ..words.filters import COUNT
from ..words.nouns import KINDS, LIST, TASK, TASKS
from ..words.talk import ELSEWHERE
from ..words.verbs import PAST, TASK_VERBS
from .filters import Filter, read_filter
from .list_call import list_call
from .nominal import read_nominal
from .places import as_place, project_named

_END = r"(?![\w'-])"
_FIND = phrase(r"(?:please )?(?:find|look for|look up|locate|show) ")
_ARTICLE = re.compile(r"(?:an?|the|my|our|some|out|time|someone|somebody)\b")
_MOST_SOUGHT = 3  # words
_WH = phrase(rf"(?:<words>){_END}", words=table.WH)
_HOW_MANY = phrase(rf"(?:tell me |show me |give me |remind me )?(?:<words>){_END}", words=COUNT)
_AUXILIARY = phrase(rf"(?:<words>){_END}", words=table.AUXILIARY)
_SHOW = phrase(rf"(?P<show><words>){_END}", words=table.SHOW_ME)
_FINISHED = phrase(rf"(?<![\w'-])(?:<words>){_END}", words=table.FINISHED)
_NEXT = phrase(r"(?:(?:so|ok|okay) )*(?:<words>)(?: today| now| here)?[?.! ]*$", words=table.WHAT_NEXT)
_ELSEWHERE = phrase(rf"(?<![\w'-])(?:<words>){_END}", words=ELSEWHERE)
_CORE = (
    "list",
    "lists",
    "task",
    "tasks",
    "todo",
    "todos",
    "to-do",
    "to-dos",
    "to do",
    "to dos",
    "to do list",
    "todo list",
    "to-do list",
    "calendar",
    "schedule",
    "agenda",
    "reminder",
    "reminders",
    "alarm",
    "alarms",
    "event",
    "events",
    "item",
    "items",
    "planner",
    "appointments",
    "meetings",
)
_ABOUT_LIST = phrase(
    rf"(?<![\w'-])(?:{either((*LIST, *TASKS, *TASK, *KINDS))}|my|i|i'm|i've|mine|due|overdue|urgent|"
    r"important|tagged|done|completed|finished|priority|tags?|projects?|coming up|upcoming|free|busy|"
    rf"scheduled|planned|note|notes|going on|happening|left|deadlines?|late|next|i'll|we|our|project){_END}"
)
_LISTED = phrase(
    rf"(?<![\w'-])(?:{either((*LIST, *TASKS, *KINDS))}|overdue|urgent|important|task|reminder|tagged|"
    rf"due|upcoming|anything|everything|done|completed|alarm){_END}"
)
_PLANS = re.compile(r"\b(?:the|my|our|any) plans? (?=(?:for|on|this|next|to(?:day|morrow|night))\b)")
# "what i asked you to remember", "the things i was trying to remember": all that is on the list.
_TOLD_YOU = re.compile(
    r"\b(?:that )?i (?:(?:was|am) trying|asked you|told you|wanted(?: you)?|needed(?: you)?|have|had) to (?:remember|"
    r"remind me(?: of)?|keep(?: in mind)?|note|bear in mind)\b"
)
_ASKING = re.compile(r"\?\s*$")
_DETERMINERS = (
    "(?:the|my|our|all|me|back|out|to|of|this|that|any|over|on|for|up|what|today's|tomorrow's|first|"
    "second|third|last|next|set|available|current|latest|existing|active|upcoming|new) "
)
_LIST_FOLLOWS = phrase(
    rf"(?:(?:{_DETERMINERS})+(?:(?!list|to|with|for|about)[\w'-]+ ){{0,2}}?)?(?:{either(_CORE)}|[\w'-]+ "
    r"list|overdue|what(?:'s|s)?(?: is| else is| all is)?(?: currently| still| now)? (?:happening|showing|going "
    r"on|due|on|left|next|planned|"
    r"scheduled|coming up|"
    r"overdue|open|pending|booked)|(?:what|when|where|if|whether)(?: else)? (?:i|we|i've|i'm|we've|we're)|"
    r"(?:when|where|what time) (?:is |are )?(?:my|the|our)|"
    r"anything (?:due|about|tagged|for|on|in)|everything (?:due|about|"
    rf"tagged|for|on|in)){_END}"
)
# "do the neighbours have a party", "shall we meet today": they ask, where "do the dishes" is to be done.
_DO_THEY = phrase(
    r"do (?:the|my|our|any|these|those|most|some) (?:(?!and\b|then\b)[\w'-]+ ){1,4}?(?:have|need|want|know|exist|"
    r"start|end|begin|happen|"
    r"include|contain|repeat|come|play)\b|shall (?:i|we)\b"
)
_RIGHT = phrase(r"(?!(?:make|be|remind|add)\b).+ (?:is|are|was) .+,? (?:right|correct|isn't it|aren't they|yes)\?*$")
_LOOKS = re.compile(r"how(?:'?s|\s+is|\s+does|\s+do|\s+are)\s.*\blook")
_WHO = re.compile(r"who(?:'?s)?\b")
_OWNED = re.compile(r"\b(?:i|my|me|we|our|i'm|i've|list|task|tasks|party|meeting|meetings|call|calls|appointment)\b")
_NOT_YET = re.compile(r"\b(?:haven'?t|hasn'?t|not|didn'?t|never|yet to)\b")
# "did I ever call the vet" asks for what is open, too, where "did I finish …" asks for what is done.
_EVER = phrase(
    r"(?:hey |so |ok )?(?P<aux>did|have) (?:i|we)(?: ever| already| actually| even| remember to| manage to)* "
    r"(?P<verb>[a-z]+) "
    r"(?P<x>.+?)(?: yet| already| or not| today| yesterday)?[?.! ]*$"
)
_IF = phrase(
    r"(?:check|see|tell me|look|find out|verify|confirm|know|let me know|remind me|say|i wonder|wondering|"
    r"curious) (?:if|whether) "
    rf"(?P<x>.+?) (?:is|are|was|were|made it|got put|got)(?: still| already| even| also)? (?:on|in|there)(?: "
    rf"(?:the|my|our) "
    rf"(?:[\w'-]+ )?(?:{either(LIST)})(?: of \w+)?| there| it)?(?: yet| already| currently)?[?.! ]*$"
)
_IS_IT_PAST = phrase(
    r"(?:is|are|was|were|has|have(?=.* been )|did)(?:n't)? (?P<x>(?:the|my|our) [\w'-]+(?: [\w'-]+){0,3}?) "
    r"(?:already |ever |"
    r"all )?(?:been |get |gotten "
    r")?(?P<past>(?!done\b|finished\b|completed\b|scheduled\b|planned\b|booked for\b|needed\b|"
    r"overdue\b)[a-z]+)(?: yet| already| "
    r"or not)?[?.! ]*$"
)
_PERIOD = phrase(r".*\bmy (?P<unit>day|week|month|weekend)(?: look(?:ing|s)?(?: like)?)?[?.! ]*$")
_PERIODS = {"day": "today", "week": "this week", "month": "this month", "weekend": "this weekend"}
_WHAT_TIME = phrase(r"(?:at )?what (?:time|day|date|hour)(?:'s| is| are| was| were| do i have| have i got)(?= )")
_NOT_BARE = TASK_VERBS | {
    "delete",
    "remove",
    "erase",
    "complete",
    "mark",
    "finish",
    "rename",
    "postpone",
    "reschedule",
    "drop",
    "tag",
    "prioritize",
} - {"check", "read"}
_OWN_LIST = phrase(
    rf"(?:my|next|upcoming|the next|today's|tomorrow's|latest) (?:[\w'-]+ ){{0,2}}(?:{either(_CORE)}|"
    r"plans?|planning|meetings?|appointments?|day|week)$"
)
_OWN = re.compile(r"(?:all|my|the|every|what|whats|everything|anything)\b")
_COMES = phrase(
    r"(?<=\S) (?:coming|arriving|visiting|happening|going on|taking place|starting|beginning|leaving|supposed to "
    r"(?:come|be|happen|start|leave))(?: (?:over|round|around|by|in|up|here))?[?.!]*$"
)
_AGAIN = phrase(r"(?<=\S) (?:now|again|currently|at the moment)[?.!]*$")  # "when is the vet again"
_NEVER = re.compile(r"(?!)")
_MADE = re.compile(r"(?:a|an)\b(?! (?:list|summary|rundown|overview|look))|(?:reminder|notice|notification|alert|\d)")
_NOT_SHOWN = {
    "give me": _MADE, "get me": _MADE, "send me": _MADE, "provide me": _MADE, "provide me with": _MADE,
    "tell me": re.compile(r"to\b"), "tell us": re.compile(r"to\b"),
    "get": re.compile(r".* off(?: of)?(?: (?:my|the|our)|$)"),
    "let me know": re.compile(r"(?!what|which|how|when|if|all|every|my|the .*(?:time|list|tasks|schedule|alarms?)\b)"),
    "list": re.compile(
r"(?!all\b|my\b|every|what|out\b|different|the available|available)(?!.*(?:tasks|todos|items|"
r"alarms?|events|reminders|available|availables|overdue|done|completed|due|list)\b)"
),
}  # fmt: skip


def read_question(clause: Clause, scene: Scene) -> Interpretation | None:
    """A question as ``list_tasks``; None where the words do not ask about the list."""
    flat = clause.literal.lower() if len(clause.literal.lower()) == len(clause.flat) else clause.flat
    if not clause.short:
        return None
    # "what should I do first": that word alone would be a day of the month
    if _NEXT.match(flat) and all(flat[when.start : when.end] == "first" for when in clause.whens):
        return list_call(Filter(arguments={}), "ask.next")
    if asked := _read_whether(clause, flat):
        return asked
    kind = _kind(flat) or _kind_of_find(clause, scene)
    if not kind:
        return None
    project, end = project_named(flat, scene)
    if not project and _ELSEWHERE.search(flat) and not re.search(r"\b(?:my|task|tasks|list|due|todo)\b", flat):
        return Interpretation(reply=about_the_list(scene), rules=("talk.elsewhere",))
    rest = _without(_without(clause.part(_question_end(clause), end), _PLANS), _TOLD_YOU)
    rest = _without(rest, _COMES) if kind == "when" else rest
    rest = _without(rest, _AGAIN) if kind == "when" or _WHAT_TIME.match(flat) else rest
    past = bool(_FINISHED.search(flat)) and not _NOT_YET.search(flat)
    read = read_filter(_without(rest, _FINISHED) if past else rest, past=past)
    if project:
        read = replace(read, arguments={**read.arguments, "project": project}, leftover="")
    period = None if clause.whens or read.narrowed else _PERIOD.match(flat)
    when = next(iter(find_when(_PERIODS[period["unit"]], clause.now)), None) if period else None
    if when:
        read = replace(
            read, arguments={**read.arguments, "due_from": when.date_from, "due_to": when.date_to}, leftover=""
        )
    if kind in ("wh", "asking") and not _about_the_list(clause, read):
        return Interpretation(reply=about_the_list(scene), rules=("talk.elsewhere",))
    asked = list_call(read, f"ask.{kind}", count=bool(_HOW_MANY.search(flat)))
    action = asked.actions[0]
    return replace(asked, actions=(replace(action, arguments=as_place(action.arguments, scene)),))


def _read_whether(clause: Clause, flat: str) -> Interpretation | None:
    """Whether something is on the list, or was done: "check if milk is on there", "did I ever call the vet"."""
    if found := _IF.match(flat):
        return list_call(read_filter(clause.part(found.start("x"), len(flat))), "ask.if")
    found = _IS_IT_PAST.match(flat)
    if found and (found["past"] in PAST or found["past"].endswith("ed")):
        asked = read_filter(clause.group(found, "x"))
        return list_call(replace(asked, arguments={**asked.arguments, "status": "all"}), "ask.is-past")
    if (ever := _EVER.match(flat)) and _is_deed(ever):
        start = ever.start("verb" if ever["aux"] == "did" else "x")
        asked = read_filter(clause.part(start, ever.end("x")))
        return list_call(replace(asked, arguments={**asked.arguments, "status": "all"}), "ask.ever")
    return None


def _is_deed(found: re.Match[str]) -> bool:
    """Whether the verb behind "did I" or "have I" is one of tasks, and not of the list itself."""
    verb = found["verb"]
    if verb in ("finish", "do", "complete", "get", "add", "put", "set", "plan", "schedule", "got", "done", "finished"):
        return False
    return verb in TASK_VERBS if found["aux"] == "did" else verb in PAST or verb.endswith("ed")


def _kind(flat: str) -> str:
    """What makes it a question, or nothing."""
    if _HOW_MANY.match(flat):
        return "" if flat.startswith(("count ", "number")) and not _LISTED.search(flat) else "count"
    if _WH.match(flat):
        return "when" if flat.startswith("when") else "wh"
    if _AUXILIARY.match(flat) or _LOOKS.match(flat) or _DO_THEY.match(flat) or _RIGHT.match(flat):
        return "is"
    shown = _SHOW.match(flat)
    if shown:
        return _kind_of_show(" ".join(shown["show"].split()), flat, shown.end())
    return "asking" if _ASKING.search(flat) and _LISTED.search(flat) else ""


def _kind_of_show(verb: str, flat: str, end: int) -> str:
    """Whether "show", "read" and the like ask, by what follows them."""
    rest = flat[end:].strip(" .?!")
    if not rest:
        return "show" if verb in ("show me", "list", "show", "any", "anything") else ""
    if _NOT_SHOWN.get(verb, _NEVER).match(rest):
        return ""
    if verb in table.CHORES:
        return "show" if _LIST_FOLLOWS.match(rest) else ""
    if verb in ("show", "list out", "print") and not (
        _LISTED.search(rest) or (re.match(r"(?!the\b)", rest) and _OWN.match(rest))
    ):
        return ""
    return "search" if verb.startswith("search") else "show"


def _kind_of_find(clause: Clause, scene: Scene) -> str:
    """ "find milk": a search where such a task, project or tag is known, and else an errand ("find a plumber")."""
    shown = _FIND.match(clause.flat)
    words = clause.flat[shown.end() :].strip(" .?!") if shown else ""
    if not words or len(words.split()) > _MOST_SOUGHT or _ARTICLE.match(words):
        return ""
    places = {fold(place) for task in scene.tasks for place in (task.project or "", *task.tags)}
    return "search" if words in places or find(words, scene.tasks).tasks else ""


def _question_end(clause: Clause) -> int:
    """Where the words behind the question word begin."""
    if time := _WHAT_TIME.match(clause.flat):
        return time.end()
    shown = _SHOW.match(clause.flat)
    return shown.end() if shown and not _HOW_MANY.match(clause.flat) else 0


def _without(clause: Clause, pattern: re.Pattern[str]) -> Clause:
    """The clause with a turn of phrase blanked out, so that it is not taken for a name."""
    found = pattern.search(clause.flat)
    if not found:
        return clause
    a, b = found.span()
    blank = " " * (b - a)
    return Clause(
        text=clause.text[:a] + blank + clause.text[b:],
        flat=clause.flat[:a] + blank + clause.flat[b:],
        start=clause.start,
        now=clause.now,
        literal=clause.literal[:a] + blank + clause.literal[b:],
        projects=clause.projects,
    )


def _about_the_list(clause: Clause, read: Filter) -> bool:
    """Whether a question is about the list at all: it names tasks, a date, or the person."""
    if _WHO.match(clause.flat) and not _OWNED.search(clause.flat):  # "who won the game last night"
        return False
    return read.narrowed or bool(clause.whens) or bool(_ABOUT_LIST.search(clause.flat))


def read_bare(clause: Clause) -> Interpretation | None:
    """ "overdue tasks", "my schedule for today": only a filter, and nothing else."""
    flat = clause.flat.strip(" .?!")
    if first_word(flat) in _NOT_BARE:
        return None
    read = read_filter(clause)
    if read.leftover and not _OWN_LIST.match(flat):
        return read_nominal(clause, flat)
    evident = (
        _OWN_LIST.match(flat)
        or read.plural
        or read.arguments.get("overdue")
        or (read.noun and re.match(r"(?:my|next|upcoming|the next|today's|tomorrow's|latest)\b", flat))
    )
    if not evident and not (_ASKING.search(clause.flat) and read.narrowed):
        return read_nominal(clause, flat)
    if re.match(
        r"(?:all|everything|anything|to do|stuff|things|items?|to dos|day|work|plan|jobs|data|information)$", flat
    ) or (read.leftover and not re.match(r"(?:my|next|upcoming|the next|today's)\b", flat)):
        return None
    return list_call(read, "ask.bare")

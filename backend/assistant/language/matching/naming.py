"""Which tasks a command is about: by name, by number, by pointing, or by a filter."""

import re
from dataclasses import dataclass

from ..context import Clause
from ..conversation.scene import Scene
from .match import Found, find
from .filtering import touched
from ..normalise import tidy
from ..pattern import either, phrase
from ..questions.filters import read_filter
from ..types import Action, Arguments, TaskView
from ..words.nouns import LIST, TASK, TASKS
from ..words.verbs import TASK_VERBS

_LEAD = phrase(
    (
        r"(?:(?:the|my|our|that|this|a|an|another) )*(?:(?:<nouns>)s?(?: (?:called|named|titled|labell?ed|"
        r"about|for|to|of|that says|saying|number|no\.?|:))*(?: |: ?)(?=\S))?(?:(?:the|my|our) (?=\S))?"
    ),
    nouns=TASK,
)
_PLACE = phrase(
    (
        r"(?:,? (?:from|off|off of|on|in|of|to|out of|onto) (?:of )?(?:the |my |our |this |that |a )*(?:to "
        r"do |current |entire |whole )*(?:<lists>|tasks|todos|reminders|to-dos|items))+[\s.!?]*$"
    ),
    lists=LIST,
)
_PLACE_NAMED = phrase(
    (
        r",? (?:from|off|off of|on|in|out of) (?:of )?(?:the |my |our |this |that )*(?P<project>[\w'-]+(?: "
        r"[\w'-]+)?) (?:list|project|board|folder|calendar|schedule)[\s.!?]*$"
    )
)
_NOUN_END = phrase(r" (?:task|todo|to-do|to do|item|reminder|entry)[\s.!?]*$")
_QUANTIFIER = phrase(
    (
        r"(?:the |my )?(?:all|every|everything|each|any|whatever|whole|entire)\b(?! (?:hands|day|saints|"
        r"star|night))|(?:the |my )?(?:rest of )?(?:entire|whole) "
    )
)
_SEPARATOR = re.compile(r"\s*(?:,\s*and\s+|,\s*&\s*|,|\s+and\s+|\s+&\s+|\s+plus\s+|\s+as well as\s+)\s*")
_PREPOSITION = re.compile(r"\b(?:with|for|of|to|about|between|at|in|on|from|by)\b")
_NUMBERS = re.compile(
    r"(?:(?:tasks?|items?|numbers?|todos?|#)\s*)?\d{1,6}(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*|\s+)#?\d{1,6})+"
)
_NUMBERED = re.compile(r"(?:number|no\.?|nr\.?|#)\s*(?P<number>\d{1,6})")
_SPOKEN_NUMBER = phrase(
    rf"(?:the )?(?:{either(TASK)}|number) (?:number )?(?P<number>one|two|three|four|five|six|seven|eight|nine|ten)"
)
_SPOKEN = {
    word: str(number) for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_PLURAL_HEAD = phrase(r"(?:the |my |our |all |of |today's |tomorrow's |this week's )*(?:<words>)\b", words=TASKS)
NAMELESS = frozenset(
    (
        "item",
        "an item",
        "task",
        "a task",
        "one",
        "something",
        "list",
        "a list",
        "reminder",
        "a reminder",
        "alarm",
        "an alarm",
        "todo",
        "a todo",
        "event",
        "an event",
        "the list",
        "my list",
        "lists",
        "item from list",
        "item from my list",
        "an item from my list",
        "an item from the list",
        "a task from my list",
    )
)
PAIRS = frozenset(
    (
        "cheese|pepper|butter|chips|jelly|roll|cons|breakfast|dry|fold|out|wine|vinegar|crackers|go|"
        "answers|gravy|forth|onion"
    ).split("|")
)


@dataclass(frozen=True)
class Named:
    """One task, or one filter: the arguments that name it, the tasks that it resolved to, and what else fits or is near."""

    arguments: Arguments
    targets: tuple[int, ...] | None = None
    found: Found = Found()
    pointing: bool = False

    @property
    def many(self) -> bool:
        return "filter" in self.arguments

    def action(self, tool: str, **more: object) -> Action:
        """The call of ``tool`` on what is named."""
        return Action(tool=tool, arguments={**self.arguments, **more}, targets=self.targets)


def name(clause: Clause, scene: Scene, *, status: str = "open") -> tuple[Named, ...]:
    """What the words name; empty where they name nothing. ``status`` tells which tasks the command is likely to mean."""
    pointed = _point(clause.flat, scene)
    if pointed:
        return pointed
    bulk = read_bulk(clause, scene)
    if bulk:
        return (bulk,)
    if clause.flat.strip(" .") in NAMELESS:
        return (Named(arguments={"match": clause.text.strip()}, targets=() if scene.known else None, pointing=True),)
    clause = bare_name(clause)
    if not clause.flat:
        return ()
    return tuple(
        item
        for part in _parts(clause, scene)
        for item in (_point(part.flat, scene) or (by_words(part, scene, status=status),))
    )


def bare_name(clause: Clause) -> Clause:
    """The words without "the task called …" in front and "… from my list" behind."""
    for pattern in (_PLACE, _PLACE_NAMED, _NOUN_END):
        found = pattern.search(clause.flat)
        if found and found.start() > 0:
            clause = clause.part(0, found.start())
    numbered = _NUMBERED.fullmatch(clause.flat)
    if numbered:
        return clause.group(numbered, "number")
    spoken = _SPOKEN_NUMBER.fullmatch(clause.flat)
    if spoken:
        return clause.group(spoken, "number")
    lead = _LEAD.match(clause.flat)
    rest = clause.part(lead.end(), len(clause.flat)) if lead else clause
    return rest if rest.flat else clause


def read_bulk(clause: Clause, scene: Scene) -> Named | None:
    """The filter that the words are; None where they name a single task."""
    quantified = bool(_QUANTIFIER.match(clause.flat))
    if not clause.short or clause.text[:1] in "\"“'":
        return None
    narrowed = read_filter(clause)
    arguments = dict(narrowed.arguments)
    arguments.pop("count", None)
    if narrowed.leftover:
        if not quantified and not (arguments and _PLURAL_HEAD.match(clause.flat)):
            return None
        arguments["search"] = narrowed.leftover
    elif not (quantified or narrowed.plural or arguments.get("overdue") or arguments.get("status")):
        return None
    elif not arguments and not (quantified or narrowed.plural):
        return None
    return Named(
        arguments={"filter": arguments}, targets=touched(arguments, scene.tasks, scene.now) if scene.known else None
    )


def _point(flat: str, scene: Scene) -> tuple[Named, ...]:
    words = _PLACE.sub("", flat)
    numbers = scene.refer(words)
    if numbers is None:
        return ()
    if not numbers:
        return (Named(arguments={"match": words.strip(" .,!?")}, targets=() if scene.known else None, pointing=True),)
    return tuple(of_number(number, scene, words) for number in numbers)


def of_number(number: int, scene: Scene, words: str = "") -> Named:
    """The task of that number, by its title where it is known."""
    task = scene.task(number)
    return Named(
        arguments={"match": task.title if task else str(number)},
        targets=(number,),
        pointing=True,
        found=Found(tasks=(task,) if task else ()),
    )


def _parts(clause: Clause, scene: Scene) -> list[Clause]:
    """ "milk and eggs" is two names; "dinner with Ana and Bob" and "mac and cheese" are one."""
    pieces: list[Clause] = []
    position = 0
    if not clause.short or clause.text[:1] in '"“':
        return [clause]
    for found in _SEPARATOR.finditer(clause.flat):
        pieces.append(clause.part(position, found.start()))
        position = found.end()
    pieces.append(clause.part(position, len(clause.flat)))
    pieces = [bare_name(piece) for piece in pieces if piece.flat]
    if len(pieces) < 2 or _NUMBERS.fullmatch(clause.flat):
        return pieces or [clause]
    if scene.known:
        whole = find(clause.text, scene.tasks)
        each = all(find(piece.text, scene.tasks).tasks or scene.refer(piece.flat) for piece in pieces)
        return pieces if each and not whole.tasks else [clause]
    apart = (
        len(pieces) > 2 or pieces[0].flat not in TASK_VERBS or " the " in clause.flat or pieces[1].flat in TASK_VERBS
    )
    return pieces if apart and all(map(_stands_alone, pieces)) and pieces[-1].flat not in PAIRS else [clause]


def _stands_alone(piece: Clause) -> bool:
    return len(piece.flat.split()) <= 3 and not _PREPOSITION.search(piece.flat)


def by_words(clause: Clause, scene: Scene, *, status: str = "open") -> Named:
    """The task that the words name, and where tasks are known, which those are."""
    words = tidy(clause.text)
    quoted = re.fullmatch(r'["“](.+)["”]', words)
    words = quoted[1] if quoted else words
    if not scene.known:
        return Named(arguments={"match": words})
    found = _find_by_status(words, scene, status)
    if not found.tasks and clause.whens:
        found = _find_by_date(clause, scene, status) or found
    return Named(arguments={"match": words}, targets=tuple(task.number for task in found.tasks), found=found)


def _find_by_status(words: str, scene: Scene, status: str) -> Found:
    """Those in the likely state first: nobody completes what is done."""
    likely = [task for task in scene.tasks if task.done == (status == "done")]
    found = find(words, likely)
    if found.tasks:
        return found
    other = find(words, [task for task in scene.tasks if task not in likely])
    return other if other.tasks else Found(near=found.near or other.near)


def _find_by_date(clause: Clause, scene: Scene, status: str) -> Found | None:
    """ "the meeting on friday": the name without the date, among the tasks of that date."""
    name_only = "".join(
        " " if any(w.start <= i < w.end for w in clause.whens) else c for i, c in enumerate(clause.text)
    )
    found = _find_by_status(tidy(name_only), scene, status)
    first = min((w.date_from or (w.due or "")[:10] for w in clause.whens), default="")
    last = max((w.date_to or (w.due or "")[:10] for w in clause.whens), default="")
    dated = tuple(task for task in scene.tasks if task.due and not task.done and first <= task.due[:10] <= last)
    fitting = tuple(task for task in found.tasks if task in dated)
    return Found(tasks=fitting or found.tasks) if found.tasks else Found(near=dated[:3])


def one_task(named: Named) -> TaskView | None:
    """The single task that was named, where it is known."""
    return named.found.tasks[0] if len(named.found.tasks) == 1 else None

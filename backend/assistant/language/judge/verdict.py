"""Whether a reading stands: a change needs evidence, and the judge weighs it.

The thresholds were chosen on a part of the sentences that the weights were not trained on, so that what is done at once
is right 98 times in 100; ``docs/judge.md`` has the figures.
"""

import re
from dataclasses import dataclass, replace

from ..context import Clause
from ..conversation.scene import Scene
from ..matching.match import find
from ..matching.outcome import VERBS, add_instead
from ..normalise import visible
from ..pattern import first_word
from ..types import Choice, Interpretation
from ..words.verbs import TASK_VERBS
from .features import Features, features
from .instead import read_as
from .limits import (
    NEW_LIST,
    asks_for_list,
    is_sum,
    limit,
    not_english,
    other_language,
    question_for_others,
    small_talk,
)
from .model import Model, loaded

NOTHING = ("talk", "elsewhere", "beyond")
READ_ONLY, ADD, COMPLETE, UNDO = "list_tasks", "add_task", "complete_task", "undo"
PLAIN = ("add.plain", "add.words")  # what no rule knew as a command
UNREAD = ("talk.remark", "talk.help", "bad.unread", "bad.question", "bad.statement", "bad.gibberish")

# How sure the judge must be that nothing was asked for, by the evidence that stands against it.
NOTHING_OF_WORDS = 0.6  # bare words as a task
NOTHING_OF_VERB = 0.8  # the same with the verb of a task before them
NOTHING_OF_ERRAND = 0.98  # the same with a date or a field
NOTHING_OF_TELLING = 0.7  # "got it", "I haven't …": told, of a task or of anything
NOTHING_OF_DATED = 0.995  # the same with a date
NOTHING_OF_WISH = 0.95  # "I have to …", "I need …": half a command, half talk
NOTHING_OF_COMMAND = 0.995  # a rule that knows a command
NOTHING_SHOWN = 0.8  # a question about the list
NOTHING_OF_MINE = 0.998  # the same, about the person or a date
NOTHING_OF_OURS = 0.999  # the same, with a word for what the program keeps
NOTHING_OF_PART = 0.9  # a task of bare words that is one of several clauses, which is less to go by
NEVER = 2.0

# How likely the rules' own tool must be for its call to be made at once.
SURE = 0.95  # a change of what stands on the list
SURE_OF_WORDS = 0.75  # a task of bare words
SURE_OF_ADDING = 0.6  # a task with a verb, a date or a field
OFFERED = 0.5  # a task of bare words that is less likely is asked about, and not even proposed
OFFERED_WORD = 0.65  # the same for a single word

TALK_AT_LEAST = 0.1  # what may hardly be talk is proposed all the same

SURELY_OTHER = 0.55  # from here on another tool than the rules' is read
OTHER_THAN_EVIDENT = 0.75  # the same where a date, a field or a question stands
OTHER_THAN_ASKED = 0.88  # the same where a question has a word for what the program keeps
HARDLY = 0.35  # what the rules' own tool may still have then
_MINE = re.compile(r"\b(?:i|i'm|i've|i'll|my|mine|me|we|our|us)\b")
_OURS = re.compile(
    r"\b(?:calendar|schedule|agenda|lists?|reminders?|alarms?|events?|appointments?|meetings?|tasks?|to-?dos?|alerts?|notifications?)\b"
)


@dataclass(frozen=True)
class Judgement:
    """What the judge holds of a message and its reading: the chance of each class, and what decided."""

    said: Features
    chances: dict[str, float]

    @property
    def nothing(self) -> float:
        """The chance that the words ask for nothing that this program does."""
        return sum(self.chances[name] for name in NOTHING)

    @property
    def kind(self) -> str:
        """The likeliest of those kinds of nothing."""
        return max(NOTHING, key=lambda name: self.chances[name])

    @property
    def tool(self) -> str:
        """The likeliest tool."""
        return max((name for name in self.chances if name not in NOTHING), key=lambda name: self.chances[name])


def judge(clause: Clause, reading: Interpretation | None, weights: Model) -> Judgement:
    """The judge's view of a clause and its reading."""
    said = features(clause.flat, reading, clause.start)
    return Judgement(said, weights.probabilities(said))


def settled_part(clause: Clause, reading: Interpretation, scene: Scene) -> Interpretation:
    """The reading of one of several clauses: a task that is plainly talk is none, and all else stands."""
    weights, _ = loaded()
    if weights is None or clause.role or len(reading.actions) != 1 or reading.rules[0] not in PLAIN:
        return reading
    judgement = judge(clause, reading, weights)
    return _answered(clause, reading, scene, judgement) if judgement.nothing >= NOTHING_OF_PART else reading


def settled(clause: Clause, reading: Interpretation, scene: Scene) -> Interpretation:
    """The reading, if it may stand; else an answer, an offer, or the words read as another tool."""
    weights, _ = loaded()
    if weights is None or not _open(reading) or any(rule.startswith("reminders.") for rule in reading.rules):
        return reading
    plain = reading.actions and reading.rules[0] in PLAIN
    if plain and (language := other_language(clause.flat)):
        return _asked(clause, reading, not_english(language), "judge.language")
    if len(reading.actions) == 1 and reading.actions[0].tool in (ADD, READ_ONLY) and asks_for_list(clause.flat):
        return _new_list(clause, reading)
    judgement = judge(clause, reading, weights)
    if not reading.actions:
        return _found(clause, reading, scene, judgement)
    if is_sum(clause.text, reading) or judgement.nothing >= _limit_of(clause, reading, scene):
        return _answered(clause, reading, scene, judgement)
    if _only_looks(clause, reading):
        return replace(reading, actions=reading.actions[1:])
    return _read_otherwise(clause, reading, scene, judgement)


def _new_list(clause: Clause, reading: Interpretation) -> Interpretation:
    """A list that nobody has yet: it begins with a task, and these words are offered as one."""
    choice = _as_task(clause, reading)
    return replace(
        reading, actions=choice.actions, reply=NEW_LIST, choices=(choice,), rules=("judge.new-list",), sure=False
    )


def _open(reading: Interpretation) -> bool:
    """Whether there is something to judge: an action at once, or words that the rules made nothing of."""
    rule = reading.rules[0] if reading.rules else ""
    return reading.sure or not reading.choices if reading.actions else rule in UNREAD


def _only_looks(clause: Clause, reading: Interpretation) -> bool:
    """ "find my list and delete apples": the look is the way to what is asked for."""
    tools = [action.tool for action in reading.actions]
    return first_word(clause.flat) in _LOOKING and len(tools) > 1 and tools[0] == READ_ONLY and tools[1] != READ_ONLY


_LOOKING = frozenset(("find", "open", "check", "go", "look", "search", "locate", "access"))


def _limit_of(clause: Clause, reading: Interpretation, scene: Scene) -> float:
    """How sure the judge must be that nothing was asked for."""
    tool, rule = reading.actions[0].tool, reading.rules[0]
    if tool == READ_ONLY:
        if _names_place(reading, scene) or _names_task(reading, scene):
            return NEVER
        if _OURS.search(clause.flat, 0, 400):
            return NOTHING_OF_OURS
        mine = _MINE.search(clause.flat, 0, 400) or "due_from" in reading.actions[0].arguments
        return NOTHING_OF_MINE if mine else NOTHING_SHOWN
    if rule in PLAIN:
        if "recurrence" in reading.actions[0].arguments:
            return NOTHING_OF_DATED
        if _has_field(reading):
            return NOTHING_OF_ERRAND
        return NOTHING_OF_VERB if first_word(clause.flat) in TASK_VERBS else NOTHING_OF_WORDS
    if rule in _TOLD or (tool == UNDO and not scene.turns):
        return NOTHING_OF_TELLING
    if rule in _WISHES or tool != ADD:
        return NOTHING_OF_DATED if tool == ADD and _has_field(reading) else NOTHING_OF_WISH
    return NEVER if rule in _ASKED_FOR and _has_field(reading) else NOTHING_OF_COMMAND


_WISHES = ("add.must", "add.need")
_ASKED_FOR = ("add.make", "add.remind", "add.verb", "add.put")
_TOLD = ("complete.past", "complete.i-did", "complete.passive", "reopen.not-finished", "edit.change-to")


def _has_field(reading: Interpretation) -> bool:
    """Whether a date or a field stands; "now" is in too much talk to be one."""
    return bool(reading.actions[0].arguments.keys() - {"title"}) and "now" not in reading.rules


def _names_task(reading: Interpretation, scene: Scene) -> bool:
    """Whether a question names a task that the list holds."""
    asked = str(reading.actions[0].arguments.get("search", ""))
    return bool(asked and scene.known and find(asked, scene.tasks).tasks)


def _names_place(reading: Interpretation, scene: Scene) -> bool:
    """Whether a question names a project or a tag that the user has."""
    asked = {str(reading.actions[0].arguments.get(key, "")).lower() for key in ("project", "tag")} - {""}
    return bool(asked) and any(
        asked & {(task.project or "").lower(), *(tag.lower() for tag in task.tags)} for task in scene.tasks
    )


def _answered(clause: Clause, reading: Interpretation, scene: Scene, judgement: Judgement) -> Interpretation:
    """Nothing is done; that these words are a task after all is offered, unless they only ask."""
    kind = judgement.kind
    reply = {
        "talk": lambda: small_talk(visible(clause.text), scene),
        "elsewhere": lambda: question_for_others(scene),
        "beyond": lambda: limit(clause.flat),
    }[kind]()
    if reading.actions[0].tool == READ_ONLY:
        return Interpretation(reply=reply, rules=(f"judge.{kind}", *reading.rules))
    return _asked(clause, reading, reply, f"judge.{kind}")


def _asked(clause: Clause, reading: Interpretation, reply: str, rule: str) -> Interpretation:
    return Interpretation(reply=reply, choices=(_as_task(clause, reading),), rules=(rule, *reading.rules), sure=False)


def _as_task(clause: Clause, reading: Interpretation) -> Choice:
    """The words as a task, with what the rules read of them."""
    words = visible(clause.text).strip()
    adds = tuple(action for action in reading.actions if action.tool == ADD)
    return Choice(label=f"Add “{words}” as a new task", actions=adds) if adds else add_instead(words)


def _found(clause: Clause, reading: Interpretation, scene: Scene, judgement: Judgement) -> Interpretation:
    """Where the rules read nothing: a tool that the judge is sure of."""
    if judgement.nothing >= NOTHING_SHOWN and reading.rules[0] == "bad.statement":
        return replace(reading, reply=limit(clause.flat), rules=("judge.beyond", *reading.rules))
    enough = SURELY_OTHER if judgement.tool in (READ_ONLY, COMPLETE) else SURE
    sure = judgement.chances[judgement.tool] >= enough
    return (_other(clause, reading, scene, judgement) if sure else None) or reading


def _read_otherwise(clause: Clause, reading: Interpretation, scene: Scene, judgement: Judgement) -> Interpretation:
    """The words as another tool, where the judge is sure of it and hardly believes the rules'."""
    chances, tool = judgement.chances, reading.actions[0].tool
    if len(reading.actions) > 1 or any(action.targets for action in reading.actions):
        return reading
    enough = _other_from(clause, reading, judgement)
    if judgement.tool != tool and chances[judgement.tool] >= enough and chances[tool] <= HARDLY:
        other = _other(clause, reading, scene, judgement)
        if other:
            return other
    if _is_bare(reading) and chances[ADD] < _offered_from(clause) and judgement.nothing > TALK_AT_LEAST:
        return _asked(clause, reading, UNSURE, "judge.doubt")
    return _doubted(clause, reading) if chances[tool] < _enough(clause, reading) else reading


def _other_from(clause: Clause, reading: Interpretation, judgement: Judgement) -> float:
    """How sure the judge must be of another tool than the rules' for the words to be read so."""
    tool = reading.actions[0].tool
    if tool == READ_ONLY and _OURS.search(clause.flat, 0, 400):
        return OTHER_THAN_ASKED
    evident = tool == READ_ONLY or judgement.tool == UNDO or (tool == ADD and _has_field(reading))
    return OTHER_THAN_EVIDENT if evident else SURELY_OTHER


def _offered_from(clause: Clause) -> float:
    """How likely a task of bare words must be to be proposed."""
    if first_word(clause.flat) in TASK_VERBS:
        return 0.0
    return OFFERED if " " in clause.flat.strip() else OFFERED_WORD


def _enough(clause: Clause, reading: Interpretation) -> float:
    """How likely the rules' own tool must be for its call to be made at once."""
    tool = reading.actions[0].tool
    if tool in (READ_ONLY, UNDO):  # a whole message of an undo's words, and undone by the next
        return 0.0
    if reading.rules[0] in _ASKED_FOR and _has_field(reading):
        return 0.0
    if tool != ADD:
        return SURE
    return SURE_OF_WORDS if _is_bare(reading) and first_word(clause.flat) not in TASK_VERBS else SURE_OF_ADDING


def _is_bare(reading: Interpretation) -> bool:
    """Whether words are taken as a task with nothing that says so."""
    return reading.rules[0] in PLAIN and not _has_field(reading)


def _doubted(clause: Clause, reading: Interpretation) -> Interpretation:
    """The reading as an offer, beside a task of just these words."""
    action = reading.actions[0]
    told = action.arguments.get("match") or action.arguments.get("title") or "that"
    label = f"{_VERBS.get(action.tool, 'Do')} “{told}”"
    choices = (Choice(label=label, actions=reading.actions), _as_task(clause, replace(reading, actions=())))
    return replace(
        reading,
        reply=UNSURE,
        choices=choices[:1] if action.tool == ADD else choices,
        rules=(*reading.rules, "judge.doubt"),
        sure=False,
    )


UNSURE = "I'm not sure what you mean."
_VERBS = {**VERBS, "add_task": "Add", "undo": "Undo"}


def _other(clause: Clause, reading: Interpretation, scene: Scene, judgement: Judgement) -> Interpretation | None:
    found = read_as(judgement.tool, clause, scene, _as_task(clause, reading))
    return replace(found, rules=(f"judge.{judgement.tool}", *found.rules)) if found else None

"""Whether a reading stands: a change needs evidence, and the judge weighs it."""

import re
from dataclasses import dataclass, replace

from ..context import Clause
from ..conversation.scene import Scene
from ..matching.outcome import VERBS, add_instead
from ..normalise import visible
from ..pattern import first_word
from ..types import Choice, Interpretation
from .evidence import (
    ADD,
    COMPLETE,
    HARDLY,
    LED,
    NOTHING_SHOWN,
    PLAIN,
    READ_ONLY,
    SURE,
    SURELY_OTHER,
    TALK_AT_LEAST,
    at_once_from,
    is_bare,
    names_known,
    names_place,
    nothing_from,
    nothing_of_part_from,
    offered_from,
    other_from,
)
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
from .others import for_others

NOTHING = ("talk", "elsewhere", "beyond")
UNREAD = ("talk.remark", "talk.help", "bad.unread", "bad.question", "bad.statement", "bad.gibberish")


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


_BULLET = re.compile(r"(?:[-*•–+]|\d{1,2}[.)])\s")  # a line of a list is what there is to do, whatever it says


_QUOTED = re.compile(r"(?:please )?(?:add|create|new task:?) [\"“]")  # what is quoted is a title, whatever it says


def settled_part(clause: Clause, reading: Interpretation, scene: Scene) -> Interpretation:
    """The reading of one of several clauses: a task that is plainly talk is none, and all else stands."""
    weights, _ = loaded()
    if weights is None or clause.role or len(reading.actions) != 1 or reading.rules[0] not in PLAIN:
        return reading
    judgement = judge(clause, reading, weights)
    return (
        _answered(clause, reading, scene, judgement.kind)
        if judgement.nothing >= nothing_of_part_from(clause)
        else reading
    )


def settled(clause: Clause, reading: Interpretation, scene: Scene) -> Interpretation:
    """The reading, if it may stand; else an answer, an offer, or the words read as another tool."""
    weights, _ = loaded()
    if weights is None or not _open(reading) or _BULLET.match(clause.flat) or _QUOTED.match(clause.flat):
        return reading
    if any(rule.startswith("reminders.") for rule in reading.rules):
        return reading
    plain = reading.actions and reading.rules[0] in PLAIN
    if plain and (language := other_language(clause.flat)):
        return _asked(clause, reading, not_english(language), "judge.language")
    if kind := _surely_for_others(clause, reading, scene):
        return _answered(clause, reading, scene, kind)
    if len(reading.actions) == 1 and reading.actions[0].tool in (ADD, READ_ONLY) and asks_for_list(clause.flat):
        return _new_list(clause, reading)
    judgement = judge(clause, reading, weights)
    if not reading.actions:
        return _found(clause, reading, scene, judgement)
    if is_sum(clause.text, reading) or judgement.nothing >= nothing_from(clause, reading, scene):
        return _answered(clause, reading, scene, judgement.kind)
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


def _surely_for_others(clause: Clause, reading: Interpretation, scene: Scene) -> str | None:
    """The kind of nothing that the words surely are, where nothing in their reading stands against it."""
    if len(reading.actions) != 1 or any(action.targets for action in reading.actions):
        return None
    tool, rule = reading.actions[0].tool, reading.rules[0]
    if names_place(reading, scene) or (tool == READ_ONLY and names_known(reading, scene)):
        return None
    return for_others(clause.flat, added=tool == ADD and rule not in (*PLAIN, *LED))


def _answered(clause: Clause, reading: Interpretation, scene: Scene, kind: str) -> Interpretation:
    """Nothing is done; that these words are a task after all is offered, unless they only ask."""
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
    if len(reading.actions) > 1 or tool not in chances or any(action.targets for action in reading.actions):
        return reading  # tools that are no class of the judge's (reminders, the past) stand as the rules read them
    enough = other_from(clause, reading, judgement.tool)
    if judgement.tool != tool and chances[judgement.tool] >= enough and chances[tool] <= HARDLY:
        other = _other(clause, reading, scene, judgement)
        if other:
            return other
    if is_bare(reading) and chances[ADD] < offered_from(clause) and judgement.nothing > TALK_AT_LEAST:
        return _asked(clause, reading, UNSURE, "judge.doubt")
    return _doubted(clause, reading) if chances[tool] < at_once_from(clause, reading) else reading


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

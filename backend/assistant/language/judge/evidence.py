"""The evidence in a reading, and how sure the judge must be against it.

The thresholds were chosen by cross-validation over what the weights are trained on; ``docs/judge.md`` has the figures.
"""

import re

from ..context import Clause
from ..conversation.scene import Scene
from ..matching.match import find
from ..pattern import first_word
from ..types import Interpretation
from ..words.verbs import TASK_VERBS

READ_ONLY, ADD, COMPLETE, UNDO = "list_tasks", "add_task", "complete_task", "undo"
PLAIN = ("add.plain", "add.words")  # what no rule knew as a command
LED = ("add.must", "add.remind")  # what only leads to a task: "I need to …", "remind me how …"

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
NOTHING_OF_PART_WITH_VERB = 0.97  # the same with the verb of a task before them
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
_WISHES = ("add.must", "add.need")
_ASKED_FOR = ("add.make", "add.remind", "add.verb", "add.put")
_TOLD = ("complete.past", "complete.i-did", "complete.passive", "reopen.not-finished", "edit.change-to")


def nothing_from(clause: Clause, reading: Interpretation, scene: Scene) -> float:
    """How sure the judge must be that nothing was asked for."""
    tool, rule = reading.actions[0].tool, reading.rules[0]
    if tool == READ_ONLY:
        if names_known(reading, scene):
            return NEVER
        if _OURS.search(clause.flat, 0, 400):
            return NOTHING_OF_OURS
        mine = _MINE.search(clause.flat, 0, 400) or "due_from" in reading.actions[0].arguments
        return NOTHING_OF_MINE if mine else NOTHING_SHOWN
    if rule in PLAIN:
        if "recurrence" in reading.actions[0].arguments:
            return NOTHING_OF_DATED
        if has_field(reading):
            return NOTHING_OF_ERRAND
        return NOTHING_OF_VERB if first_word(clause.flat) in TASK_VERBS else NOTHING_OF_WORDS
    if rule in _TOLD or (tool == UNDO and not scene.turns):
        return NOTHING_OF_TELLING
    if rule in _WISHES or tool != ADD:
        return NOTHING_OF_DATED if tool == ADD and has_field(reading) else NOTHING_OF_WISH
    return NEVER if rule in _ASKED_FOR and has_field(reading) else NOTHING_OF_COMMAND


def nothing_of_part_from(clause: Clause) -> float:
    """The same for one of several clauses that is a task of bare words."""
    return NOTHING_OF_PART_WITH_VERB if first_word(clause.flat) in TASK_VERBS else NOTHING_OF_PART


def has_field(reading: Interpretation) -> bool:
    """Whether a date or a field stands; "now" is in too much talk to be one."""
    return bool(reading.actions[0].arguments.keys() - {"title"}) and "now" not in reading.rules


def names_known(reading: Interpretation, scene: Scene) -> bool:
    """Whether a question names a task, a project or a tag that the user has."""
    return names_place(reading, scene) or _names_task(reading, scene)


def _names_task(reading: Interpretation, scene: Scene) -> bool:
    """Whether a question names a task that the list holds."""
    asked = str(reading.actions[0].arguments.get("search", ""))
    return bool(asked and scene.known and find(asked, scene.tasks).tasks)


def names_place(reading: Interpretation, scene: Scene) -> bool:
    """Whether a question, or a task to add, names a project or a tag that the user has."""
    asked = {str(reading.actions[0].arguments.get(key, "")).lower() for key in ("project", "tag")} - {""}
    return bool(asked) and any(
        asked & {(task.project or "").lower(), *(tag.lower() for tag in task.tags)} for task in scene.tasks
    )


def other_from(clause: Clause, reading: Interpretation, other: str) -> float:
    """How sure the judge must be of another tool than the rules' for the words to be read so."""
    tool = reading.actions[0].tool
    if tool == READ_ONLY and _OURS.search(clause.flat, 0, 400):
        return OTHER_THAN_ASKED
    evident = tool == READ_ONLY or other == UNDO or (tool == ADD and has_field(reading))
    return OTHER_THAN_EVIDENT if evident else SURELY_OTHER


def offered_from(clause: Clause) -> float:
    """How likely a task of bare words must be to be proposed."""
    if first_word(clause.flat) in TASK_VERBS:
        return 0.0
    return OFFERED if " " in clause.flat.strip() else OFFERED_WORD


def at_once_from(clause: Clause, reading: Interpretation) -> float:
    """How likely the rules' own tool must be for its call to be made at once."""
    tool = reading.actions[0].tool
    if tool in (READ_ONLY, UNDO):  # a whole message of an undo's words, and undone by the next
        return 0.0
    if reading.rules[0] in _ASKED_FOR and has_field(reading):
        return 0.0
    if tool != ADD:
        return SURE
    return SURE_OF_WORDS if is_bare(reading) and first_word(clause.flat) not in TASK_VERBS else SURE_OF_ADDING


def is_bare(reading: Interpretation) -> bool:
    """Whether words are taken as a task with nothing that says so."""
    return reading.rules[0] in PLAIN and not has_field(reading)

"""The engine: a message in, what it means out. Pure and deterministic; never raises, whatever the text."""

import re
from collections.abc import Iterable
from dataclasses import replace

from .commands import read_command
from .commands.history import read_history
from .context import Clause, whole
from .conversation.followups import read_followup
from .conversation.pronouns import linked
from .conversation.resumption import resumed
from .conversation.scene import Scene, scene_of
from .judge.verdict import settled, settled_part
from .matching.outcome import add_instead
from .normalise import closing_start, fold, has_words, opening_end, visible
from .questions.views import read_view
from .reminders.read import read_reminders, read_with_reminders
from .replies.help import empty, help_text, not_understood
from .replies.smalltalk import read_talk, read_thanks
from .splitting import clauses
from .splitting.reasons import is_news
from .subtasks.read import read_subtasks
from .types import Action, Interpretation, Request

# Words that are addressed to a language model; here there is none, and a task may be named so.
_INJECTION = re.compile(
    r"(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|prior|above|"
    r"earlier|system)\s+(?:instruction|prompt|rule|message)"
)
_WHOLE = ("reminders.snooze", "reminders.wake")  # "not now, remind me again at 9", "set an alarm and wake me at 6"
MOST_ACTIONS = (
    200  # more tasks than anybody types at once; the reply says how much is left, so that nothing is lost in silence
)


def interpret(request: Request) -> Interpretation:
    """What the message means on the stage of the user's tasks and the last turns.

    ``request.now`` is wall-clock time in the user's zone, and so are all times in the answer.
    """
    if request.as_filter:
        return read_view(request)
    return resumed(request, _interpret) or _interpret(request)


def read_by_rules(request: Request) -> Interpretation:
    """What the rules alone make of the message: what the judge is shown, and what serves where its weights are not."""
    return _interpret(request, judge=False)


def _interpret(request: Request, *, judge: bool = True) -> Interpretation:
    scene = scene_of(request)
    flat = fold(request.text)
    message = whole(request, flat)
    if not has_words(request.text):
        reply = help_text(scene) if message.flat.strip(" ") in ("?", "??", "???") else empty(scene)
        return Interpretation(reply=reply, rules=("bad.empty",))
    return _read(message, scene, judge=judge) or Interpretation(
        reply=not_understood(request.text, scene), rules=("bad.unread",), sure=False
    )


def _read(message: Clause, scene: Scene, *, judge: bool) -> Interpretation | None:
    """Talk first, then what continues the conversation, then commands one by one."""
    polite = _bare(message)
    if said := _read_of_reminders(message, polite, scene, judge=judge):
        return said
    if found := read_subtasks(polite, scene, lambda part: _read(part, scene, judge=False)):
        return found
    for text in (message, polite):
        if len(text.flat) <= 120 and (talk := read_history(text) or _talk_or_followup(text, scene)):
            return talk
    if _INJECTION.match(polite.flat):
        words = visible(message.text)
        return Interpretation(
            reply=not_understood(words, scene), choices=(add_instead(words),), rules=("bad.injection",), sure=False
        )
    parts = clauses(message)
    if not parts:
        return None
    reading = _together(parts, scene, judge=judge and len(parts) > 1)
    return settled(message, reading, scene) if judge and reading else reading


def _read_of_reminders(message: Clause, polite: Clause, scene: Scene, *, judge: bool) -> Interpretation | None:
    """A message about reminders as a whole: its last words set those of the task before, or all of it is about them."""

    def read(head: Clause) -> Interpretation | None:
        return _read(head, scene, judge=judge)

    if found := read_with_reminders(message, scene, read):
        return found
    found = read_reminders(polite, scene)
    return found if found and (found.rules[0] in _WHOLE or len(clauses(message)) == 1) else None


def _talk_or_followup(message: Clause, scene: Scene) -> Interpretation | None:
    return read_thanks(message.flat, scene) or read_followup(message, scene) or read_talk(message.flat, scene)


def _bare(clause: Clause) -> Clause:
    """The clause without greetings, hesitation and politeness around it."""
    bare = clause.part(opening_end(clause.flat), len(clause.flat))
    bare = bare.part(0, closing_start(bare.flat))
    return bare if bare.flat else clause


def _together(parts: list[Clause], scene: Scene, *, judge: bool) -> Interpretation | None:
    """The readings of all clauses as one: their actions in order, the replies and choices of those that ask."""
    found, left = _readings(parts, scene, judge=judge)
    if not found:
        return None
    note = (
        f" I read the first {MOST_ACTIONS} tasks; {left} more lines are left: please send those again." if left else ""
    )
    if len(found) == 1:
        return replace(found[0], reply=found[0].reply + note)
    acting = [reading for reading in found if reading.actions or not _idle(reading)] or found[:1]
    return Interpretation(
        actions=_once(action for reading in found for action in reading.actions),
        spans=tuple(
            sorted((span for reading in found for span in reading.spans), key=lambda span: (span.start, span.end))
        ),
        reply=" ".join(dict.fromkeys(reading.reply for reading in acting if reading.reply)) + note,
        choices=tuple(choice for reading in acting for choice in reading.choices),
        sure=all(reading.sure for reading in acting),
        rules=tuple(rule for reading in found for rule in reading.rules),
    )


def _once(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions without one that was just said: "not doing yoga any more, delete it"."""
    kept: list[Action] = []
    for action in actions:
        if not kept or action != kept[-1] or action.tool == "add_task":
            kept.append(action)
    return tuple(kept)


def _readings(parts: list[Clause], scene: Scene, *, judge: bool) -> tuple[list[Interpretation], int]:
    """What each clause means, up to the most actions of one turn, and how many clauses are left."""
    found: list[Interpretation] = []
    actions = 0
    alone = replace(scene, turns=())
    known: dict[Clause, Interpretation | None] = {}
    for place, part in enumerate(parts):
        if actions >= MOST_ACTIONS:
            return found, len(parts) - place
        if not actions:
            reading = _settled_reading(part, scene, judge=judge)
        else:
            reading = _known_reading(part, alone, known, judge=judge)
        if reading and found:
            _drop_news(found, reading, parts[place - 1])
            reading = linked(found, reading)
        if reading:
            found.append(reading)
            actions += len(reading.actions)
    return found, 0


def _known_reading(
    part: Clause, scene: Scene, known: dict[Clause, Interpretation | None], *, judge: bool
) -> Interpretation | None:
    """The reading of a clause, once for all clauses of the same words: a message may hold hundreds of them."""
    words = replace(part, start=0)
    if words not in known:
        known[words] = _settled_reading(words, scene, judge=judge)
    reading = known[words]
    return _shifted(reading, part.start) if reading else None


def _settled_reading(part: Clause, scene: Scene, *, judge: bool) -> Interpretation | None:
    reading = read_command(_bare(part).mended(), scene)
    return settled_part(part, reading, scene) if reading and judge else reading


def _shifted(reading: Interpretation, start: int) -> Interpretation:
    """The reading with its highlights moved to where its words stand."""
    spans = tuple(replace(span, start=span.start + start, end=span.end + start) for span in reading.spans)
    return replace(reading, spans=spans)


def _drop_news(found: list[Interpretation], reading: Interpretation, before: Clause) -> None:
    """ "boss is out tomorrow, push the review": what is told in front of a change is its reason, and no task."""
    changes = reading.actions and reading.actions[0].tool in ("update_task", "delete_task")
    if changes and found[-1].rules[:1] == ("add.plain",) and is_news(before.flat):
        found[-1] = Interpretation(rules=("talk.remark",))


def _idle(reading: Interpretation) -> bool:
    return all(rule.startswith("talk.") for rule in reading.rules)

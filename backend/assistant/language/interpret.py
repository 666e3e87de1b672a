"""The engine: a message in, what it means out. Pure and deterministic; never raises, whatever the text."""

from dataclasses import replace

from .commands import read_command
from .context import Clause, whole
from .conversation.followups import read_followup
from .conversation.scene import Scene, scene_of
from .normalise import closing_start, fold, has_words, opening_end
from .replies.help import empty, help_text, not_understood
from .replies.smalltalk import read_talk, read_thanks
from .splitting import clauses
from .types import Action, Interpretation, Request

MOST_ACTIONS = 200  # more tasks than anybody types at once; the rest is named in the reply, not lost in silence


def interpret(request: Request) -> Interpretation:
    """What the message means on the stage of the user's tasks and the last turns.

    ``request.now`` is wall-clock time in the user's zone, and so are all times in the answer.
    """
    scene = scene_of(request)
    flat = fold(request.text)
    message = whole(request, flat)
    if not has_words(request.text):
        reply = help_text(scene) if message.flat.strip(" ") in ("?", "??", "???") else empty(scene)
        return Interpretation(reply=reply, rules=("bad.empty",))
    return _read(message, scene) or Interpretation(reply=not_understood(request.text, scene), rules=("bad.unread",), sure=False)


def _read(message: Clause, scene: Scene) -> Interpretation | None:
    """Talk first, then what continues the conversation, then commands one by one."""
    polite = _bare(message)
    for text in (message, polite):
        if len(text.flat) <= 120 and (talk := _talk_or_followup(text, scene)):
            return talk
    parts = clauses(message)
    if not parts:
        return None
    readings = [(part, read_command(_bare(part), scene)) for part in parts]
    return _together(readings, scene)


def _talk_or_followup(message: Clause, scene: Scene) -> Interpretation | None:
    return read_thanks(message.flat, scene) or read_followup(message, scene) or read_talk(message.flat, scene)


def _bare(clause: Clause) -> Clause:
    """The clause without greetings, hesitation and politeness around it."""
    bare = clause.part(opening_end(clause.flat), len(clause.flat))
    bare = bare.part(0, closing_start(bare.flat))
    return bare if bare.flat else clause


def _together(readings: list[tuple[Clause, Interpretation | None]], scene: Scene) -> Interpretation | None:
    """The readings of all clauses as one: their actions in order, the replies and choices of those that ask."""
    found = [reading for _, reading in readings if reading]
    if not found:
        return None
    if len(found) == 1:
        return _past_noted(found[0], readings)
    actions = tuple(action for reading in found for action in reading.actions)
    acting = [reading for reading in found if reading.actions or not _idle(reading)] or found[:1]
    return Interpretation(
        actions=_limited(actions),
        spans=tuple(sorted((span for reading in found for span in reading.spans), key=lambda span: (span.start, span.end))),
        reply=" ".join(dict.fromkeys(reading.reply for reading in acting if reading.reply)) + _cut_note(actions),
        choices=tuple(choice for reading in acting for choice in reading.choices),
        sure=all(reading.sure for reading in acting),
        rules=tuple(rule for reading in found for rule in reading.rules),
    )


def _idle(reading: Interpretation) -> bool:
    return all(rule.startswith("talk.") for rule in reading.rules)


def _limited(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return actions[:MOST_ACTIONS]


def _cut_note(actions: tuple[Action, ...]) -> str:
    left = len(actions) - MOST_ACTIONS
    return f" I read the first {MOST_ACTIONS}; {left} more are left: please send them again." if left > 0 else ""


def _past_noted(reading: Interpretation, readings: list[tuple[Clause, Interpretation | None]]) -> Interpretation:
    return replace(reading, actions=_limited(reading.actions), reply=reading.reply + _cut_note(reading.actions))

"""The words read as another tool than the rules': where the judge is sure that a list, a deletion, a tick was meant."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..adding.add import read_add
from ..commands import read_command
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import HIDDEN, read_marks
from ..matching.names import Named, name
from ..matching.outcome import VERBS, decide
from ..pattern import table
from ..questions.filters import read_filter
from ..types import Action, Choice, Interpretation
from ..words.verbs import NOT_PAST, PAST

Read = Callable[[Clause, Scene, Choice], Interpretation | None]
# Words around the name of a task that say what is to be done with it, and are no part of the name.
_AROUND = frozenset(
    table(
        """
    i, we, you, he, she, it, that, this, can, could, would, will, please, pls, plz, the, my, our, a, an, to, of,
    for, on, off, from, in, at, with, about, is, are, was, were, has, have, been, got, be, im, i'm, i've, ok, okay,
    so, hey, um, uh, just, now, up, out, and, also, actually, don't, dont, do, did, no, not, need, needs, want,
    wanna, would, like, longer, anymore, any, more, after, all, list, lists, calendar, schedule, task, tasks, item,
    reminder, there, one, let's, lets, turns, already, finally, some, as, today, yet, me, set
    """
    )
)
_DELETING = _AROUND | frozenset(
    table(
        """
    delete, remove, cancel, cancelled, canceled, cancelling, drop, erase, forget, skip, scratch, scrap, take, taken,
    clear, rid, get, gone, stop, reminding, remind, update, removed, deleted, kill, ditch, leave, wipe, mind, never,
    bin, trash, lose, pull, strike, throw, unschedule, happening, called, kindly, eliminate, discard, off, axe, dump,
    canel, abolish, unset, silence, exclude, turn, cancels, purge, permanently, silenced, there's, theres, won't, wont,
    isn't, isnt, having, going, accidentally, added, against, decided, may, unneeded, needed
    """
    )
)
_FINISHING = _AROUND | frozenset(
    table(
        """
    done, finished, finish, complete, completed, mark, marked, check, checked, tick, ticked, cross, crossed, close,
    closed, through, handled, sorted, knocked, wrapped, took, care, dealt, fyi, paid, made, set, sent, met, went, made,
    bought, taken, was, had, hit, read, did, complted, finised, finshed, good
    """
    )
)
_REOPENING = _AROUND | frozenset(
    table(
        """
    reopen, open, again, still, haven't, havent, hasn't, didn't, didnt, never, not, done, yet, active, activate, back,
    uncheck, untick, unfinished, incomplete, actually, restore, after, mark, undone, isn't, isnt, be, make, should,
    thought, but, bought, called, finished, paid, did, put, wasn't, wasnt
    """
    )
)
_CHANGING = _AROUND | frozenset(
    table(
        """
    put, make, move, moved, change, changed, call, rather, instead, prefer, have, do, doing, start, push, shift, switch,
    reschedule, rescheduled, postpone, how, should, i'd, i'll, we'll, id, ill, earlier, later, new, alter, adjust, set,
    resched, edit, fix, date, deadline, due, asked, wants, take, bump, make, till, until, delay, delayed, changed
    """
    )
)
_EDGE = " .,!?;:-"
# Behind these a command may begin: a wish, or a reason told before it.
_WISH = re.compile(
    r"(?:i|we)(?:'d| would)? (?:(?:really|also|just|still) )?(?:need|have|want|like|love|prefer|got|ought) (?:to )?|"
    r"i (?:wanna|gotta) |(?:can|could|would|will|may) (?:you|u|we|i) (?:please |just )?|let's |please |just |so |"
    r"how about (?:we )?|it's time to "
)
_SEAM = re.compile(r"[,;:.!]\s|\s(?:so|but|then|and|because|now)\s")
_MOST_SEAMS = 4
_RUN = re.compile(rf"[^{HIDDEN}]+")


def read_as(tool: str, clause: Clause, scene: Scene, otherwise: Choice) -> Interpretation | None:
    """The clause as a call of the tool; None where its words name nothing that the tool needs.

    What changes or deletes is asked first, unless a part of the words is such a command by the rules: a judge's word is
    no evidence that the right task was named.
    """
    for part in _parts(clause):
        reading = read_command(part, scene)
        if reading and reading.actions and reading.actions[0].tool == tool:
            return reading
    read = _READERS.get(tool)
    return read(clause, scene, otherwise) if read else None


def _parts(clause: Clause) -> Iterator[Clause]:
    """What stands behind a wish, and behind each seam: there a command may begin."""
    if not clause.short:
        return
    wish = _WISH.match(clause.flat)
    if wish:
        yield clause.part(wish.end(), len(clause.flat))
    for place, seam in enumerate(_SEAM.finditer(clause.flat)):
        if place == _MOST_SEAMS:
            return
        rest = clause.part(seam.end(), len(clause.flat))
        wish = _WISH.match(rest.flat)
        yield rest.part(wish.end(), len(rest.flat)) if wish else rest


def _as_list(clause: Clause, _scene: Scene, _otherwise: Choice) -> Interpretation:
    asked = read_filter(clause)
    return Interpretation(
        actions=(Action(tool="list_tasks", arguments=asked.arguments),), spans=asked.spans, rules=("judge.list",)
    )


def _as_add(clause: Clause, _scene: Scene, _otherwise: Choice) -> Interpretation | None:
    return read_add(clause, explicit=False)


def _as_deletion(clause: Clause, scene: Scene, otherwise: Choice) -> Interpretation | None:
    return _on_named(clause, scene, otherwise, "delete_task", _DELETING)


def _as_finish(clause: Clause, scene: Scene, otherwise: Choice) -> Interpretation | None:
    """ "rent paid", "the beds are made", "assembled the shelf": the past form at either end is not of the name."""
    return _on_named(_without_past(clause), scene, otherwise, "complete_task", _FINISHING)


def _without_past(clause: Clause) -> Clause:
    """The clause without a past form at its edge, where more stands than that."""
    part = _without(clause, _FINISHING)
    words = part.flat.rstrip(_EDGE).split()
    if len(words) < 2:
        return part
    if is_past(words[-1]):
        return part.part(0, part.flat.rindex(words[-1]))
    return part.part(len(words[0]), len(part.flat)) if is_past(words[0]) else part


def is_past(word: str) -> bool:
    """Whether a word is a past form, by the table or by its end."""
    return word in PAST or (len(word) > 4 and word.endswith("ed") and word not in NOT_PAST)


def _as_reopened(clause: Clause, scene: Scene, otherwise: Choice) -> Interpretation | None:
    return _on_named(clause, scene, otherwise, "reopen_task", _REOPENING)


def _as_undo(_clause: Clause, _scene: Scene, otherwise: Choice) -> Interpretation:
    actions = (Action(tool="undo"),)
    choices = (Choice(label="Undo the last change", actions=actions), otherwise)
    return Interpretation(
        actions=actions, reply="What do you mean?", choices=choices, rules=("judge.undo",), sure=False
    )


def _as_change(clause: Clause, scene: Scene, otherwise: Choice) -> Interpretation | None:
    """ "could we do the meeting on tuesday rather": what an added task would say is what changes."""
    marks = read_marks(clause, eager=True)
    changes = marks.arguments()
    if not changes or (marks.when and marks.when.problem):
        return None
    parts = (_without(clause.part(*run.span()), _CHANGING) for run in _RUN.finditer(marks.masked))
    said = max(parts, key=lambda part: len(part.flat), default=None)
    named = name(said, scene) if said and said.flat else ()
    if len(named) != 1:
        return None
    reading = decide(
        named,
        scene,
        lambda item: item.action("update_task", changes=changes),
        rule="judge.named",
        spans=marks.spans(),
        otherwise=(otherwise,),
    )
    return _offered(reading, named, "update_task", otherwise)


def _on_named(
    clause: Clause, scene: Scene, otherwise: Choice, tool: str, around: frozenset[str]
) -> Interpretation | None:
    named = name(_without(clause, around), scene)
    if not named:
        return None
    reading = decide(named, scene, lambda item: item.action(tool), rule="judge.named", otherwise=(otherwise,))
    return _offered(reading, named, tool, otherwise)


def _offered(reading: Interpretation, named: Sequence[Named], tool: str, otherwise: Choice) -> Interpretation:
    """The reading as the first of two choices, unless it asks already."""
    if not reading.sure:
        return reading
    words = ", ".join(str(item.arguments.get("match") or "all of them") for item in named)
    choices = (Choice(label=f"{VERBS[tool]} “{words}”", actions=reading.actions), otherwise)
    return replace(reading, reply="What do you mean?", choices=choices, sure=False)


def _without(clause: Clause, around: frozenset[str]) -> Clause:
    """The clause without such words at its edges."""
    start, end = 0, len(clause.flat)
    for word in clause.flat.split():
        if word.strip(_EDGE) not in around:
            break
        start = clause.flat.index(word, start) + len(word)
    for word in reversed(clause.flat[start:].split()):
        if word.strip(_EDGE) not in around:
            break
        end = clause.flat.rindex(word, start, end)
    part = clause.part(start, end)
    trimmed = part.flat.rstrip(_EDGE)
    return part.part(0, len(trimmed))


_READERS: dict[str, Read] = {
    "list_tasks": _as_list,
    "add_task": _as_add,
    "delete_task": _as_deletion,
    "complete_task": _as_finish,
    "update_task": _as_change,
    "reopen_task": _as_reopened,
    "undo": _as_undo,
}

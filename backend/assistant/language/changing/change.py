"""What a change sets: the words behind "to" or "as", read as ``changes`` and ``shift``."""

import re
from dataclasses import dataclass, field, replace

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import Marks, read_marks
from ..matching.names import Named, name, one_task
from ..matching.outcome import decide
from ..normalise import tidy
from ..spans import only_time
from ..types import Action, Arguments, Interpretation, Span, TaskView, When

_HOUR = re.compile(r"(?:1?\d|2[0-4])(?:[.:][0-5]\d)?")


@dataclass(frozen=True)
class Change:
    """The arguments of ``update_task`` but its ``match``; ``when`` is kept to fit a new time to a known task's date.

    ``problem`` says in a sentence why the date that was said cannot be: nothing is then changed.
    """

    changes: Arguments = field(default_factory=dict)
    shift: str | None = None
    when: When | None = None
    spans: tuple[Span, ...] = ()
    rules: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to do or to ask."""
        return bool(self.changes or self.problem)

    def action(self, named: Named) -> Action:
        """The call that changes what is named."""
        more: Arguments = {}
        changes = fitted(self, one_task(named))
        if changes:
            more["changes"] = changes
        if self.shift:
            more["shift"] = self.shift
        return named.action("update_task", **more)


def fitted(change: Change, task: TaskView | None) -> Arguments:
    """The changes for a known task: a new day keeps its time, a new time its day, new tags join the old."""
    changes = dict(change.changes)
    if task is None:
        return changes
    due = changes.get("due")
    recurrence = str(changes.get("recurrence") or "")
    if task.due and recurrence and "BY" not in recurrence and "T" not in str(due):
        changes.pop("due", None)
    if isinstance(due, str) and task.due and not changes.get("recurrence"):
        changes["due"] = merged(due, task.due, only_time(change.when))
    if isinstance(changes.get("tags"), list) and task.tags:
        changes["tags"] = [*task.tags, *(tag for tag in changes["tags"] if tag not in task.tags)]  # type: ignore[attr-defined]
    return changes


def merged(due: str, before: str, time_only: bool) -> str:
    """A new due with what it does not say taken from the one before."""
    if time_only and "T" in due:
        return before[:10] + due[10:]
    if "T" not in due and "T" in before:
        return due + before[10:]
    return due


def of_marks(marks: Marks) -> Change:
    """The change that dates and fields make."""
    when = marks.when
    problem = when.problem if when and not when.due else None
    return Change(changes=marks.arguments(), when=when, spans=marks.spans(), rules=marks.rules(), problem=problem)


def read_value(clause: Clause) -> Change | None:
    """The words as nothing but dates and fields; None where a word remains."""
    marks = read_marks(clause, eager=True)
    change = of_marks(marks)
    return change if change.says_something and not marks.words(0, len(marks.masked)) else None


def bare_hour(clause: Clause) -> Clause:
    """A number alone as a time of day: where only a time can follow ("make it 6"), "6" is "at 6"."""
    if not _HOUR.fullmatch(clause.flat):
        return clause
    return replace(
        clause, text=f"at {clause.text}", flat=f"at {clause.flat}", literal=f"at {clause.flat}", start=clause.start - 3
    )


def apply(x: Clause, change: Change, scene: Scene, rule: str) -> Interpretation | None:
    """The update of what ``x`` names; a question where its new date cannot be."""
    named = name(x, scene)
    if not named:
        return None
    if change.problem:
        return ask_when(tidy(x.text), change)
    result = decide(named, scene, change.action, rule=rule, spans=change.spans)
    return replace(result, rules=(*result.rules, *change.rules))


def ask_when(title: str, change: Change) -> Interpretation:
    """The question that a date asks for which cannot be ("feb 30"): nothing is moved, and nothing added."""
    reply = f"{change.problem} To when should I move “{title}”?"
    return Interpretation(reply=reply, spans=change.spans, rules=("move.impossible", *change.rules), sure=False)


def text_of(clause: Clause) -> str:
    """The words as a title, without quotes around all of it."""
    words = tidy(clause.text)
    return words[1:-1].strip() if len(words) > 2 and words[0] in "\"“'‘" and words[-1] in "\"”'’" else words

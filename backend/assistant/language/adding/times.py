"""Dates that cannot be, and several times for one task."""

import re

from ..marks import Marks
from ..normalise import tidy
from ..spans import label_of
from ..types import Action, Arguments, Choice, Interpretation, When
from ..when import combine, find_when

_EACH = re.compile(
    r"(?:set |set up |add |make )?(?:one|an?) (?P<thing>[a-z]{2,20}) and (?:one|another)(?: one)?", re.IGNORECASE
)
_JOINING = ("and", "and one", "and one for", "and one at", "and another", "and another one", "and another for")
_CLOCK = re.compile(r"(?:\bat |@ ?)?\b\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\b\.?|\s?o'?clock\b)?")

_AND = frozenset({"and", "&", "n", "and on", "and then on", "and again", "and again on", "and also", "plus"})


def each_time(marks: Marks, titles: list[str], rule: str) -> Interpretation | None:
    """ "at 8am and 8pm": one task for each time, where "and" joins them."""
    between = [
        marks.clause.flat[one.end : two.start].strip(" ,")
        for one, two in zip(marks.whens, marks.whens[1:], strict=False)
    ]
    if (
        len(titles) != 1
        or any(when.problem or not when.due for when in marks.whens)
        or any(words not in ("", *_AND, *_JOINING) for words in between)
        or not any(words in _AND or words in _JOINING for words in between)
    ):
        return None
    each = _EACH.fullmatch(titles[0])
    title = each["thing"] if each else titles[0].removeprefix("to ")
    fields = {key: value for key, value in marks.arguments().items() if key not in ("due", "recurrence")}
    actions = tuple(
        Action(tool="add_task", arguments={"title": title, **_arguments(when), **fields})
        for when in _in_one_rhythm(marks)
    )
    return Interpretation(actions=actions, spans=marks.spans(), rules=(rule, *marks.rules(), "add.each-time"))


def _in_one_rhythm(marks: Marks) -> list[When]:
    """The times, each with the recurrence that is said once: "at 8am and 8pm every day"."""
    clause, repeating = marks.clause, [when for when in marks.whens if when.recurrence]
    if len(repeating) != 1:
        return list(marks.whens)
    rhythm = _CLOCK.sub(" ", clause.flat[repeating[0].start : repeating[0].end])
    found = []
    for when in marks.whens:
        read = combine(find_when(f"{rhythm} {clause.flat[when.start : when.end]}", clause.now), clause.now)
        found.append(when if when.recurrence or read is None or not (read.due and read.recurrence) else read)
    return found


def _arguments(when: When) -> Arguments:
    """The fields of a task that is due then."""
    return {"due": when.due, **({"recurrence": when.recurrence} if when.recurrence else {})}


def impossible(marks: Marks, titles: list[str], problem: str, rule: str) -> Interpretation:
    """Nothing is added for a date that cannot be, or for two that contradict: each reading is offered."""
    title = ", ".join(titles) or tidy(marks.clause.text)
    offers = [
        (f"for {label_of(when, marks.clause)}", {"due": when.due})
        for when in marks.whens
        if when.due and not when.problem
    ]
    choices = tuple(
        Choice(label=f"Add “{title}” {how}", actions=(Action(tool="add_task", arguments={"title": title, **more}),))
        for how, more in [*offers, ("without a date", {})]
    )
    reply = f"{problem} When should “{title}” be due?"
    return Interpretation(
        reply=reply, choices=choices, spans=marks.spans(), rules=(rule, *marks.rules(), "add.impossible"), sure=False
    )

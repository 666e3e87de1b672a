"""Dates that cannot be, and several times for one task."""

from ..describing import label_of
from ..marks import Marks
from ..normalise import tidy
from ..types import Action, Choice, Interpretation


def each_time(marks: Marks, titles: list[str], rule: str) -> Interpretation | None:
    """ "at 8am and 8pm": one task for each time, where "and" joins them."""
    between = [
        marks.clause.flat[one.end : two.start].strip(" ,")
        for one, two in zip(marks.whens, marks.whens[1:], strict=False)
    ]
    if (
        len(titles) != 1
        or any(when.problem or not when.due for when in marks.whens)
        or any(words not in ("and", "&", "") for words in between)
        or "and" not in between
    ):
        return None
    fields = {key: value for key, value in marks.arguments().items() if key not in ("due", "recurrence")}
    actions = tuple(
        Action(
            tool="add_task",
            arguments={
                "title": titles[0],
                "due": when.due,
                **({"recurrence": when.recurrence} if when.recurrence else {}),
                **fields,
            },
        )
        for when in marks.whens
    )
    return Interpretation(actions=actions, spans=marks.spans(), rules=(rule, *marks.rules(), "add.each-time"))


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

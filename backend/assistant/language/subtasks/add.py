"""Adding within a task: "add check the price under buy milk", "break plan trip down into book flights and pack"."""

from collections.abc import Callable
from dataclasses import replace

from ..context import Clause
from ..conversation.scene import Scene
from ..normalise import tidy
from ..pattern import phrase
from ..types import Action, Choice, Interpretation
from .parents import SUBTASK, SUBTASKS, UNDER, Parent, parent_of

Read = Callable[[Clause], Interpretation | None]
_VERB = "(?:add|put|create|make|write|note|insert|include|append)"
_ARTICLES = "(?:the |a |an |another |some |new )*"
_OF = "(?:to|for|of|in|on|<under>)"
# What is added, and the task that it stands under; of the first kind the words say that a task is meant.
_SURE = (
    phrase(
        rf"(?P<add>{_VERB} )(?P<x>.+?) as (?:a |an |another |new )*(?:<subtasks>) {_OF} (?P<y>.+)$",
        subtasks=(*SUBTASK, *SUBTASKS),
        under=UNDER,
    ),
    phrase(
        rf"{_VERB} {_ARTICLES}(?:<subtasks>) {_OF} (?P<y>[^:]+): ?(?P<x>.+)$",
        subtasks=(*SUBTASK, *SUBTASKS),
        under=UNDER,
    ),
    phrase(
        rf"{_VERB} {_ARTICLES}(?:<subtasks>):? (?P<x>.+) {_OF} (?P<y>.+)$",
        subtasks=(*SUBTASK, *SUBTASKS),
        under=UNDER,
    ),
    phrase(
        r"(?:the )?(?:<subtasks>) (?:of|for|to|in|<under>) (?P<y>[^:]+): ?(?P<x>.+)$",
        subtasks=SUBTASKS,
        under=UNDER,
    ),
)
_BARE = phrase(
    rf"(?:(?:can you|could you|please|i want to|i need to) )*{_VERB} {_ARTICLES}(?:<subtasks>)"
    rf"(?: {_OF} (?P<y>[^:]+?))?[.!?]*$",
    subtasks=(*SUBTASK, *SUBTASKS),
    under=UNDER,
)
_LIKELY = (
    phrase(r"(?P<add>(?:add|put|create|note|include) )(?P<x>.+) (?:<under>) (?P<y>.+)$", under=UNDER),
    phrase(
        r"(?:(?:add|put|note) )?(?:<under>) (?P<y>[^:,]+?)(?::|,? (?:please )?(?:add|put)) ?(?P<x>.+)$", under=UNDER
    ),
)
_PARTS = phrase(
    r"(?:break|split)(?: up| down)? (?P<y>.+?)(?: up| down)? (?:in|into|to)(?: the)?(?: <subtasks>)?:? (?P<x>.+)$",
    subtasks=(*SUBTASKS, "parts", "tasks", "smaller tasks"),
)
_PARTS_NAMED = phrase(r"(?:break|split)(?: up| down)? (?P<y>[^:]+): ?(?P<x>.+)$")
_ASKED = phrase(
    r"(?:two|three|four|five|some|smaller|\d+)? ?(?:<words>)[.! ]*$", words=(*SUBTASKS, "parts", "pieces", "tasks")
)


def read_added(message: Clause, scene: Scene, read: Read) -> Interpretation | None:
    """ "add milk, eggs and bread under groceries": all that ``read`` finds to add stands under what is named."""
    if bare := _BARE.match(message.flat):
        named = tidy(message.group(bare, "y").text) if bare["y"] else "plan the trip"
        return Interpretation(
            reply=f"Say what the subtask is: for example, “add book the hotel under {named}”.",
            rules=("subtasks.bare",),
            sure=False,
        )
    for pattern, sure in (*((one, True) for one in _SURE), *((one, False) for one in _LIKELY)):
        found = pattern.match(message.flat)
        if not found:
            continue
        x, y = message.group(found, "x"), message.group(found, "y")
        if parent := parent_of(y, scene, sure=sure):
            return _within(parent, _each_added(x, message, read), scene, "subtasks.add")
        if y.whens and y.whens[0].start and (parent := parent_of(y.part(0, y.whens[0].start), scene, sure=False)):
            return _within(
                parent, _added(_joined(x, y.part(y.whens[0].start, len(y.flat))), read), scene, "subtasks.add"
            )
    return None


def _joined(x: Clause, when: Clause) -> Clause:
    """ "add eggs under groceries tomorrow": the day is said of the eggs."""
    text, flat, literal = (
        " ".join(parts) for parts in ((x.text, when.text), (x.flat, when.flat), (x.literal, when.literal))
    )
    return replace(x, text=text, flat=flat, literal=literal)


def read_parts(message: Clause, scene: Scene) -> Interpretation | None:
    """ "break plan trip down into book flights, book hotel and pack"."""
    found = _PARTS.match(message.flat) or _PARTS_NAMED.match(message.flat)
    parent = parent_of(message.group(found, "y"), scene, sure=False) if found else None
    if not found or not parent or _ASKED.match(message.group(found, "x").flat):
        return None
    items = _items(message.group(found, "x"))
    return _within(parent, tuple(_named(item) for item in items), scene, "subtasks.parts") if len(items) > 1 else None


def _each_added(x: Clause, message: Clause, read: Read) -> tuple[Action, ...]:
    """Each item of a list, where the words say that there are several: "add subtasks to trip: book hotel, pack"."""
    items = _items(x) if any(word in message.flat for word in SUBTASKS) else [x]
    return tuple(action for item in items for action in _added(item, read))


def _added(x: Clause, read: Read) -> tuple[Action, ...]:
    """The tasks that the words are: as they would be read behind "add", dates and all."""
    lead = "add "
    asked = replace(x, text=lead + x.text, flat=lead + x.flat, literal=lead + x.literal, start=x.start - len(lead))
    reading = read(asked)
    if reading and reading.actions and all(action.tool == "add_task" for action in reading.actions):
        return reading.actions
    return (_named(x),) if tidy(x.text) else ()


def _items(x: Clause) -> list[Clause]:
    """The items of a list: between commas, and around the "and" before the last one."""
    parts, start = [], 0
    for place, sign in enumerate(x.flat):
        if sign == ",":
            parts.append(x.part(start, place))
            start = place + 1
    last = x.part(start, len(x.flat))
    for joint in ("and ", "& "):
        if last.flat.startswith(joint):
            last = last.part(len(joint), len(last.flat))
    head, joint, _ = last.flat.rpartition(" and ")
    if joint:
        parts += [last.part(0, len(head)), last.part(len(head) + len(joint), len(last.flat))]
    else:
        parts.append(last)
    return [part for part in parts if part.flat.strip(" .!")]


def _named(x: Clause) -> Action:
    return Action(tool="add_task", arguments={"title": tidy(x.text)})


def _within(parent: Parent, added: tuple[Action, ...], scene: Scene, rule: str) -> Interpretation | None:
    if not added:
        return None
    if parent.several:
        return _which(parent, added, rule)
    if scene.known and parent.number is None:
        return Interpretation(
            reply=f"I found no task called “{parent.words}” to put that under. Add it first, or say another name.",
            rules=(rule, "match.unsure"),
            sure=False,
        )
    return Interpretation(actions=_placed(added, parent), rules=(rule,))


def _which(parent: Parent, added: tuple[Action, ...], rule: str) -> Interpretation:
    choices = tuple(
        Choice(
            label=f"Under “{task.title}” (number {task.number})",
            actions=_placed(added, Parent(str(task.number), task.number)),
        )
        for task in parent.several[:9]
    )
    reply = f"Several tasks match “{parent.words}”. Which one?"
    return Interpretation(reply=reply, choices=choices, rules=(rule, "match.unsure"), sure=False)


def _placed(added: tuple[Action, ...], parent: Parent) -> tuple[Action, ...]:
    return tuple(
        replace(action, arguments={**action.arguments, "parent": parent.words}, targets=parent.targets)
        for action in added
    )

"""One more of what was just done: "and one for Ana too", "same on friday", "and eggs"."""

import re
from dataclasses import replace

from ..changing.change import merged
from ..context import Clause
from ..marks import read_marks
from ..matching.names import by_words, name, of_number
from ..matching.outcome import decide
from ..normalise import tidy
from ..pattern import first_word, phrase
from ..spans import only_time
from ..types import Action, Arguments, Interpretation
from ..words import references as table
from ..words.verbs import TASK_VERBS
from .scene import Scene

_AGAIN = phrase(
    r"(?:(?:ok|oh|please|yes|great|now),? )*(?P<again><again>)(?P<for> for| with)? (?P<x>.+?)(?:,? (?:<too>))*[.!?]*$",
    again=table.AGAIN,
    too=table.TOO,
)
_AND = phrase(
    (
        r"(?:(?:ok|oh|please|yes|oops),? )*(?:(?:and|also|plus|oh and|and also|& )(?: add)? "
        r"(?P<x>.+?)(?:,? (?:<too>))*|(?P<y>.+?),? (?:too|as well))[.!?]*$"
    ),
    too=table.TOO,
)
_FOR = re.compile(r"(?<!\s)\s++for\s++(?P<who>[^,]++)$", re.IGNORECASE)
_KEPT = ("due", "recurrence", "priority", "tags", "project")


_POINTED_TOO = phrase(
    r"(?:(?:and|also|plus|oh|ok),? )*(?:do )?(?P<x>(?:the )?others?(?: one| ones| task)?|(?:the )?(?:first|second|"
    r"third|fourth|last)(?: one| task)|that one|this one|those|both(?: of them)?) (?:too|as well|also)[.!?]*$"
)


def _among_shown(words: str, scene: Scene) -> tuple[int, ...] | None:
    """The numbers that the words point at in the newest list of several tasks, whatever was done since."""
    place = next((at for at in reversed(range(len(scene.turns))) if len(scene.turns[at].shown) > 1), None)
    return None if place is None else replace(scene, turns=scene.turns[: place + 1]).refer(words)


def read_pointed_too(message: Clause, scene: Scene) -> Interpretation | None:
    """ "the other one too": the last change, of what is pointed at; where that is nothing, which is asked."""
    found = _POINTED_TOO.match(message.flat)
    if not found:
        return None
    last = scene.last_action("complete_task", "delete_task", "update_task", "reopen_task")
    numbers = scene.refer(found["x"]) or _among_shown(found["x"], scene)
    if not last or not numbers:
        return Interpretation(
            reply="Which task do you mean? Please say its name or its number.", rules=("follow.nothing",), sure=False
        )
    kept: Arguments = {key: value for key, value in last.arguments.items() if key not in ("match", "filter")}
    named = tuple(of_number(number, scene) for number in numbers)
    return decide(named, scene, lambda item: item.action(last.tool, **kept), rule="follow.same")


def read_again(message: Clause, scene: Scene) -> Interpretation | None:
    """ "and one for Ana too", "same on friday": the last task once more, with this one difference."""
    found = _AGAIN.match(message.flat)
    last = scene.last_action("add_task", "complete_task", "delete_task", "update_task", "reopen_task")
    if found and re.search(r"\b(?:one|another)\b", found["again"]):
        last = _as_it_is(scene.last_action("add_task"), scene)
    if not found or not last:
        return None
    x = message.group(found, "x")
    marks = read_marks(x, eager=True)
    rest = marks.words(0, len(marks.masked))
    if last.tool != "add_task":
        return same_to(x, last, scene) if "same" in found["again"] or "ditto" in found["again"] else None
    title = str(last.arguments.get("title", ""))
    said = marks.arguments()
    if isinstance(said.get("due"), str) and isinstance(last.arguments.get("due"), str):
        said["due"] = merged(str(said["due"]), str(last.arguments["due"]), only_time(marks.when))
    if rest:
        title = _with_person(title, tidy(rest), named_for="for" in found["again"].split() or bool(found["for"]))
    return _added({**last.arguments, **said, "title": title}, marks.spans(), "follow.again")


def _as_it_is(added: Action | None, scene: Scene) -> Action | None:
    """The adding of a task, with the date that the task has by now."""
    title = str(added.arguments.get("title", "")) if added else ""
    task = next((task for task in scene.tasks if task.title == title), None)
    return replace(added, arguments={**added.arguments, "due": task.due}) if added and task and task.due else added


def _with_person(title: str, words: str, *, named_for: bool) -> str:
    """The title with another person or thing in the place of the last: "card for Bob" and "Ana" make "card for Ana"."""
    found = _FOR.search(title)
    if found:
        return f"{title[: found.start('who')]}{words}"
    if (
        named_for
        and title.split()[:1]
        and title.split(maxsplit=1)[0].lower()
        in (
            "call",
            "email",
            "text",
            "message",
            "phone",
            "ring",
            "thank",
            "visit",
            "meet",
            "invite",
            "ask",
            "remind",
            "tell",
        )
    ):
        return f"{title.split(maxsplit=1)[0]} {words}"
    return f"{title} for {words}" if named_for else words


def same_to(x: Clause, last: Action, scene: Scene) -> Interpretation | None:
    named = name(x, scene)
    kept: Arguments = {key: value for key, value in last.arguments.items() if key not in ("match", "filter")}
    return decide(named, scene, lambda item: item.action(last.tool, **kept), rule="follow.same") if named else None


def read_and(message: Clause, scene: Scene) -> Interpretation | None:
    """ "and eggs", "the dentist too": one more of what was just done."""
    found = _AND.match(message.flat)
    last = scene.last.actions[-1] if scene.last and scene.last.actions else None
    if not found or not last or last.tool in ("list_tasks", "undo"):
        return None
    x = message.group(found, "x" if found["x"] else "y")
    first = first_word(x.flat)
    if x.flat.startswith("the ") and x.flat.endswith(" one"):  # it names a task by a word, and is none itself
        there = all(item.targets for item in name(x, scene))
        return same_to(x, last, scene) if last.tool != "add_task" and there else None
    if last.tool != "add_task":
        named = by_words(x, scene)
        return same_to(x, last, scene) if named.targets or scene.refer(x.flat) else None
    if (
        first in TASK_VERBS
        or first
        in (
            "remind",
            "delete",
            "mark",
            "move",
            "what",
            "show",
            "to",
            "make",
            "tag",
            "set",
            "i",
            "it",
            "that",
            "need",
            "gotta",
            "have",
            "should",
            "must",
            "we",
            "wanna",
            "want",
            "got",
            "lets",
            "let's",
        )
        or len(x.flat.split()) > 6
    ):
        return None
    marks = read_marks(x)
    title = marks.words(0, len(marks.masked))
    if not title:
        return None
    before = str(last.arguments.get("title", "")).split()
    if len(before) > 1 and before[0].lower() in TASK_VERBS:
        title = f"{before[0]} {title}"
    kept = {key: last.arguments[key] for key in _KEPT if key in last.arguments}
    return _added({"title": title, **kept, **marks.arguments()}, marks.spans(), "follow.and")


def _added(arguments: Arguments, spans: tuple[object, ...], rule: str) -> Interpretation:
    ordered = {key: arguments[key] for key in ("title", *_KEPT, "notes") if key in arguments}
    return Interpretation(actions=(Action(tool="add_task", arguments=ordered),), spans=spans, rules=(rule,))  # type: ignore[arg-type]

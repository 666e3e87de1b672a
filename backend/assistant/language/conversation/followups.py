"""What carries the last turns on: "make it 6pm", "actually friday", "and one for Ana too", "what about tomorrow?"."""

import re
from dataclasses import replace

from ..changing.change import bare_hour, merged, of_marks
from ..context import Clause
from ..describing import only_time
from ..marks import read_marks
from ..matching.naming import Named, by_words, name, of_number
from ..matching.outcome import decide
from ..normalise import tidy
from ..pattern import phrase
from ..questions.filters import read_filter
from ..types import Action, Arguments, Choice, Interpretation
from ..words import references as table
from ..words.verbs import TASK_VERBS
from .answers import read_answer
from .scene import Scene

_LEAD = phrase(
    r"(?:(?:<correct>)(?:,|\.|!)* |not [^,]{1,30}, )*(?:(?:<set>) )?(?:(?:to be|to|be|as|a) )?",
    correct=table.CORRECT,
    set=table.SET_IT,
)
_SET = phrase(r"(?:(?:<correct>)(?:,|\.|!)* )*(?:<set>) ", correct=table.CORRECT, set=table.SET_IT)
_TAIL = phrase(r"(?:,? (?:instead|then|please|rather|too|as well|not .+|thanks|actually|sorry|now))+[.!?]*$")
_ABOUT = phrase(r"(?:(?:<about>) )+(?P<x>.+?)[?.!]*$", about=table.ABOUT)
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
_OTHER = phrase(
    r"(?:(?:no|oh|oops|sorry|wait|actually|hmm|nope),? )*(?:not (?:that|this)(?: one)?|(?:that's |that "
    r"is |that was )?(?:the )?wrong (?:one|task)|i (?:meant|mean|wanted)|no)[,.;:]*(?: (?:i (?:meant|"
    r"mean|wanted)|but|do|use|it was|it's))* (?P<x>.+?)[.!?]*$"
)
_OTHER_ONE = phrase(
    r"(?:(?:no|oh|oops|sorry|wait|actually|hmm),? )*(?:i (?:meant|mean) )?(?P<x>the other(?: one| task)?)[.!?]*$"
)
_FOR = re.compile(r"\s+for\s+(?P<who>[^,]+?)$", re.IGNORECASE)
_KEPT = ("due", "recurrence", "priority", "tags", "project")


def read_followup(message: Clause, scene: Scene) -> Interpretation | None:
    """What the words mean after the last turns; None where they stand on their own."""
    answer = read_answer(message.flat, scene.last)
    if answer or not scene.turns:
        return answer
    for reader in (_read_pointing, _read_other, _read_correction, _read_again, _read_and, _read_about):
        found = reader(message, scene)
        if found:
            return found
    return None


def _read_pointing(message: Clause, scene: Scene) -> Interpretation | None:
    """ "the second one" with nothing to do to it: ask what."""
    words = message.flat.strip(" .!?")
    numbers = (
        scene.refer(words)
        if len(words.split()) < 7 and words not in ("it", "that", "this", "they", "other", "last", "first")
        else None
    )
    if not numbers or words.isdigit():
        return None
    named = tuple(of_number(number, scene) for number in numbers)
    titles = ", ".join(f"“{item.arguments['match']}”" for item in named)
    choices = tuple(
        Choice(label=label, actions=tuple(item.action(tool) for item in named))
        for label, tool in (("Complete", "complete_task"), ("Delete", "delete_task"))
    )
    return Interpretation(
        reply=f"What should I do with {titles}?", choices=choices, rules=("follow.pointing",), sure=False
    )


def _read_correction(message: Clause, scene: Scene) -> Interpretation | None:
    """ "make it 6pm", "actually friday": words that are nothing but dates and fields change the last task."""
    lead = _LEAD.match(message.flat)
    rest = message.part(lead.end() if lead else 0, len(message.flat))
    rest = bare_hour(rest) if lead and lead.end() else rest
    tail = _TAIL.search(rest.flat)
    rest = rest.part(0, tail.start()) if tail and tail.start() else rest
    marks = read_marks(rest, eager=True)
    change = of_marks(marks)
    listing = bool(
        scene.last and scene.last.actions and scene.last.actions[-1].tool == "list_tasks" and not scene.last.changed
    )
    if not change.changes or marks.words(0, len(marks.masked)) or (listing and not _SET.match(message.flat)):
        return None
    named = _last_named(scene, many=bool(re.search(r"\b(?:them|those|both|all)\b", message.flat)))
    if not named:
        return None
    result = decide(named, scene, change.action, rule="follow.correct", spans=change.spans)
    return replace(result, rules=(*result.rules, *change.rules))


def _last_named(scene: Scene, *, many: bool = False) -> tuple[Named, ...]:
    """The tasks of the last turn, by number; by the title just added where no number is known."""
    numbers = scene.changed()
    last = scene.last
    if numbers and last and (many or len(numbers) == 1 or (last.changed and len(last.actions) > 1)):
        chosen = numbers if many or len(numbers) == 1 else numbers[-1:]
        return tuple(of_number(number, scene) for number in chosen)
    if numbers:
        return tuple(of_number(number, scene) for number in numbers)
    added = scene.last_action("add_task", "update_task")
    title = added.arguments.get("title") or added.arguments.get("match") if added else None
    return (Named(arguments={"match": str(title)}, targets=added.targets if added else None),) if title else ()


def _read_other(message: Clause, scene: Scene) -> Interpretation | None:
    """ "not that one, the other": take the last change back and do the same to the task that was meant."""
    found = _OTHER.match(message.flat) or _OTHER_ONE.match(message.flat)
    last = scene.last_action("complete_task", "delete_task", "reopen_task", "update_task")
    if not found or not last or not (scene.last and scene.last.changed):
        return None
    meant = name(message.group(found, "x"), scene, status="done" if last.tool == "reopen_task" else "open")
    if not meant or not all(item.targets for item in meant):
        return None
    kept: Arguments = {key: value for key, value in last.arguments.items() if key not in ("match", "filter")}
    result = decide(meant, scene, lambda item: item.action(last.tool, **kept), rule="follow.other")
    return replace(result, actions=(Action(tool="undo"), *result.actions)) if result.sure else result


def _read_again(message: Clause, scene: Scene) -> Interpretation | None:
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
        return _same_to(x, last, scene) if "same" in found["again"] or "ditto" in found["again"] else None
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


def _same_to(x: Clause, last: Action, scene: Scene) -> Interpretation | None:
    named = name(x, scene)
    kept: Arguments = {key: value for key, value in last.arguments.items() if key not in ("match", "filter")}
    return decide(named, scene, lambda item: item.action(last.tool, **kept), rule="follow.same") if named else None


def _read_and(message: Clause, scene: Scene) -> Interpretation | None:
    """ "and eggs", "the dentist too": one more of what was just done."""
    found = _AND.match(message.flat)
    last = scene.last.actions[-1] if scene.last and scene.last.actions else None
    if not found or not last or last.tool in ("list_tasks", "undo"):
        return None
    x = message.group(found, "x" if found["x"] else "y")
    first = x.flat.split()[0]
    if last.tool != "add_task":
        named = by_words(x, scene)
        return _same_to(x, last, scene) if named.targets or scene.refer(x.flat) else None
    if (
        first in TASK_VERBS
        or first in ("remind", "delete", "mark", "move", "what", "show", "to", "make", "tag", "set", "i", "it", "that")
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


def _read_about(message: Clause, scene: Scene) -> Interpretation | None:
    """ "what about tomorrow?", "only the urgent ones": the last question with another filter."""
    last = scene.last.actions[-1] if scene.last and scene.last.actions else None
    if not last or last.tool != "list_tasks":
        return None
    found = _ABOUT.match(message.flat)
    x = message.group(found, "x") if found else message
    read = read_filter(x, past=last.arguments.get("status") == "done" and bool(found))
    if not read.narrowed or read.leftover or (not found and len(x.flat.split()) > 3):
        return None
    kept = {key: value for key, value in last.arguments.items() if not _replaced(key, read.arguments)}
    return Interpretation(
        actions=(Action(tool="list_tasks", arguments={**kept, **read.arguments}),),
        spans=read.spans,
        rules=("follow.about",),
    )


_DATES = frozenset(("due_from", "due_to", "completed_from", "completed_to", "overdue", "no_due"))


def _replaced(key: str, new: Arguments) -> bool:
    """A new date takes the place of the old one; other filters add up."""
    return key in _DATES and bool(_DATES & new.keys())

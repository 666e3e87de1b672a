"""What carries the last turns on: "make it 6pm", "actually friday", "and one for Ana too", "what about tomorrow?"."""

import re
from dataclasses import replace

from ..changing.change import Change, ask_when, bare_hour, of_marks, text_of
from ..context import Clause
from ..marks import read_marks
from ..matching.names import Named, name, of_number
from ..matching.outcome import decide
from ..pattern import phrase
from ..types import Action, Arguments, Choice, Interpretation
from ..when import find_shift
from ..words import references as table
from ..words.commands import NOTE_NAMES
from .answers import read_answer
from .picks import read_picked
from .refinement import read_about
from .repetition import read_again, read_and, read_pointed_too
from .scene import Scene
from .taken_back import read_taken_back, read_to_that

_LEAD = phrase(
    r"(?:(?:<correct>)(?:,|\.|!)* |not [^,]{1,30}, )*(?:(?:<set>) )?(?:(?:to be|to|be|as|a) )?",
    correct=table.CORRECT,
    set=table.SET_IT,
)
# "both high priority", "all of them on friday"
_EACH = phrase(
    r"(?:(?:and|ok|okay|make|set|mark|put|oh),? )*(?:both|all|all of them|both of them|them both|them all|all three)"
    r"(?: (?:should be|are|to be|to|as|on|at))* (?!my\b|the\b|of\b)"
)
_SET = phrase(r"(?:(?:<correct>)(?:,|\.|!)* )*(?:<set>) ", correct=table.CORRECT, set=table.SET_IT)
_OF_NOTHING = phrase(
    r"(?:(?:<correct>)(?:,|\.|!)* )*(?:make (?:it|that|this|them|those)(?: all| one)?|(?:no|nope|wait|sorry|oops|"
    r"i mean|i meant|not [^,]{1,30}),) (?:(?:to be|to|be|due|at|on|for) )*",
    correct=table.CORRECT,
)
_NOTE = phrase(
    r"(?:(?:and|also|oh|please),? )*(?:add|put|make|write|leave|attach) (?:a |the |this )?(?:<names>)"
    r"(?: (?:to|on|for) (?:it|that|this))?(?:: ?| saying | that says | that )(?P<value>.+)$",
    names=NOTE_NAMES,
)
_TAIL = phrase(r"(?:,? (?:instead|then|please|rather|too|as well|not .+|thanks|actually|sorry|now))+[.!?]*$")
_INSTEAD = re.compile(r"\b(?:instead|rather)\b")
_DO = phrase(r"(?:do|have|make|try) ")
# "he said thurs works better", "she wants friday", "7 suits them better": when somebody else would have it.
_SAID = phrase(
    r"(?:(?:he|she|they|we|[a-z]+) (?:said|says|wants?|prefers?|asked for|needs?|can(?: only)? do|could do|can "
    r"make|would rather)"
    r"(?: that| if| to)? )?(?P<x>.+?) (?:works|suits|fits|is|would be|would work|suit|work)(?: (?:for|me|him|her|"
    r"them|us))*"
    r" (?:better|best|fine|good|easier)(?: (?:for|me|him|her|them|us))*[.!]*$"
)
_NOT_THAT = phrase(
    r"(?:(?:oops|no|wait|sorry|ah|oh|whoops|hey|but|just),? )*not (?P<x>(?:the |my )?[\w'-]+(?: [\w'-]+){0,3}?)[.!]*$"
)
_OTHER = phrase(
    r"(?:(?:no|oh|oops|sorry|wait|actually|hmm|nope),? )*(?:not (?:that|this)(?: one)?|(?:that's |that "
    r"is |that was )?(?:the )?wrong (?:one|task)|i (?:meant|mean|wanted)|no)[,.;:]*(?: (?:i (?:meant|"
    r"mean|wanted)|but|do|use|it was|it's))* (?P<x>.+?)[.!?]*$"
)
_LONGEST_SHIFT = 60
_OTHER_ONE = phrase(
    r"(?:(?:no|oh|oops|sorry|wait|actually|hmm),? )*(?:i (?:meant|mean) )?(?P<x>the other(?: one| task)?)[.!?]*$"
)


def read_followup(message: Clause, scene: Scene) -> Interpretation | None:
    """What the words mean after the last turns; None where they stand on their own."""
    answer = read_answer(message.flat, scene.last) or read_pointed_too(message, scene)
    readers = _READERS if scene.turns else ()
    carried = (found for reader in readers if (found := reader(message, scene)))
    return answer or read_picked(message, scene) or next(carried, None) or _ask_which(message)


def _ask_which(message: Clause) -> Interpretation | None:
    """ "make it 6pm" where nothing was spoken of: it is no task of that name."""
    lead = _OF_NOTHING.match(message.flat)
    if not lead:
        return None
    rest = bare_hour(message.part(lead.end(), len(message.flat)))
    marks = read_marks(rest, eager=True)
    change = of_marks(marks)
    said = change.problem or change.changes.keys() & {"due", "recurrence"}
    if not rest.flat.strip(" .!").isdigit() and (not said or marks.words(0, len(marks.masked))):
        return None
    return _which(change)


def _which(change: Change) -> Interpretation:
    return Interpretation(
        reply="Which task do you mean? Please name it, for example: “move dentist to friday at 6pm”.",
        spans=change.spans,
        rules=("follow.nothing", *change.rules),
        sure=False,
    )


def _read_note(message: Clause, scene: Scene) -> Interpretation | None:
    """ "and add a note: bring the card": of the task that was just added or changed."""
    found = _NOTE.match(message.flat)
    if not found or not scene.last or not scene.last.changed:
        return None
    named = _last_named(scene)
    change = Change(changes={"notes": text_of(message.group(found, "value"))})
    return decide(named, scene, change.action, rule="follow.note") if len(named) == 1 else None


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


_SHIFTED = phrase(
    r"(?:(?:<correct>)(?:,|\.|!)* )*(?:(?:make|move|push|do|have) (?:it|that|this) )?", correct=table.CORRECT
)


def _read_shift(message: Clause, scene: Scene) -> Interpretation | None:
    """ "30 min earlier", "a day later please": of the task that was just added or changed."""
    lead, tail = _SHIFTED.match(message.flat), _TAIL.search(message.flat)
    rest = message.part(lead.end() if lead else 0, tail.start() if tail else len(message.flat))
    shift = next(iter(find_shift(rest.literal)), None) if len(rest.flat) < _LONGEST_SHIFT else None
    if not shift or shift.start or shift.end < len(rest.flat.rstrip(" .!")) or not (scene.last and scene.last.changed):
        return None
    named = _last_named(scene)
    due = scene.task(named[0].targets[0]) if len(named) == 1 and named[0].targets else None
    if due is None or due.done or not due.due:
        return None
    change = Change(shift=shift.duration, rules=(shift.rule,))
    return decide(named, scene, change.action, rule="follow.shift")


def _read_correction(message: Clause, scene: Scene) -> Interpretation | None:
    """ "make it 6pm", "actually friday": words that are nothing but dates and fields change the last task."""
    said = _SAID.match(message.flat)
    message = message.group(said, "x") if said else message
    each = _EACH.match(message.flat) if scene.turns else None
    lead = each or _LEAD.match(message.flat)
    rest = message.part(lead.end() if lead else 0, len(message.flat))
    tail = _TAIL.search(rest.flat)
    instead = bool(tail and tail.start() and _INSTEAD.search(tail.group()))
    rest = rest.part(0, tail.start()) if tail and tail.start() else rest
    do = _DO.match(rest.flat) if instead else None
    rest = (
        bare_hour(rest.part(do.end(), len(rest.flat)) if do else rest) if (lead and lead.end()) or do or said else rest
    )
    moving = bool(each or _SET.match(message.flat) or instead or said)
    listing = bool(
        scene.last and scene.last.actions and scene.last.actions[-1].tool == "list_tasks" and not scene.last.changed
    )
    marks = read_marks(rest, eager=True)
    change = of_marks(marks)
    if listing and not moving:
        return None
    if not change.says_something or marks.words(0, len(marks.masked)):
        return None
    if scene.lost:
        return _which(change)
    many = bool(each or re.search(r"\b(?:them|those|both|all)\b", message.flat))
    if scene.only_shown and not many:
        return _which(change)
    named = _last_named(scene, many=many)
    if each and "both" in each.group() and len(named) != 2:
        return _which(change)
    if not named:
        return None
    if "due" in change.changes and all(_is_done(one, scene) for one in named):
        return _which(change)  # what was just ticked off is not what is to be moved
    if change.problem:
        return ask_when(str(named[0].arguments["match"]), change)
    result = decide(named, scene, change.action, rule="follow.correct", spans=change.spans)
    return replace(result, rules=(*result.rules, *change.rules))


def _is_done(named: Named, scene: Scene) -> bool:
    """Whether all the tasks that are named are known to be done."""
    tasks = [scene.task(number) for number in named.targets or ()]
    return bool(tasks) and all(task is not None and task.done for task in tasks)


def _last_named(scene: Scene, *, many: bool = False) -> tuple[Named, ...]:
    """The tasks of the last turn, by number; by the title just added where no number is known."""
    numbers = tuple(number for number in scene.changed() if scene.task(number) or not scene.known)
    last = scene.last
    if scene.changed() and not numbers:
        return ()
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


def _read_not_that(message: Clause, scene: Scene) -> Interpretation | None:
    """ "oops, not sue": of several tasks that were completed at once, one was not."""
    found = _NOT_THAT.match(message.flat)
    last = scene.last
    done = last and last.actions and all(action.tool == "complete_task" for action in last.actions)
    if not found or not last or not done or len(last.changed) < 2:
        return None
    meant = name(message.group(found, "x"), scene, status="done")
    if len(meant) != 1 or not meant[0].targets or not set(meant[0].targets) <= set(last.changed):
        return None
    return decide(meant, scene, lambda item: item.action("reopen_task"), rule="follow.not-that")


def same_to(x: Clause, last: Action, scene: Scene) -> Interpretation | None:
    named = name(x, scene)
    kept: Arguments = {key: value for key, value in last.arguments.items() if key not in ("match", "filter")}
    return decide(named, scene, lambda item: item.action(last.tool, **kept), rule="follow.same") if named else None


_READERS = (
    read_taken_back,
    read_to_that,
    _read_note,
    _read_pointing,
    _read_not_that,
    _read_other,
    _read_shift,
    _read_correction,
    read_again,
    read_and,
    read_about,
)

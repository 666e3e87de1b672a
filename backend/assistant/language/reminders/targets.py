"""Which task is meant, and the call that sets its reminders."""

from collections.abc import Callable
from dataclasses import replace

from ..adding.add import compose
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.names import Named, name, of_number, undated
from ..matching.outcome import decide
from ..normalise import tidy
from ..pattern import phrase
from ..types import Action, Arguments, Interpretation, TaskView
from .spans import Ahead, fit
from .words import POINTING

Fields = Arguments
_THAT_I_HAVE = phrase(r" (?:that )?(?:i|we)(?:'ve| have)(?: got)?(?= )")
_END = phrase(r"(?:,? (?:too|as well|also|please|though|thanks|thank you|again))*[ .!?]*$")
SET = "set_reminders"


def set_ahead(x: Clause, spans: tuple[Ahead, ...], more: Fields, scene: Scene) -> Interpretation | None:
    """Reminders so long before what ``x`` names, or what was spoken of last; a new task where ``x`` brings its date."""
    x = without_end(x)
    named = named_by(x, scene)
    if not named:
        return which_task()
    added = _as_new(x, spans, more) if _is_unknown(named, scene) else None
    if added:
        return added
    task = known_task(named, scene)
    fitted = fit(spans, task.due if task else None, scene.now, repeats=bool(task and task.recurrence), known=bool(task))
    if not fitted.reminders:
        title = task.title if task else tidy(x.text)
        reply = f"I can't remind you of “{title}” then: {'; '.join(fitted.problems)}. When should I remind you?"
        return Interpretation(reply=reply, rules=("reminders.no-moment",), sure=False)
    reminders = [{**one, **more} for one in fitted.reminders]
    found = decide(named, scene, setting(reminders, "add"), rule="reminders.before")
    if scene.known and not found.sure and not found.choices:
        title = tidy(x.text)
        ask = f"When is it? For example: “{title} on friday at 3pm, remind me an hour before”."
        return replace(found, reply=f"{found.reply} {ask}")
    left_out = f"Left out: {'; '.join(fitted.problems)}." if fitted.problems else ""
    return replace(found, reply=" ".join(part for part in (found.reply, left_out) if part))


def setting(reminders: list[Fields], mode: str) -> Callable[[Named], Action]:
    """Builds the call that sets these reminders of what was named."""
    return lambda named: named.action(SET, reminders=reminders, mode=mode)


def without_end(x: Clause) -> Clause:
    """The words without what only closes them: "too", "please", a question mark."""
    end = _END.search(x.flat)
    return x.part(0, end.start()) if end else x


def named_by(x: Clause, scene: Scene) -> tuple[Named, ...]:
    """What the words name; with none, or only pointing words, the task of the last turn."""
    words = " ".join(x.flat.split()).strip(" .,!?")
    if not words or words in POINTING:
        numbers = scene.changed()[-1:]
        if numbers:
            return tuple(of_number(number, scene) for number in numbers)
        title = last_title(scene)
        return (Named(arguments={"match": title}),) if title else ()
    return name(undated(x) if scene.known else x, scene)


def known_task(named: tuple[Named, ...], scene: Scene) -> TaskView | None:
    """The single task that was named, where it is known."""
    numbers = named[0].targets if len(named) == 1 else None
    return scene.task(numbers[0]) if numbers and len(numbers) == 1 else None


def last_title(scene: Scene) -> str:
    """The title that the last turn added or named, where no number is known."""
    action = scene.last_action("add_task", "update_task", SET, "snooze_task")
    arguments = action.arguments if action else {}
    return str(arguments.get("title") or arguments.get("match") or "")


def which_task() -> Interpretation:
    """Nothing was named, and nothing spoken of."""
    reply = "Which task should I remind you of? For example: “remind me an hour before the dentist”."
    return Interpretation(reply=reply, rules=("reminders.which",), sure=False)


def attached(reading: Interpretation, spans: tuple[Ahead, ...], more: Fields, scene: Scene) -> Interpretation | None:
    """The reading with these reminders on each task that it adds; None where it adds none that has a date."""
    problems: list[str] = []
    actions = []
    for action in reading.actions:
        due = action.arguments.get("due")
        if action.tool != "add_task" or not due:
            return None
        fitted = fit(spans, str(due), scene.now, repeats=bool(action.arguments.get("recurrence")))
        problems += [problem for problem in fitted.problems if problem not in problems]
        reminders = [{**one, **more} for one in fitted.reminders]
        actions.append(
            replace(action, arguments={**action.arguments, **({"reminders": reminders} if reminders else {})})
        )
    left_out = f"No reminder: {'; '.join(problems)}." if problems else ""
    reply = " ".join(part for part in (reading.reply, left_out) if part)
    rules = (*reading.rules, "reminders.with")
    return replace(reading, actions=tuple(actions), reply=reply, rules=rules) if actions else None


def silenced(reading: Interpretation) -> Interpretation | None:
    """The reading with no reminder of what it adds; None where it adds nothing."""
    if not reading.actions or any(action.tool != "add_task" for action in reading.actions):
        return None
    none: Arguments = {"reminders": []}
    actions = tuple(replace(action, arguments={**action.arguments, **none}) for action in reading.actions)
    return replace(reading, actions=actions, rules=(*reading.rules, "reminders.without"))


def _is_unknown(named: tuple[Named, ...], scene: Scene) -> bool:
    return len(named) == 1 and not named[0].pointing and not (scene.known and named[0].targets)


def replace_words(x: Clause, start: int, end: int) -> Clause:
    """The clause with blanks in the place of words that say nothing."""
    blank = " " * (end - start)
    text, flat, literal = (words[:start] + blank + words[end:] for words in (x.text, x.flat, x.literal))
    return replace(x, text=text, flat=flat, literal=literal)


def _as_new(x: Clause, spans: tuple[Ahead, ...], more: Fields) -> Interpretation | None:
    """ "the dentist tomorrow at 3", which is on no list: added, with its reminders."""
    owned = _THAT_I_HAVE.search(x.flat)
    x = replace_words(x, owned.start(), owned.end()) if owned else x
    marks = read_marks(x)
    if not marks.arguments().get("due"):
        marks = read_marks(x, eager=True)  # "my two pm appointment"
    if not marks.arguments().get("due"):
        return None
    reading = compose(marks, 0, len(marks.masked), "reminders.add")
    return attached(reading, spans, more, Scene(now=x.now, tasks=(), turns=())) if reading else None

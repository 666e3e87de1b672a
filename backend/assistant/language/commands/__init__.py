"""One clause to what it asks for: the readers, in the order in which they are asked."""

import re
from dataclasses import replace

from ..adding.add import read_add, shared_into
from ..adding.plain import read_plain
from ..adding.roles import read_role
from ..changing.edit import read_edit
from ..changing.instead import read_instead
from ..changing.move import read_due, read_move
from ..changing.wishes import read_wished
from ..commands.history import read_history
from ..commands.undo import read_undo
from ..context import Clause
from ..conversation.scene import Scene
from ..fields.projects import ARROW
from ..finishing.complete import read_complete
from ..finishing.delete import read_delete, read_refused
from ..finishing.reopen import read_reopen
from ..normalise import cautious_end, wish_end
from ..questions.list_questions import read_bare, read_question
from ..reminders.read import read_reminders
from ..replies.smalltalk import is_statement, read_talk
from ..spans import span_of_when
from ..splitting.reasons import before_reason, behind_reason, without_aside
from ..splitting.topics import turned
from ..splitting.wordings import worded
from ..types import Interpretation
from .reasons import without_reason

# "did the laundry" tells; "did I …" and whatever ends in a question mark asks.
_SO = re.compile(r"(?<!\s),?\s++so\s+(?:(?:please|can you|could you|let's)\s+)?")
# "get rid of eggs on my list" does not get "rid of eggs" onto it, and "i'd like this alarm removed" makes no alarm.
_REMOVED = re.compile(
    r"get rid of .{1,200} (?:on|in|off|from) (?:the|my|our) |"
    r"(?:i|we)(?:'d| would)? (?:like|want|need) .{1,200} (?:removed|deleted|erased)[.! ]*$"
)
# What a reminder is of: what there is to do is asked for, and anything else is a task.
_REMIND_OF = re.compile(
    r"remind me (?:(?:of |about )?(?:what|which|how|what'?s|when|when'?s)\b|"
    r"(?:of |about )?(?:the |my )?(?:things|stuff|tasks) (?:that )?i\b|"
    r"(?:of|about) my (?:\w+ )?(?:alarms|meetings|events|reminders|schedule|tasks|agenda|appointments|to ?dos)\b)"
)
_REMIND = re.compile(r"(?<=\s)remind me (?:to|about|that)\b")
_YOU = re.compile(r"(?:so |and )?(?:you(?:'ll)? (?:need|have|ought|should|must)(?: to)?|i(?:'ll)? need you to)\s*")
_DID = re.compile(
    r"(?!.*\b(?:get done|get finished|get paid|get sent|happen|go through|go out|ever|work out|make it)\b)did "
    r"(?:the|my|all|some|our|both|it|that|this)\b[^?]*$"
)


_REMIND_WHEN = re.compile(
    r"remind\s+me\s+(?:again\s+)?(?=(?:when|where|what time|at what)\s(?:the|my|our)\s[^.]{1,40}\s(?:is|are|was|"
    r"starts)[?.! ]{0,3}$)"
)


def read_command(clause: Clause, scene: Scene) -> Interpretation | None:
    """What one clause asks for; None where it says nothing."""
    if clause.role:
        return shared_into(read_role(clause, scene, _read_known), clause)
    clause = without_reason(clause)
    found = _read_wish(clause, scene) or _read_known(clause, scene)
    if not found:
        start = cautious_end(clause.flat)
        found = _read_known(clause.part(start, len(clause.flat)), scene) if start else None
    found = _read_worded(clause, scene) or _read_topic(clause, scene) or _read_with_reason(clause, scene) or found
    found = found or _read_reason(clause, scene) or _read_reminder(clause, scene)
    return _asked_of_no_day(clause, found) or shared_into(found or read_plain(clause, scene), clause)


def _read_worded(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "wrong one, undo", "lunch moved to 1": no highlights, as the words stand in another order."""
    for wording, command in worded(clause):
        found = _read_known(command, scene)
        if found and found.rules and found.rules[0].startswith(wording.rules) and not _is_filed(clause, found):
            return replace(found, spans=())
    return None


def _is_filed(clause: Clause, found: Interpretation) -> bool:
    """Whether an arrow points at a project, and the change finds no task: "buy nails -> Home List" is a new one."""
    return not found.sure and any(item.rule == ARROW for item in clause.fields)


def _read_topic(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "the vet thing, get rid of that": no highlights, as the words stand in another order."""
    command = turned(clause)
    found = _read_known(command, scene) if command else None
    return replace(found, spans=()) if found else None


def _read_with_reason(clause: Clause, scene: Scene) -> Interpretation | None:
    """A change of what is there, and why: behind it or in front of it."""
    front = before_reason(clause)
    if front and _is_change(found := _read_known(front.part(cautious_end(front.flat), len(front.flat)), scene)):
        return found
    told = without_aside(clause)
    if told and (found := read_complete(told, scene)) and found.actions:
        return found
    known = (_read_known(part, scene) for part in behind_reason(clause))
    return next((found for found in known if found and found.actions), None)


def _is_change(found: Interpretation | None) -> bool:
    """Whether a reading changes tasks that are there, and adds none."""
    return bool(found and found.actions) and all(
        action.tool in ("update_task", "delete_task") for action in (found.actions if found else ())
    )


def _read_reason(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "it's raining so move the picnic to sunday": a remark that only gives the reason of a command."""
    so = _SO.search(clause.flat) if clause.short else None
    if not so:
        return None
    found = _read_known(clause.part(so.end(), len(clause.flat)), scene)
    return found if is_statement(clause.part(0, so.start())) or _is_change(found) else None


def _read_reminder(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "i just put steaks on the grill remind me to check them": what is told before it only gives the reason."""
    said = _REMIND.search(clause.flat) if clause.short else None
    before = clause.part(0, said.start()) if said else None
    if not said or not before or not (_YOU.fullmatch(before.flat) or is_statement(before)):
        return None
    return _read_known(clause.part(said.start(), len(clause.flat)), scene)


def _asked_of_no_day(clause: Clause, found: Interpretation | None) -> Interpretation | None:
    """ "what's due on feb 30": no task can be, and a search for these words would look as if none happened to be."""
    arguments = found.actions[0].arguments if found and found.actions else {}
    asked = arguments.get("filter", arguments)
    search = asked.get("search") if isinstance(asked, dict) else None
    when = next((when for when in clause.whens if when.problem and when.strength == "sure"), None) if search else None
    if not when or clause.text[when.start : when.end].split()[-1] not in str(search):
        return None
    spans = (span_of_when(when, clause),)
    return Interpretation(
        reply=f"{when.problem} When do you mean?", spans=spans, rules=("ask.no-such-day",), sure=False
    )


def _read_wish(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "I'd like to see …", "open my calendar and delete …": a wish that is a command to the list."""
    start = wish_end(clause.flat)
    wished = _read_known(clause.part(start, len(clause.flat)), scene) if start and clause.short else None
    return (
        wished
        if wished
        and wished.actions
        and wished.actions[0].tool != "add_task"
        and not wished.rules[0].startswith(("complete.", "move.is", "edit.is"))
        else None
    )


def _read_known(clause: Clause, scene: Scene) -> Interpretation | None:
    """A clause that some reader knows: everything but a plain title."""
    if not clause.short:
        return read_add(clause, explicit=True)
    talk = read_history(clause) or read_undo(clause) or read_talk(clause.flat, scene)
    if talk:
        return talk
    if clause.text[:1] in '"“':
        return None
    return (
        read_reminders(clause, scene)
        or read_wished(clause, scene)
        or read_refused(clause, scene)
        or read_edit_first(clause, scene)
        or read_question_first(clause, scene)
        or (None if _REMOVED.match(clause.flat) else read_add(clause, explicit=True))
        or (None if _DID.match(clause.flat) else read_question(clause, scene))
        or read_reopen(clause, scene)
        or read_complete(clause, scene)
        or read_due(clause, scene)
        or read_edit(clause, scene)
        or read_instead(clause, scene)
        or read_move(clause, scene)
        or read_delete(clause, scene)
        or read_bare(clause)
    )


def read_edit_first(clause: Clause, scene: Scene) -> Interpretation | None:
    """Changes that begin like an add: "add the tag work to taxes", "set the due date of taxes to friday"."""
    if not clause.flat.startswith(
        (
            "add ",
            "set ",
            "put ",
            "make ",
            "give ",
            "attach ",
            "mark ",
            "change ",
            "update ",
            "write ",
            "stop ",
            "clear ",
            "remove ",
        )
    ) or clause.flat.startswith("make sure"):
        return None
    return (
        read_due(clause, scene) or read_edit(clause, scene) or read_move(clause, scene) if not _makes(clause) else None
    )


def read_question_first(clause: Clause, scene: Scene) -> Interpretation | None:
    """Questions that begin like an add: "remind me what I have to do today"."""
    words = clause.flat.split()
    if _DID.match(clause.flat):
        return None
    if _REMIND_OF.match(clause.flat):
        return read_question(clause, scene)
    if found := _REMIND_WHEN.match(clause.flat):
        return read_question(clause.part(found.end(), len(clause.flat)), scene)
    if words[:1] and words[0] in (
        "what",
        "what's",
        "which",
        "how",
        "when",
        "do",
        "did",
        "is",
        "are",
        "am",
        "have",
        "tell",
        "show",
        "does",
        "whats",
        "who",
        "where",
        "list",
        "will",
        "should",
        "has",
        "was",
        "were",
        "any",
        "let",
        "i",
        "not",
        "no",
        "got",
        "check",
        "gimme",
        "see",
        "can",
    ):
        return read_question(clause, scene)
    return None


def _makes(clause: Clause) -> bool:
    """Whether the words make something new ("add a task …", "set a reminder …")."""
    words = clause.flat.split()
    return (
        len(words) > 1
        and words[1] in ("a", "an", "another", "new", "up", "task", "reminder", "alarm", "me")
        and not ({"tag", "label", "note", "comment", "due", "deadline"} & set(words[2:4]))
    )


__all__ = ["is_statement", "read_command", "replace"]

"""Editing a task's other fields: title, priority, tags, project, notes, and clearing any of them."""

import re

from ..context import Clause
from ..conversation.scene import Scene
from ..pattern import either, phrase
from ..types import Interpretation
from ..words import commands as table
from ..words.nouns import LIST
from ..changing.change import Change, apply, of_marks, read_value, text_of
from ..marks import read_marks
from ..matching.naming import name, one_task

_FIELDS = {"due": table.DUE_NAMES, "priority": table.PRIORITY_NAMES, "recurrence": table.RECURRENCE_NAMES, "tags": table.TAG_NAMES, "project": table.PROJECT_NAMES, "notes": table.NOTE_NAMES}  # fmt: skip
_FIELD = "(?:" + "|".join(f"(?P<{key}>{either(words)})" for key, words in _FIELDS.items()) + ")"
_CLEAR = phrase(
    (
        rf"(?:{either(table.CLEAR_FIELD)}) (?:the |its |any |all |a |my )*{_FIELD} (?:from|of|on|off|for|"
        r"off of) (?P<x>.+?)[.!]*$"
    )
)
_CLEAR_OF = phrase(rf"(?:{either(table.CLEAR_FIELD)}) (?P<x>.+?)(?:'s|s') {_FIELD}[.!]*$")
_CLEAR_AFTER = phrase(
    rf"(?:make|leave|set|let|put) (?P<x>.+?) (?:have |with |to )?(?:no|without an?|without any|without) {_FIELD}[.!]*$"
)
_NO_FIELD = phrase(
    (
        r"(?P<x>.+?) (?:has|should have|no longer has|no longer needs|needs|doesn't need|doesn't have|does "
        rf"not need|does not have|shouldn't have) (?:no|a|any) {_FIELD}(?: any ?more)?[.!]*$"
    )
)
_SET_NONE = phrase(
    (
        rf"(?:set|change|make|reset) (?:the )?{_FIELD} (?:of|for|on) (?P<x>.+?) (?:to|as) (?:none|nothing|"
        r"no \w+|empty|null|normal)[.!]*$"
    )
)
_UNREPEAT = phrase(
    (
        r"(?:stop (?P<z>.+?) from (?:repeating|recurring)|stop (?:repeating|the repeat (?:of|on)|"
        r"recurring)|don't repeat|do not repeat|unrepeat|no longer repeat|make (?P<y>.+?) (?:not repeat|"
        r"non-recurring|not recurring|a one time task|one-time|a one-off|stop repeating|not repeating)) ?(?P<x>.*?)(?: "
        r"any ?more)?[.!]*$"
    )
)
_UNSCHEDULE = phrase(r"(?:unschedule|undate) (?P<x>.+?)[.!]*$")
_SEVERAL = re.compile(r"(?:make|mark|change|update|edit)\s+")
_UNTAG = phrase(r"(?:untag|unlabel)(?: the)? (?P<x>.+?)(?: (?:from|as|with) #?(?P<tag>[\w-]+))?[.!]*$")
_REMOVE_TAG = phrase(
    (
        r"(?:remove|delete|drop|take|clear) (?:the )?(?:(?:tag|label) #?(?P<tag>[\w-]+)|"
        r"#(?P<mark>[\w-]+)(?: tag)?|(?P<named>[\w-]+) (?:tag|label)) (?:from|off|of|on|off of) "
        r"(?P<x>.+?)[.!]*$"
    )
)
_RENAME = phrase(r"(?:<verbs>) (?P<x>.+?) (?:to|as|into|with) (?P<value>.+?)[.]*$", verbs=table.RENAME)
_RETITLE = phrase(
    (
        rf"(?:{either(table.CHANGE)}) (?:the )?(?:{either(table.TITLE_NAMES)}) (?:of|for|on) (?P<x>.+?) "
        r"(?:to|as|into|with) (?P<value>.+?)[.]*$"
    )
)
_RETITLE_OF = phrase(
    (
        rf"(?:{either(table.CHANGE)}) (?P<x>.+?)(?:'s|s') (?:{either(table.TITLE_NAMES)}) (?:to|as|into|"
        r"with) (?P<value>.+?)[.]*$"
    )
)
_CHANGE_TO = phrase(
    (
        r"(?P<verb>change|edit|replace|update|modify|correct|turn|switch) (?P<x>.+?) (?:to say|to read|to "
        r"be|to|into|with|by) (?P<value>.+?)[.]*$"
    )
)
_CALL = phrase(
    (
        r"(?:call|name) (?P<x>it|that|this|that one|this one|the (?:first|second|third|last) one|task \d+) "
        r"(?P<value>.+?)(?: instead)?[.]*$"
    )
)
_LEVEL = (
    r"(?P<value>(?:an? )?(?:high|highest|top|medium|normal|low|lowest|mid|moderate|urgent|important|"
    r"critical|p[1-4]|!\w+|asap)(?:[ -](?:priority|importance|urgency|prio))?)"
)
_NUMBERED = (
    r"(?P<value>(?:an? )?(?:high|highest|top|medium|normal|low|lowest|mid|moderate|urgent|important|"
    r"critical|p?[1-4]|!\w+|asap)(?:[ -](?:priority|importance))?)"
)
_PRIORITY = phrase(
    (
        r"(?:set|change|make|update|put|raise|lower|bump|increase|decrease|drop|mark|turn|adjust|reduce) "
        rf"(?:the )?(?:{either(table.PRIORITY_NAMES)}) (?:of|for|on) (?P<x>.+?) (?:to|as|at|is) (?:be "
        rf")?{_NUMBERED}[.!]*$"
    )
)
_PRIORITY_OF = phrase(
    (
        r"(?:set|change|make|update|raise|lower|bump|put|adjust) (?P<x>.+?)(?:'s|s')? "
        rf"(?:{either(table.PRIORITY_NAMES)}) (?:to|as|at) {_NUMBERED}[.!]*$"
    )
)
_MAKE_LEVEL = phrase(
    (
        r"(?:make|mark|set|flag|bump|change|turn|raise|lower|give|consider|move|upgrade|downgrade|put|"
        r"label|drop|update|promote|demote|escalate) (?P<x>.+?)(?: up| down)?(?: (?:as|to|to be|at|a|with|"
        rf"is|on|into))* {_LEVEL}[.!]*$"
    )
)
_IS_LEVEL = phrase(
    (
        r"(?P<x>.+?) (?:is|are|should be|has|needs|became|just became|got) (?:now |really |very |super |"
        rf"an? |not )*{_LEVEL}(?: now)?[.!]*$"
    )
)
_RAISE = phrase(
    r"(?:<words>)(?: the)?(?: priority of| priority on| priority for)? (?P<x>.+?)(?:'s priority| priority| up)?[.!]*$",
    words=table.RAISE,
)
_LOWER = phrase(
    (
        r"(?:<words>)(?: the)?(?: priority of| priority on| priority for)? (?P<x>.+?)(?:'s priority| "
        r"priority| down)?[.!]*$"
    ),
    words=table.LOWER,
)
_TAG_AS = phrase(
    (
        r"(?P<verb><words>) (?P<x>.+?) (?:as|with|under|by|to be)(?: the)?(?: tags?| labels?)? "
        r"(?P<value>#?[\w-]+(?:(?:,? and |, | )#?[\w-]+)*?)(?: tags?)?[.!]*$"
    ),
    words=table.TAG,
)
_TAG_SHORT = phrase(
    (
        r"(?:tag|label|hashtag) (?!(?:the|my|a|an|all|our|your|his|her) "
        r"[\w-]+[.!]*$)(?P<x>.+?)(?<!from)(?<!for)(?<!of)(?<!in)(?<!on)(?<!at)(?<!to)(?<!\sthe) "
        r"(?P<value>#?[\w-]+)[.!]*$"
    )
)
_ADD_TAG = phrase(
    (
        r"(?:add|put|attach|apply|give|set|stick|assign) (?:the |a )?(?:(?:tags?|labels?) "
        r"(?P<value>#?[\w-]+(?:(?:,? and |, | )#?[\w-]+)*?)|(?P<mark>#[\w-]+(?:(?:,? and |, | "
        r")#[\w-]+)*)(?: tag)?|(?P<named>[\w-]+) (?:tag|label)) (?:to|on|onto|for) (?P<x>.+?)[.!]*$"
    )
)
_GIVE_TAG = phrase(
    r"give (?P<x>.+?) (?:the |a )?(?:tags?|labels?) (?P<value>#?[\w-]+(?:(?:,? and |, | )#?[\w-]+)*)[.!]*$"
)
_FILE = phrase(
    (
        rf"(?:{either(table.FILE)}) (?P<x>.+?) (?:to|into|in|under|onto|on|from .+? to) (?P<value>(?:the |"
        r"my |our )*(?:(?:project|list|folder|board|category) (?:called |named )?[\w'-]+(?: [\w'-]+)?|"
        r"[\w'-]+(?: [\w'-]+)? (?:project|list|folder|board|category)|\+[\w-]+))[.!]*$"
    )
)
_PROJECT_NAME = phrase(
    (
        r"(?:the |my |our )*(?:(?:project|list|folder|board|category) (?:called |named )?(?P<a>.+)|"
        r"(?P<b>.+?) (?:project|list|folder|board|category)|\+(?P<c>.+))$"
    )
)
_NOTE = phrase(
    (
        r"(?:add|attach|put|write|append|leave|set) (?:a |the |this )?(?:<names>) (?:to|on|for|onto|in|of) "
        r"(?P<x>[^:]+?)(?:: ?| saying | that says | which says | that | to say )(?P<value>.+)(?P<quoted>)$"
    ),
    names=table.NOTE_NAMES,
)
_NOTE_FIRST = phrase(
    (
        r"(?:add|attach|put|write|append) (?:(?:a |the )?(?:<names>):? ?[\"'](?P<value>[^\"]+)[\"']|"
        r"[\"'](?P<quoted>[^\"]+)[\"'] as (?:a )?(?:<names>)) (?:to|on|for|in) (?:the notes (?:of|on|for) "
        r")?(?P<x>.+?)[.!]*$"
    ),
    names=table.NOTE_NAMES,
)
_INTO_PROJECT = re.compile(
    (
        r"(?:put|place|stick|throw) (?:the|my) .+ (?:in|into|under) (?:the |my )?(?:.+ (?:project|folder|"
        r"category|board)|(?:project|folder|category|board) .+)[.!]*$"
    )
)
_GENERIC = frozenset(LIST) | {"to do", "todo", "task", "my", "the", "done", "completed", "priority"}
_NOT_LEAD = re.compile(
    (
        r"(?:what|which|when|who|how|is|are|there|add|create|new|remind|i|today|tomorrow|it's|show|list|do|"
        r"does|any|everything that)\b"
    )
)


def read_edit(clause: Clause, scene: Scene) -> Interpretation | None:
    """A change of a field other than the date; also clearing the date."""
    for reader in (_read_clear, _read_several, _read_tags, _read_note, _read_priority, _read_rename, _read_file):
        result = reader(clause, scene)
        if result:
            return result
    return None


def _read_clear(clause: Clause, scene: Scene) -> Interpretation | None:
    found = _UNREPEAT.match(clause.flat)
    if found:
        x = clause.group(found, next((key for key in "yz" if found[key]), "x"))
        return apply(x, Change(changes={"recurrence": None}), scene, "edit.stop-repeating") if x.flat else None
    found = _UNSCHEDULE.match(clause.flat)
    if found:
        return apply(clause.group(found, "x"), Change(changes={"due": None}), scene, "edit.unschedule")
    for rule, pattern in (
        ("edit.clear", _CLEAR),
        ("edit.clear-of", _CLEAR_OF),
        ("edit.clear-after", _CLEAR_AFTER),
        ("edit.set-none", _SET_NONE),
        ("edit.no-field", _NO_FIELD),
    ):
        found = pattern.match(clause.flat)
        if (
            not found
            or (rule == "edit.clear" and clause.flat.startswith("set"))
            or (
                rule == "edit.no-field"
                and (_NOT_LEAD.match(clause.flat) or re.search(r"\b(?:needs|has|have) a\b", clause.flat))
            )
        ):
            continue
        key = next(key for key in _FIELDS if found[key])
        if rule == "edit.clear" and key == "project" and found["x"] and not re.search(r"\bproject\b", clause.flat):
            continue
        return apply(clause.group(found, "x"), Change(changes={key: [] if key == "tags" else None}), scene, rule)
    return None


def _read_several(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "mark the report as high priority and due friday": two or more fields at once."""
    found = _SEVERAL.match(clause.flat)
    marks = read_marks(clause) if found else None
    if not found or not marks or len(marks.fields) + len(marks.whens) < 2 or not marks.fields:
        return None
    first = min(item.start for item in (*marks.fields, *marks.whens))
    if marks.words(first, len(marks.masked)) or re.match(r"(?:a|an|sure|it a)\b", clause.flat[found.end() :]):
        return None
    named_part = clause.part(found.end(), first)
    trimmed = re.sub(r"\s+(?:as|to|be|to be|with|is|a)$", "", named_part.flat)
    return apply(named_part.part(0, len(trimmed)), of_marks(marks), scene, "edit.several") if trimmed else None


def _read_tags(clause: Clause, scene: Scene) -> Interpretation | None:
    for pattern in (_REMOVE_TAG, _UNTAG):
        found = pattern.match(clause.flat)
        if found and found["x"]:
            groups = found.groupdict()
            return _without_tag(
                clause.group(found, "x"), groups.get("tag") or groups.get("mark") or groups.get("named"), scene
            )
    for rule, pattern in (
        ("edit.add-tag", _ADD_TAG),
        ("edit.give-tag", _GIVE_TAG),
        ("edit.tag-as", _TAG_AS),
        ("edit.tag", _TAG_SHORT),
    ):
        found = pattern.match(clause.flat)
        if not found:
            continue
        group = next(key for key in ("value", "mark", "named") if found.groupdict().get(key))
        value = clause.group(found, group)
        tags = [
            word.strip("#")
            for word in re.split(r"[\s,]+", value.text)
            if word.lower() not in ("and", "", "tag", "tags")
        ]
        if (
            rule == "edit.tag-as"
            and found["verb"] not in ("tag", "label", "retag", "hashtag")
            and not value.flat.startswith("#")
        ):
            continue
        if tags and not (rule == "edit.add-tag" and found.groupdict().get("named") in ("a", "the")):
            return apply(clause.group(found, "x"), Change(changes={"tags": tags}), scene, rule)
    return None


def _without_tag(x: Clause, tag: str | None, scene: Scene) -> Interpretation | None:
    """Tags are set as a whole: where the task is known, the others stay."""
    named = name(x, scene)
    task = one_task(named[0]) if len(named) == 1 else None
    left = [own for own in task.tags if tag and own.lower() != tag.lower()] if task else []
    return apply(x, Change(changes={"tags": left or None}, rules=()), scene, "edit.untag")


def _read_note(clause: Clause, scene: Scene) -> Interpretation | None:
    for pattern in (_NOTE, _NOTE_FIRST):
        found = pattern.match(clause.flat)
        if found and found["x"] not in ("self", "myself", "me"):
            return apply(
                clause.group(found, "x"),
                Change(changes={"notes": text_of(clause.group(found, "value" if found["value"] else "quoted"))}),
                scene,
                "edit.note",
            )
    return None


def _read_rename(clause: Clause, scene: Scene) -> Interpretation | None:
    for rule, pattern in (
        ("edit.rename", _RENAME),
        ("edit.retitle", _RETITLE),
        ("edit.retitle-of", _RETITLE_OF),
        ("edit.call", _CALL),
        ("edit.change-to", _CHANGE_TO),
    ):
        found = pattern.match(clause.flat)
        if not found:
            continue
        x, value = clause.group(found, "x"), clause.group(found, "value")
        if rule == "edit.call" and not scene.turns:
            continue
        if rule == "edit.change-to":
            change = read_value(value)
            if change:
                return apply(x, change, scene, rule)
            if scene.known and not any(item.targets for item in name(x, scene)):
                continue
        return apply(x, Change(changes={"title": text_of(value)}), scene, rule)
    return None


def _read_priority(clause: Clause, scene: Scene) -> Interpretation | None:
    for rule, pattern in (
        ("edit.priority", _PRIORITY),
        ("edit.priority-of", _PRIORITY_OF),
        ("edit.make-level", _MAKE_LEVEL),
        ("edit.is-level", _IS_LEVEL),
    ):
        found = pattern.match(clause.flat)
        if not found or (rule == "edit.is-level" and (_NOT_LEAD.match(clause.flat) or "#" in clause.flat)):
            continue
        level = _level(found["value"])
        x = clause.group(found, "x")
        if rule == "edit.make-level" and re.match(r"(?:a|an|some)\b", x.flat):
            continue
        if level:
            return apply(x, Change(changes={"priority": level}), scene, rule)
    for rule, pattern, level in (("edit.raise", _RAISE, "high"), ("edit.lower", _LOWER, "low")):
        found = pattern.match(clause.flat)
        if (
            found
            and (
                re.search(r"priori", clause.flat)
                or (scene.known and any(item.targets for item in name(clause.group(found, "x"), scene)))
            )
            and not read_marks(clause).whens
        ):
            return apply(clause.group(found, "x"), Change(changes={"priority": level}), scene, rule)
    return None


def _level(words: str) -> str | None:
    if re.search(r"high|top|urgent|important|critical|p1|asap|^(?:an? )?1", words):
        return "high"
    if re.search(r"medium|normal|mid|moderate|p2|^(?:an? )?2", words):
        return "medium"
    return "low" if re.search(r"low|p3|p4|^(?:an? )?[34]", words) else None


def _read_file(clause: Clause, scene: Scene) -> Interpretation | None:
    found = _FILE.match(clause.flat)
    if not found or (
        clause.flat.startswith(("add", "put", "place", "stick", "throw", "set"))
        and not _INTO_PROJECT.match(clause.flat)
        and not _exists(clause.group(found, "x"), scene)
    ):
        return None
    value = clause.group(found, "value")
    named = _PROJECT_NAME.match(value.flat)
    if not named:
        return None
    group = next(key for key in "abc" if named[key])
    if named[group] in _GENERIC:
        return None
    return apply(
        clause.group(found, "x"), Change(changes={"project": text_of(value.group(named, group))}), scene, "edit.file"
    )


def _exists(x: Clause, scene: Scene) -> bool:
    """Whether words that could be a new task name one that is there, or point at one."""
    return (
        any(item.pointing or item.targets or item.many for item in name(x, scene))
        if scene.known or scene.turns
        else any(item.pointing for item in name(x, scene))
    )


__all__ = ["of_marks", "read_edit"]

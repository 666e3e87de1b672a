"""Projects: "move X to the Y list"."""

import re

from ..changing.change import Change, apply, text_of
from ..context import Clause
from ..conversation.scene import Scene
from ..matching.names import name
from ..matching.places import place_behind
from ..pattern import either, phrase
from ..types import Interpretation
from ..words import commands as table
from ..words.nouns import LIST

_FILE = phrase(
    rf"(?:{either(table.FILE)}) (?P<x>.+?) (?:to|into|in|under|onto|on|from .{1, 60}? to) (?P<value>(?:the |"
    r"my |our )*(?:(?:project|list|folder|board|category) (?:called |named )?[\w'-]+(?: [\w'-]+)?|"
    r"[\w'-]+(?: [\w'-]+)? (?:project|list|folder|board|category)|\+[\w-]+))[.!]*$"
)
_IT_INTO = phrase(
    r"(?:put|file|move|place|stick) (?P<x>it|that|this|them|those|these|both|all of them|all of those) "
    r"(?:in|into|under) (?:the |my )?(?P<value>[^\W\d][\w'-]*)[.!]*$"
)
_SEVERAL_INTO = phrase(
    r"(?:put|file|move|place|stick) (?P<x>.{3,80}?) (?:in|into|under) (?:the |my )?"
    r"(?P<value>[^\W\d][\w'-]*)[.!]*$"
)
_OF_PROJECT = phrase(
    r"(?:add|set|give|assign) (?:the )?(?:project|list|folder) (?:called |named )?(?P<value>[^\W\d][\w'-]*) "
    r"(?:to|for|on) (?P<x>.+?)[.!]*$"
)
_BELONGS = phrase(
    r"(?P<x>.+?) belongs? (?:to|in|into|under) (?:the |my )?(?:project )?"
    r"(?P<value>[^\W\d][\w'-]*)(?: (?:project|list|folder))?[.!]*$"
)
_PROJECT_NAME = phrase(
    r"(?:the |my |our )*(?:(?:project|list|folder|board|category) (?:called |named )?(?P<a>.+)|"
    r"(?P<b>.+?) (?:project|list|folder|board|category)|\+(?P<c>.+))$"
)
_FILE_VERB = phrase(rf"(?:{either(table.FILE)}) ")
_NOUN = r"(?:project|folder|category|board)"
_INTO_PROJECT = re.compile(  # the look ahead keeps "in … in … in …" from being tried up to the end each time
    rf"(?:put|place|stick|throw) (?:the|my) (?:(?=.* {_NOUN}[.!]*+$).+? (?:in|into|under) .+ {_NOUN}[.!]*+$|"
    rf".+? (?:in|into|under) (?:the |my )?{_NOUN} .)|"
    rf"(?:put|place|stick) (?=.* (?:{_NOUN}|list)[.!]*+$).+? under .+ (?:{_NOUN}|list)[.!]*+$"
)
_GENERIC = frozenset(LIST) | {"to do", "todo", "task", "my", "the", "done", "completed", "priority"}


def read_file(clause: Clause, scene: Scene) -> Interpretation | None:
    if short := _read_short(clause, scene) or _read_known(clause, scene):
        return short
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


def _read_short(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "put them in shopping", "the form belongs to work": of tasks that are there, or pointed at."""
    for pattern in (_IT_INTO, _OF_PROJECT, _BELONGS, _SEVERAL_INTO):
        found = pattern.match(clause.flat)
        if not found:
            continue
        value, x = clause.group(found, "value"), clause.group(found, "x")
        exist = _several_exist if pattern is _SEVERAL_INTO else _exists
        if not value.whens and value.flat not in _GENERIC and exist(x, scene):
            return apply(x, Change(changes={"project": text_of(value)}), scene, "edit.file-short")
    return None


def _several_exist(x: Clause, scene: Scene) -> bool:
    """Whether the words name several tasks, each of which is there."""
    named = name(x, scene) if scene.known else ()
    return len(named) > 1 and all(item.targets and len(item.targets) == 1 for item in named)


def _read_known(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "move call mom to home repairs": to a project that the user has, whose kind need not be said."""
    placed = place_behind(clause, ("to", "into", "in", "under", "onto", "on"))
    verb = _FILE_VERB.match(placed[0].flat) if placed else None
    if not placed or not verb:
        return None
    x = placed[0].part(verb.end(), len(placed[0].flat))
    return apply(x, Change(changes={"project": placed[1]}), scene, "edit.file-known") if _exists(x, scene) else None


def _exists(x: Clause, scene: Scene) -> bool:
    """Whether words that could be a new task name one that is there, or point at one."""
    return (
        any(item.pointing or item.targets or item.many for item in name(x, scene))
        if scene.known or scene.turns
        else any(item.pointing for item in name(x, scene))
    )

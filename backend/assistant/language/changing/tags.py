"""Tags: "tag X with Y", "remove the tag Y from X"."""

import re

from ..changing.change import Change, apply
from ..context import Clause
from ..conversation.scene import Scene
from ..matching.names import name, one_task
from ..pattern import phrase
from ..types import Interpretation
from ..words import commands as table

_UNTAG = phrase(r"(?:untag|unlabel)(?: the)? (?P<x>.+?)(?: (?:from|as|with) #?(?P<tag>[\w-]+))?[.!]*$")
_REMOVE_TAG = phrase(
    r"(?:remove|delete|drop|take|clear) (?:the )?(?:(?:tag|label) #?(?P<tag>[\w-]+)|"
    r"#(?P<mark>[\w-]+)(?: tag)?|(?P<named>[\w-]+) (?:tag|label)) (?:from|off|of|on|off of) "
    r"(?P<x>.+?)[.!]*$"
)
_TAG_AS = phrase(
    (
        r"(?P<verb><words>) (?P<x>.+?) (?:as|with|under|by|to be)(?: the)?(?: tags?| labels?)? "
        r"(?P<value>#?[\w-]+(?:(?:,? and |, | )#?[\w-]+)*?)(?: tags?)?[.!]*$"
    ),
    words=table.TAG,
)
_TAG_SHORT = phrase(
    r"(?:tag|label|hashtag) (?!(?:the|my|a|an|all|our|your|his|her) "
    r"[\w-]+[.!]*$)(?P<x>.+?)(?<!from)(?<!for)(?<!of)(?<!in)(?<!on)(?<!at)(?<!to)(?<!\sthe) "
    r"(?P<value>#?[\w-]+)[.!]*$"
)
_ADD_TAG = phrase(
    r"(?:add|put|attach|apply|give|set|stick|assign) (?:the |a )?(?:(?:tags?|labels?) "
    r"(?P<value>#?[\w-]+(?:(?:,? and |, | )#?[\w-]+)*?)|(?P<mark>#[\w-]+(?:(?:,? and |, | "
    r")#[\w-]+)*)(?: tag)?|(?P<named>[\w-]+) (?:tag|label)) (?:to|on|onto|for) (?P<x>.+?)[.!]*$"
)
_CHANGE_TAG = phrase(
    r"(?:change|set|update|make|switch|edit) (?:the )?(?:tags?|labels?) (?:of|on|for) (?P<x>.+?) (?:to|as|into) "
    r"(?P<value>#?[\w-]+(?:(?:,? and |, | )#?[\w-]+)*?)[.!]*$"
)
_GIVE_TAG = phrase(
    r"give (?P<x>.+?) (?:the |a )?(?:tags?|labels?) (?P<value>#?[\w-]+(?:(?:,? and |, | )#?[\w-]+)*)[.!]*$"
)


def read_tags(clause: Clause, scene: Scene) -> Interpretation | None:
    for pattern in (_REMOVE_TAG, _UNTAG):
        found = pattern.match(clause.flat)
        if found and found["x"]:
            groups = found.groupdict()
            return _without_tag(
                clause.group(found, "x"), groups.get("tag") or groups.get("mark") or groups.get("named"), scene
            )
    for rule, pattern in (
        ("edit.add-tag", _ADD_TAG),
        ("edit.change-tag", _CHANGE_TAG),
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

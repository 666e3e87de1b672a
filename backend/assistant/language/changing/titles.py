"""Titles and notes: "rename X to Y", "add a note to X: …"."""

import re

from ..changing.change import Change, apply, bare_hour, read_value, text_of
from ..context import Clause
from ..conversation.scene import Scene
from ..matching.names import name
from ..pattern import either, phrase
from ..types import Interpretation
from ..words import commands as table

_RENAME = phrase(r"(?:<verbs>) (?P<x>.+?) (?:to|as|into|with) (?P<value>.+?)[.]*$", verbs=table.RENAME)
_RETITLE = phrase(
    rf"(?:{either(table.CHANGE)}) (?:the )?(?:{either(table.TITLE_NAMES)}) (?:of|for|on) (?P<x>.+?) "
    r"(?:to|as|into|with) (?P<value>.+?)[.]*$"
)
_RETITLE_OF = phrase(
    rf"(?:{either(table.CHANGE)}) (?P<x>.+?)(?:'s|s') (?:{either(table.TITLE_NAMES)}) (?:to|as|into|"
    r"with) (?P<value>.+?)[.]*$"
)
_REPEATS = re.compile(
    r"(?:(?:repeat|recur|happen|be repeated)(?:ing)?\s+(?=every\b|each\b|\w+ly\b|an?\b|\d)|"
    r"(?:start|begin|take place|be held|be due|be|happen)\s+(?=at\b|on\b|from\b))"
)
_CHANGE_TO = phrase(
    r"(?P<verb>change|edit|replace|update|modify|correct|turn|switch) (?P<x>.+?) (?:to say|to read|to "
    r"be|to|into|with|by) (?P<value>.+?)[.]*$"
)
_CALL = phrase(
    r"(?:call|name) (?P<x>it|that|this|that one|this one|the (?:first|second|third|last) one|task \d+) "
    r"(?P<value>.+?)(?: instead)?[.]*$"
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


def read_note(clause: Clause, scene: Scene) -> Interpretation | None:
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


def _from_hour(x: Clause, value: Clause) -> tuple[Clause, Clause]:
    """ "change lunch from 12 to 1": both numbers are hours, and the old one is no part of the name."""
    old = re.search(r"(?<!\s)\s++from\s++", x.flat)
    if not old or not read_value(bare_hour(x.part(old.end(), len(x.flat)))):
        return x, value
    return x.part(0, old.start()), bare_hour(value)


def read_rename(clause: Clause, scene: Scene) -> Interpretation | None:
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
            x, value = _from_hour(x, value)
            if repeats := _REPEATS.match(value.flat):
                value = value.part(repeats.end(), len(value.flat))
            change = read_value(value)
            if change:
                return apply(x, change, scene, rule)
            if scene.known and not any(item.targets for item in name(x, scene)):
                continue
        return apply(x, Change(changes={"title": text_of(value)}), scene, rule)
    return None

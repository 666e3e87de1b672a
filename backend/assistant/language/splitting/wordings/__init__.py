"""Turns of phrase that stand for a plain command: each is read as that command, with its words in their usual order.

A wording counts only where the command that it stands for is read as the kind that it names: "lunch moved to 1" is a
move, and "the office moved to Berlin" is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...context import Clause
from .additions import ADDITIONS
from .changes import CHANGES
from .news import NEWS
from .phrase import Wording
from .removals import REMOVALS

_LONGEST = 160  # characters: who says more says it in sentences of its own
_HOLE = re.compile(r"\{(\w+)\}")
WORDINGS = (*REMOVALS, *CHANGES, *NEWS, *ADDITIONS)
_WHOLE = (
    *(one for one in WORDINGS if one.rules[0] in ("undo.", "delete.", "reopen.", "complete.")),
    ADDITIONS[0],
)


def is_worded(clause: Clause) -> bool:
    """Whether the clause is a removal, an undo, news or an addition with its reason in front: one command, not two."""
    return any(True for _ in _matches(clause, _WHOLE))


def worded(clause: Clause) -> Iterator[tuple[Wording, Clause]]:
    """The commands that the clause may stand for, each with its wording. Their offsets are not those of the message."""
    for wording, found in _matches(clause, WORDINGS):
        yield wording, _command(clause, wording.command, found)


def _matches(clause: Clause, wordings: Iterable[Wording]) -> Iterator[tuple[Wording, re.Match[str]]]:
    if len(clause.flat) > _LONGEST:
        return
    for wording in wordings:
        if any(word in clause.flat for word in wording.words) and (found := wording.said.match(clause.flat)):
            yield wording, found


def _command(clause: Clause, command: str, found: re.Match[str]) -> Clause:
    """The command, its holes filled with what was said, as written, folded and as the readers of dates may see it."""

    def filled(said: str) -> str:
        return _HOLE.sub(lambda hole: said[slice(*found.span(hole[1]))] if found[hole[1]] else "", command)

    text, flat, literal = filled(clause.text), filled(clause.flat), filled(clause.literal)
    return replace(clause, text=text, flat=flat, literal=literal).part(0, len(flat))

"""Undo tokens: a turn's id or, for one call of a turn, that id with the call's revisions: ``TURN.FIRST-LAST``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.journal.values import Change

_CALL = re.compile(r"(?P<turn>[^.]+)\.(?P<first>[0-9]{1,10})-(?P<last>[0-9]{1,10})")


@dataclass(frozen=True, kw_only=True)
class UndoToken:
    """What a token names. ``first`` and ``last`` bound the revisions; None where the whole turn is meant."""

    turn_id: str
    first: int | None = None
    last: int | None = None


def call_token(changes: Sequence[Change]) -> str:
    """The token of one call's changes, of which there is one or more: a call's revisions follow one another."""
    revisions = [change.revision for change in changes]
    return f"{changes[0].turn}.{min(revisions)}-{max(revisions)}"


def read_token(text: str) -> UndoToken:
    """A text of neither form names a turn that nobody has."""
    found = _CALL.fullmatch(text)
    if found is None:
        return UndoToken(turn_id=text)
    return UndoToken(turn_id=found["turn"], first=int(found["first"]), last=int(found["last"]))

"""A message to the clauses that are read one by one."""

from dataclasses import replace

from ..context import Clause
from ..pattern import phrase
from .announced import announced
from .joins import split
from .lines import is_heading, lines, pieces
from .topics import is_topic

_ROLE = {
    "delete": phrase(r"(?:please )?(?:delete|remove|cancel)\b.*:$"),
    "complete": phrase(
        r"(?:please )?(?:(?:i )?(?:finished|completed|did)|done|check off|tick off|mark (?:these |the "
        r"following )?(?:as )?(?:done|complete|completed)|complete)\b.*:$"
    ),
}


MOST_CLAUSES = 400  # of one message; what is behind them is counted by lines, and read when it is sent again


def clauses(message: Clause) -> list[Clause]:
    """The clauses of a message, in order, each with the role that a bullet or a heading gives it."""
    found: list[Clause] = []
    role = ""
    shared: tuple[Clause, ...] = ()
    rows = lines(message)
    for index, (line, marked) in enumerate(rows):
        if is_heading(line) and index + 1 < len(rows):
            role = next((name for name, pattern in _ROLE.items() if pattern.match(line.flat)), "add")
            shared = (line.part(0, len(line.flat) - 1),) if role == "add" else ()
            continue
        if len(found) > MOST_CLAUSES:
            found.append(line)
        elif marked or role:
            found.append(replace(line, role=role or "item", shared=shared))
        else:
            cut = [line] if is_topic(line) else pieces(line)
            parts = (part for piece in cut for part in (split(piece) if not piece.role else [piece]))
            found.extend(announced(line) or parts)
    return found

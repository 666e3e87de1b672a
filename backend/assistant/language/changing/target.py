"""Where the new date of a move begins: "move the call on monday to tuesday at 3"."""

import re

from ..context import Clause
from ..pattern import phrase
from .change import Change, bare_hour, read_value

_TARGET = phrase(
    r"(?P<x>.+?)(?: (?:from|off) .+?)??(?: back| up| forward| out| off| over| ahead)?,? (?:to be |to |"
    r"until |till |for |on |onto |into |instead to |so it's )(?:be )?(?:due )?(?P<value>.+?)(?: "
    r"instead| please)?$"
)
_LINK = re.compile(r"\b(?:to|until|till|for|on)\b")
_SURE_LINKS = ("to", "until", "till")


def find_target(rest: Clause) -> tuple[int, Change] | None:
    """The place of the link, and what only dates behind it say: of several a "to" first, and dates that can be."""
    if not _TARGET.match(rest.flat):
        return None
    links = sorted(_LINK.finditer(rest.flat), key=lambda link: link.group() not in _SURE_LINKS)
    read = [(link.start(), value) for link in links if (value := _value(rest, link))]
    return next((found for found in read if not found[1].problem), read[0] if read else None)


def _value(rest: Clause, link: re.Match[str]) -> Change | None:
    if not rest.flat[: link.start()].strip():
        return None
    value = read_value(bare_hour(rest.part(link.end(), len(rest.flat))))
    if value is None:
        value = read_value(rest.part(link.start(), len(rest.flat)))
    return value if value and (value.problem or value.changes.keys() & {"due", "recurrence"}) else None

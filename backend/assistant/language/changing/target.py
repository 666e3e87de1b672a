"""Where the new date of a move begins: "move the call on monday to tuesday at 3"."""

import re

from ..context import Clause
from ..conversation.scene import Scene
from ..pattern import phrase
from ..types import Interpretation
from .change import Change, apply, bare_hour, read_value

_TARGET = phrase(
    r"(?P<x>.+?)(?: (?:from|off) .{1,60}?)??(?: back| up| forward| out| off| over| ahead)?,? (?:to be |to |"
    r"until |till |til |for |on |onto |into |instead to |so it's )(?:be )?(?:due )?(?P<value>.+?)(?: "
    r"instead| please)?$"
)
_PUT_OFF = phrase(r"put (?P<x>.+?) off (?:until|till|til|to|for|by) (?P<value>.+?)[.!]*$")
_LINK = re.compile(r"\b(?:to|until|till|til|for|on)\b")
_SURE_LINKS = ("to", "until", "till", "til")


def read_put_off(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "put the report off until friday": the verb around its object."""
    found = _PUT_OFF.match(clause.flat)
    value = read_value(clause.group(found, "value")) if found else None
    return apply(clause.group(found, "x"), value, scene, "move.put-off") if found and value else None


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

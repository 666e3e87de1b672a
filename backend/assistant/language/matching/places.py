"""The project that words end with: "butter from the grocery project", "paint in home repairs"."""

import re
from collections.abc import Sequence

from ..context import Clause
from ..normalise import fold
from ..pattern import phrase

_NOUN = re.compile(r"(?<=\S) (?:project|list|folder)$")
_BEFORE = phrase(
    r"(?<=\S),? (?P<link>from|off|off of|of|in|on|out of|to|into|onto|under)(?: (?:the|my|our))*"
    r"(?: (?:project|list|folder)(?: (?:called|named))?)?$"
)
_LONGEST_LINK = 40  # characters between what is named and the project
FROM = ("from", "off", "off of", "of", "in", "on", "out of")


def place_behind(clause: Clause, links: Sequence[str] = FROM) -> tuple[Clause, str] | None:
    """The words without the user's project behind them, and its name; the longest that fits. None where they end with
    none, or with another link before it than these."""
    flat = clause.flat.rstrip(" .!?")
    noun = _NOUN.search(flat, max(0, len(flat) - 8))
    for end in (len(flat), *((noun.start(),) if noun else ())):
        for name in sorted(clause.projects, key=len, reverse=True):
            start = end - len(name)
            if start > 1 and flat[start - 1] == " " and flat[start:end] == fold(name):
                before = _BEFORE.search(flat[: start - 1], max(0, start - _LONGEST_LINK))
                if before and " ".join(before["link"].split()) in links:
                    return clause.part(0, before.start()), name
    return None

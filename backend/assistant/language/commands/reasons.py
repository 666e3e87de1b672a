"""A reason told behind a command: "shift the report to monday, the client is away"."""

import re

from ..context import Clause
from ..pattern import either, table

_COMMANDS = table(
    """
    move, shift, push, postpone, reschedule, delay, delete, remove, cancel, forget, drop, skip, scrap, erase, bump,
    put off, take, make it, snooze, scratch, never mind
    """
)
_COMMAND = re.compile(rf"(?:please |can you |could you )?{either(_COMMANDS)}\b")
# A subject and a verb that only tell; or a word that gives reasons.
_REASON = re.compile(
    r"(?:because|since|cause|cuz|bc)\b|"
    r"(?:(?:the|my|our|his|her|their|your)\s)?[a-z']{1,20}\s"
    r"(?:is|are|was|were|isn't|isnt|aren't|does|did|didn't|has|have|had|will|won't|can't|cant|cannot|can|could|couldn't|"
    r"wants|wanted|needs|got|took|said|says|called|asked|does|came|broke|bought|moved)\b|"
    r"(?:i'm|im|he's|hes|she's|shes|it's|its|we're|they're|that's)\s"
)
_SEAM = re.compile(r",\s|\s-\s|\s(?=because\s|since\s(?:the|my|our|i|he|she|we|they|it)\s)")


def without_reason(clause: Clause) -> Clause:
    """The clause without the reason behind its last comma; as it is, where none stands there."""
    if not clause.short or not _COMMAND.match(clause.flat):
        return clause
    seam = next((seam for seam in reversed(list(_SEAM.finditer(clause.flat))) if seam.start()), None)
    if seam and _REASON.match(clause.flat, seam.end()):
        return clause.part(0, seam.start())
    return clause

"""Hard seams: lines, bullets, numbers, semicolons and sentences."""

import re

from ..context import Clause
from ..words.starts import ABBREVIATIONS

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BULLET = re.compile(
    r"\s*(?:(?:[-*•‣\u2043▪▫◦·●○–—+]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z]\))\s+)?(?:\[[ x]?\]\s*)?(?:[☐☑✓✔✅▢□]\s*)?"
)
_INLINE_NUMBER = re.compile(r"(?:(?<=\s)|^)(?P<n>\d{1,2})[.)]\s+(?=\S)")
_INLINE_BULLET = re.compile(r"\s[•‣▪◦●]\s+")
_SEMICOLON = re.compile(r"(?:(?<!\s)\s++)?;\s*+(?!(?:and )?(?:repeat|recur)(?:s|ing|ring|ed)?\b)")
_SENTENCE = re.compile(r"(?<=[^\s.!?])(?<!\bevery(?=!))(?<!\bev(?=!))(?<!\bafter(?=!))[.!?]++\s++(?=\S)")
_WORD_BEFORE = re.compile(r"(\S{1,12})$")
_HEADER = re.compile(r"(?P<head>[^:]{1,60}):\s*$")


def lines(message: Clause) -> list[tuple[Clause, bool]]:
    """The lines of a message, each without its bullet, and whether it had one (or stood under a heading)."""
    found: list[tuple[Clause, bool]] = []
    for line in _LINE.finditer(message.text):
        numbered = (
            bool(_INLINE_NUMBER.search(message.flat, line.start(), line.end()))
            and len(_numbered(message.part(line.start(), line.end()))) > 1
        )
        bullet = None if numbered else _BULLET.match(message.flat, line.start(), line.end())
        end = bullet.end() if bullet else line.start()
        marked = bool(bullet and bullet.group().strip())
        clause = message.part(end, line.end())
        if clause.flat:
            found.append((clause, marked))
    return found


def is_heading(clause: Clause) -> bool:
    """Whether a line announces those below it ("Shopping:")."""
    return bool(_HEADER.match(clause.flat))


def pieces(clause: Clause) -> list[Clause]:
    """What hard seams make of one line: its numbered points, its parts between semicolons, its sentences."""
    numbered = _numbered(clause)
    parts = numbered or [part for bullet in _cut(clause, _INLINE_BULLET) for part in _cut(bullet, _SEMICOLON)]
    return [sentence for part in parts for sentence in (_sentences(part) if not numbered else [part])]


def _numbered(clause: Clause) -> list[Clause]:
    """ "1. buy milk 2. call mom": only where the numbers count up from one."""
    marks = list(_INLINE_NUMBER.finditer(clause.flat))
    if len(marks) < 2 or [int(mark["n"]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(clause.flat)]
    lead = clause.part(0, marks[0].start())
    items = [clause.part(mark.end(), end).with_role("add") for mark, end in zip(marks, ends, strict=True)]
    return [*([lead] if lead.flat and not lead.flat.endswith(":") else []), *(item for item in items if item.flat)]


def _cut(clause: Clause, seam: re.Pattern[str]) -> list[Clause]:
    found: list[Clause] = []
    position = 0
    for place in seam.finditer(clause.flat):
        if inside_quotes(clause.flat, place.start()):
            continue
        found.append(clause.part(position, place.start()))
        position = place.end()
    found.append(clause.part(position, len(clause.flat)))
    return [part for part in found if part.flat]


def inside_quotes(flat: str, position: int) -> bool:
    """Whether the position stands between double quotes."""
    return flat.count('"', 0, position) % 2 == 1 and '"' in flat[position:]


def _sentences(clause: Clause) -> list[Clause]:
    found: list[Clause] = []
    position = 0
    for place in _SENTENCE.finditer(clause.flat):
        before = _WORD_BEFORE.search(clause.flat, max(0, place.start() - 12), place.start())
        word = before[1] if before else ""
        if (place.group().startswith(".") and (word in ABBREVIATIONS or len(word) == 1)) or inside_quotes(
            clause.flat, place.start()
        ):
            continue
        found.append(clause.part(position, place.end()))
        position = place.end()
    found.append(clause.part(position, len(clause.flat)))
    return [part for part in found if part.flat]

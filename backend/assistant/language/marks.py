"""What a clause says of a task besides its name: when, how urgent, tagged and filed how; and the words that remain."""

import re
from dataclasses import dataclass
from typing import Literal

from .context import Clause
from .normalise import closing_start, murmurs, tidy
from .spans import span_of_field, span_of_when
from .types import Arguments, Field, Span, When
from .when import combine
from .words.verbs import TASK_VERBS

HIDDEN = "\x00"
_GAPS = re.compile(r"(?:(?<!\s)\s++)?\x00[\x00\s]*+")
_URGENT = re.compile(r"(?P<level>urgent|urgently|important)\s+(?P<verb>[a-z]+)\s")
_NAMED: tuple[tuple[Literal["tag", "project"], re.Pattern[str]], ...] = (
    (
        "tag",
        re.compile(
            r",\s*(?:with\s+)?(?:the\s+)?(?:tag(?:ged)?|label(?:led)?)(?:\s+(?:as|it|"
            r"with))?:?\s+#?(?P<value>[\w-]+)(?=\s*(?:,|$))"
        ),
    ),
    (
        "project",
        re.compile(
            r"(?:(?:\b(?:in|to|under|for|into)\s+(?:the\s+)?|,\s*)project:?\s+|\b(?:to|in|on)\s+(?:the\s+|"
            r"my\s+)?(?=(?:groceries|errands)\s*$))(?P<value>[\w-]+)(?=\s*(?:,|$))"
        ),
    ),
)
# What stands around a date: "(due friday)", "on friday?".
_EMPTY = re.compile(r"\(\s*+\)|\[\s*+\]|(?<!\s)\s++[?!](?=\s*+$)")
_LOOSE = re.compile(r"(?<!\s)\s++([,;])")  # "standup monday, then lunch"
_LAST_WORD = re.compile(r"(?:^|\s)(?:(?:is going to|will|should) be|is due|due|is|are|and|or|n|by)$", re.IGNORECASE)
_LONGEST_END = 20  # characters: more than the longest of those endings
_CUT_START = re.compile(r"^(?:[\s,;:–-]|(?:and|also|then)\s)++", re.IGNORECASE)


@dataclass(frozen=True)
class Marks:
    """The readings taken from a clause. ``masked`` is its folded text with the words that were read blanked out."""

    clause: Clause
    whens: tuple[When, ...]
    fields: tuple[Field, ...]
    masked: str

    @property
    def when(self) -> When | None:
        """All that was said about when, as one."""
        return combine(self.whens, self.clause.now) if self.whens else None

    def arguments(self) -> Arguments:
        """The keys of ``add_task`` that the readings set."""
        found: Arguments = {}
        when = self.when
        if when and when.due:
            found["due"] = when.due
        if when and when.recurrence:
            found["recurrence"] = when.recurrence
        if when and when.from_completion:
            found["recurrence_from"] = "completion"
        for item in self.fields:
            if item.kind != "tag":
                found[item.kind] = item.value
        tags = list(dict.fromkeys(item.value for item in self.fields if item.kind == "tag"))
        return found | ({"tags": tags} if tags else {})

    def spans(self) -> tuple[Span, ...]:
        """The highlights, in the order of the text."""
        spans = [span_of_when(when, self.clause) for when in self.whens] + [
            span_of_field(item, self.clause) for item in self.fields
        ]
        return tuple(sorted(spans, key=lambda span: span.start))

    def rules(self) -> tuple[str, ...]:
        """The names of the rules that read the words."""
        rules = [when.rule for when in self.whens] + [item.rule for item in self.fields]
        return tuple(rule for rule in rules if rule)

    def words(self, start: int, end: int) -> str:
        """The words of ``[start, end)`` that were not read as anything, as they were written."""
        kept: list[str] = []
        position = start
        for gap in _GAPS.finditer(self.masked, start, end):
            kept.append(self.clause.text[position : gap.start()])
            position = gap.end()
        kept.append(self.clause.text[position:end])
        cut = len(kept) > 1 or HIDDEN in self.masked[end : end + 2]
        joined = " ".join(piece for piece in kept if piece.strip())
        joined = _LOOSE.sub(r"\1", _EMPTY.sub("", joined) if cut else joined)
        return tidy(_CUT_START.sub("", _without_end(joined))) if cut else tidy(joined)


def _without_end(words: str) -> str:
    """The words without the marks and small words that a date leaves at their end: "the party is going to be"."""
    while True:
        shorter = words.rstrip().rstrip(",;:–-")
        last = _LAST_WORD.search(shorter, max(0, len(shorter) - _LONGEST_END))
        shorter = shorter[: last.start()] if last else shorter
        if shorter == words:
            return words
        words = shorter


def read_marks(clause: Clause, *, eager: bool = False) -> Marks:
    """The readings of a clause. ``eager`` also takes weak dates: where the command itself is about time."""
    fields = (clause.fields or _urgent_first(clause)) + _named_fields(clause)
    whens = tuple(
        when
        for when in clause.whens
        if (when.due or when.recurrence or when.problem) and (eager or _taken(when, clause))
    )
    whens = _agreeing(tuple(when for when in whens if not any(_overlap(when, item) for item in fields)), clause)
    masked = mask(clause.flat, [*whens, *fields], murmurs(clause.flat))
    end = closing_start(masked)
    return Marks(clause, whens, fields, masked[:end] + HIDDEN * (len(masked) - end))


def _agreeing(whens: tuple[When, ...], clause: Clause) -> tuple[When, ...]:
    """A doubtful reading that contradicts a sure one is none: "a table for 4 at 7pm"."""
    sure = tuple(when for when in whens if when.strength == "sure")
    if len(whens) < 2 or not sure or len(sure) == len(whens) or not combine(whens, clause.now).problem:
        return whens
    return sure


def _urgent_first(clause: Clause) -> tuple[Field, ...]:
    """ "urgent call the school": said in front of a task's verb, without a colon."""
    found = _URGENT.match(clause.flat)
    if not found or found["verb"] not in TASK_VERBS:
        return ()
    return (Field(start=0, end=found.end("level"), kind="priority", value="high", rule="urgent first"),)


def _named_fields(clause: Clause) -> tuple[Field, ...]:
    """ ", tag office" and "in project garden": fields by their names, where they were not read already."""
    found: list[Field] = []
    for kind, pattern in _NAMED:
        match = pattern.search(clause.literal.lower()) if clause.short else None
        if match and not any(_overlap_range(match.start(), match.end(), item) for item in clause.fields):
            value = clause.text[match.start("value") : match.end("value")]
            found.append(Field(start=match.start(), end=match.end(), kind=kind, value=value, rule=f"{kind} by name"))
    return tuple(found)


def _overlap_range(start: int, end: int, item: Field) -> bool:
    return start < item.end and item.start < end


def _taken(when: When, clause: Clause) -> bool:
    """A weak date counts only beside a sure one."""
    if when.strength != "weak":
        return True
    return any(
        (other.strength != "weak" and abs(other.start - when.end) <= 2) or abs(when.start - other.end) <= 2
        for other in clause.whens
        if other is not when
    )


def _overlap(when: When, item: Field) -> bool:
    return when.start < item.end and item.start < when.end


def mask(flat: str, items: list[When | Field], ranges: list[tuple[int, int]]) -> str:
    """The text with these ranges blanked out, of the same length."""
    letters = list(flat)
    for start, end in [(item.start, item.end) for item in items] + ranges:
        letters[start:end] = HIDDEN * (end - start)
    return "".join(letters)

"""What the judge sees of a message and of the rules' reading of it: names of features, each said or not."""

import re
from collections.abc import Iterator, Sequence

from ..types import Interpretation
from ..words.verbs import TASK_VERBS

VERSION = 2  # of the features' names: weights of another version say nothing of these
MOST_WORDS = 40  # of a message; what stands behind them is more of the same, and would only cost time
LAST_WORDS = 4
SHAPES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 25)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!:;#+]")
_WRITTEN_APART = str.maketrans("", "", "'")
_TAKEN = "@"  # stands for words that were read as a date, a field or a recurrence
_POINTING = frozenset(("it", "that", "this", "them", "those", "these", "you", "your", "me", "i", "we", "he", "she"))
Features = list[str]


def features(flat: str, reading: Interpretation | None, start: int = 0) -> Features:
    """The features of folded words, which begin at ``start`` of the message, and of their reading."""
    words, masked = tokens(flat, reading, start)
    found: Features = ["bias"]
    found += _of_words(words)
    found += _of_masked(masked)
    found += _of_shape(flat, words)
    found += _of_reading(reading, words)
    return list(dict.fromkeys(found))


def tokens(flat: str, reading: Interpretation | None, start: int) -> tuple[list[str], list[str]]:
    """The words, numbers as one sign; and the same with each run of words that were read as one sign."""
    spans = [(span.start - start, span.end - start) for span in reading.spans] if reading else []
    words: list[str] = []
    masked: list[str] = []
    for found in _TOKEN.finditer(flat, 0, MOST_WORDS * 12):
        word = found.group().translate(_WRITTEN_APART)
        word = "0" if word[0].isdigit() else word[:20]
        words.append(word)
        taken = any(begin <= found.start() < end for begin, end in spans)
        if not taken:
            masked.append(word)
        elif masked[-1:] != [_TAKEN]:
            masked.append(_TAKEN)
        if len(words) == MOST_WORDS:
            break
    return words, masked


def _of_words(words: Sequence[str]) -> Iterator[str]:
    """Each word, its beginning and its end, and the pairs of words behind the first."""
    for word in words:
        yield f"w:{word}"
        if len(word) > 4:
            yield f"p:{word[:4]}"
            yield f"s:{word[-3:]}"
    first = words[0] if words else ""
    for word in words[1:12]:
        yield f"k:{first} {word}"


def _of_masked(masked: Sequence[str]) -> Iterator[str]:
    """Pairs and threes, with what was read as one sign, and where they stand."""
    edged = ["^", *masked, "$"]
    for at in range(len(edged) - 1):
        yield f"b:{edged[at]} {edged[at + 1]}"
    for at in range(min(len(edged) - 2, 12)):
        yield f"t:{edged[at]} {edged[at + 1]} {edged[at + 2]}"
    for at, word in enumerate(masked[:3]):
        yield f"{at}:{word}"
    for word in masked[-LAST_WORDS:]:
        yield f"e:{word}"


def _of_shape(flat: str, words: Sequence[str]) -> Iterator[str]:
    """How long it is, and its punctuation."""
    yield f"n:{sum(len(words) > size for size in SHAPES)}"
    if flat.rstrip().endswith("?"):
        yield "end:?"
    if words and words[0] in TASK_VERBS:
        yield "first:verb"
    if any(word in _POINTING for word in words):
        yield "points"
    if len(words) > 1 and words[1] in TASK_VERBS:
        yield "second:verb"


def _of_reading(reading: Interpretation | None, words: Sequence[str]) -> Iterator[str]:
    """What the rules made of it: the rule, the tool, the evidence that stands, the title's shape."""
    rule = reading.rules[0] if reading and reading.rules else "none"
    action = reading.actions[0] if reading and reading.actions else None
    tool = action.tool if action else "none"
    first = words[0] if words else ""
    yield f"r:{rule}"
    yield f"r:{rule} {first}"
    yield f"c:{tool}"
    yield f"c:{tool} {first}"
    if not reading or not action:
        return
    if not reading.sure:
        yield f"unsure {tool}"
    evidence = "+".join(key for key in ("due", "recurrence", "priority", "tags", "project") if key in action.arguments)
    yield f"v:{rule} {evidence}"
    yield f"v:{tool} {evidence}"
    named = str(action.arguments.get("title") or action.arguments.get("match") or action.arguments.get("search") or "")
    yield from _of_title(named.lower().split(), rule)


def _of_title(title: Sequence[str], rule: str) -> Iterator[str]:
    yield f"l:{rule} {min(len(title), 8)}"
    if title:
        yield f"h:{rule} {title[0][:20]}"
        verb = "verb" if title[0] in TASK_VERBS else "word"
        pointing = " points" if any(word in _POINTING for word in title) else ""
        yield f"h:{rule} {verb}{pointing}"

"""todo.txt: a line a task. What it has no sign for stands behind keys, which `readers.todotxt` reads."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from backend.exchange.values.marks import encode_text, joined_name, plain_word

LETTERS = {"high": "A", "medium": "B", "low": "C"}
_SIMPLE = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?")


def write(documents: Sequence[dict[str, Any]]) -> str:
    return "".join(f"{' '.join(_words(document))}\n" for document in documents)


def _words(document: dict[str, Any]) -> Iterator[str]:
    done, letter = document["status"] == "done", LETTERS.get(document["priority"] or "")
    if done:
        yield "x"
        yield document["completed_at"][:10]
    elif letter:
        yield f"({letter})"
    yield document["created_at"][:10]
    yield " ".join(plain_word(word, first=False) for word in document["title"].split(" "))
    if document["project"]:
        yield f"+{joined_name(document['project'])}"
    yield from (f"@{joined_name(tag)}" for tag in document["tags"])
    yield from _keys(document, done=done, letter=letter)


def _keys(document: dict[str, Any], *, done: bool, letter: str | None) -> Iterator[str]:
    if done and letter:
        yield f"pri:{letter}"
    if document["due"]:
        yield f"due:{document['due']}"
        yield f"tz:{document['timezone']}"
    if rule := document["recurrence"]:
        simple = _SIMPLE.fullmatch(rule)
        strict = "+" if document["recurrence_from"] == "due" else ""
        yield f"rec:{strict}{simple[2] or 1}{simple[1][0].lower()}" if simple else f"rrule:{rule}"
        if not simple and not strict:
            yield "from:completion"
    if document["notes"]:
        yield f"note:{encode_text(document['notes'])}"
    if document["parent_id"] or document["subtasks"]:
        yield f"id:{document['id']}"
    if document["parent_id"]:
        yield f"p:{document['parent_id']}"
    yield f"created:{document['created_at']}"
    if done:
        yield f"completed:{document['completed_at']}"

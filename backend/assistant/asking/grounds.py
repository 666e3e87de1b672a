"""Whether a model's call rests on words that the user typed, and not on words it read in a task. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from backend.assistant.language.matching.stems import stems

_VERBS = {
    "update_task": r"mov|chang|renam|reschedul|postpon|shift|push|set|mak|updat|edit|tag|priorit|mark|put|add|due|delay"
    r"|fix|correct|call",
    "complete_task": r"complet|finish|done|did|mark|tick|check|cross|clos",
    "reopen_task": r"reopen|open|undone|not done|restor|uncheck|untick|again",
    "delete_task": r"delet|remov|cancel|clear|drop|eras|rid|forget",
    "undo": r"undo|revert|take .*back|back|restore|roll|rewind",
    "redo": r"redo|again|back|undo",
}
_MANY = re.compile(
    r"\b(?:all|every\w*|each|both|any\w*|tasks|todos|items|things|them|these|those|ones|rest|overdue|today\w*|tomorrow"
    r"|week|month|list|project)\b"
)
_CLAUSE = re.compile(r"[.!?;,\n]+|\b(?:and|then|but)\b")
_QUESTION = re.compile(
    r"\s*(?:(?:so|ok|okay|hey|hi|well|now|please)\s+)*(?:(?:what|how)(?!\s+about\b)|wh(?:y(?!\s+(?:not|don))|ich|o|en|ere)"
    r"|do\s+(?:i|we|you|they)"  # "do the dishes" is none
    r"|(?:is|are|was|were|am|does|did|have|has|had)\s+(?:i|we|you|they|it|there|my|our|any|the|this|that)"
    r"|(?:show|list|tell|read|summari[sz]e|count)\b)\b"
)


def is_grounded(tool: str, arguments: Mapping[str, Any], titles: Sequence[str], *, heard: str) -> bool:
    """``titles`` are of the tasks the call would touch; ``heard`` what the user typed in this turn and lately.

    New words of a task must share something with what was typed. A task must have been named, in part; many at once
    asked for as many, with a verb of the kind. What was only asked about is no wish to change it.
    """
    heard = _wishes(heard)
    said = set(stems(heard))
    new_title = arguments.get("title") or (arguments.get("changes") or {}).get("title")
    if new_title and not said & set(stems(str(new_title))):
        return False
    if tool == "add_task":
        return True
    if not re.search(rf"\b(?:{_VERBS[tool]})", heard.lower()):
        return False
    if tool in {"undo", "redo"}:
        return True
    if arguments.get("filter") is not None:
        return bool(_MANY.search(heard.lower()))
    numbers = set(re.findall(r"\d+", heard))
    named = str(arguments.get("match", "")).lstrip("#").strip()
    return named in numbers or all(said & set(stems(title)) for title in titles)


def _wishes(heard: str) -> str:
    """What was typed without its questions."""
    return " ".join(clause for clause in _CLAUSE.split(heard) if not _QUESTION.match(clause.lower()))

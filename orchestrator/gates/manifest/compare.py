"""Comparing a document with its facts, path by path."""

from collections.abc import Iterator, Mapping
from typing import Any

Told = tuple[str, str, str]


def at(document: Any, path: str) -> Any:
    """What stands at a dotted path; a number is a list's place, `#` its length; None where nothing stands."""
    for step in path.split("."):
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list) and step == "#":
            document = len(document)
        elif isinstance(document, list) and step.isdigit() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def differs(rule: str, document: Any, path: str, wanted: Any) -> Iterator[Told]:
    """One finding if `path` does not hold exactly `wanted` (None: nothing at all). True is not 1, "8000" not 8000."""
    got = at(document, path)
    if got != wanted or type(got) is not type(wanted):
        shown = "is missing" if got is None else f"is {got!r}"
        yield rule, f"{path} {shown}.", f"It has to be {wanted!r}." if wanted is not None else "Leave it out."

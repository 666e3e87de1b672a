"""Looking into JSON that nobody has checked: a field of another kind than it should be counts as not there."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from backend.errors import InvalidError
from backend.exchange.draft import plain_text
from backend.exchange.limits import MOST_DEPTH

Record = dict[str, Any]


def load_json(text: str) -> Any:
    """Raises InvalidError (422), with the place, for what is no JSON."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InvalidError("The file's JSON is nested too deeply to be a list; nothing was changed.") from error
    except ValueError as error:
        raise InvalidError(f"The file is no JSON that can be read ({error}); nothing was changed.") from error


def text_in(record: Record, *names: str) -> str:
    """The first of the fields that holds any text, or a number, as text."""
    return next((text for name in names if (text := plain_text(record.get(name)))), "")


def record_in(record: Record, name: str) -> Record:
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def records_in(record: Record, name: str) -> list[Record]:
    """The objects of a field's list."""
    return records_of(record.get(name))


def records_of(value: object) -> list[Record]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts_in(record: Record, name: str) -> list[str]:
    """The texts of a field's list, or of one text that parts them by commas."""
    value = record.get(name)
    if isinstance(value, str):
        value = value.split(",")
    return [text for item in value if (text := plain_text(item))] if isinstance(value, list) else []


def number_in(record: Record, name: str) -> float | None:
    """A number, or a text that is one."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def numbered(records: Iterable[Any], what: str = "task") -> Iterator[tuple[str, Any]]:
    """Each record with its place, from one."""
    return ((f"{what} {number}", record) for number, record in enumerate(records, start=1))


def require_record(record: object) -> Record:
    """Raises ValueError for what is no object."""
    if not isinstance(record, dict):
        raise ValueError("is no object")
    return record


def nested(records: list[Record], name: str) -> Iterator[tuple[Record, list[Record]]]:
    """Each record with those that it stands in, the outermost first; the records within are in the field ``name``.

    What is nested deeper than any person does is left where it is.
    """
    stack: list[tuple[Record, list[Record]]] = [(record, []) for record in reversed(records)]
    while stack:
        record, above = stack.pop()
        yield record, above
        if len(above) < MOST_DEPTH:
            stack += [(child, [*above, record]) for child in reversed(records_in(record, name))]

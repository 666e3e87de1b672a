"""Values as a backup holds them, and the ways there and back: instants as UTC text, JSON as its text, booleans as such.

`None` is NULL everywhere. Text is kept as it is, but for what Postgres has no place for (`for_postgres`).
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from backend.backup.layout import Kind

Converter = Callable[[Any], Any]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_TYPES: dict[Kind, tuple[type, ...]] = {
    "text": (str,),
    "json": (str,),
    "instant": (str,),
    "date": (str,),
    "integer": (int,),
    "number": (float, int),
    "boolean": (bool,),
}
_LARGEST = 2**63
_REPLACEMENT = "\ufffd"
# In JSON text: an escaped backslash is passed over, so that what is caught is really an escape.
_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_ESCAPE = re.compile(
    rf"\\\\|{_PAIR.pattern}|(?P<lost>\\u0000|\\u[dD][89a-fA-F][0-9a-fA-F]{{2}})|(?P<raw>\x00)", re.DOTALL
)


def is_portable(value: Any, kind: Kind) -> bool:
    """Whether a value read from a backup is one of this kind, so that either database can hold it."""
    if value is None:
        return True
    if type(value) not in _TYPES[kind]:
        return False
    if kind == "instant":
        return INSTANT.fullmatch(value) is not None and _is(datetime.fromisoformat, value)
    if kind == "date":
        return len(value) == 10 and _is(date.fromisoformat, value)
    return kind != "integer" or -_LARGEST <= value < _LARGEST


def _is(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def from_sqlite(value: Any, kind: Kind) -> Any:
    """What SQLite holds, made portable; only for the kinds of `CONVERTED`. Raises ValueError for no instant."""
    if value is None:
        return None
    if kind == "boolean":
        return bool(value)
    if len(value) == 26:
        return f"{value[:10]}T{value[11:]}Z"
    return f"{datetime.fromisoformat(value).isoformat(timespec='microseconds')[:26]}Z"  # another program wrote it


def to_sqlite(value: Any, kind: Kind) -> Any:
    """The other way round, in the form that SQLAlchemy stores."""
    if value is None:
        return None
    return int(value) if kind == "boolean" else f"{value[:10]} {value[11:26]}"


CONVERTED: frozenset[Kind] = frozenset({"boolean", "instant"})


def for_postgres(value: str, kind: Kind) -> str:
    """Text without the character NUL, and JSON without half characters either: U+FFFD stands in their place."""
    if kind == "json":
        return _ESCAPE.sub(lambda found: _REPLACEMENT if found["lost"] or found["raw"] else found[0], value)
    return value.replace("\0", _REPLACEMENT)


def convert(rows: Sequence[Sequence[Any]], converters: Sequence[tuple[int, Converter]]) -> list[list[Any]]:
    """The rows, with some columns, by position, passed through a converter."""
    converted = [list(row) for row in rows]
    for row in converted:
        for position, converter in converters:
            row[position] = converter(row[position])
    return converted

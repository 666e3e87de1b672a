"""What is in the database, read from its file and not through the backend that is on trial."""

import re
import sqlite3
from pathlib import Path

# What is nobody's: the schema's revision and the counters of attempts.
_NOBODYS = {"alembic_version", "rateLimit"}
_INDEXES = ("sqlite_", "task_search_")  # a full-text index rewrites its own tables
Row = tuple[str, tuple[object, ...]]


def rows(file: Path) -> set[Row]:
    """Every row of every table, with its table's name."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        return {(table, row) for table in _tables(connection) for row in connection.execute(f'SELECT * FROM "{table}"')}  # noqa: S608


def texts(file: Path, *, marker: str) -> dict[str, str]:
    """Each id, token, address and marked word, by one `table.column` in which it is: what another could try.

    Of each column one value is enough, and of each value one column.
    """
    found: dict[str, str] = {}
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        for table in _tables(connection):
            cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [f"{table}.{column[0]}" for column in cursor.description]
            for row in cursor:
                found |= dict(zip(names, row, strict=True))
    own = {value: name for name, value in sorted(found.items()) if _is_own(value, marker)}
    return {name: value for value, name in own.items()}


def _is_own(value: object, marker: str) -> bool:
    """Whether it is someone's alone: no time, no JSON, no word that others have too."""
    if not isinstance(value, str) or not value.isprintable() or len(value) > 200 or value[:1] in {"[", "{"}:
        return False
    return marker in value or bool(re.fullmatch(r"[0-9A-Za-z_-]{16,128}|\S+@\S+", value))


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    return [name for (name,) in connection.execute(query) if name not in _NOBODYS and not name.startswith(_INDEXES)]

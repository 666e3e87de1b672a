"""What is in the database, read from its file and not through the backend that is on trial."""

import re
import sqlite3
from pathlib import Path

# What is nobody's: the schema's revision and the counters of attempts.
_NOBODYS = {"alembic_version", "rateLimit"}
Row = tuple[str, tuple[object, ...]]


def rows(file: Path) -> set[Row]:
    """Every row of every table, with its table's name."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        return {(table, row) for table in _tables(connection) for row in connection.execute(f'SELECT * FROM "{table}"')}  # noqa: S608


def texts(file: Path) -> dict[str, str]:
    """One text of each column, by `table.column`: the ids, tokens, names and addresses that another could try."""
    found = {}
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        for table in _tables(connection):
            cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor:
                found |= {
                    f"{table}.{name}": value
                    for name, value in zip(names, row, strict=True)
                    if isinstance(value, str) and _could_be_tried(value)
                }
    return found


def _could_be_tried(value: str) -> bool:
    """An id or a word of someone's, and no time, JSON or empty text."""
    return 6 <= len(value) <= 200 and value[0] not in "[{" and not re.match(r"\d{4}-\d\d-\d\d", value)


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    return [name for (name,) in connection.execute(query) if name not in _NOBODYS and not name.startswith("sqlite_")]

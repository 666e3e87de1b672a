"""Rows for whatever tables stand in a database, and what became of them."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Float, Integer, MetaData, Table
from sqlalchemy.types import JSON

Rows = dict[str, list[dict[str, Any]]]

_INSTANT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
_TASK = '{"id": "task-1", "number": 1, "title": "Größe", "done": false, "tags": [], "version": 1}'
# What the program writes into columns that are text to the database.
_MEANT = {
    "timezone": "Europe/Berlin",
    "settings": "{}",
    "headers": "{}",
    "body": "{}",
    "after": _TASK,
    "document": _TASK,
    "due": "2026-03-29T02:30",
    "kind": "created",
    "surface": "api",
    "scope": "write",
    "role": "user",
    "status": "pending",
}


def write(connection: Connection) -> Rows:
    """Two users with a row in every table each; what stands in the database then."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if _holds_rows(table.name):
            connection.execute(table.insert(), [_row(table, place) for place in (1, 2)])
    return read(connection)


def read(connection: Connection) -> Rows:
    metadata = MetaData()
    metadata.reflect(connection)
    return {
        name: [dict(row) for row in connection.execute(table.select()).mappings()]
        for name, table in metadata.tables.items()
        if _holds_rows(name)
    }


def _holds_rows(name: str) -> bool:
    """Not of the index of words: what stands in it derives from the tasks."""
    return name != "alembic_version" and not name.startswith("task_search")


def missing(before: Rows, after: Rows) -> list[str]:
    """The rows that are gone or changed; columns and tables that came later do not count."""
    return [
        f"{name}: {row}"
        for name, rows in before.items()
        for row in rows
        if not any(_keeps(other, row) for other in after.get(name, []))
    ]


def _keeps(later: dict[str, Any], earlier: dict[str, Any]) -> bool:
    return all(_holds(later[column], value) for column, value in earlier.items() if column in later)


def _holds(later: Any, earlier: Any) -> bool:
    """The same or, of a task's document, the same with fields that came later."""
    if isinstance(earlier, str) and isinstance(later, str) and earlier == _TASK:
        return json.loads(later).items() >= json.loads(earlier).items()
    return bool(later == earlier)


def _row(table: Table, place: int) -> dict[str, Any]:
    return {column.name: _value(column, place) for column in table.columns}


def _value(column: Column[Any], place: int) -> Any:
    for key in column.foreign_keys:
        return f"{key.column.table.name}-{place}"
    if column.name in _MEANT and not isinstance(column.type, (Integer, JSON)):
        return _MEANT[column.name]
    return _of_type(column, place)


def _of_type(column: Column[Any], place: int) -> Any:
    kinds: list[tuple[type, Any]] = [
        (Boolean, place == 1),
        (DateTime, _INSTANT),
        (Date, date(2026, 3, 29)),
        (Integer, place),
        (Float, float(place)),
        (JSON, [{"type": "text", "text": "Größe"}]),
    ]
    for kind, value in kinds:
        if isinstance(column.type, kind):
            return value
    length = getattr(column.type, "length", None) or 320
    return f"{column.table.name}-{place}"[:length] if column.primary_key else f"{column.name}-{place}"[:length]

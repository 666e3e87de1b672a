"""A user's everything as one JSON text, written piece by piece, so that a long history takes no memory."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, select, tuple_

from backend.account.content import SECRET, Part, owner_column, tables
from backend.assistant.models import Conversation
from backend.auth.models import User
from backend.models import utc_now
from backend.session import Database
from backend.version import VERSION

FORMAT = "todo-chatbot-account"
# Rows that are read at once: the event loop and the one writer of SQLite wait for no more.
_PAGE = 500
# Texts that hold JSON.
_DOCUMENTS = {"before", "after", "occurrences", "settings"}


async def export(database: Database, user_id: str) -> AsyncIterator[str]:
    """The pieces of one JSON object: what it is, then a list for each kind of thing, by name.

    Each page of rows is as it stood when it was read: what changes meanwhile may be in one list and not in another. A
    text that breaks off before its last brace was cut.
    """
    head = {"format": FORMAT, "version": 1, "program": VERSION, "exported_at": _plain(utc_now())}
    yield json.dumps(head, indent=1)[:-2]
    yield f',\n "user": {json.dumps(await _user(database, user_id), ensure_ascii=False)}'
    for part, table in tables():
        yield f',\n "{part.name}": ['
        separator = "\n  "
        async for rows in _pages(database, part, table, user_id):
            for row in rows:
                yield separator + json.dumps(_entry(part, row), ensure_ascii=False)
                separator = ",\n  "
        yield "\n ]"
    yield "\n}\n"


async def _user(database: Database, user_id: str) -> dict[str, Any]:
    async with database.read() as session:
        row = (await session.execute(select(*User.__table__.c).where(User.id == user_id))).one()
    return {name: _plain(value) for name, value in row._mapping.items()}


async def _pages(database: Database, part: Part, table: Table, user_id: str) -> AsyncIterator[Sequence[Row[Any]]]:
    """A user's rows of a table in their order, page by page, each in a transaction of its own."""
    keys = [table.c[name] for name in part.order] or list(table.primary_key)
    query = _owned(table, user_id).order_by(*keys).limit(_PAGE)
    after: ColumnElement[bool] | None = None
    while True:
        async with database.read() as session:
            rows = (await session.execute(query if after is None else query.where(after))).all()
        if rows:
            yield rows
        if len(rows) < _PAGE:
            return
        after = tuple_(*keys) > tuple_(*(rows[-1]._mapping[key] for key in keys))
        await asyncio.sleep(0)  # others' turn


def _owned(table: Table, user_id: str) -> Select[Any]:
    owner = owner_column(table)
    if owner:
        return select(table).where(table.c[owner] == user_id)
    own = select(Conversation.id).where(Conversation.user_id == user_id)
    return select(table).where(table.c.conversation_id.in_(own))


def _entry(part: Part, row: Row[Any]) -> Any:
    values = dict(row._mapping)
    if part.document:
        return json.loads(values[part.document])
    left_out = SECRET | part.without
    return {name: _meant(name, value) for name, value in values.items() if name not in left_out}


def _meant(name: str, value: Any) -> Any:
    return json.loads(value) if name in _DOCUMENTS and isinstance(value, str) else _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value

"""An import told as it goes: a line of JSON for each step, and the last for how it ended."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from backend.errors import ProblemError
from backend.exchange.schemas import to_answer
from backend.exchange.service import Asked, bring_in
from backend.faults import fault_of
from backend.journal.values import Actor
from backend.session import Database

MEDIA_TYPE = "application/x-ndjson"
_FAILED = "The import could not be stored; nothing was changed. Try again in a moment."
_EVERY_SECONDS = 0.1
log = structlog.get_logger()


async def follow_import(database: Database, actor: Actor, asked: Asked) -> AsyncIterator[str]:
    """Lines `{"event": "read" | "made", "tasks"}`, then `{"event": "done", …}` or `{"event": "problem", …}`.

    A client that goes away ends the import, and nothing was changed.
    """
    latest: dict[str, int] = {}
    working = asyncio.create_task(_import(database, actor, asked, latest))
    told: dict[str, int] = {}
    try:
        while not working.done():
            await asyncio.wait([working], timeout=_EVERY_SECONDS)
            for event, number in list(latest.items()):
                if told.get(event) != number:
                    told[event] = number
                    yield _line(event, {"tasks": number})
        yield working.result()
    finally:
        working.cancel()


async def _import(database: Database, actor: Actor, asked: Asked, latest: dict[str, int]) -> str:
    try:
        async with database.write() as session:
            plan = await bring_in(session, actor, asked, latest.__setitem__)
    except ProblemError as error:
        return _line("problem", {"status": int(error.status), "detail": error.detail})
    except DBAPIError as error:
        fault = fault_of(error)
        log.error("an import could not be stored", fault=fault.name if fault else type(error).__name__)
        return _line("problem", {"status": 507 if fault else 503, "detail": fault.detail if fault else _FAILED})
    return _line("done", to_answer(plan, actor.turn_id if plan.changes else None))


def _line(event: str, values: dict[str, Any]) -> str:
    return json.dumps({"event": event, **values}, ensure_ascii=False) + "\n"

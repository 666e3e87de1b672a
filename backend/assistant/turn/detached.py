"""Turns outlive their listeners: a page that goes away does not stop what it has asked for."""

import asyncio
from collections.abc import AsyncIterator

import structlog
from pydantic_ai.ui.vercel_ai.response_types import BaseChunk
from sqlalchemy.exc import DBAPIError

from backend.assistant.progress import claims
from backend.assistant.turn.listener import Listener
from backend.assistant.turn.run import ChatTurn
from backend.budgets.floor import paced
from backend.budgets.gate import held_slot
from backend.errors import ProblemError
from backend.session import Database

log = structlog.get_logger()


class RunningTurns:
    """The turns that run in this process: a shutdown lets them end, and `beat` shows other processes that they live."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], ChatTurn] = {}

    def start(self, turn: ChatTurn) -> AsyncIterator[BaseChunk]:
        """Run the turn to its end, whatever becomes of the iterator that is given back."""
        listener = Listener()
        task = asyncio.create_task(paced(_pump(turn, listener)))
        self._tasks[task] = turn
        task.add_done_callback(self._tasks.pop)
        if slot := held_slot():
            slot.keep_until(task)
        return listener.chunks()

    async def wait(self, claim_token: str, *, seconds: float) -> bool:
        """Wait so long for the end of the run of this claim; at once whether it runs here."""
        here = [
            task for task, turn in self._tasks.items() if (claim := turn.state.claim) and claim.token == claim_token
        ]
        if here:
            await asyncio.wait(here, timeout=seconds)
        return bool(here)

    async def beat(self, database: Database) -> None:
        """Give each running turn's sign of life, every second, until cancelled."""
        while True:
            await asyncio.sleep(claims.BEAT_SECONDS)
            held = [turn.state.claim for turn in self._tasks.values() if turn.state.claim]
            if held:
                await _sign(database, held)

    async def finish(self, *, seconds: float) -> None:
        """Wait so long for the turns that still run, then cut them off."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _sign(database: Database, held: list[claims.Claim]) -> None:
    try:
        async with database.write() as session:
            await claims.beat(session, held)
    except (DBAPIError, ProblemError) as error:  # the next second brings the next; its turns fail on their own
        log.warning("no sign of life could be stored", turns=len(held), error=type(error).__name__)


async def _pump(turn: ChatTurn, listener: Listener) -> None:
    try:
        async for chunk in turn.chunks():
            await listener.send(chunk)
    except BaseException as error:
        listener.end(error)
        await turn.cut()
        raise
    listener.end(None)

"""The start of a turn, also of one that was started before: it is followed, taken over, or answered as it was."""

import asyncio
import time

from sqlalchemy.exc import IntegrityError

from backend.assistant.engines.hosted.setup import Hosted
from backend.assistant.progress import claims
from backend.assistant.progress.claims import Standing, TurnLostError
from backend.assistant.turn.answer import ChatOut, to_answer
from backend.assistant.turn.detached import RunningTurns
from backend.assistant.turn.gather import Ask, gather
from backend.assistant.turn.run import ChatTurn, new_turn
from backend.errors import ConflictError
from backend.session import Database

FOLLOWED_SECONDS = 300.0
_LOOK_SECONDS = (0.02, 0.25)  # how often another process's turn is looked at: at first, and in the end
_RACES = 5


async def begin(database: Database, ask: Ask, *, hosted: Hosted | None, turns: RunningTurns) -> ChatTurn:
    """Store the message and learn what the turn needs. Of a message that came before, wait for the run that is at it.

    Raises what `gather` raises, before anything is streamed; ConflictError where that run takes more than
    `FOLLOWED_SECONDS`.
    """
    silent, races, give_up = None, 0, time.monotonic() + FOLLOWED_SECONDS
    while True:
        try:
            async with database.write() as session:
                known = await gather(session, ask, silent=silent)
        except IntegrityError as error:  # the same message was stored by another request at this moment
            races += 1
            if races == _RACES:
                raise _busy() from error
            continue
        if known.running is None:
            return new_turn(database, known, hosted=hosted)
        silent = await _follow(database, known.running, turns=turns, give_up=give_up)


async def answer_whole(database: Database, ask: Ask, *, hosted: Hosted | None, turns: RunningTurns) -> ChatOut:
    """The turn as one answer. Raises what `begin` raises, and what ended the turn before it had changed anything."""
    while True:
        turn = await begin(database, ask, hosted=hosted, turns=turns)
        async for _ in turns.start(turn):
            pass
        if isinstance(turn.failure, TurnLostError):
            continue  # another run has taken it over: its answer is this one's
        if turn.failure and not turn.state.has_acted:
            raise turn.failure
        return to_answer(turn.conversation_id, turn.parts.parts)


async def _follow(database: Database, running: Standing, *, turns: RunningTurns, give_up: float) -> Standing | None:
    """Wait while the turn runs. None once it has ended, else how it was last seen, if it gives no sign of life."""
    seen, heard, pause = running, time.monotonic(), _LOOK_SECONDS[0]
    while True:
        here = await turns.wait(seen.token, seconds=claims.BEAT_SECONDS)
        if not here:
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LOOK_SECONDS[1])
        async with database.read() as session:
            now = await claims.read(session, seen.turn_id)
        if now is None or now.state != "running":
            return None
        if here or now.sign != seen.sign:
            seen, heard = now, time.monotonic()
        elif time.monotonic() - heard > claims.SILENCE_SECONDS:
            return now
        if time.monotonic() > give_up:
            raise _busy()


def _busy() -> ConflictError:
    detail = "This message is still being answered. Try again in a moment; nothing is done twice."
    return ConflictError(detail, headers={"Retry-After": "5"})

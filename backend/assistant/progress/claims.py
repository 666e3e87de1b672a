"""Who may act for a turn. A run acts under its claim; one that was taken over finds it gone, and changes nothing.

No two clocks are compared where it matters: a run is taken for dead when its beat has not grown for `SILENCE_SECONDS`
of the watcher's own monotonic time. Were that wrong, the claim still lets only one of the two commit.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Executable, bindparam, delete, func, insert, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.models import TurnRow
from backend.errors import ConflictError
from backend.models import UtcDateTime, new_id

BEAT_SECONDS = 1.0
SILENCE_SECONDS = 4.0
# For a reader who does not wait and watch; by the database's clock, so that replicas need not agree on the time.
LONGEST_PAUSE = timedelta(seconds=10)
DELETED = "This conversation was deleted while it was being answered."

_TABLE = TurnRow.metadata.tables[TurnRow.__tablename__]
_START = insert(_TABLE).values(beat_at=func.now())
_MINE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("turn_id"), _TABLE.c.claim == bindparam("mine"), _TABLE.c.state == "running")
    .returning(_TABLE.c.id)
)
_KEEP = _MINE.values(beat=_TABLE.c.beat + 1, beat_at=func.now(), record=bindparam("kept"))
_DONE = _MINE.values(state="done", beat_at=func.now(), record=None)
_CUT = _MINE.values(state="cut", beat_at=func.now())


class TurnLostError(Exception):
    """Another run has taken this turn over: what this one was about to do is not done."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to act for a turn, until another claims it."""

    turn_id: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A turn as it is stored. Two readings with the same ``sign`` show no life between them."""

    turn_id: str
    state: str
    token: str
    beat: int
    question: str | None
    record: str | None

    @property
    def sign(self) -> tuple[str, int]:
        return self.token, self.beat


async def start(session: AsyncSession, turn_id: str, conversation_id: str) -> Claim:
    """Store a turn that begins now."""
    claim = Claim(turn_id=turn_id, token=new_id())
    values = {"id": turn_id, "conversation_id": conversation_id, "state": "running", "claim": claim.token, "beat": 0}
    await session.execute(_START, values)
    return claim


async def read(session: AsyncSession, turn_id: str) -> Standing | None:
    """None for a turn of a version that stored none."""
    columns = (TurnRow.state, TurnRow.claim, TurnRow.beat, TurnRow.question, TurnRow.record)
    row = (await session.execute(select(*columns).where(TurnRow.id == turn_id))).one_or_none()
    if row is None:
        return None
    return Standing(
        turn_id=turn_id, state=row.state, token=row.claim, beat=row.beat, question=row.question, record=row.record
    )


async def take_over(session: AsyncSession, seen: Standing) -> Claim | None:
    """Claim a turn anew; None where it has given a sign of life, or was claimed by another, since it was ``seen``."""
    claim = Claim(turn_id=seen.turn_id, token=new_id())
    change = update(TurnRow).where(TurnRow.id == seen.turn_id, TurnRow.claim == seen.token, TurnRow.beat == seen.beat)
    values = {"state": "running", "claim": claim.token, "beat": TurnRow.beat + 1, "beat_at": func.now()}
    taken = await session.execute(change.values(values).returning(TurnRow.id))
    return claim if taken.scalar_one_or_none() else None


async def keep(session: AsyncSession, claim: Claim, record: str) -> None:
    """Store a turn's record, in the transaction of the change that it tells of.

    Raises TurnLostError where another has taken the turn over, ConflictError where its conversation was deleted.
    """
    await _mine(session, claim, _KEEP, {"kept": record})


async def finish(session: AsyncSession, claim: Claim) -> None:
    """Store that a turn is done: its record is not needed any more. Raises what `keep` raises."""
    await _mine(session, claim, _DONE, {})


async def cut(session: AsyncSession, claim: Claim) -> None:
    """Store that a turn was cut; its record stays for the run that takes it over. Raises what `keep` raises."""
    await _mine(session, claim, _CUT, {})


async def say_question(session: AsyncSession, claim: Claim, question: str) -> None:
    """Store how the turn's message answers a question."""
    await session.execute(update(TurnRow).where(TurnRow.id == claim.turn_id).values(question=question))


async def forget(session: AsyncSession, turn_id: str) -> None:
    """Its message is answered anew, in another turn."""
    await session.execute(delete(TurnRow).where(TurnRow.id == turn_id))


async def beat(session: AsyncSession, held: Collection[Claim]) -> None:
    """A sign of life for each of these turns that is still its claim's."""
    tokens = [claim.token for claim in held]
    mine = TurnRow.id.in_([claim.turn_id for claim in held]), TurnRow.claim.in_(tokens), TurnRow.state == "running"
    await session.execute(update(TurnRow).where(*mine).values(beat=TurnRow.beat + 1, beat_at=func.now()))


async def living(session: AsyncSession, conversation_id: str) -> dict[str, bool]:
    """Of each stored turn of a conversation, whether it runs and has given a sign of life lately."""
    query = select(TurnRow.id, TurnRow.state, TurnRow.beat_at, type_coerce(func.now(), UtcDateTime))
    rows = (await session.execute(query.where(TurnRow.conversation_id == conversation_id))).all()
    return {turn_id: state == "running" and now - at < LONGEST_PAUSE for turn_id, state, at, now in rows}


async def _mine(session: AsyncSession, claim: Claim, statement: Executable, values: dict[str, str]) -> None:
    found = await session.execute(statement, {"turn_id": claim.turn_id, "mine": claim.token, **values})
    if found.scalar_one_or_none() is not None:
        return
    if await read(session, claim.turn_id) is None:
        raise ConflictError(DELETED)
    raise TurnLostError(claim.turn_id)

"""What a user has used of the hosted model today, and whether that is enough."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from pydantic_ai.messages import ModelMessage, ModelResponse
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.engines.hosted.setup import DailyLimits
from backend.assistant.models import Spending


async def spend(session: AsyncSession, user_id: str, *, turns: int = 0, tokens: int = 0, cost: int = 0) -> Spending:
    """Add to the user's day; the day so far, this included. Safe beside other replicas."""
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgres
    row = insert(Spending).values(user_id=user_id, day=_today(), turns=turns, tokens=tokens, cost=cost)
    grown = {name: getattr(Spending, name) + getattr(row.excluded, name) for name in ("turns", "tokens", "cost")}
    await session.execute(row.on_conflict_do_update(index_elements=["user_id", "day"], set_=grown))
    return await spent_today(session, user_id)


async def spent_today(session: AsyncSession, user_id: str) -> Spending:
    """The user's day so far; an empty one before its first turn."""
    found = select(Spending).where(Spending.user_id == user_id, Spending.day == _today())
    spent = (await session.scalars(found, execution_options={"populate_existing": True})).one_or_none()
    return spent or Spending(user_id=user_id, day=_today(), turns=0, tokens=0, cost=0)


def _today() -> date:
    return datetime.now(UTC).date()


def say_limit(spent: Spending, limits: DailyLimits) -> str | None:
    """Which limit the day has passed, in a sentence; None if none."""
    for name, used, limit in (
        ("turns", spent.turns, limits.turns),
        ("tokens", spent.tokens, limits.tokens),
        ("cost", spent.cost, limits.cost),
    ):
        if used > limit:
            return f"Today's limit of the model is used up ({name}), so the built-in engine answers until midnight UTC."
    return None


def cost_of(messages: Sequence[ModelMessage]) -> int:
    """In millionths of a US dollar, by public prices; a model without a known price costs nothing here."""
    total = 0
    for message in messages:
        if isinstance(message, ModelResponse) and message.model_name:  # one that broke off before its head has none
            try:
                total += round(message.cost().total_price * 1_000_000)
            except (LookupError, ValueError):
                continue
    return total

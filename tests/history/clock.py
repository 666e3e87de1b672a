"""A journal's times as a test wants them: what was changed keeps its order, and gets another time."""

from datetime import datetime

from fastapi import FastAPI
from sqlalchemy import update

from backend.auth.models import User
from backend.journal.models import JournalRow


async def set_time(app: FastAPI, user_id: str, revision: int, at: datetime) -> None:
    async with app.state.database.write() as session:
        row = (JournalRow.user_id == user_id, JournalRow.revision == revision)
        await session.execute(update(JournalRow).where(*row).values(at=at))


async def set_beginning(app: FastAPI, user_id: str, at: datetime) -> None:
    """When the account was made."""
    async with app.state.database.write() as session:
        await session.execute(update(User).where(User.id == user_id).values(created_at=at))

"""A user's letterbox: made, its secret shown once, opened by it, emptied into the list."""

import hashlib
import secrets
import string
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.language.types import Request as Reading
from backend.assistant.reader.tasks import read_as_tasks
from backend.auth.limits import Limit, consume
from backend.errors import ConflictError, ForbiddenError, NotFoundError
from backend.journal.values import Actor
from backend.letterbox.letter import Letter, notes_of
from backend.letterbox.models import Letterbox, LetterSeen
from backend.models import new_id, utc_now
from backend.profile.service import lock_profile, read_preferences
from backend.session import Database
from backend.settings import Settings
from backend.tasks import service as tasks
from backend.tasks.due import local_now
from backend.tasks.models import Task
from backend.tasks.schemas import TaskCreate
from backend.tasks.text import NOTES_LENGTH, TITLE_LENGTH

PREFIX = "mail_"
OFF = "This server takes no mails; its administrator can set TODO_MAIL_IN."
NAME = "Mail"  # what history says the change was made with
MOST_BYTES = 10 * 1024 * 1024
TOO_LARGE = "The mail is larger than 10 MB, the most that is taken; nothing was changed."
SEEN = timedelta(days=30)
_GONE = "There is no such letterbox: its address was revoked or is incomplete."
_ALPHABET = string.ascii_letters + string.digits


def mail_limit(user_id: str) -> Limit:
    """Sixty mails a user in ten minutes."""
    return Limit(key=f"letterbox:{user_id}", attempts=60, seconds=600)


def require_on(settings: Settings) -> None:
    """Raises ConflictError where the administrator has not switched mails on."""
    if not settings.todo_mail_in:
        raise ConflictError(OFF)


async def make(session: AsyncSession, user_id: str, senders: Sequence[str]) -> tuple[Letterbox, str]:
    """The user's letterbox and its secret; an address that it had before takes nothing from now on."""
    await lock_profile(session, user_id)
    secret = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(40))
    box = await session.get(Letterbox, user_id)
    if box is None:
        box = Letterbox(user_id=user_id, created_at=utc_now())
        session.add(box)
    box.digest, box.ending, box.senders = _digest(secret), secret[-4:], list(senders)
    await session.flush()
    return box, secret


async def find(session: AsyncSession, user_id: str) -> Letterbox:
    """Raises NotFoundError where the user has none."""
    box = await session.get(Letterbox, user_id)
    if box is None:
        raise NotFoundError("You have no address for mails; make one.")
    return box


async def revoke(session: AsyncSession, user_id: str) -> None:
    """Raises NotFoundError where the user has none."""
    await session.delete(await find(session, user_id))


async def owner_of(database: Database, secret: str) -> tuple[str, list[str]]:
    """Whose letterbox the secret opens, and who may write. Raises NotFoundError."""
    async with database.read() as session:
        box = await session.scalar(select(Letterbox).where(Letterbox.digest == _digest(secret)))
    if box is None:
        raise NotFoundError(_GONE)
    return box.user_id, box.senders


async def take(database: Database, user_id: str, senders: Sequence[str], letter: Letter) -> tuple[str, list[Task]]:
    """What became of a mail, ``added``, ``seen`` or ``ignored``, and the tasks that it made.

    Raises ForbiddenError for a sender who may not write, and TooManyAttemptsError for too many mails.
    """
    if letter.is_automatic:
        return "ignored", []
    if not letter.senders or not set(letter.senders) <= set(senders):
        raise ForbiddenError("Mails from this sender are not taken; the settings say whose are.")
    async with database.read() as session:
        zone = (await read_preferences(session, user_id)).timezone or "UTC"
    wanted = await _wanted(letter, zone)
    async with database.write() as session:
        await lock_profile(session, user_id)  # of the same mail twice at once, the second finds it seen
        await consume(session, [mail_limit(user_id)])
        if not await _is_new(session, user_id, letter.digest):
            return "seen", []
        actor = Actor(user_id=user_id, surface="api", turn_id=new_id(), timezone=zone, token_name=NAME)
        made = [await tasks.create(session, actor, task) for task in wanted]
        await session.execute(update(Letterbox).where(Letterbox.user_id == user_id).values(last_used_at=utc_now()))
    return "added", made


async def _wanted(letter: Letter, zone: str) -> list[TaskCreate]:
    """The tasks that the subject says, as the chat reads a new task; what can be none is one task in its own words."""
    beside = {"notes": notes_of(letter, limit=NOTES_LENGTH), "timezone": zone}
    reading = Reading(text=letter.subject[:TITLE_LENGTH], now=local_now(utc_now(), zone), timezone=zone)
    said: list[dict[str, Any]] = [dict(one.arguments) for one in (await read_as_tasks(reading)).actions]
    try:
        return [TaskCreate.model_validate({**one, **beside}) for one in said]
    except ValidationError:
        return [TaskCreate.model_validate({"title": letter.subject[:TITLE_LENGTH], **beside})]


async def _is_new(session: AsyncSession, user_id: str, digest: str) -> bool:
    """Whether the mail did not come before; it has come from now on."""
    now = utc_now()
    await session.execute(delete(LetterSeen).where(LetterSeen.at < now - SEEN))
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgres
    noted = insert(LetterSeen).values(user_id=user_id, digest=digest, at=now).on_conflict_do_nothing()
    return (await session.execute(noted.returning(LetterSeen.digest))).scalar_one_or_none() is not None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()

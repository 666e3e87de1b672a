"""Conversations and their messages in the database. Callers own the transaction."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.models import Conversation, Message
from backend.errors import ConflictError, InvalidError, NotFoundError
from backend.models import new_id, utc_now

REMEMBERED = 24
TITLE_LENGTH = 80
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, kw_only=True)
class OpenTurn:
    """A place for an answer: the user's message is stored before it, at ``position``. ``earlier`` are oldest first."""

    conversation_id: str
    answer_id: str
    position: int
    turn_id: str
    earlier: tuple[Message, ...]


def text_parts(text: str) -> list[dict[str, Any]]:
    """What a person typed, as the parts of a UI message."""
    return [{"type": "text", "text": text}]


def check_id(value: str) -> str:
    """An id that a client may choose. Raises InvalidError (422) for another form."""
    if not _ID.fullmatch(value):
        raise InvalidError("An id has 1 to 64 letters, digits, - or _.")
    return value


async def find(session: AsyncSession, user_id: str, conversation_id: str) -> Conversation:
    """Raises NotFoundError for a conversation that does not exist or is another user's."""
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None or conversation.user_id != user_id:
        raise NotFoundError("There is no such conversation.")
    return conversation


async def find_or_create(
    session: AsyncSession, user_id: str, conversation_id: str | None, *, title: str, create: bool
) -> Conversation:
    """The named conversation or, without a name or with ``create``, a new one. Raises NotFoundError as `find` does."""
    if conversation_id is not None:
        check_id(conversation_id)
        known = await session.get(Conversation, conversation_id)
        if known is not None or not create:
            return await find(session, user_id, conversation_id)
    conversation = Conversation(id=conversation_id or new_id(), user_id=user_id, title=_title(title), length=0)
    session.add(conversation)
    await session.flush()
    return conversation


async def find_message(session: AsyncSession, conversation_id: str, message_id: str) -> Message | None:
    return await session.get(Message, (conversation_id, check_id(message_id)))


async def answer_to(session: AsyncSession, message: Message) -> Message | None:
    """The assistant's message right after a user's."""
    query = select(Message).where(
        Message.conversation_id == message.conversation_id, Message.position == message.position + 1
    )
    return (await session.execute(query)).scalar_one_or_none()


async def open_turn(
    session: AsyncSession, conversation: Conversation, *, message_id: str | None, text: str
) -> OpenTurn:
    """Store the user's message and keep the next place for its answer, whatever other turns do meanwhile."""
    grow = update(Conversation).where(Conversation.id == conversation.id)
    grow = grow.values(length=Conversation.length + 2, updated_at=utc_now())
    length = (await session.execute(grow.returning(Conversation.length))).scalar_one()
    earlier = await recent(session, conversation.id, before=length - 2)
    turn_id = new_id()
    session.add(
        Message(
            conversation_id=conversation.id,
            id=message_id or new_id(),
            position=length - 2,
            role="user",
            parts=text_parts(text),
            turn_id=turn_id,
        )
    )
    await session.flush()
    return OpenTurn(
        conversation_id=conversation.id, answer_id=new_id(), position=length - 1, turn_id=turn_id, earlier=earlier
    )


async def reopen_turn(session: AsyncSession, message: Message) -> OpenTurn:
    """The same place again, for a message whose answer is to be written anew; the old answer goes."""
    place = (Message.conversation_id == message.conversation_id, Message.position == message.position + 1)
    await session.execute(delete(Message).where(*place))
    earlier = await recent(session, message.conversation_id, before=message.position)
    message.turn_id = new_id()
    return OpenTurn(
        conversation_id=message.conversation_id,
        answer_id=new_id(),
        position=message.position + 1,
        turn_id=message.turn_id,
        earlier=earlier,
    )


async def close_turn(
    session: AsyncSession, turn: OpenTurn, *, parts: list[dict[str, Any]], exchange: dict[str, Any], model_messages: str
) -> None:
    """Store the assistant's answer. Raises ConflictError where the conversation was deleted meanwhile."""
    if await session.get(Conversation, turn.conversation_id) is None:
        raise ConflictError("This conversation was deleted while it was being answered.")
    session.add(
        Message(
            conversation_id=turn.conversation_id,
            id=turn.answer_id,
            position=turn.position,
            role="assistant",
            parts=parts,
            turn_id=turn.turn_id,
            exchange=exchange,
            model_messages=model_messages,
        )
    )


async def recent(session: AsyncSession, conversation_id: str, *, before: int) -> tuple[Message, ...]:
    """The last messages before a position, oldest first."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.position < before)
    rows = (await session.execute(query.order_by(Message.position.desc()).limit(REMEMBERED))).scalars()
    return tuple(reversed(rows.all()))


async def all_messages(session: AsyncSession, conversation_id: str) -> list[Message]:
    query = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.position)
    return list((await session.execute(query)).scalars())


async def page(
    session: AsyncSession, user_id: str, *, limit: int, after: tuple[datetime, str] | None
) -> list[Conversation]:
    """A user's conversations, newest first, right after ``after`` (time of change, id); one more than ``limit``."""
    query = select(Conversation).where(Conversation.user_id == user_id)
    if after is not None:
        query = query.where(tuple_(Conversation.updated_at, Conversation.id) < after)
    query = query.order_by(Conversation.updated_at.desc(), Conversation.id.desc()).limit(limit + 1)
    return list((await session.execute(query)).scalars())


async def remove(session: AsyncSession, user_id: str, conversation_id: str) -> None:
    await session.delete(await find(session, user_id, conversation_id))


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"

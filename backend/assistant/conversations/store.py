"""Conversations and their messages in the database. Callers own the transaction."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.models import Conversation, Message
from backend.assistant.progress import claims
from backend.assistant.progress.claims import Claim, TurnLostError
from backend.errors import ConflictError, InvalidError, NotFoundError
from backend.models import new_id, utc_now

TITLE_LENGTH = 80
# By the tables themselves: a turn makes these rows and never changes them, and the ORM would take three times as long.
_NEW_CONVERSATION = insert(Conversation.metadata.tables[Conversation.__tablename__])
_NEW_MESSAGE = insert(Message.metadata.tables[Message.__tablename__])
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, kw_only=True)
class OpenTurn:
    """A place for an answer, at ``position``; the user's message is stored right before it.

    ``claim`` is the right to act for the turn.
    """

    conversation_id: str
    answer_id: str
    position: int
    turn_id: str
    claim: Claim


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
    """The named conversation or, without a name or with ``create``, a new one: `open_turn` stores it.

    Raises NotFoundError as `find` does.
    """
    if conversation_id is not None:
        check_id(conversation_id)
        known = await session.get(Conversation, conversation_id)
        if known is not None or not create:
            return await find(session, user_id, conversation_id)
    return Conversation(id=conversation_id or new_id(), user_id=user_id, title=_title(title), length=0)


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
    turn_id, answer_id, position = new_id(), new_id(), 0
    if conversation.length == 0:  # made by `find_or_create`, and stored here
        values = {"id": conversation.id, "user_id": conversation.user_id, "title": conversation.title, "length": 2}
        await session.execute(_NEW_CONVERSATION, values)
    else:
        grow = update(Conversation).where(Conversation.id == conversation.id)
        grow = grow.values(length=Conversation.length + 2, updated_at=utc_now())
        position = (await session.execute(grow.returning(Conversation.length))).scalar_one() - 2
    place = {"conversation_id": conversation.id, "position": position, "turn_id": turn_id}
    said = {"id": message_id or new_id(), "role": "user", "parts": text_parts(text)}
    await session.execute(_NEW_MESSAGE, {**place, **said})
    claim = await claims.start(session, turn_id, conversation.id)
    return OpenTurn(
        conversation_id=conversation.id, answer_id=answer_id, position=position + 1, turn_id=turn_id, claim=claim
    )


async def reopen_turn(session: AsyncSession, message: Message) -> OpenTurn:
    """The same place again, for a message whose answer is to be written anew; the old answer and its turn go."""
    place = (Message.conversation_id == message.conversation_id, Message.position == message.position + 1)
    await session.execute(delete(Message).where(*place))
    await claims.forget(session, message.turn_id)
    message.turn_id = new_id()
    return place_of(message, await claims.start(session, message.turn_id, message.conversation_id))


def place_of(message: Message, claim: Claim) -> OpenTurn:
    """Where the answer to a user's message goes."""
    return OpenTurn(
        conversation_id=message.conversation_id,
        answer_id=new_id(),
        position=message.position + 1,
        turn_id=message.turn_id,
        claim=claim,
    )


async def close_turn(
    session: AsyncSession, turn: OpenTurn, *, parts: list[dict[str, Any]], exchange: dict[str, Any], model_messages: str
) -> None:
    """Store the assistant's answer, and the turn as done.

    Raises ConflictError where the conversation was deleted meanwhile, TurnLostError where another run took the turn.
    """
    place = {"conversation_id": turn.conversation_id, "position": turn.position, "turn_id": turn.turn_id}
    said = {"id": turn.answer_id, "role": "assistant", "parts": parts}
    kept = {"exchange": exchange, "model_messages": model_messages}
    try:
        await session.execute(_NEW_MESSAGE, {**place, **said, **kept})
    except IntegrityError as error:  # of the place, which another run has filled, or of the conversation
        if "position" in str(error.orig):
            raise TurnLostError(turn.turn_id) from error
        raise ConflictError(claims.DELETED) from error
    await claims.finish(session, turn.claim)


async def exchanges(session: AsyncSession, turn: OpenTurn, *, limit: int) -> list[dict[str, Any]]:
    """What the last turns before this one said, showed, changed and offered, oldest first."""
    query = select(Message.exchange).where(*_before(turn), Message.role == "assistant")
    found = (await session.scalars(query.order_by(Message.position.desc()).limit(limit))).all()
    return [exchange for exchange in reversed(found) if exchange is not None]


async def model_messages(session: AsyncSession, turn: OpenTurn, *, limit: int) -> list[str]:
    """Pydantic AI's own records of the last turns before this one, JSON, oldest first."""
    query = select(Message.model_messages).where(*_before(turn), Message.role == "assistant")
    found = (await session.scalars(query.order_by(Message.position.desc()).limit(limit))).all()
    return [messages for messages in reversed(found) if messages]


def _before(turn: OpenTurn) -> tuple[ColumnElement[bool], ...]:
    return Message.conversation_id == turn.conversation_id, Message.position < turn.position - 1


async def all_messages(session: AsyncSession, conversation_id: str) -> list[Message]:
    query = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.position)
    return list((await session.execute(query)).scalars())


def turns_of(conversation_id: str) -> Select[str]:
    """The turns of a conversation, for a query about their changes."""
    return select(Message.turn_id).where(Message.conversation_id == conversation_id)


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

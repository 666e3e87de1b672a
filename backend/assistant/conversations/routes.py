"""The user's conversations: listed, read again, deleted."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from backend.assistant.conversations import store
from backend.assistant.conversations.interrupted import with_missing_answers
from backend.assistant.models import Conversation, Message
from backend.assistant.requests import ID
from backend.auth.dependencies import CurrentUserDep
from backend.errors import NotFoundError
from backend.journal.service import undone_revisions
from backend.journal.values import instant
from backend.openapi import problems
from backend.session import ReadSessionDep, WriteSessionDep

router = APIRouter(prefix="/api/conversations", tags=["assistant"], responses=problems(401, 422, 503))
ConversationId = Annotated[str, Path(max_length=64)]


class ConversationOut(BaseModel):
    id: str
    title: str
    created_at: str
    updated_at: str


class ConversationPage(BaseModel):
    items: list[ConversationOut]
    next_cursor: str | None


class MessageOut(BaseModel):
    """An AI SDK `UIMessage`, as `useChat` takes it to begin with; receipts and choices are among its parts."""

    id: str
    role: str
    parts: list[dict[str, Any]]
    metadata: dict[str, Any]


class ConversationWithMessages(BaseModel):
    id: str
    title: str
    messages: list[MessageOut]


class Undone(BaseModel):
    """The changes of a conversation that are taken back, by revision: its receipts say what they were."""

    revisions: list[int]


@router.get("", responses=problems(404))
async def list_conversations(
    user: CurrentUserDep,
    session: ReadSessionDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
    cursor: Annotated[str | None, Query(pattern=ID, description="next_cursor of the page before")] = None,
) -> ConversationPage:
    """The newest first."""
    found = await store.page(session, user.id, limit=limit, after=await _after(session, user.id, cursor))
    items = found[:limit]
    return ConversationPage(
        items=[_summary(conversation) for conversation in items],
        next_cursor=items[-1].id if len(found) > limit else None,
    )


@router.get("/{id}", responses=problems(404))
async def read_conversation(
    id: ConversationId,  # noqa: A002
    user: CurrentUserDep,
    session: ReadSessionDep,
) -> ConversationWithMessages:
    conversation = await store.find(session, user.id, id)
    messages = await with_missing_answers(session, user.id, await store.all_messages(session, id))
    return ConversationWithMessages(id=id, title=conversation.title, messages=[_message(item) for item in messages])


@router.get("/{id}/undone", responses=problems(404))
async def read_undone(
    id: ConversationId,  # noqa: A002
    user: CurrentUserDep,
    session: ReadSessionDep,
) -> Undone:
    """Which of its changes are taken back now, from whatever surface."""
    await store.find(session, user.id, id)
    return Undone(revisions=await undone_revisions(session, user.id, store.turns_of(id)))


@router.delete("/{id}", status_code=204, responses=problems(403, 404))
async def delete_conversation(
    id: ConversationId,  # noqa: A002
    user: CurrentUserDep,
    session: WriteSessionDep,
) -> None:
    """The messages go; the tasks and the journal stay."""
    await store.remove(session, user.id, id)


async def _after(session: ReadSessionDep, user_id: str, cursor: str | None) -> tuple[Any, str] | None:
    """A cursor is the id of the page's last conversation."""
    if cursor is None:
        return None
    conversation = await session.get(Conversation, cursor)
    if conversation is None or conversation.user_id != user_id:
        raise NotFoundError("cursor: this page is not there any more; begin again without a cursor.")
    return conversation.updated_at, conversation.id


def _summary(conversation: Conversation) -> ConversationOut:
    return ConversationOut(
        id=conversation.id,
        title=conversation.title,
        created_at=instant(conversation.created_at),
        updated_at=instant(conversation.updated_at),
    )


def _message(message: Message) -> MessageOut:
    return MessageOut(
        id=message.id, role=message.role, parts=message.parts, metadata={"created_at": instant(message.created_at)}
    )

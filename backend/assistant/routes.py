"""Chat, as a stream and as one answer, and what a text means without doing it."""

import hashlib
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from pydantic_ai.ui.vercel_ai.response_types import BaseChunk

from backend.assistant.engines.routes import HostedDep
from backend.assistant.language.types import Interpretation
from backend.assistant.language.types import Request as Reading
from backend.assistant.reader import reader
from backend.assistant.reader.tasks import read_as_tasks
from backend.assistant.requests import ChatIn, InterpretIn, StreamIn
from backend.assistant.turn.answer import ChatOut, ToolCallOut
from backend.assistant.turn.detached import RunningTurns
from backend.assistant.turn.gather import Ask
from backend.assistant.turn.repeat import answer_whole, begin
from backend.assistant.turn.stream import HEADERS, encode
from backend.auth.dependencies import CurrentUserDep
from backend.journal.write import KeyHeader, TimezoneDep
from backend.models import utc_now
from backend.openapi import problems, refuse_query
from backend.profile.service import read_preferences
from backend.session import DatabaseDep, ReadSessionDep
from backend.tasks.due import local_now, to_wall

router = APIRouter(
    prefix="/api", tags=["assistant"], responses=problems(400, 401, 403, 413, 422, 503), dependencies=[refuse_query]
)


class SpanOut(BaseModel):
    start: int
    end: int
    kind: str
    label: str


class InterpretOut(BaseModel):
    """``actions`` that the text asks for; ``spans`` of it that were understood, for highlighting; else a ``reply``."""

    actions: list[ToolCallOut]
    spans: list[SpanOut]
    reply: str


async def get_running_turns(request: Request) -> RunningTurns:
    turns: RunningTurns = request.app.state.turns
    return turns


RunningTurnsDep = Annotated[RunningTurns, Depends(get_running_turns)]


@router.post("/chat", responses=problems(404, 409))
async def chat(
    body: ChatIn,
    *,
    user: CurrentUserDep,
    timezone: TimezoneDep,
    database: DatabaseDep,
    turns: RunningTurnsDep,
    hosted: HostedDep,
    idempotency_key: KeyHeader = None,
) -> ChatOut:
    """One turn, answered when it is over. With an `Idempotency-Key` a repeated request gets the same answer."""
    repeatable = _ids_of(user.id, idempotency_key)
    ask = Ask(
        user_id=user.id,
        text=body.message,
        conversation_id=body.conversation_id or repeatable,
        message_id=repeatable,
        timezone=body.timezone or timezone,
        plain=tuple(body.plain),
        approval=(body.approval.id, body.approval.approved) if body.approval else None,
        create=body.conversation_id is None,
        token_name=user.token_name,
    )
    return await answer_whole(database, ask, hosted=hosted, turns=turns)


@router.post("/chat/stream", response_class=StreamingResponse, responses=problems(404, 409))
async def stream_chat(
    body: StreamIn,
    *,
    user: CurrentUserDep,
    timezone: TimezoneDep,
    database: DatabaseDep,
    turns: RunningTurnsDep,
    hosted: HostedDep,
) -> StreamingResponse:
    """One turn as an AI SDK UI message stream. The turn runs to its end even if the listener leaves."""
    message_id, text = body.last_words()
    answer = body.answer()
    turn = await begin(
        database,
        Ask(
            user_id=user.id,
            text=text,
            conversation_id=body.id,
            message_id=message_id,
            timezone=body.timezone or timezone,
            plain=tuple(body.plain),
            approval=(answer.id, answer.approved) if answer else None,
            create=True,
            again=body.trigger == "regenerate-message",
            token_name=user.token_name,
        ),
        hosted=hosted,
        turns=turns,
    )
    return StreamingResponse(_encoded(turns.start(turn)), media_type="text/event-stream", headers=HEADERS)


@router.post("/interpret")
async def interpret(
    body: InterpretIn, user: CurrentUserDep, timezone: TimezoneDep, session: ReadSessionDep
) -> InterpretOut:
    """What a text would do, without doing it."""
    zone = body.timezone or timezone
    if zone is None:
        zone = (await read_preferences(session, user.id)).timezone or "UTC"
    now = to_wall(body.now) if body.now else local_now(utc_now(), zone)
    reading = Reading(text=body.text, now=now, timezone=zone, plain=tuple(body.plain))
    return to_out(await (read_as_tasks if body.as_tasks else reader.read)(reading))


def to_out(understood: Interpretation) -> InterpretOut:
    return InterpretOut(
        actions=[ToolCallOut(tool=action.tool, arguments=_plain(action.arguments)) for action in understood.actions],
        spans=[SpanOut(start=s.start, end=s.end, kind=s.kind, label=s.label) for s in understood.spans],
        reply=understood.reply,
    )


def _plain(arguments: dict[str, object]) -> dict[str, Any]:
    return dict(arguments)


def _ids_of(user_id: str, key: str | None) -> str | None:
    """The id that a key stands for: the same for the same user and key, and nobody else's."""
    return hashlib.sha256(f"{user_id}\n{key}".encode()).hexdigest()[:32] if key else None


async def _encoded(chunks: AsyncIterator[BaseChunk]) -> AsyncIterator[str]:
    async for chunk in chunks:
        yield encode(chunk)

"""The start of a turn: one transaction that stores the user's message and reads all that the turn needs to know."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.asking import approvals
from backend.assistant.conversations import store
from backend.assistant.language.types import TaskView, Turn
from backend.assistant.models import Conversation, Message
from backend.assistant.turn.exchange import exchange_from_json
from backend.assistant.turn.views import task_views
from backend.errors import ConflictError, InvalidError
from backend.journal.service import changes_of
from backend.models import utc_now
from backend.profile.service import read_preferences
from backend.tasks.due import local_now

REMEMBERED_TURNS = 6


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a client sends. ``plain`` are ranges of the text to be read as plain words; ``approval`` answers a question.

    With ``create``, an unknown conversation id makes a new conversation of that id. ``again`` asks for another answer
    to a message that was answered already.
    """

    user_id: str
    text: str
    conversation_id: str | None = None
    message_id: str | None = None
    timezone: str | None = None
    plain: tuple[tuple[int, int], ...] = ()
    approval: tuple[str, bool] | None = None
    create: bool = False
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All that a turn knows. ``now`` is naive, in ``timezone``. ``replay`` is an answer that stands already.

    ``answered`` is the question that this message answers, ``approved`` how, ``asking_run`` the run that asked it;
    ``expired`` that the answer came too late.
    """

    ask: Ask
    timezone: str
    now: datetime
    place: store.OpenTurn | None = None
    replay: Message | None = None
    settings: str = "{}"
    turns: tuple[Turn, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    answered: approvals.Pending | None = None
    approved: bool = False
    expired: bool = False
    asking_run: str = "[]"


async def gather(session: AsyncSession, ask: Ask) -> Gathered:
    """Raises NotFoundError for a foreign conversation, ConflictError for a question or message that was dealt with."""
    preferences = await read_preferences(session, ask.user_id)
    timezone = ask.timezone or preferences.timezone or "UTC"
    known = Gathered(
        ask=ask,
        timezone=timezone,
        now=local_now(utc_now(), timezone),
        settings=preferences.settings,
    )
    conversation = await store.find_or_create(
        session, ask.user_id, ask.conversation_id, title=ask.text, create=ask.create
    )
    place = await _place(session, ask, conversation)
    if isinstance(place, Message):
        return replace(known, replay=place)
    if ask.again:  # its question goes with the answer that is written anew
        await approvals.supersede(session, ask.user_id, place.conversation_id)
    known = await _with_question(session, known, place)
    if known.answered:
        return replace(known, place=place)
    turns = await store.exchanges(session, place, limit=REMEMBERED_TURNS) if place.position > 1 else []
    tasks = await task_views(session, ask.user_id, ask.text)
    return replace(known, place=place, turns=tuple(map(exchange_from_json, turns)), tasks=tasks)


async def _place(session: AsyncSession, ask: Ask, conversation: Conversation) -> store.OpenTurn | Message:
    """A new place for an answer; a place anew; or the answer that a repeated message got the first time."""
    message = ask.message_id and await store.find_message(session, conversation.id, ask.message_id)
    if not message:
        return await store.open_turn(session, conversation, message_id=ask.message_id, text=ask.text)
    if message.role != "user" or message.parts != store.text_parts(ask.text):
        raise InvalidError("A message with this id but other words was sent before.")
    answer = await store.answer_to(session, message)
    if not ask.again and answer is not None:
        return answer
    if answer is None or await changes_of(session, ask.user_id, message.turn_id):
        raise ConflictError("This message was dealt with already. Undo what it changed, then say it again.")
    return await store.reopen_turn(session, message)


async def _with_question(session: AsyncSession, known: Gathered, place: store.OpenTurn) -> Gathered:
    """The conversation's open question, if this message answers it; anything else but an answer closes it."""
    ask = known.ask
    first = place.position == 1
    question = None if first else await approvals.waiting(session, ask.user_id, place.conversation_id)
    said = ask.approval[1] if ask.approval else approvals.read_answer(ask.text)
    if ask.approval and (question is None or question.id != ask.approval[0]):
        raise ConflictError("This question was answered already, or it has expired. Ask again if it is still wanted.")
    if question is None:
        return known
    if said is None or question.expired:
        await approvals.supersede(session, ask.user_id, place.conversation_id)
        return replace(known, expired=said is not None)
    await approvals.claim(session, question.id, user_id=ask.user_id, approved=said)
    records = await store.model_messages(session, place, limit=REMEMBERED_TURNS)
    run = next(record for record in reversed(records) if question.calls[0].tool_call_id in record)
    return replace(known, answered=question, approved=said, asking_run=run)

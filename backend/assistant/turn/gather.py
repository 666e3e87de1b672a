"""The start of a turn: one transaction that stores the user's message and reads all that the turn needs to know."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.asking import approvals
from backend.assistant.conversations import store
from backend.assistant.language.types import TaskView, Turn
from backend.assistant.models import Conversation, Message
from backend.assistant.progress import claims, record
from backend.assistant.progress.claims import Claim, Standing
from backend.assistant.progress.record import NO_RECORD, Record
from backend.assistant.turn.exchange import exchange_from_json
from backend.assistant.turn.views import task_views
from backend.errors import ConflictError, InvalidError
from backend.journal.service import changes_of
from backend.journal.values import Change
from backend.models import utc_now
from backend.profile.service import read_preferences
from backend.tasks.due import local_now

REMEMBERED_TURNS = 6


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a client sends. ``plain`` are ranges of the text to be read as plain words; ``approval`` answers a question.

    With ``create``, an unknown conversation id makes a new conversation of that id. ``again`` asks for another answer
    to a message that was answered already. ``token_name`` is that of the personal access token it came with.
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
    token_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All that a turn knows. ``now`` is naive, in ``timezone``. ``replay`` is an answer that stands already.

    ``answered`` is the question that this message answers, ``approved`` how, ``asking_run`` the run that asked it;
    ``expired`` that the answer came too late.

    ``running`` is another run of this message: nothing else is known then. ``record`` is what an earlier run of it,
    that was cut, has done; ``cut`` are its changes where the rest of what it meant to do is not known.
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
    running: Standing | None = None
    record: Record = NO_RECORD
    cut: tuple[Change, ...] = ()


async def gather(session: AsyncSession, ask: Ask, *, silent: Standing | None = None) -> Gathered:
    """Store the message and read what its turn needs; of one that came before, where its turn stands.

    ``silent`` is how its turn was last seen, by one who saw no life in it: that turn is taken over.
    Raises NotFoundError for a foreign conversation, ConflictError for a question that was dealt with.
    """
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
    message = await _said_before(session, ask, conversation)
    if message is not None:
        return await _repeated(session, known, message, silent)
    place = await store.open_turn(session, conversation, message_id=ask.message_id, text=ask.text)
    return await _new(session, known, place)


async def _said_before(session: AsyncSession, ask: Ask, conversation: Conversation) -> Message | None:
    """The message, if it is stored. Raises InvalidError where its id came with other words."""
    message = await store.find_message(session, conversation.id, ask.message_id) if ask.message_id else None
    if message and (message.role != "user" or message.parts != store.text_parts(ask.text)):
        raise InvalidError("A message with this id but other words was sent before.")
    return message


async def _repeated(session: AsyncSession, known: Gathered, message: Message, silent: Standing | None) -> Gathered:
    """The answer that stands; the run that is at it; the message answered anew; or the rest of a turn that was cut."""
    answer = await store.answer_to(session, message)
    if answer is not None and not known.ask.again:
        return replace(known, replay=answer)
    changes = await changes_of(session, known.ask.user_id, message.turn_id)
    if answer is not None:
        if changes:
            raise ConflictError("This message was dealt with already. Undo what it changed, then say it again.")
        await approvals.supersede(session, known.ask.user_id, message.conversation_id)  # it goes with its answer
        return await _new(session, known, await store.reopen_turn(session, message))
    standing = await claims.read(session, message.turn_id)
    if standing is None:  # of a version that stored no turns
        claim: Claim | None = await claims.start(session, message.turn_id, message.conversation_id)
    elif standing.state == "running" and (silent is None or silent.sign != standing.sign):
        return replace(known, running=standing)
    else:
        claim = await claims.take_over(session, standing)
    if claim is None:
        return replace(known, running=standing)
    return await _go_on(session, known, store.place_of(message, claim), standing, changes)


async def _go_on(
    session: AsyncSession,
    known: Gathered,
    place: store.OpenTurn,
    standing: Standing | None,
    changes: Sequence[Change],
) -> Gathered:
    """What is left of a turn that was cut: its question and plan if they were stored; nothing surely, if it changed
    something without them; else all of it."""
    stored = record.read(standing.record if standing else None, changes)
    known = replace(known, place=place, record=stored)
    if standing and standing.question:
        return await _with_stored_question(session, known, json.loads(standing.question))
    if changes and stored.plan is None:
        return replace(known, cut=tuple(changes))
    if stored.plan:
        return known
    return await _with_list(session, known)


async def _new(session: AsyncSession, known: Gathered, place: store.OpenTurn) -> Gathered:
    known = await _with_question(session, replace(known, place=place))
    return known if known.answered else await _with_list(session, known)


async def _with_list(session: AsyncSession, known: Gathered) -> Gathered:
    """With the tasks that the words may speak of, and what was said before."""
    place = known.place
    turns = await store.exchanges(session, place, limit=REMEMBERED_TURNS) if place and place.position > 1 else []
    tasks = await task_views(session, known.ask.user_id, known.ask.text)
    return replace(known, turns=tuple(map(exchange_from_json, turns)), tasks=tasks)


async def _with_question(session: AsyncSession, known: Gathered) -> Gathered:
    """The conversation's open question, if this message answers it; anything else but an answer closes it."""
    ask, place = known.ask, known.place
    assert place is not None  # noqa: S101  (opened by the caller)
    first = place.position == 1
    question = None if first else await approvals.waiting(session, ask.user_id, place.conversation_id)
    said = ask.approval[1] if ask.approval else approvals.read_answer(ask.text)
    if ask.approval and (question is None or question.id != ask.approval[0]):
        raise ConflictError("This question was answered already, or it has expired. Ask again if it is still wanted.")
    if question is None:
        return known
    if said is None or question.expired:
        await approvals.supersede(session, ask.user_id, place.conversation_id)
        if said is not None:
            await claims.say_question(session, place.claim, json.dumps({"expired": True}))
        return replace(known, expired=said is not None)
    await approvals.claim(session, question.id, user_id=ask.user_id, approved=said)
    await claims.say_question(session, place.claim, json.dumps({"id": question.id, "approved": said}))
    return await _answering(session, known, question, approved=said)


async def _with_stored_question(session: AsyncSession, known: Gathered, said: Mapping[str, Any]) -> Gathered:
    """As the run that was cut had it: its answer to the question holds."""
    if said.get("expired"):
        return replace(known, expired=True)
    question = await approvals.find(session, known.ask.user_id, said["id"])
    return await _answering(session, known, question, approved=said["approved"])


async def _answering(
    session: AsyncSession, known: Gathered, question: approvals.Pending, *, approved: bool
) -> Gathered:
    assert known.place is not None  # noqa: S101  (opened by the caller)
    records = await store.model_messages(session, known.place, limit=REMEMBERED_TURNS)
    run = next(run for run in reversed(records) if question.calls[0].tool_call_id in run)
    return replace(known, answered=question, approved=approved, asking_run=run)

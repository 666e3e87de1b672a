"""The journal, newest first, in pages: what was done, by which turn, through what, and what has become of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.models import Conversation, Message, TurnRow
from backend.journal.models import JournalRow
from backend.journal.rows import to_change
from backend.journal.values import Change, Document, instant

SAID_LENGTH = 300


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which changes: before a revision (a page's cursor), of one task, between two instants (not at the later)."""

    before: int | None = None
    task_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A change, the turn that took it back, and where its turn put the list back to."""

    change: Change
    undone_by: str | None
    redoes: bool
    restored_to: datetime | None


async def read_entries(session: AsyncSession, user_id: str, question: Question) -> tuple[list[Entry], int | None]:
    """The changes, newest first, and the cursor of the next page."""
    rows = await _rows(session, user_id, question)
    more, rows = len(rows) > question.limit, rows[: question.limit]
    entries = [
        Entry(change=to_change(row), undone_by=row.undone_by, redoes=row.redoes, restored_to=row.restored_to)
        for row in rows
    ]
    return entries, rows[-1].revision if more else None


async def read_page(session: AsyncSession, user_id: str, question: Question) -> tuple[list[Document], int | None]:
    """The same as documents, each with the chat sentence that asked for it."""
    entries, following = await read_entries(session, user_id, question)
    said = await _said(session, user_id, {entry.change.turn for entry in entries})
    return [_document(entry, said.get(entry.change.turn)) for entry in entries], following


async def _rows(session: AsyncSession, user_id: str, question: Question) -> list[JournalRow]:
    statement = select(JournalRow).where(JournalRow.user_id == user_id)
    if question.before is not None:
        statement = statement.where(JournalRow.revision < question.before)
    if question.task_id is not None:
        statement = statement.where(JournalRow.task_id == question.task_id)
    if question.since is not None:
        statement = statement.where(JournalRow.at >= question.since)
    if question.until is not None:
        statement = statement.where(JournalRow.at < question.until)
    statement = statement.order_by(JournalRow.revision.desc()).limit(question.limit + 1)
    return list(await session.scalars(statement))


async def _said(session: AsyncSession, user_id: str, turns: Iterable[str]) -> dict[str, str]:
    """By turn, the chat sentence that asked for it: of a yes, what the question was about."""
    statement = select(Message, TurnRow.question).select_from(Message).join(Conversation)
    statement = statement.outerjoin(TurnRow, TurnRow.id == Message.turn_id).where(Conversation.user_id == user_id)
    statement = statement.where(Message.turn_id.in_(turns), Message.role == "user")
    asked = {message.turn_id: (message, question) for message, question in await session.execute(statement)}
    before = await _before(session, [message for message, question in asked.values() if question])
    said = {
        turn: _text_of(before.get(_place_before(message), message.parts) if question else message.parts)
        for turn, (message, question) in asked.items()
    }
    return {turn: text for turn, text in said.items() if text}


async def _before(session: AsyncSession, answers: Iterable[Message]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """By conversation and position, the user's messages that led to the questions that these answer."""
    places = [_place_before(message) for message in answers]
    if not places:
        return {}
    place = tuple_(Message.conversation_id, Message.position)
    statement = select(Message).where(place.in_(places), Message.role == "user")
    return {(row.conversation_id, row.position): row.parts for row in await session.scalars(statement)}


def _place_before(answer: Message) -> tuple[str, int]:
    """A question is the assistant's message just before its answer; what led to it is the one before that."""
    return answer.conversation_id, answer.position - 2


def _text_of(parts: list[dict[str, Any]]) -> str:
    text = " ".join(str(part.get("text", "")) for part in parts if part.get("type") == "text").strip()
    return text if len(text) <= SAID_LENGTH else f"{text[: SAID_LENGTH - 1]}…"


def _document(entry: Entry, said: str | None) -> Document:
    return {
        **entry.change.as_dict(),
        "undone_by": entry.undone_by,
        "redoes": entry.redoes,
        "restored_to": instant(entry.restored_to) if entry.restored_to else None,
        "said": said,
    }

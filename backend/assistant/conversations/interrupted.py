"""Turns that the server's end cut short: what they had changed by then is said in place of the missing answer."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.models import Message
from backend.assistant.progress.claims import living
from backend.assistant.reply.receipts import say_changes
from backend.journal.service import changes_of
from backend.models import utc_now

LONGEST_TURN = timedelta(minutes=5)  # of a message whose turn an earlier version did not store
CUT_SHORT = "This answer was cut short."
REST_UNKNOWN = "Whether more was wanted is not known: say what is missing, or undo this."


async def with_missing_answers(session: AsyncSession, user_id: str, messages: list[Message]) -> list[Message]:
    """The messages in their order; after a user's message whose answer will not come any more, one that says so."""
    answered = {message.turn_id for message in messages if message.role == "assistant"}
    open_ = [message for message in messages if message.turn_id not in answered]
    alive = await living(session, open_[0].conversation_id) if open_ else {}
    whole: list[Message] = []
    for message in messages:
        whole.append(message)
        young = message.created_at > utc_now() - LONGEST_TURN
        if message.turn_id not in answered and not alive.get(message.turn_id, young):
            whole.append(await _answer(session, user_id, message))
    return whole


async def _answer(session: AsyncSession, user_id: str, message: Message) -> Message:
    """Not stored: it is read from the journal each time."""
    changes = await changes_of(session, user_id, message.turn_id)
    done = say_changes(changes, today=message.created_at.date()) or "Nothing on your list was changed."
    parts: list[dict[str, Any]] = [{"type": "text", "text": f"{CUT_SHORT} {done}"}]
    if changes:
        data = {"changes": [change.as_dict() for change in changes], "undo_token": message.turn_id}
        parts.insert(0, {"type": "data-receipt", "id": "receipt", "data": data})
    return Message(
        id=f"{message.turn_id}-cut",
        role="assistant",
        parts=parts,
        turn_id=message.turn_id,
        created_at=message.created_at,
    )

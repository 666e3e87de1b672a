"""Questions asked before a change: kept in the database, bound to exact changes, answered once, gone after a while.

They live in the database, so a reload or another replica can answer.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.models import Approval
from backend.assistant.state import Agreed, Restoring, Target
from backend.errors import ConflictError, NotFoundError
from backend.models import utc_now

LIFETIME = timedelta(minutes=15)
_YES = re.compile(
    r"(yes|yep|yeah|yup|y|sure|ok|okay|confirm(ed)?|go ahead|do it|do that|go for it|approved?|please do|absolutely)"
    r"( please| go ahead| do it| thanks?| thank you| delete (it|them)( all)?| all of them)*",
)
_NO = re.compile(
    r"(no|nope|nah|n|cancel|stop|don'?t|do not|never ?mind|leave (it|them)|forget it|reject|denied|deny)"
    r"( thanks?| thank you| please| don'?t| do (it|that)| cancel| stop| leave (it|them)| it| that)*",
)


@dataclass(frozen=True, kw_only=True)
class PendingCall:
    """One tool call that waits: what it is, and what a yes to it is bound to."""

    tool_call_id: str
    tool: str
    arguments: dict[str, Any]
    agreed: Agreed


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A question that was asked and not answered yet; nobody can say yes to one that has ``expired``."""

    id: str
    expired: bool
    calls: tuple[PendingCall, ...]


def read_answer(text: str) -> bool | None:
    """Yes, no, or neither. Pure; the whole text must be the answer."""
    words = " ".join(text.lower().replace("\u2019", "'").replace(",", " ").split()).strip(" .!?")
    if _YES.fullmatch(words):
        return True
    return False if _NO.fullmatch(words) else None


def ask(
    session: AsyncSession, approval_id: str, *, user_id: str, conversation_id: str, calls: tuple[PendingCall, ...]
) -> None:
    """Keep a question; `claim` answers it."""
    approval = Approval(
        id=approval_id,
        user_id=user_id,
        conversation_id=conversation_id,
        status="pending",
        calls={call.tool_call_id: _to_json(call) for call in calls},
        expires_at=utc_now() + LIFETIME,
    )
    session.add(approval)


async def waiting(session: AsyncSession, user_id: str, conversation_id: str) -> Pending | None:
    """The conversation's unanswered question."""
    query = select(Approval).where(Approval.user_id == user_id, Approval.conversation_id == conversation_id)
    query = query.where(Approval.status == "pending").order_by(Approval.id.desc()).limit(1)
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        return None
    return Pending(id=found.id, expired=found.expires_at <= utc_now(), calls=_from_json(found.calls))


async def find(session: AsyncSession, user_id: str, approval_id: str) -> Pending:
    """A question that the user has answered. Raises NotFoundError where it is gone or another's."""
    found = await session.get(Approval, approval_id)
    if found is None or found.user_id != user_id:
        raise NotFoundError("There is no such question.")
    return Pending(id=found.id, expired=False, calls=_from_json(found.calls))


async def claim(session: AsyncSession, approval_id: str, *, user_id: str, approved: bool) -> None:
    """Answer a question, once. Raises NotFoundError for another's, ConflictError for one answered or expired."""
    open_ = (Approval.id == approval_id, Approval.user_id == user_id)
    status = "approved" if approved else "denied"
    change = update(Approval).where(*open_, Approval.status == "pending", Approval.expires_at > utc_now())
    result = await session.execute(change.values(status=status).returning(Approval.id))
    if result.scalar_one_or_none() is not None:
        return
    if (await session.execute(select(Approval.id).where(*open_))).scalar_one_or_none() is None:
        raise NotFoundError("There is no such question.")
    raise ConflictError("This question was answered already, or it has expired. Ask again if it is still wanted.")


async def supersede(session: AsyncSession, user_id: str, conversation_id: str) -> None:
    """Close the conversation's questions: the user has gone on to something else."""
    change = update(Approval).where(Approval.user_id == user_id, Approval.conversation_id == conversation_id)
    await session.execute(change.where(Approval.status == "pending").values(status="superseded"))


def _to_json(call: PendingCall) -> dict[str, Any]:
    return {"tool": call.tool, "arguments": call.arguments, **asdict(call.agreed)}


def _from_json(calls: Mapping[str, Any]) -> tuple[PendingCall, ...]:
    return tuple(
        PendingCall(
            tool_call_id=tool_call_id,
            tool=call["tool"],
            arguments=call["arguments"],
            agreed=Agreed(
                targets=tuple(Target(**target) for target in call["targets"]),
                undoes=call.get("undoes"),
                restores=Restoring(**call["restores"]) if call.get("restores") else None,
            ),
        )
        for tool_call_id, call in calls.items()
    )

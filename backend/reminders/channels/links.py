"""Links that do one thing without a session: signed, bound to a task or channel, expiring, good for one use."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal, get_args

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.keys import derived_key
from backend.models import utc_now
from backend.reminders.channels.models import UsedLink

Action = Literal["done", "snooze10", "tomorrow", "unsubscribe"]
LIFETIME = timedelta(days=7)
UNSUBSCRIBE_LIFETIME = timedelta(days=60)
_LONGEST = 1000


@dataclass(frozen=True, kw_only=True)
class Link:
    """What a link does: ``action`` on ``subject`` (the task's id, or the channel's) for a user.

    ``told_at`` is when the reminder that carries it was due, in UTC: what happened to the task since then makes the
    link void. ``expires_at`` is in UTC, to the second.
    """

    action: Action
    user_id: str
    subject: str
    notice_id: str
    told_at: datetime
    expires_at: datetime


class ForgedLinkError(Exception):
    """No link that this server made, or a part of one."""


class ExpiredLinkError(Exception):
    """A link of this server's whose time is over."""


def write_link(link: Link, secret: str) -> str:
    """The token of the link: its content and an HMAC-SHA256 of it, in base64url."""
    times = [int(moment.timestamp()) for moment in (link.told_at, link.expires_at)]
    content = json.dumps([link.action, link.user_id, link.subject, link.notice_id, *times], separators=(",", ":"))
    payload = _encode(content.encode())
    return f"{payload}.{_encode(_signature(payload, secret))}"


def read_link(token: str, secret: str, *, now: datetime) -> Link:
    """The link of the token. Raises ForgedLinkError or ExpiredLinkError."""
    payload, dot, signature = token.partition(".")
    if not dot or len(token) > _LONGEST or not token.isascii():
        raise ForgedLinkError
    if not hmac.compare_digest(signature, _encode(_signature(payload, secret))):
        raise ForgedLinkError
    link = _link_of(payload)
    if link.expires_at <= now:
        raise ExpiredLinkError
    return link


async def use_link(session: AsyncSession, token: str, link: Link) -> bool:
    """Note, in the transaction of what the link does, that it was used; False where it was used before."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    await session.execute(delete(UsedLink).where(UsedLink.expires_at < utc_now()))
    statement = insert(UsedLink).values(digest=_digest(token), expires_at=link.expires_at).on_conflict_do_nothing()
    return bool((await session.execute(statement.returning(UsedLink.digest))).scalar_one_or_none())


async def is_used(session: AsyncSession, token: str) -> bool:
    return await session.get(UsedLink, _digest(token)) is not None


def _link_of(payload: str) -> Link:
    action, user_id, subject, notice_id, told_at, expires_at = json.loads(_decode(payload))
    if action not in get_args(Action):  # signed by a newer version
        raise ForgedLinkError
    return Link(
        action=action,
        user_id=user_id,
        subject=subject,
        notice_id=notice_id,
        told_at=datetime.fromtimestamp(told_at, UTC),
        expires_at=datetime.fromtimestamp(expires_at, UTC),
    )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _signature(payload: str, secret: str) -> bytes:
    return hmac.new(derived_key(secret, "links"), payload.encode(), sha256).digest()


def _encode(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

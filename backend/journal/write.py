"""A write over HTTP: one transaction, one turn, one answer, also when the request is repeated."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.dependencies import CurrentUserDep
from backend.errors import InvalidError, StaleVersionError
from backend.forms import form
from backend.journal.models import IdempotencyKey
from backend.journal.values import Actor, Surface
from backend.models import new_id, utc_now
from backend.profile.service import lock_profile
from backend.reminders.settings import settings_changed
from backend.session import WriteSessionDep
from backend.tasks.due import check_zone
from backend.tasks.groups.labels import labels_changed

KEY_LIFETIME = timedelta(hours=24)
_KEPT_HEADERS = ("etag", "undo-token")


@dataclass(frozen=True)
class Write:
    """What a writing route needs: its session, who acts, and the request's idempotency key."""

    session: AsyncSession
    actor: Actor
    request: Request
    key: str | None

    @property
    def undo_header(self) -> dict[str, str]:
        """The token that undoes this write, if it has changed anything yet."""
        changed = self.session.info.get("recorded") or settings_changed(self.session) or labels_changed(self.session)
        return {"Undo-Token": self.actor.turn_id} if changed else {}

    async def once(self, act: Callable[[], Awaitable[Response]]) -> Response:
        """Answer with ``act``, or with the answer it gave when the same request came before under the same key.

        Raises InvalidError for a key that came with another request. Keys are kept for a day; errors are not kept.
        """
        if self.key is None:
            return await act()
        await lock_profile(self.session, self.actor.user_id)  # of two at once, the second waits here
        await self.session.execute(delete(IdempotencyKey).where(IdempotencyKey.at < utc_now() - KEY_LIFETIME))
        fingerprint = await self._fingerprint()
        kept = await self.session.get(IdempotencyKey, (self.actor.user_id, self.key))
        if kept is None:
            answer = await act()
            self.session.add(self._remembered(answer, fingerprint))
            return answer
        if kept.fingerprint != fingerprint:
            raise InvalidError("This Idempotency-Key came with another request before; use a new one for this request.")
        return _answer_of(kept)

    async def _fingerprint(self) -> str:
        request = self.request
        parts = (request.method, request.url.path, request.url.query, request.headers.get("if-match", ""))
        return hashlib.sha256("\n".join(parts).encode() + b"\n" + await request.body()).hexdigest()

    def _remembered(self, answer: Response, fingerprint: str) -> IdempotencyKey:
        headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
        return IdempotencyKey(
            user_id=self.actor.user_id,
            key=self.key,
            fingerprint=fingerprint,
            status=answer.status_code,
            headers=json.dumps(headers),
            body=bytes(answer.body).decode(),
            at=utc_now(),
        )


def _answer_of(kept: IdempotencyKey) -> Response:
    media_type = "application/json" if kept.body else None
    return Response(kept.body, status_code=kept.status, headers=json.loads(kept.headers), media_type=media_type)


async def timezone_of(
    x_timezone: Annotated[
        str | None,
        Header(description="IANA zone that wall-clock times are meant in", json_schema_extra=form("iana-zone")),
    ] = None,
) -> str | None:
    """The zone the client says it is in. Raises InvalidError for one that does not exist."""
    if x_timezone is None:
        return None
    try:
        return check_zone(x_timezone)
    except ValueError as error:
        message = str(error)
        raise InvalidError(f"X-Timezone: {message}", errors=[{"field": "X-Timezone", "message": message}]) from error


TimezoneDep = Annotated[str | None, Depends(timezone_of)]
KeyHeader = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="Makes the request safe to repeat; 422 for one that came with another request within a day",
    ),
]


async def _write(
    user: CurrentUserDep,
    timezone: TimezoneDep,
    session: WriteSessionDep,
    request: Request,
    idempotency_key: KeyHeader = None,
) -> Write:
    surface: Surface = "api" if "authorization" in request.headers else "ui"
    actor = Actor(user_id=user.id, surface=surface, turn_id=new_id(), timezone=timezone, token_name=user.token_name)
    return Write(session, actor, request, idempotency_key)


WriteDep = Annotated[Write, Depends(_write)]


async def expected_version(
    if_match: Annotated[
        str | None, Header(description="The ETag that the task must still have", json_schema_extra=form("etag"))
    ] = None,
) -> int | None:
    """The version that ``If-Match`` asks for; None if any will do. Raises StaleVersionError for what none can have."""
    if if_match is None or if_match.strip() == "*":
        return None
    text = if_match.strip()
    digits = text[1:-1]
    if text[:1] == text[-1:] == '"' and digits.isascii() and digits.isdigit() and len(digits) < 10:
        return int(digits)
    raise StaleVersionError("If-Match is not the ETag of any version of this task; read it again.")


VersionDep = Annotated[int | None, Depends(expected_version)]

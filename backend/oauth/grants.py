"""What users let apps do: a yes, its code, the tokens that follow from it, and their end. Each is a row's life."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.models import User
from backend.errors import ConflictError, NotFoundError
from backend.models import utc_now
from backend.oauth.models import OAuthClient, OAuthCode, OAuthGrant, OAuthToken
from backend.oauth.secrets import ACCESS, CODE, REFRESH, digest, new_secret
from backend.oauth.ticket import Ticket
from backend.session import Database, Reader
from backend.tokens.service import Scope

CODE_LIFETIME = timedelta(minutes=5)
ACCESS_LIFETIME = timedelta(hours=1)
REFRESH_LIFETIME = timedelta(days=30)
MOST_GRANTS = 50
_USED_EVERY = timedelta(minutes=1)
_REMEMBERED = timedelta(days=1)  # how long a used code still ends its tokens
_MOST_USED = 100  # refresh tokens of a grant that are known as used
_USER, _GRANT, _TOKEN = User.__table__.c, OAuthGrant.__table__.c, OAuthToken.__table__.c
_HOLDER = (
    select(_USER.id, _GRANT.id.label("grant_id"), _GRANT.client_name, _GRANT.last_used_at)
    .add_columns(_GRANT.resource, _TOKEN.scope)
    .join_from(OAuthToken.__table__, OAuthGrant.__table__, _TOKEN.grant_id == _GRANT.id)
    .join(User.__table__, _GRANT.user_id == _USER.id)
    .where(_TOKEN.digest == bindparam("digest"), _TOKEN.kind == "access", _TOKEN.expires_at > bindparam("now"))
)


class ReusedError(Exception):
    """A code or refresh token that was used before: all that came of it has ended."""


@dataclass(frozen=True, kw_only=True)
class AppHolder:
    """Whose app calls, what it may do and where; ``is_due`` when its last use is to be noted again."""

    user_id: str
    grant_id: str
    client_name: str
    scope: str
    resource: str
    is_due: bool


@dataclass(frozen=True)
class Tokens:
    """What an app is given, the only time that it is told."""

    access: str
    refresh: str


async def holder_of_access(reader: Reader, token: str) -> AppHolder | None:
    """Who let the app in that shows this token; None for one that is unknown, ended or expired."""
    rows = await reader.rows(_HOLDER, {"digest": digest(token), "now": utc_now()})
    if not rows:
        return None
    row = rows[0]
    return AppHolder(
        user_id=row.id,
        grant_id=row.grant_id,
        client_name=row.client_name,
        scope=row.scope,
        resource=row.resource,
        is_due=row.last_used_at is None or row.last_used_at <= utc_now() - _USED_EVERY,
    )


async def live_access(session: AsyncSession, tokens: Iterable[str]) -> set[str]:
    """Those of the tokens that are apps' access tokens and still work."""
    by_digest = {digest(token): token for token in tokens}
    live = select(OAuthToken.digest).where(OAuthToken.digest.in_(by_digest), OAuthToken.kind == "access")
    return {by_digest[found] for found in await session.scalars(live.where(OAuthToken.expires_at > utc_now()))}


async def note_grant_use(database: Database, grant_id: str) -> None:
    """Remember that the app called now."""
    async with database.write() as session:
        await session.execute(update(OAuthGrant).where(OAuthGrant.id == grant_id).values(last_used_at=utc_now()))


async def make_code(session: AsyncSession, user_id: str, ticket: Ticket, scope: Scope) -> str:
    """The user said yes: a code for the app. Raises ConflictError where the user has too many apps connected."""
    await _forget_dead(session, user_id)
    if (await session.scalar(select(func.count()).where(OAuthGrant.user_id == user_id)) or 0) >= MOST_GRANTS:
        raise ConflictError(f"You have {MOST_GRANTS} connected apps, which is the most; end one in the settings first.")
    if await session.get(OAuthClient, ticket.client_id) is None:
        raise ConflictError("This app’s registration is gone. Go back to the app and connect again.")
    code = new_secret(CODE)
    session.add(
        OAuthCode(
            digest=digest(code),
            user_id=user_id,
            client_id=ticket.client_id,
            scope=scope,
            resource=ticket.resource,
            redirect_uri=ticket.redirect_uri,
            redirect_given=ticket.redirect_given,
            challenge=ticket.challenge,
            expires_at=utc_now() + CODE_LIFETIME,
        )
    )
    await session.flush()
    return code


async def find_code(session: AsyncSession, code: str) -> OAuthCode | None:
    return await session.get(OAuthCode, digest(code))


async def use_code(session: AsyncSession, code: str, *, client_name: str) -> Tokens | None:
    """The tokens for a code; None for one that was used: then what came of it has ended, once this commits."""
    row = await session.get(OAuthCode, digest(code), with_for_update=True, populate_existing=True)
    if row is None:
        return None
    if row.used_at is not None:
        await end_grant(session, row.grant_id)
        return None
    grant = OAuthGrant(
        user_id=row.user_id,
        client_id=row.client_id,
        client_name=client_name,
        scope=row.scope,
        resource=row.resource,
    )
    session.add(grant)
    await session.flush()
    row.used_at, row.grant_id = utc_now(), grant.id
    return await _issue(session, grant, scope=row.scope)


async def find_refresh(session: AsyncSession, token: str) -> tuple[OAuthToken, OAuthGrant] | None:
    query = select(OAuthToken, OAuthGrant).join(OAuthGrant, OAuthToken.grant_id == OAuthGrant.id)
    query = query.where(OAuthToken.digest == digest(token), OAuthToken.kind == "refresh")
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def find_access(session: AsyncSession, token: str) -> tuple[OAuthToken, OAuthGrant] | None:
    """The row of an access token that still works."""
    query = select(OAuthToken, OAuthGrant).join(OAuthGrant, OAuthToken.grant_id == OAuthGrant.id)
    query = query.where(OAuthToken.digest == digest(token), OAuthToken.kind == "access")
    row = (await session.execute(query.where(OAuthToken.expires_at > utc_now()))).one_or_none()
    return (row[0], row[1]) if row else None


async def use_refresh(session: AsyncSession, token: str, *, scope: Scope) -> Tokens | None:
    """New tokens for a refresh token; None for one that was used: then its grant has ended, once this commits."""
    row = await session.get(OAuthToken, digest(token), with_for_update=True, populate_existing=True)
    grant = await session.get(OAuthGrant, row.grant_id) if row else None
    if row is None or grant is None:
        return None
    if row.used_at is not None:
        await end_grant(session, grant.id)
        return None
    row.used_at = utc_now()
    await session.flush()
    await _forget_old(session, grant.id)
    return await _issue(session, grant, scope=scope)


async def end_grant(session: AsyncSession, grant_id: str | None) -> None:
    """End the app's access: its tokens go with the row."""
    await session.execute(delete(OAuthGrant).where(OAuthGrant.id == grant_id))


async def end_grants(session: AsyncSession, user_id: str) -> None:
    """End every app's access, and the codes that are on their way."""
    for table in (OAuthGrant, OAuthCode):
        await session.execute(delete(table).where(table.user_id == user_id))


async def list_grants(session: AsyncSession, user_id: str) -> Sequence[tuple[OAuthGrant, datetime]]:
    """The user's apps that still have access, the newest first, each with when that ends unless it is used."""
    ends = select(OAuthToken.grant_id, func.max(OAuthToken.expires_at).label("end"))
    ends_by_grant = ends.where(OAuthToken.used_at.is_(None)).group_by(OAuthToken.grant_id).subquery()
    query = (
        select(OAuthGrant, ends_by_grant.c.end)
        .join(ends_by_grant, ends_by_grant.c.grant_id == OAuthGrant.id)
        .where(OAuthGrant.user_id == user_id, ends_by_grant.c.end > utc_now())
        .order_by(OAuthGrant.created_at.desc(), OAuthGrant.id.desc())
    )
    return [(grant, end) for grant, end in (await session.execute(query)).all()]


async def end_own_grant(session: AsyncSession, user_id: str, grant_id: str) -> None:
    """Raises NotFoundError for a grant that is not this user's."""
    if not grant_id.isascii() or not grant_id.isprintable():
        raise NotFoundError("There is no such app.")
    statement = delete(OAuthGrant).where(OAuthGrant.user_id == user_id, OAuthGrant.id == grant_id)
    if (await session.execute(statement.returning(OAuthGrant.id))).scalar_one_or_none() is None:
        raise NotFoundError("There is no such app.")


async def _issue(session: AsyncSession, grant: OAuthGrant, *, scope: str) -> Tokens:
    """A pair of tokens. The refresh token keeps the whole scope, whatever the access token has (RFC 6749, 6)."""
    tokens, now = Tokens(new_secret(ACCESS), new_secret(REFRESH)), utc_now()
    session.add_all(
        [
            OAuthToken(
                digest=digest(tokens.access),
                grant_id=grant.id,
                kind="access",
                scope=scope,
                expires_at=now + ACCESS_LIFETIME,
            ),
            OAuthToken(
                digest=digest(tokens.refresh),
                grant_id=grant.id,
                kind="refresh",
                scope=grant.scope,
                expires_at=now + REFRESH_LIFETIME,
            ),
        ]
    )
    await session.flush()
    return tokens


async def _forget_old(session: AsyncSession, grant_id: str) -> None:
    """A grant's tokens that are over, and all but the newest of its used ones."""
    of_grant = OAuthToken.grant_id == grant_id
    await session.execute(delete(OAuthToken).where(of_grant, OAuthToken.expires_at <= utc_now()))
    used = select(OAuthToken.digest).where(of_grant, OAuthToken.used_at.is_not(None))
    old = used.order_by(OAuthToken.used_at.desc()).offset(_MOST_USED).limit(1000)
    await session.execute(delete(OAuthToken).where(OAuthToken.digest.in_(list(await session.scalars(old)))))


async def _forget_dead(session: AsyncSession, user_id: str) -> None:
    """The user's grants of which no token works any more, and everybody's codes that are long over."""
    live = select(OAuthToken.grant_id).where(OAuthToken.expires_at > utc_now(), OAuthToken.used_at.is_(None))
    await session.execute(delete(OAuthGrant).where(OAuthGrant.user_id == user_id, OAuthGrant.id.not_in(live)))
    await session.execute(delete(OAuthCode).where(OAuthCode.expires_at < utc_now() - _REMEMBERED))

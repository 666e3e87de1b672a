"""Turning the second factor on and off, and its recovery codes. Each asks for the password."""

import json
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import proofs, service
from backend.auth.errors import AuthError
from backend.auth.factor import codes
from backend.auth.models import Session, TwoFactor, User
from backend.auth.service import Client
from backend.errors import UnavailableError
from backend.keys import box
from backend.models import utc_now
from backend.session import Database

ISSUER = "Todo Chatbot"
_PURPOSE = "second factor"
_UNREADABLE = (
    "The server's secret (BETTER_AUTH_SECRET) was changed since two-factor sign-in was set up, so its codes cannot be "
    "checked. Its administrator can turn it off: docs/security.md, Two-factor sign-in."
)


@dataclass(frozen=True)
class Enrolment:
    """What is shown once: the QR code's text and the recovery codes."""

    uri: str
    recovery_codes: list[str]


async def enable(
    database: Database, client: Client, user: User, *, password: str, issuer: str, secret: str
) -> Enrolment:
    """A new secret, which counts from its first right code on. Raises AuthError, also where one counts already."""
    await service.confirm_password(database, client, user, password)
    app, recovery = codes.new_secret(), codes.new_recovery_codes()
    async with database.write() as session:
        existing = await find(session, user.id)
        if existing and existing.verified:
            raise AuthError("TOTP_ALREADY_ENABLED")
        if existing:
            await session.delete(existing)
            await session.flush()
        sealed = {"secret": seal(app, secret), "backup_codes": seal(json.dumps(recovery), secret)}
        session.add(TwoFactor(user_id=user.id, verified=False, **sealed))
    return Enrolment(codes.app_uri(app, email=user.email, issuer=issuer), recovery)


async def read_uri(database: Database, client: Client, user: User, *, password: str, secret: str) -> str:
    """The QR code's text again. Raises AuthError."""
    await service.confirm_password(database, client, user, password)
    async with database.read() as session:
        kept = await find(session, user.id)
    if kept is None:
        raise AuthError("TOTP_NOT_ENABLED")
    return codes.app_uri(unseal(kept.secret, secret), email=user.email, issuer=ISSUER)


async def renew_recovery_codes(
    database: Database, client: Client, user: User, *, password: str, secret: str
) -> list[str]:
    """New recovery codes in place of all earlier ones. Raises AuthError."""
    if not user.two_factor_enabled:
        raise AuthError("TWO_FACTOR_NOT_ENABLED")
    await service.confirm_password(database, client, user, password)
    fresh = codes.new_recovery_codes()
    statement = update(TwoFactor).where(TwoFactor.user_id == user.id)
    async with database.write() as session:
        await session.execute(statement.values(backup_codes=seal(json.dumps(fresh), secret)))
    return fresh


async def disable(database: Database, client: Client, live: tuple[Session, User], *, password: str) -> Session:
    """Ask for the password alone again; trusted devices and half-done sign-ins end. A new session in place of this."""
    here, user = live
    await service.confirm_password(database, client, user, password)
    async with database.write() as session:
        await session.execute(delete(TwoFactor).where(TwoFactor.user_id == user.id))
        await proofs.forget(session, user.id, "trust-device", "two-factor")
        return await switch(session, here, user, client, on=False)


async def switch(session: AsyncSession, here: Session, user: User, client: Client, *, on: bool) -> Session:
    """Note whether the user has a second factor, and begin a new session in place of this one, as Better Auth does."""
    values = {"two_factor_enabled": on, "updated_at": utc_now()}
    await session.execute(update(User).where(User.id == user.id).values(**values))
    user.two_factor_enabled = on
    await session.execute(delete(Session).where(Session.token == here.token))
    return await service.start(session, user, client, remember=True)


async def find(session: AsyncSession, user_id: str) -> TwoFactor | None:
    return await session.scalar(select(TwoFactor).where(TwoFactor.user_id == user_id))


def seal(text: str, secret: str) -> str:
    return box(secret, _PURPOSE).encrypt(text.encode()).decode()


def unseal(sealed: str, secret: str) -> str:
    """The text. Raises UnavailableError where it was sealed under another secret."""
    try:
        return box(secret, _PURPOSE).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnavailableError(_UNREADABLE) from error

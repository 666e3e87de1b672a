"""Signing up, in and out, and what one may do with one's own account. Hashing happens between transactions."""

import re
from dataclasses import dataclass

import structlog
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import proofs, sessions
from backend.auth.errors import AuthError
from backend.auth.limits import account_limit, address_limit, consume, refund, sign_up_limit
from backend.auth.models import Account, Session, User
from backend.auth.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH, hash_password, length, verify_password
from backend.models import new_id, utc_now
from backend.oauth.grants import end_grants
from backend.session import Database

log = structlog.get_logger()
MAXIMUM_EMAIL_LENGTH = 254  # RFC 5321, 4.5.3.1.3
# zod's, as Better Auth uses it
_EMAIL = re.compile(r"(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}")


@dataclass(frozen=True)
class Client:
    """Where a sign-in comes from, as the session remembers it."""

    address: str
    user_agent: str | None


async def sign_up(
    database: Database, client: Client, *, name: str, email: str, password: str, image: str | None, remember: bool
) -> tuple[Session, User]:
    """Make a user with a password and sign them in.

    Raises AuthError for an address or a password that will not do, and for an address that is taken.
    """
    email = checked_email(email, code="VALIDATION_ERROR")
    check_length(password)
    async with database.write() as session:
        await consume(session, [sign_up_limit(client.address)])
    async with database.read() as session:
        await _refuse_taken(session, email)
    hashed = await hash_password(password)
    try:
        async with database.write() as session:
            user = User(id=new_id(), name=name, email=email, image=image)
            session.add(user)
            await session.flush()
            session.add(Account(account_id=user.id, provider_id="credential", user_id=user.id, password=hashed))
            return await start(session, user, client, remember=remember), user
    except IntegrityError as error:  # someone else took the address meanwhile
        raise AuthError("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL") from error


async def check_password(database: Database, client: Client, *, email: str, password: str) -> User:
    """The user whose password it is: who may sign in, if no second factor is asked.

    An unknown address and a wrong password are told apart neither by the answer nor by its time.
    Raises AuthError for those, TooManyAttemptsError when the account's or the address's attempts are used up.
    """
    email = checked_email(email)
    check_length(password, minimum=0)
    await _count_attempt(database, client, email)
    async with database.read() as session:
        user = (await session.execute(select(User).where(User.email == email))).scalar_one_or_none()
        stored = await _stored_hash(session, user.id) if user else None
    if not await _matches(stored, password) or user is None:
        raise AuthError("INVALID_EMAIL_OR_PASSWORD")
    async with database.write() as session:
        await refund(session, account=account_limit(email), address=address_limit(client.address))
    return user


async def change_password(
    database: Database, client: Client, user: User, *, current: str, new: str, revoke_others: bool
) -> Session | None:
    """Change the password; with ``revoke_others`` every session and connected app ends; the new session is returned."""
    check_length(new)
    await confirm_password(database, client, user, current)
    hashed = await hash_password(new)
    async with database.write() as session:
        values = {"password": hashed, "updated_at": utc_now()}
        await session.execute(update(Account).where(*of_credential(user.id)).values(**values))
        await proofs.forget_all(session, user.id)
        if not revoke_others:
            return None
        await session.execute(delete(Session).where(Session.user_id == user.id))
        await end_grants(session, user.id)
        return await start(session, user, client, remember=True)


async def confirm_password(database: Database, client: Client, user: User, password: str) -> None:
    """Raise AuthError unless it is the user's password; tries are counted as those of signing in."""
    check_length(password, minimum=0)
    async with database.read() as session:
        stored = await _stored_hash(session, user.id)
    if stored is None:
        raise AuthError("CREDENTIAL_ACCOUNT_NOT_FOUND")
    await _count_attempt(database, client, user.email)
    if not await _matches(stored, password):
        raise AuthError("INVALID_PASSWORD")
    async with database.write() as session:
        await refund(session, account=account_limit(user.email), address=address_limit(client.address))


async def delete_user(database: Database, user: User) -> None:
    """Delete the user and, by the foreign keys, everything of theirs."""
    async with database.write() as session:
        await proofs.forget_user(session, user.id)
        await session.execute(delete(User).where(User.id == user.id))


def checked_email(email: str, *, code: str = "INVALID_EMAIL") -> str:
    """The address in the form that it is kept and compared in; AuthError with ``code`` for what is none."""
    if len(email) > MAXIMUM_EMAIL_LENGTH or not _EMAIL.fullmatch(email):
        raise AuthError(code, "[body.email] Invalid email address" if code == "VALIDATION_ERROR" else None)
    return email.lower()


def check_length(password: str, *, minimum: int = MINIMUM_LENGTH) -> None:
    """Before any hashing: a password of a megabyte must cost nothing."""
    if length(password) < minimum:
        raise AuthError("PASSWORD_TOO_SHORT")
    if length(password) > MAXIMUM_LENGTH:
        raise AuthError("PASSWORD_TOO_LONG")


async def _count_attempt(database: Database, client: Client, email: str) -> None:
    async with database.write() as session:
        await consume(session, [address_limit(client.address), account_limit(email)])


async def _matches(stored: str | None, password: str) -> bool:
    if stored is None:
        await hash_password(password)  # as long as a comparison takes
        return False
    try:
        return await verify_password(stored, password)
    except ValueError as error:
        log.error("a stored password cannot be read", error=str(error))
        return False


async def _stored_hash(session: AsyncSession, user_id: str) -> str | None:
    return await session.scalar(select(Account.password).where(*of_credential(user_id)))


async def _refuse_taken(session: AsyncSession, email: str) -> None:
    if await session.scalar(select(User.id).where(User.email == email)):
        raise AuthError("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL")


async def start(session: AsyncSession, user: User, client: Client, *, remember: bool) -> Session:
    """A new session of the user's, from that client."""
    return await sessions.create(
        session, user_id=user.id, remember=remember, address=client.address, user_agent=client.user_agent
    )


def of_credential(user_id: str) -> tuple[ColumnElement[bool], ...]:
    """What finds the account row that holds the user's password."""
    return (Account.user_id == user_id, Account.provider_id == "credential", Account.account_id == user_id)

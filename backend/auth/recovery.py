"""A forgotten password: a mail with a link, and a new password for who has that link."""

from email.message import EmailMessage
from http import HTTPStatus

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import proofs
from backend.auth.errors import AuthError
from backend.auth.letters import reset_letter
from backend.auth.limits import account_limit, forget
from backend.auth.models import Account, Session, User
from backend.auth.passwords import hash_password
from backend.auth.proofs import ExpiredProofError, Proof, UnknownProofError
from backend.auth.sender import Sender
from backend.auth.service import check_length, checked_email, of_credential
from backend.calendars.models import CalendarFeed
from backend.models import utc_now
from backend.oauth.grants import end_grants
from backend.reminders.channels.service import note_verified
from backend.session import Database
from backend.settings import Settings
from backend.tokens.models import AccessToken


async def request_reset(sender: Sender, *, email: str) -> None:
    """Mail a link to the user of the address, if there is one; neither the answer nor its time tells.

    Raises AuthError where no mail server is set up or the address is none, TooManyAttemptsError after too many mails.
    """
    if sender.settings.smtp is None:
        raise AuthError("RESET_PASSWORD_DISABLED")
    email = checked_email(email, code="VALIDATION_ERROR")
    await sender.count(email)

    async def letter() -> EmailMessage | None:
        async with sender.database.write() as session:
            user = await session.scalar(select(User).where(User.email == email))
            if user is None:
                return None
            token = await proofs.issue(session, user, "reset-password")
        return reset_letter(email, token, sender.callback, sender.settings)

    sender.outbox.send(letter)


async def is_good(database: Database, token: str) -> bool:
    """Whether the link would do something now."""
    try:
        async with database.read() as session:
            await _find(session, token)
    except AuthError:
        return False
    return True


async def reset_password(database: Database, *, token: str, new: str, settings: Settings) -> None:
    """Set the password, end all sessions and all other such links.

    Who opened the link has the mailbox, so the address counts as confirmed. Until it did, somebody else may have made
    the account: their access tokens end too. Raises AuthError.
    """
    check_length(new)
    async with database.read() as session:
        await _find(session, token)  # before the hashing: what is no link costs nothing
    hashed = await hash_password(new)
    async with database.write() as session:
        proof = await _find(session, token)
        user = await session.get(User, proof.user_id)
        if user is None:
            raise AuthError("USER_NOT_FOUND", status=HTTPStatus.BAD_REQUEST)
        await _set_password(session, user, hashed)
        await proofs.forget_all(session, user.id)
        await session.execute(delete(Session).where(Session.user_id == user.id))
        await end_grants(session, user.id)
        await forget(session, account_limit(user.email))
        if not user.email_verified:
            await session.execute(delete(AccessToken).where(AccessToken.user_id == user.id))
            await session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == user.id))
            user.email_verified = True
            await note_verified(session, user, settings)


async def _find(session: AsyncSession, token: str) -> Proof:
    try:
        return await proofs.find(session, token, "reset-password")
    except (UnknownProofError, ExpiredProofError) as error:
        raise AuthError("INVALID_TOKEN", status=HTTPStatus.BAD_REQUEST) from error


async def _set_password(session: AsyncSession, user: User, hashed: str) -> None:
    values = {"password": hashed, "updated_at": utc_now()}
    changed = await session.execute(
        update(Account).where(*of_credential(user.id)).values(**values).returning(Account.id)
    )
    if changed.first() is None:  # signed in by another provider until now
        session.add(Account(account_id=user.id, provider_id="credential", user_id=user.id, password=hashed))

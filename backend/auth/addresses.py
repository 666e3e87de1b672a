"""Confirming an address, and changing it: each step is a link that was mailed to the address it is about."""

from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import proofs
from backend.auth.errors import AuthError
from backend.auth.letters import change_letter, new_address_letter, verification_letter
from backend.auth.models import User
from backend.auth.proofs import ExpiredProofError, Proof, UnknownProofError
from backend.auth.sender import Sender
from backend.auth.service import checked_email
from backend.models import utc_now
from backend.reminders.channels.service import note_verified
from backend.session import Database


async def send_verification(sender: Sender, *, email: str, user: User | None) -> None:
    """Mail a link that confirms the address; to who is not signed in, no answer tells whether it has an account.

    Raises AuthError for another address than the user's, and for one that is confirmed; TooManyAttemptsError.
    """
    if sender.settings.smtp is None:
        raise AuthError("VERIFICATION_EMAIL_NOT_ENABLED")
    email = checked_email(email, code="VALIDATION_ERROR")
    if user and user.email != email:
        raise AuthError("EMAIL_MISMATCH")
    if user and user.email_verified:
        raise AuthError("EMAIL_ALREADY_VERIFIED")
    await sender.count(email)
    mail_verification(sender, email)


def mail_verification(sender: Sender, email: str) -> None:
    """Mail the link, uncounted, unless the address has no account or is confirmed."""

    async def letter() -> EmailMessage | None:
        async with sender.database.write() as session:
            user = await session.scalar(select(User).where(User.email == email))
            if user is None or user.email_verified:
                return None
            token = await proofs.issue(session, user, "verify-email")
        return verification_letter(email, token, sender.callback, sender.settings)

    sender.outbox.send(letter)


async def change_email(sender: Sender, *, user: User, new: str) -> None:
    """Mail a link to the address that the user has, if it is confirmed, and then one to the new; else to the new alone.

    Whether the new address has an account no answer tells. Raises AuthError, TooManyAttemptsError.
    """
    if sender.settings.smtp is None:
        raise AuthError("CHANGE_EMAIL_DISABLED")
    new = checked_email(new, code="VALIDATION_ERROR")
    if new == user.email:
        raise AuthError("EMAIL_IS_THE_SAME")
    await sender.count(user.email if user.email_verified else new)

    async def letter() -> EmailMessage | None:
        async with sender.database.write() as session:
            owner = await session.get(User, user.id)
            if owner is None or await _is_taken(session, new):
                return None
            step: proofs.Step = "confirm-change" if owner.email_verified else "change-email"
            token = await proofs.issue(session, owner, step, update_to=new)
        if step == "confirm-change":
            return change_letter(owner.email, new, token, sender.callback, sender.settings)
        return new_address_letter(new, token, sender.callback, sender.settings)

    sender.outbox.send(letter)


async def owner_of(database: Database, token: str) -> str:
    """The id of the user whose link it is. Raises AuthError for what is no link of this server's, or is over."""
    async with database.read() as session:
        return (await _find(session, token)).user_id


async def verify(sender: Sender, *, token: str, visitor: User | None) -> User | None:
    """Do what the link says, once; the user with the new address where one was changed.

    Opened again, it is as good as the first time for as long as what it did holds. Raises AuthError.
    """
    try:
        async with sender.database.write() as session:
            proof = await _find(session, token)
            user = await session.get(User, proof.user_id)
            if user is None:
                raise AuthError("USER_NOT_FOUND")
            if proof.update_to and visitor and visitor.id != user.id:
                raise AuthError("INVALID_USER")
            if not proof.used:
                await _do(session, sender, proof, user)
                await proofs.use(session, token, proof)
            elif not _holds(proof, user):
                raise AuthError("INVALID_TOKEN")
    except IntegrityError as error:  # the address was taken meanwhile
        raise AuthError("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL") from error
    return user if proof.step == "change-email" else None


async def _do(session: AsyncSession, sender: Sender, proof: Proof, user: User) -> None:
    if user.email != proof.email:
        raise AuthError("INVALID_TOKEN")
    if proof.step == "confirm-change":
        await _mail_new_address(session, sender, proof, user)
        return
    if proof.update_to:
        await _refuse_taken(session, proof.update_to)
        user.email = proof.update_to
        await proofs.forget(session, user.id, "reset-password", "verify-email", "confirm-change")
    user.email_verified, user.updated_at = True, utc_now()
    await session.flush()
    await note_verified(session, user, sender.settings)


async def _mail_new_address(session: AsyncSession, sender: Sender, proof: Proof, user: User) -> None:
    new = proof.update_to or ""
    await _refuse_taken(session, new)
    token = await proofs.issue(session, user, "change-email", update_to=new)

    async def letter() -> EmailMessage:
        return new_address_letter(new, token, sender.callback, sender.settings)

    sender.outbox.send(letter)


def _holds(proof: Proof, user: User) -> bool:
    match proof.step:
        case "confirm-change":
            return user.email in {proof.email, proof.update_to}
        case "change-email":
            return user.email == proof.update_to
        case _:
            return user.email == proof.email and user.email_verified


async def _find(session: AsyncSession, token: str) -> Proof:
    try:
        return await proofs.find(session, token, "verify-email", "confirm-change", "change-email")
    except ExpiredProofError as error:
        raise AuthError("TOKEN_EXPIRED") from error
    except UnknownProofError as error:
        raise AuthError("INVALID_TOKEN") from error


async def _is_taken(session: AsyncSession, email: str) -> bool:
    return await session.scalar(select(User.id).where(User.email == email)) is not None


async def _refuse_taken(session: AsyncSession, email: str) -> None:
    if await _is_taken(session, email):
        raise AuthError("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL")

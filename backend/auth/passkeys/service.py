"""Passkeys made, used, renamed and removed. The library checks what an authenticator signed (py_webauthn)."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeVar

import structlog
import webauthn
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    CredentialDeviceType,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRequestOptions,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.auth import service
from backend.auth.errors import AuthError
from backend.auth.limits import consume, passkey_limit
from backend.auth.models import Passkey, Session, User
from backend.auth.passkeys import ceremony
from backend.auth.passkeys.ceremony import Page
from backend.auth.service import Client
from backend.keys import derived_key
from backend.session import Database

log = structlog.get_logger()
MOST = 20
_NAME = "Todo Chatbot"
_MILLISECONDS = int(ceremony.LIFETIME.total_seconds() * 1000)
_UNKNOWN = "This passkey is not known here; it may have been removed. Sign in another way."
Verified = TypeVar("Verified")


@dataclass(frozen=True)
class Wish:
    """How the passkey to be made is named, and whether it is this device's (``platform``) or one that is plugged in."""

    name: str | None = None
    attachment: str | None = None


async def begin_registration(
    database: Database, user: User, page: Page, *, wish: Wish, secret: str
) -> tuple[PublicKeyCredentialCreationOptions, str]:
    """What a browser makes a passkey by, and the token of the cookie. Raises AuthError after the twentieth passkey."""
    async with database.write() as session:
        known = await list_of(session, user.id)
        if len(known) >= MOST:
            raise AuthError("TOO_MANY_PASSKEYS", f"There are {MOST} passkeys already. Remove one first.")
        options = webauthn.generate_registration_options(
            rp_id=page.host,
            rp_name=_NAME,
            user_id=_handle(user.id, secret),
            user_name=wish.name or user.email,
            user_display_name=user.name or user.email,
            timeout=_MILLISECONDS,
            exclude_credentials=[_descriptor(passkey) for passkey in known],
            authenticator_selection=AuthenticatorSelectionCriteria(
                authenticator_attachment=AuthenticatorAttachment(wish.attachment) if wish.attachment else None,
                # Kept by the authenticator, so that it signs in without an address; and behind its own lock.
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
        token = await ceremony.begin(session, "registration", options.challenge, user_id=user.id)
    return options, token


async def register(
    database: Database, user: User, page: Page, *, token: str | None, credential: Any, name: str | None
) -> Passkey:
    """The passkey that was made. Raises AuthError for what does not answer the challenge, and for one that is known."""
    async with database.write() as session:
        challenge = await ceremony.end(session, "registration", token, user_id=user.id)
    made = _checked(
        "FAILED_TO_VERIFY_REGISTRATION",
        lambda: webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=page.host,
            expected_origin=page.origin,
            require_user_verification=True,
        ),
    )
    passkey = Passkey(
        name=name,
        user_id=user.id,
        public_key=b64encode(made.credential_public_key).decode(),
        credential_id=bytes_to_base64url(made.credential_id),
        counter=made.sign_count,
        device_type=_DEVICES[made.credential_device_type],
        backed_up=made.credential_backed_up,
        transports=",".join(_transports_in(credential)),
        aaguid=made.aaguid,
    )
    try:
        async with database.write() as session:
            session.add(passkey)
            await session.flush()
    except IntegrityError as error:
        raise AuthError("FAILED_TO_VERIFY_REGISTRATION", "This passkey is set up already.") from error
    return passkey


async def begin_sign_in(
    database: Database, client: Client, page: Page, *, user_id: str | None
) -> tuple[PublicKeyCredentialRequestOptions, str]:
    """What a browser signs in by, and the token of the cookie. Raises TooManyAttemptsError."""
    async with database.write() as session:
        await consume(session, [passkey_limit(client.address)])
        known = await list_of(session, user_id) if user_id else []
        options = webauthn.generate_authentication_options(
            rp_id=page.host,
            timeout=_MILLISECONDS,
            allow_credentials=[_descriptor(passkey) for passkey in known] or None,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        token = await ceremony.begin(session, "authentication", options.challenge, user_id=user_id)
    return options, token


async def sign_in(
    database: Database, client: Client, page: Page, *, token: str | None, credential: dict[str, Any]
) -> tuple[Session, User]:
    """A new session of the passkey's user; no code is asked besides, since the device asked for its own lock.

    Raises AuthError for a passkey that is not known, and for a signature that is wrong.
    """
    async with database.write() as session:
        challenge = await ceremony.end(session, "authentication", token, user_id=None)
    async with database.read() as session:
        given = str(credential.get("id", ""))
        passkey = await session.scalar(select(Passkey).where(Passkey.credential_id == given))
    if passkey is None:
        raise AuthError(
            "PASSKEY_NOT_FOUND",
            "This passkey is not known here; it may have been removed.",
            status=HTTPStatus.UNAUTHORIZED,
        )
    used = _checked(
        "AUTHENTICATION_FAILED",
        lambda: webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=page.host,
            expected_origin=page.origin,
            credential_public_key=b64decode(passkey.public_key),
            credential_current_sign_count=passkey.counter,
            require_user_verification=True,
        ),
    )
    async with database.write() as session:
        await session.execute(update(Passkey).where(Passkey.id == passkey.id).values(counter=used.new_sign_count))
        user = await session.get_one(User, passkey.user_id)
        return await service.start(session, user, client, remember=True), user


async def list_of(session: AsyncSession, user_id: str) -> list[Passkey]:
    """A user's passkeys, the oldest first."""
    query = select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.created_at, Passkey.id)
    return list(await session.scalars(query))


async def rename(session: AsyncSession, user_id: str, *, passkey_id: str, name: str) -> Passkey:
    """The passkey by its new name. Raises AuthError where the user has no such passkey."""
    passkey = await session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user_id))
    if passkey is None:
        raise AuthError("PASSKEY_NOT_FOUND")
    passkey.name = name
    return passkey


async def remove(session: AsyncSession, user_id: str, *, passkey_id: str) -> None:
    """Raises AuthError where the user has no such passkey."""
    removed = delete(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user_id)
    if not (await session.execute(removed.returning(Passkey.id))).all():
        raise AuthError("PASSKEY_NOT_FOUND")


def _checked(code: str, verify: Callable[[], Verified]) -> Verified:
    """What was verified. Raises AuthError with ``code`` for what was signed wrongly or is no answer at all."""
    try:
        return verify()
    except (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        log.info("a passkey was refused", code=code, error=f"{type(error).__name__}: {error}"[:300])
        raise AuthError(code, f"{_DETAILS[code]} Try again.") from error


_DETAILS = {
    "FAILED_TO_VERIFY_REGISTRATION": "The passkey could not be checked.",
    "AUTHENTICATION_FAILED": "The passkey's signature is not right.",
}


def _handle(user_id: str, secret: str) -> bytes:
    """What authenticators know the user by: always the same, and telling nothing (WebAuthn, 14.6.1)."""
    return hmac.new(derived_key(secret, "passkey users"), user_id.encode(), sha256).digest()


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    named = [AuthenticatorTransport(name) for name in (passkey.transports or "").split(",") if name in _TRANSPORTS]
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id), transports=named or None)


_TRANSPORTS = {transport.value for transport in AuthenticatorTransport}
# As Better Auth writes them.
_DEVICES = {CredentialDeviceType.SINGLE_DEVICE: "singleDevice", CredentialDeviceType.MULTI_DEVICE: "multiDevice"}


def _transports_in(credential: Any) -> list[str]:
    """Those that the browser names and that are known."""
    response = credential.get("response") if isinstance(credential, dict) else None
    named = response.get("transports") if isinstance(response, dict) else None
    return [name for name in named if isinstance(name, str) and name in _TRANSPORTS] if isinstance(named, list) else []

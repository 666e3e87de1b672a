"""A sign-in whose password was right and whose code is awaited, and the check of a code, also of a first one."""

import json
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import proofs, service
from backend.auth.errors import AuthError, TooManyAttemptsError
from backend.auth.factor import codes
from backend.auth.factor.service import find, seal, switch, unseal
from backend.auth.limits import Limit, consume, forget
from backend.auth.models import Session, TwoFactor, User
from backend.auth.service import Client
from backend.session import Database

LIFETIME = timedelta(minutes=10)
TRUST_LIFETIME = timedelta(days=30)
_TRIES = 5  # with one sign-in; then the password is asked again


@dataclass(frozen=True)
class Asking:
    """Who shows a code: either signed in (``live``) or with the token of a sign-in that waits for it.

    ``secret`` is the server's; ``remember`` is what was wanted at sign-in.
    """

    database: Database
    client: Client
    secret: str
    live: tuple[Session, User] | None = None
    token: str | None = None
    remember: bool = True


@dataclass(frozen=True)
class Passed:
    """A code that was right: the session from now on, ``fresh`` where the cookie must follow; ``trust`` is a token."""

    session: Session
    user: User
    fresh: bool = False
    trust: str | None = None


async def begin(session: AsyncSession, user: User) -> str:
    """The token of a sign-in that waits for its code, for ten minutes."""
    return await proofs.issue(session, user, "two-factor", lifetime=LIFETIME)


async def renew_trust(session: AsyncSession, user: User, token: str | None) -> str | None:
    """A new token in place of the one by which this browser is trusted; None where it is not."""
    if not token:
        return None
    try:
        proof = await proofs.find(session, token, "trust-device")
    except (proofs.UnknownProofError, proofs.ExpiredProofError):
        return None
    if proof.user_id != user.id:
        return None
    await proofs.spend(session, token, "trust-device")
    return await proofs.issue(session, user, "trust-device", lifetime=TRUST_LIFETIME)


async def verify_app_code(asking: Asking, code: str, *, trust: bool) -> Passed:
    """Let a code of the app in, each at most once; the first one turns the second factor on.

    Raises AuthError INVALID_CODE, INVALID_TWO_FACTOR_COOKIE, TOTP_NOT_ENABLED, and for too many tries.
    """
    return await _verify(asking, code, _APP, trust=trust)


async def verify_recovery_code(asking: Asking, code: str, *, trust: bool) -> Passed:
    """Let a recovery code in, which is spent by it. Raises AuthError as `verify_app_code`, by its own codes."""
    return await _verify(asking, code, _RECOVERY, trust=trust)


async def _verify(asking: Asking, code: str, kind: "_Kind", *, trust: bool) -> Passed:
    user_id = await _user_id(asking)
    await _count(asking, user_id)
    async with asking.database.write() as session:
        factor = await find(session, user_id)
        if factor is None or not (factor.verified or (asking.live and kind.begins)):
            raise AuthError(kind.missing)
        if not await kind.spend(session, factor, code, asking.secret):
            raise AuthError(kind.wrong, kind.detail)
        await forget(session, _account_limit(user_id))
        return await _let_in(session, asking, factor, trust=trust)


async def _user_id(asking: Asking) -> str:
    """Who it is. Raises AuthError for a sign-in that is not known, or over."""
    if asking.live:
        return asking.live[1].id
    async with asking.database.read() as session:
        try:
            return (await proofs.find(session, asking.token or "", "two-factor")).user_id
        except (proofs.UnknownProofError, proofs.ExpiredProofError) as error:
            raise AuthError("INVALID_TWO_FACTOR_COOKIE") from error


async def _count(asking: Asking, user_id: str) -> None:
    """Count the try before it is made. Raises AuthError when those of the account or of this sign-in are used up."""
    try:
        async with asking.database.write() as session:
            await consume(session, [_account_limit(user_id)])
    except TooManyAttemptsError as error:
        raise AuthError("ACCOUNT_TEMPORARILY_LOCKED", error.detail) from error
    if asking.live or not asking.token:
        return
    try:
        async with asking.database.write() as session:
            await consume(session, [_sign_in_limit(asking.token)])
    except TooManyAttemptsError as error:
        async with asking.database.write() as session:
            await proofs.spend(session, asking.token, "two-factor")
        raise AuthError("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", "Too many attempts. Sign in again.") from error


async def _let_in(session: AsyncSession, asking: Asking, factor: TwoFactor, *, trust: bool) -> Passed:
    if asking.live:
        here, user = asking.live
        if factor.verified:
            return Passed(here, user)
        factor.verified = True
        return Passed(await switch(session, here, user, asking.client, on=True), user, fresh=True)
    user_id = await proofs.spend(session, asking.token or "", "two-factor")
    found = await session.get(User, user_id) if user_id else None
    if found is None:
        raise AuthError("INVALID_TWO_FACTOR_COOKIE")
    started = await service.start(session, found, asking.client, remember=asking.remember)
    passed = Passed(started, found, fresh=True)
    if not trust:
        return passed
    return replace(passed, trust=await proofs.issue(session, found, "trust-device", lifetime=TRUST_LIFETIME))


async def _spend_step(session: AsyncSession, factor: TwoFactor, code: str, secret: str) -> bool:
    step = codes.matching_step(unseal(factor.secret, secret), code, seconds=time.time())
    if step is None:
        return False
    unused = or_(TwoFactor.used_step.is_(None), TwoFactor.used_step < step)
    spent = update(TwoFactor).where(TwoFactor.id == factor.id, unused).values(used_step=step)
    return bool((await session.execute(spent.returning(TwoFactor.id))).all())


async def _spend_recovery_code(session: AsyncSession, factor: TwoFactor, code: str, secret: str) -> bool:
    left = codes.without(json.loads(unseal(factor.backup_codes, secret)), code)
    if left is None:
        return False
    unchanged = (TwoFactor.id == factor.id, TwoFactor.backup_codes == factor.backup_codes)
    spent = update(TwoFactor).where(*unchanged).values(backup_codes=seal(json.dumps(left), secret))
    return bool((await session.execute(spent.returning(TwoFactor.id))).all())


@dataclass(frozen=True)
class _Kind:
    """A kind of code: how one is spent, whether it can be the first one, and what is answered."""

    spend: Callable[[AsyncSession, TwoFactor, str, str], Coroutine[Any, Any, bool]]
    begins: bool
    missing: str
    wrong: str
    detail: str


_APP = _Kind(
    spend=_spend_step,
    begins=True,
    missing="TOTP_NOT_ENABLED",
    wrong="INVALID_CODE",
    detail="This code is wrong, over, or used already. Type the one that the app shows now.",
)
_RECOVERY = _Kind(
    spend=_spend_recovery_code,
    begins=False,
    missing="BACKUP_CODES_NOT_ENABLED",
    wrong="INVALID_BACKUP_CODE",
    detail="This is no recovery code, or one that was used already.",
)


def _account_limit(user_id: str) -> Limit:
    """Ten wrong codes an account, over whatever sign-ins (NIST SP 800-63B, 5.2.2)."""
    return Limit(key=f"{user_id}|/two-factor", attempts=10, seconds=900)


def _sign_in_limit(token: str) -> Limit:
    digest = sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return Limit(key=f"{digest}|/two-factor", attempts=_TRIES, seconds=int(LIFETIME.total_seconds()))

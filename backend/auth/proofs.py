"""Proofs: random tokens that were mailed, or that a browser keeps in a cookie. Of a token only its digest is kept, in
Better Auth's table."""

import json
import secrets
import string
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Literal, get_args

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.models import User, Verification
from backend.models import utc_now

Step = Literal["reset-password", "verify-email", "confirm-change", "change-email", "two-factor", "trust-device"]
LIFETIME = timedelta(hours=1)
# How long a token that is over is still known as one that was.
_REMEMBERED = timedelta(days=1)
_ALPHABET = string.ascii_letters + string.digits
_LENGTH = 32


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a token does: ``step`` for a user whose address was ``email``; ``update_to`` is the address to come."""

    step: Step
    user_id: str
    email: str
    update_to: str | None = None
    used: bool = False


class UnknownProofError(Exception):
    """No token that was made here, or one that was used up."""


class ExpiredProofError(Exception):
    """A token whose hour is over."""


async def issue(
    session: AsyncSession, user: User, step: Step, *, update_to: str | None = None, lifetime: timedelta = LIFETIME
) -> str:
    """A new token, good for one use within its lifetime. Earlier ones stay good: mails overtake each other."""
    await session.execute(delete(Verification).where(Verification.expires_at < utc_now() - _REMEMBERED))
    token = new_token()
    proof = Proof(step=step, user_id=user.id, email=user.email, update_to=update_to)
    value, expires_at = _written(proof), utc_now() + lifetime
    session.add(Verification(identifier=_identifier(step, token), value=value, expires_at=expires_at))
    await session.flush()
    return token


def new_token() -> str:
    """190 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


async def find(session: AsyncSession, token: str, *steps: Step) -> Proof:
    """What the token is for, used or not. Raises UnknownProofError or ExpiredProofError."""
    identifiers = [_identifier(step, token) for step in steps]
    query = select(Verification).where(Verification.identifier.in_(identifiers)).with_for_update()
    row = (await session.scalars(query)).one_or_none()
    if row is None:
        raise UnknownProofError
    if row.expires_at <= utc_now():
        raise ExpiredProofError
    return _read(row.value)


async def use(session: AsyncSession, token: str, proof: Proof) -> None:
    """Note, in the transaction of what it does, that the token was used."""
    values = {"value": _written(Proof(**{**asdict(proof), "used": True}))}
    where = Verification.identifier == _identifier(proof.step, token)
    await session.execute(update(Verification).where(where).values(**values))


async def spend(session: AsyncSession, token: str, step: Step) -> str | None:
    """The id of the user whose token it is, which from now on is none; None for one that is unknown, spent or over."""
    spent = delete(Verification).where(Verification.identifier == _identifier(step, token))
    row = (await session.execute(spent.returning(Verification.value, Verification.expires_at))).one_or_none()
    return _read(row.value).user_id if row and row.expires_at > utc_now() else None


async def forget_all(session: AsyncSession, user_id: str) -> None:
    """End what an old password has opened: links to a new password or address, half-done sign-ins, trusted devices."""
    await forget(session, user_id, *set(get_args(Step)) - {"verify-email"})


async def forget_user(session: AsyncSession, user_id: str) -> None:
    """End every link of a user who goes."""
    await forget(session, user_id, *get_args(Step))


async def forget(session: AsyncSession, user_id: str, *steps: Step) -> None:
    """End the user's tokens for these steps: what they were mailed for has changed since."""
    for step in steps:
        of_step = Verification.identifier.startswith(f"{step}:", autoescape=True)
        await session.execute(
            delete(Verification).where(of_step, Verification.value.startswith(_of(user_id), autoescape=True))
        )


def _identifier(step: Step, token: str) -> str:
    return f"{step}:{sha256(token.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _of(user_id: str) -> str:
    return f"{user_id} "


def _written(proof: Proof) -> str:
    """The user's id, by which `forget` finds the row, and what else there is to know."""
    return _of(proof.user_id) + json.dumps(asdict(proof))


def _read(value: str) -> Proof:
    return Proof(**json.loads(value[value.index("{") :]))

"""Codes: those of an authenticator app (TOTP, RFC 6238) and those to recover with. Pure."""

import hmac
import secrets
from unicodedata import decimal, normalize

import pyotp

PERIOD = 30
_DIGITS = 6
_CLOCKS_DIFFER = 1  # how many steps a phone's clock may be off, either way
# Without what is read as another: 0 and o, 1 and l and i.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_HALF = 5
_AMOUNT = 10


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 recommends."""
    return pyotp.random_base32()


def app_uri(secret: str, *, email: str, issuer: str) -> str:
    """What the QR code says: ``otpauth://totp/…``, as Google Authenticator's key URI format has it."""
    return pyotp.TOTP(secret, digits=_DIGITS, interval=PERIOD).provisioning_uri(name=email, issuer_name=issuer)


def matching_step(secret: str, code: str, *, seconds: float) -> int | None:
    """The step (of 30 seconds, since 1970) whose code it is, at most one from that of ``seconds``; None for none."""
    given = _digits(code)
    now = int(seconds) // PERIOD
    app = pyotp.TOTP(secret, digits=_DIGITS, interval=PERIOD)
    steps = range(now - _CLOCKS_DIFFER, now + _CLOCKS_DIFFER + 1)
    found = [step for step in steps if hmac.compare_digest(app.generate_otp(step).encode(), given.encode())]
    return found[-1] if found else None


def new_recovery_codes() -> list[str]:
    """Ten codes of 49 random bits each, in two halves."""
    return [f"{_half()}-{_half()}" for _ in range(_AMOUNT)]


def without(codes: list[str], given: str) -> list[str] | None:
    """The codes that are left when this one is spent; None where it is none of them. Case and blanks do not matter."""
    wanted = _plain(given).encode()
    kept = [code for code in codes if not hmac.compare_digest(_plain(code).encode(), wanted)]
    return kept if len(kept) < len(codes) else None


def _half() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_HALF))


def _digits(code: str) -> str:
    """The digits of any script, without the blanks and dashes that apps show between them."""
    return "".join(str(decimal(sign, sign)) for sign in _plain(code))


def _plain(code: str) -> str:
    return "".join(sign for sign in normalize("NFKC", code).casefold() if sign.isalnum())

"""The mails about an account. Their links begin with the page's set address, never with a host that a request names."""

from email.message import EmailMessage
from urllib.parse import quote, urlencode

from backend.mail.letter import Part, plain_mail
from backend.models import new_id
from backend.settings import Settings

_HOUR = "The link works for an hour, and once."


def reset_letter(email: str, token: str, callback: str | None, settings: Settings) -> EmailMessage:
    """Somebody forgot a password."""
    url = f"{settings.page_url}/api/auth/reset-password/{token}" + _query(callbackURL=callback)
    lines = [
        "Choose a new password",
        f"Somebody asked for a new password for {email}. {_HOUR}",
        "If it was not you, there is nothing to do: the password stays as it is.",
    ]
    return _letter(email, lines, Part("Choose a new password", url), settings)


def verification_letter(email: str, token: str, callback: str | None, settings: Settings) -> EmailMessage:
    """Is this address the user's?"""
    lines = [
        "Confirm your address",
        f"Somebody gave {email} as the address of a todo list. {_HOUR}",
        "If it was not you, there is nothing to do: nothing will come to this address.",
    ]
    return _letter(email, lines, Part("Confirm this address", _verification(token, callback, settings)), settings)


def change_letter(email: str, to: str, token: str, callback: str | None, settings: Settings) -> EmailMessage:
    """To the address that the user has: shall it be another?"""
    lines = [
        "Change your address?",
        f"Somebody asked to change the address of your account from {email} to {to}. {_HOUR}",
        "If it was not you, change your password: somebody else is signed in as you.",
    ]
    return _letter(email, lines, Part("Yes, change it", _verification(token, callback, settings)), settings)


def new_address_letter(to: str, token: str, callback: str | None, settings: Settings) -> EmailMessage:
    """To the address that is to come: is it the user's?"""
    lines = [
        "Confirm your new address",
        f"Somebody wants {to} to be the address of their todo list. {_HOUR}",
        "If it was not you, there is nothing to do: nothing will come to this address.",
    ]
    return _letter(to, lines, Part("Confirm this address", _verification(token, callback, settings)), settings)


def _verification(token: str, callback: str | None, settings: Settings) -> str:
    return f"{settings.page_url}/api/auth/verify-email" + _query(token=token, callbackURL=callback or "/")


def _query(**values: str | None) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given, quote_via=quote, safe='')}" if given else ""


def _letter(to: str, lines: list[str], button: Part, settings: Settings) -> EmailMessage:
    return plain_mail(
        to=to, subject=lines[0], lines=lines, buttons=[button], foot=None, mail_id=new_id(), settings=settings
    )

"""A mail of a few lines and buttons: text and HTML alike, its headers made of plain words alone."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from backend.settings import Settings

_LONGEST_SUBJECT = 150
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True)
class Part:
    """A button of a mail: what it says and where it leads."""

    title: str
    url: str


def plain_mail(
    *, to: str, subject: str, lines: list[str], buttons: list[Part], foot: Part | None, mail_id: str, settings: Settings
) -> EmailMessage:
    """A mail of these lines and buttons. ``to`` is an address that was checked; a line's controls become blanks."""
    name, sender = settings.sender
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=clean(name), addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = clean(subject)[:_LONGEST_SUBJECT] or "Reminder"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{_message_id(mail_id)}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answer
    cleaned = [clean(line) for line in lines]
    mail.set_content(_text(cleaned, buttons, foot))
    mail.add_alternative(_html(cleaned, buttons, foot), subtype="html")
    return mail


def clean(text: str) -> str:
    """One line without controls and marks that turn the direction; half characters become question marks."""
    encodable = text.encode("utf-8", "replace").decode()
    return " ".join(_UNSEEN.sub(" ", encodable).split())


def _message_id(mail_id: str) -> str:
    return mail_id if _PLAIN_ID.fullmatch(mail_id) else hashlib.sha256(mail_id.encode()).hexdigest()


def _text(lines: list[str], buttons: list[Part], foot: Part | None) -> str:
    links = [f"{button.title}: {button.url}" for button in buttons]
    end = ["", "-- ", f"{foot.title}: {foot.url}"] if foot else []
    return "\n".join([*lines, "", *links, *end]) + "\n"


def _html(lines: list[str], buttons: list[Part], foot: Part | None) -> str:
    heading, *rest = lines
    paragraphs = "".join(f'<p style="margin:0 0 8px">{escape(line)}</p>' for line in rest if line)
    links = "".join(_button(button, first=place == 0) for place, button in enumerate(buttons))
    end = (
        f'<p style="margin:24px 0 0;font-size:13px"><a href="{escape(foot.url)}" style="color:#5b616b">'
        f"{escape(foot.title)}</a></p>"
        if foot
        else ""
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(heading)}</title></head>"
        '<body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5">'
        f'<h1 style="margin:0 0 12px;font-size:20px">{escape(heading)}</h1>{paragraphs}'
        f'<p style="margin:20px 0 0">{links}</p>{end}</body></html>\n'
    )


def _button(button: Part, *, first: bool) -> str:
    colours = "background:#1f5fbf;color:#ffffff" if first else "background:#e8edf5;color:#1d2733"
    style = (
        f"display:inline-block;margin:0 8px 8px 0;padding:10px 16px;border-radius:8px;text-decoration:none;{colours}"
    )
    return f'<a href="{escape(button.url)}" style="{style}">{escape(button.title)}</a>'

"""The mail server: one mail, one connection, within a time; each refusal told as one for good or one for now."""

import asyncio
import re
import ssl
from email.message import EmailMessage

import aiosmtplib

from backend.destinations import SmtpServer
from backend.settings import Settings

# The recipient's fault, by RFC 5321's codes; 550 also says "I do not relay for you", which RFC 3463's 5.7 tells apart.
_NO_SUCH_BOX = {550, 551, 553, 556}
_POLICY = re.compile(r"\b5\.7\.\d+\b|relay", re.IGNORECASE)


class BoxRefusedError(Exception):
    """The recipient's box will never take a mail."""


class MailUnavailableError(Exception):
    """The mail was not taken this time."""


async def deliver(mail: EmailMessage, settings: Settings) -> None:
    """Hand the mail to the server.

    Raises BoxRefusedError where the recipient's box is refused for good, MailUnavailableError for all else: no answer
    in time, a lost connection, greylisting (4xx), a server that is set up wrongly.
    """
    server = settings.smtp
    if server is None:
        raise MailUnavailableError("No mail server is set up; the administrator sets SMTP_URL.")
    try:
        async with asyncio.timeout(settings.smtp_seconds):
            await _deliver(mail, server, settings.smtp_seconds)
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _of_recipient(error.recipients[0]) from error
    except aiosmtplib.SMTPResponseException as error:
        raise MailUnavailableError(f"The mail server answered {error.code} {_line(error.message)}") from error
    except TimeoutError as error:
        seconds = f"{settings.smtp_seconds:g} seconds"
        raise MailUnavailableError(f"The mail server did not answer within {seconds}.") from error
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise MailUnavailableError(
            f"The mail server cannot be used: {_line(str(error)) or type(error).__name__}"
        ) from error


async def _deliver(mail: EmailMessage, server: SmtpServer, seconds: float) -> None:
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        use_tls=server.encryption == "tls",
        start_tls={"required": True, "auto": None}.get(server.encryption, False),
        tls_context=_context(server),
        timeout=seconds,
    )
    try:
        await client.connect()
        await client.send_message(mail)
    finally:
        client.close()  # without QUIT: what the server says after it took the mail changes nothing


def _context(server: SmtpServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not server.checks_certificate:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _of_recipient(error: aiosmtplib.SMTPRecipientRefused) -> Exception:
    reason = f"The mail server answered {error.code} {_line(error.message)}"
    if error.code in _NO_SUCH_BOX and not _POLICY.search(error.message):
        return BoxRefusedError(reason)
    return MailUnavailableError(reason)


def _line(text: str) -> str:
    return " ".join(text.split())[:200]

"""A notice as a mail, its links signed."""

from email.message import EmailMessage

from backend.mail.letter import Part, plain_mail
from backend.mail.smtp import BoxRefusedError, MailUnavailableError, deliver
from backend.reminders.channels.actions import action_tokens, unsubscribe_token
from backend.reminders.channels.notice import Notice, RefusedError, UnavailableError
from backend.settings import Settings

_BUTTONS = {"done": "Done", "snooze10": "In 10 minutes", "tomorrow": "Tomorrow"}


async def send_mail(notice: Notice, *, to: str, channel_id: str, settings: Settings) -> None:
    """Mail the notice. Raises RefusedError or UnavailableError."""
    try:
        await deliver(reminder_mail(notice, to=to, channel_id=channel_id, settings=settings), settings)
    except BoxRefusedError as error:
        raise RefusedError(str(error)) from error
    except MailUnavailableError as error:
        raise UnavailableError(str(error)) from error


def reminder_mail(notice: Notice, *, to: str, channel_id: str, settings: Settings) -> EmailMessage:
    """The mail of a notice: Message-ID from its id, so that a repeat is known as one; List-Unsubscribe by RFC 8058."""
    buttons = [
        Part(_BUTTONS[action], f"{settings.page_url}/api/reminders/act?token={token}")
        for action, _title, token in action_tokens(notice, settings.secret)
    ]
    token = unsubscribe_token(notice, channel_id, settings.secret)
    off = f"{settings.page_url}/api/reminders/act/unsubscribe?token={token}"
    mail = plain_mail(
        to=to,
        subject=notice.title,
        lines=[notice.title, *notice.body.splitlines()],
        buttons=[*buttons, Part("Open the list", settings.page_url)],
        foot=Part("Send me no more mails like this", off),
        mail_id=notice.id,
        settings=settings,
    )
    mail["List-Unsubscribe"] = f"<{off}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail

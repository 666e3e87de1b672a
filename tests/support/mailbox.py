"""A mail server of the tests' own: it keeps what it takes, and refuses, stalls or lies as it is told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.servers import free_port


@dataclass
class Mailbox:
    """``at_recipient`` and ``at_data`` are the lines it answers with; ``silence`` is how long it waits, in seconds."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    at_recipient: str | None = None
    at_data: str | None = None
    silence: float = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def take(self) -> EmailMessage:
        """The one mail that came; it is forgotten."""
        assert len(self.mails) == 1, [mail["Subject"] for mail in self.mails]
        return self.mails.pop()

    def reset(self) -> None:
        self.mails.clear()
        self.at_recipient = self.at_data = None
        self.silence = 0

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        await asyncio.sleep(self.silence)
        if self.at_recipient:
            return self.at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_data:
            return self.at_data
        mail = message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server until the block ends."""
    box = Mailbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def links(mail: EmailMessage) -> dict[str, str]:
    """The links of the mail's text, by what stands before them."""
    body = mail.get_body(("plain",))
    assert body is not None
    lines = body.get_content().splitlines()
    return dict(line.split(": ", 1) for line in lines if ": http" in line)

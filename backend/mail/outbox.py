"""Mails that nobody waits for: made and sent beside the request, and again while the server does not take them."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import structlog

from backend.errors import UnavailableError
from backend.mail.smtp import BoxRefusedError, MailUnavailableError, deliver
from backend.settings import Settings

log = structlog.get_logger()
# Greylisting wants a few minutes of patience. A link in such a mail lives for an hour.
PAUSES = (5.0, 60.0, 300.0, 600.0, 900.0)
MOST = 200
AT_ONCE = 4
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+")

Letter = Callable[[], Awaitable[EmailMessage | None]]


class Outbox:
    """The mails of one process that are on their way; they end with it."""

    def __init__(self, settings: Settings, *, pauses: tuple[float, ...] = PAUSES) -> None:
        self._settings = settings
        self._pauses = pauses
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)

    def send(self, letter: Letter) -> None:
        """Make the mail and send it, without being waited for; ``letter`` gives None where there is none to send.

        Raises UnavailableError where too many wait, as while the mail server is down.
        """
        if len(self._tasks) >= MOST:
            raise UnavailableError("Too many mails wait to be sent. Try again later.", headers={"Retry-After": "600"})
        task = asyncio.create_task(self._send(letter))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until all are sent or given up."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Give up what is not sent yet."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send(self, letter: Letter) -> None:
        try:
            async with self._turns:
                mail = await letter()
            if mail is not None:
                await self._deliver(mail)
        except (BoxRefusedError, MailUnavailableError) as error:
            log.error("a mail was given up", reason=_without_addresses(error))
        except Exception:  # nobody waits for this task: what fails here is seen in the log alone
            log.exception("a mail was not sent")

    async def _deliver(self, mail: EmailMessage) -> None:
        for pause in self._pauses:
            try:
                return await self._hand_over(mail)
            except MailUnavailableError as error:
                log.warning("a mail is tried again", seconds=pause, reason=_without_addresses(error))
            await asyncio.sleep(pause)
        return await self._hand_over(mail)

    async def _hand_over(self, mail: EmailMessage) -> None:
        async with self._turns:
            await deliver(mail, self._settings)


def _without_addresses(error: Exception) -> str:
    return _ADDRESS.sub("(an address)", str(error))

"""What mails about an account are sent with, and for whom."""

from dataclasses import dataclass

from backend.auth.limits import consume, mail_limits
from backend.auth.service import Client
from backend.mail.outbox import Outbox
from backend.session import Database
from backend.settings import Settings


@dataclass(frozen=True)
class Sender:
    """``client`` is who asked for the mail; ``callback`` is where its link leads in the end, a checked address."""

    database: Database
    outbox: Outbox
    settings: Settings
    client: Client
    callback: str | None = None

    async def count(self, email: str) -> None:
        """Count one mail about this address. Raises TooManyAttemptsError after too many."""
        async with self.database.write() as session:
            await consume(session, mail_limits(email, self.client.address))

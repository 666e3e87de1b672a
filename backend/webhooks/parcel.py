"""A delivery on its way."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A claimed delivery, with what it takes to send it. ``beside`` is how many may go to its webhook at once."""

    row_id: str
    user_id: str
    webhook_id: str
    event_id: str
    event: str
    body: str
    attempt: int
    queued_at: datetime
    beside: int
    address: str
    signing: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.event} {self.row_id}"  # what a log may hold

"""What a channel is given to tell, and how it says that it could not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

NoticeKind = Literal["reminder", "digest", "summary", "test"]


@dataclass(frozen=True)
class Notice:
    """What is to be told, the same for every channel.

    ``id`` folds repeats: it is the push service's Topic, the notification's tag and the mail's Message-ID. ``due_at``
    is in UTC; ``zone`` is the IANA zone that times are shown in. ``late`` is how long after ``due_at`` it comes.
    """

    id: str
    user_id: str
    kind: NoticeKind
    title: str
    body: str
    task_id: str | None
    task_number: int | None
    due_at: datetime
    late: timedelta | None
    urgent: bool
    zone: str


class RefusedError(Exception):
    """The channel will never take a notice again (410, 550, a bad address): shut it off, and tell the user why.

    ``status`` is what an HTTP receiver answered, where one did.
    """

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


class UnavailableError(Exception):
    """The notice was not taken this time: send it again, not before ``after`` where the receiver said so."""

    def __init__(self, reason: str, *, after: timedelta | None = None, status: int | None = None) -> None:
        super().__init__(reason)
        self.after = after
        self.status = status


Refused = RefusedError
Unavailable = UnavailableError

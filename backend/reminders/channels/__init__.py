"""The channels that reach a user with the page closed, behind one call."""

from backend.reminders.channels.dispatch import note_failure, note_sent, open_channels, send, shut_off
from backend.reminders.channels.notice import (
    Notice,
    Refused,
    RefusedError,
    Unavailable,
    UnavailableError,
)

__all__ = [
    "Notice",
    "Refused",
    "RefusedError",
    "Unavailable",
    "UnavailableError",
    "note_failure",
    "note_sent",
    "open_channels",
    "send",
    "shut_off",
]

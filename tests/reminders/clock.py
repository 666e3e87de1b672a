"""Time as a test wants it, for the whole backend: nothing is slept."""

from datetime import UTC, datetime, timedelta

import pytest

MODULES = ("plans", "service", "settings", "page")


class Clock:
    """The present instant, which stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def installed(monkeypatch: pytest.MonkeyPatch, now: str) -> Clock:
    """A clock that stands at ``now`` (UTC), seen by tasks and reminders alike."""
    clock = Clock(datetime.fromisoformat(now).replace(tzinfo=UTC))
    for name in MODULES:
        monkeypatch.setattr(f"backend.reminders.{name}.utc_now", clock)
    monkeypatch.setattr("backend.tasks.service.utc_now", clock)
    return clock


__all__ = ["Clock", "installed"]

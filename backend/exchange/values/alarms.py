"""Reminders as other programs write them: RFC 5545 triggers and lengths of time before the due."""

import re
from datetime import timedelta
from typing import Any

from backend.reminders.values import read_duration

_TRIGGER = re.compile(
    r"(-|\+)?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?", re.ASCII
)


def before_due(trigger: str) -> dict[str, Any] | None:
    """The reminder of ``-PT30M``, ``PT0S`` or TickTick's ``TRIGGER:P0DT9H0M0S``; None for one after the due time."""
    match = _TRIGGER.fullmatch(trigger.strip().upper().removeprefix("TRIGGER:"))
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if span and match[1] != "-":
        return None
    return reminder_before(span)


def reminder_before(span: timedelta) -> dict[str, Any] | None:
    """The reminder so long before the due time, in whole minutes; None for one that is too early for this list."""
    minutes = int(span.total_seconds() // 60)
    days, minutes = (minutes // 1440, 0) if minutes % 1440 == 0 else (0, minutes)
    text = f"P{days}D" if days else f"PT{minutes}M" if minutes else "PT0S"
    try:
        read_duration(text)
    except ValueError:
        return None
    return {"before": text}

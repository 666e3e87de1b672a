"""The reminder settings in words: what was set, and what was put back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.assistant.reply.dates import say_due_briefly

Values = Mapping[str, Any]
_SAID_WITH_ANOTHER = {"quiet_to", "digest_at"}


def say_settings(values: Values, *, today: date) -> str:
    """ "no reminders until Mon 30 Nov, 08:00, quiet hours from 22:00 to 07:00"."""
    said = [_say_setting(name, values, today=today) for name in values if name not in _SAID_WITH_ANOTHER]
    if "digest_at" in values and "digest_on" not in values:
        said.append(f"the daily digest comes at {values['digest_at']}")
    return ", ".join(said)


def say_settings_back(changed: Values, now: Values | None, *, today: date, lead: str = "Undone") -> str:
    """ "Undone: reminders go on."; empty where none was put back. ``now`` are all, ``changed`` those put back."""
    if now is None:
        return ""
    names = set(changed) | ({"quiet_from", "quiet_to"} if {"quiet_from", "quiet_to"} & set(changed) else set())
    return f"{lead}: {say_settings({name: now[name] for name in sorted(names)}, today=today)}."


def _say_setting(name: str, values: Values, *, today: date) -> str:
    value = values[name]
    if name == "default":
        return f"{len(value)} default reminder{'s' if len(value) != 1 else ''}" if value else "no default reminders"
    if name == "paused_until":
        return f"no reminders until {say_due_briefly(value, today=today)}" if value else "reminders go on"
    if name == "quiet_from":
        return f"quiet hours from {value} to {values['quiet_to']}" if value else "no quiet hours"
    if name == "digest_on":
        at = f" at {values['digest_at']}" if values.get("digest_at") else ""
        return f"a daily digest{at}" if value else "no daily digest"
    return "a sound on the page" if value else "no sound on the page"

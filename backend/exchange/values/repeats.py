"""Repetitions as other programs write them, as RRULE values that this list follows."""

import re
from functools import lru_cache

from backend.tasks.rules import normalise, parse

_UNITS = {
    "minute": "MINUTELY", "min": "MINUTELY", "hour": "HOURLY", "h": "HOURLY", "day": "DAILY", "d": "DAILY",
    "week": "WEEKLY", "wk": "WEEKLY", "w": "WEEKLY", "month": "MONTHLY", "mth": "MONTHLY", "mo": "MONTHLY",
    "m": "MONTHLY", "year": "YEARLY", "yr": "YEARLY", "y": "YEARLY",
}  # fmt: skip
_NAMES = {
    "hourly": "FREQ=HOURLY", "daily": "FREQ=DAILY", "day": "FREQ=DAILY", "weekly": "FREQ=WEEKLY",
    "sennight": "FREQ=WEEKLY", "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "biweekly": "FREQ=WEEKLY;INTERVAL=2",
    "fortnight": "FREQ=WEEKLY;INTERVAL=2", "fortnightly": "FREQ=WEEKLY;INTERVAL=2", "monthly": "FREQ=MONTHLY",
    "bimonthly": "FREQ=MONTHLY;INTERVAL=2", "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "semiannual": "FREQ=MONTHLY;INTERVAL=6", "annual": "FREQ=YEARLY", "annually": "FREQ=YEARLY",
    "yearly": "FREQ=YEARLY", "biannual": "FREQ=YEARLY;INTERVAL=2", "biyearly": "FREQ=YEARLY;INTERVAL=2",
    "business": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
}  # fmt: skip
_SPAN = re.compile(r"(\d{1,4})?\s*([a-z]+)", re.ASCII)
_ISO_SPAN = re.compile(r"p(?:(\d{1,4})(y|m|w|d)|t(\d{1,4})(h|m))", re.ASCII)
_PARTS = frozenset(
    [
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYDAY",
        "BYSETPOS",
        "BYHOUR",
        "BYMINUTE",
        "WKST",
    ]
)
_SECONDS = ((86_400 * 7, "WEEKLY"), (86_400, "DAILY"), (3_600, "HOURLY"), (60, "MINUTELY"))


def every(amount: int, frequency: str) -> str:
    return f"FREQ={frequency}" + (f";INTERVAL={amount}" if amount != 1 else "")


@lru_cache(maxsize=4096)
def read_rule(text: str) -> tuple[str, list[str]]:
    """An RRULE that this list follows, and the parts of it that were left away: those of one exporter alone.

    Raises ValueError, with what is wrong, for one that it does not follow.
    """
    parts = [part for part in normalise(text.strip())[:2000].split(";") if part]
    known = [part for part in parts if part.partition("=")[0] in _PARTS]
    foreign = [part for part in parts if part.partition("=")[0] not in _PARTS]
    if any(not _is_private(part) for part in foreign):
        known = parts
        foreign = []
    rule = normalise(";".join(known))
    parse(rule)
    return rule, foreign


def _is_private(part: str) -> bool:
    """``X-`` parts, and those that TickTick and Tasks.org put into a rule."""
    return part.startswith(("X-", "TT_", "FROM="))


def read_span(text: str) -> str | None:
    """An RRULE of a name or a length of time: ``weekly``, ``2weeks``, ``3d``, ``P1M``. None for what is neither."""
    said = text.strip().lower().lstrip("+")
    if said in _NAMES:
        return _NAMES[said]
    if match := _ISO_SPAN.fullmatch(said):
        days, unit, clock, clock_unit = match.groups()
        return _checked(int(days or clock), _UNITS[unit] if days else {"h": "HOURLY", "m": "MINUTELY"}[clock_unit])
    match = _SPAN.fullmatch(said)
    if match is None:
        return None
    amount, name = int(match[1] or 1), match[2]
    if name in {"b", "bd"}:
        return _NAMES["business"] if amount == 1 else None
    if name in {"q", "qtr", "qtrs", "quarter", "quarters"}:
        return _checked(3 * amount, "MONTHLY")
    frequency = _UNITS.get(name) or _UNITS.get(name.removesuffix("s"))
    return _checked(amount, frequency) if frequency else None


def of_seconds(seconds: int) -> str | None:
    """An RRULE of so many seconds; None for none, and for what is no whole minutes."""
    for length, frequency in _SECONDS:
        if seconds > 0 and seconds % length == 0:
            return _checked(seconds // length, frequency)
    return None


def _checked(amount: int, frequency: str) -> str | None:
    try:
        return read_rule(every(amount, frequency))[0]
    except ValueError:
        return None

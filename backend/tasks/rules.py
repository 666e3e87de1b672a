"""RRULE values (RFC 5545, 3.3.10): which are accepted, and as what. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FREQUENCIES = ("MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LENGTH = 300
_BY_DAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A parsed RRULE. ``by_day`` are (ordinal or 0, weekday from Monday 0); ``until`` is as written, checked."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_set_pos: tuple[int, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def below_day(self) -> bool:
        return self.frequency in {"MINUTELY", "HOURLY"}


def normalise(text: str) -> str:
    """The value as it is kept: upper case, without the property's name."""
    return text.strip().upper().removeprefix("RRULE:").rstrip(";")


def parse(text: str) -> Rule:
    """Raises ValueError with a sentence for what is no RRULE, or is one that this list does not follow."""
    fields: dict[str, Any] = {}
    for name, value in _parts(text).items():
        field, read = _READERS[name]
        fields[field] = read(name, value)
    rule = Rule(**fields)
    _check_together(rule)
    return rule


def until_wall(until: str) -> datetime:
    """UNTIL as written, naive; a date alone is the end of that day."""
    whole = until.rstrip("Z") if "T" in until else f"{until}T235959"
    return datetime.strptime(whole, "%Y%m%dT%H%M%S")  # noqa: DTZ007  (wall-clock time has no zone)


def _parts(text: str) -> dict[str, str]:
    if len(text) > LENGTH:
        raise ValueError(f"at most {LENGTH} characters")
    parts: dict[str, str] = {}
    for part in normalise(text).split(";"):
        name, _, value = part.partition("=")
        if name not in _READERS:
            raise ValueError(f"{name or 'an empty part'} is not a part of an RRULE that can be followed here")
        if not value or name in parts:
            raise ValueError(f"{name} must have one value")
        parts[name] = value
    if "FREQ" not in parts:
        raise ValueError("must be an RRULE such as FREQ=WEEKLY;BYDAY=MO")
    return parts


def _frequency(_name: str, value: str) -> str:
    if value not in FREQUENCIES:
        raise ValueError(f"FREQ must be one of {', '.join(FREQUENCIES)}")
    return value


def _number(low: int, high: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,5}", value, re.ASCII) or not low <= int(value) <= high:
            raise ValueError(f"{name} must be a whole number from {low} to {high}")
        if low < 0 and int(value) == 0:
            raise ValueError(f"{name} must not be 0")
        return int(value)

    return read


def _numbers(low: int, high: int) -> Callable[[str, str], tuple[int, ...]]:
    one = _number(low, high)
    return lambda name, value: tuple(sorted({one(name, item) for item in value.split(",")}))


def _days(name: str, value: str) -> tuple[tuple[int, int], ...]:
    days = set()
    for item in value.split(","):
        match = _BY_DAY.fullmatch(item)
        if match is None or abs(int(match[1] or 0)) > 53:
            raise ValueError(f"{name} must name days such as MO,TH or, with their place, 1MO or -1FR")
        days.add((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(sorted(days))


def _week_start(name: str, value: str) -> int:
    if value not in DAYS:
        raise ValueError(f"{name} must be one of {', '.join(DAYS)}")
    return DAYS.index(value)


def _until(name: str, value: str) -> str:
    try:
        if _UNTIL.fullmatch(value) and until_wall(value):
            return value
    except ValueError as error:
        raise ValueError(f"{name}={value} is not a day and time of the calendar") from error
    raise ValueError(f"{name} must be YYYYMMDD or YYYYMMDDTHHMMSS, with Z for UTC")


_READERS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _number(1, 1000)),
    "COUNT": ("count", _number(1, 10_000)),
    "UNTIL": ("until", _until),
    "BYMONTH": ("by_month", _numbers(1, 12)),
    "BYMONTHDAY": ("by_month_day", _numbers(-31, 31)),
    "BYYEARDAY": ("by_year_day", _numbers(-366, 366)),
    "BYDAY": ("by_day", _days),
    "BYSETPOS": ("by_set_pos", _numbers(-366, 366)),
    "BYHOUR": ("by_hour", _numbers(0, 23)),
    "BYMINUTE": ("by_minute", _numbers(0, 59)),
    "WKST": ("week_start", _week_start),
}


def _check_together(rule: Rule) -> None:
    """Parts that RFC 5545 does not allow together, or that no task needs."""
    days = rule.by_day or rule.by_month_day or rule.by_year_day or rule.by_month
    ordinal = any(place for place, _ in rule.by_day)
    refused = {
        "COUNT and UNTIL do not go together": rule.count and rule.until,
        f"FREQ={rule.frequency} takes no BY parts here": rule.below_day
        and (days or rule.by_set_pos or rule.by_hour or rule.by_minute),
        "a place such as 1MO needs FREQ=MONTHLY or YEARLY": ordinal and rule.frequency not in {"MONTHLY", "YEARLY"},
        "BYMONTHDAY does not go with FREQ=WEEKLY": rule.by_month_day and rule.frequency == "WEEKLY",
        "BYYEARDAY needs FREQ=YEARLY": rule.by_year_day and rule.frequency != "YEARLY",
        "BYSETPOS needs another BY part": rule.by_set_pos and not (days or rule.by_hour or rule.by_minute),
    }
    for sentence, applies in refused.items():
        if applies:
            raise ValueError(sentence)

"""Schedules of cron jobs: whether one ever comes."""

import re

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMES = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)", re.IGNORECASE)
_PIECE = re.compile(r"(?:\*|\?|(\d+)(?:-(\d+))?)(?:/(\d+))?")


def never(schedule: str) -> str:
    """Why a cron schedule (the five fields of crontab(5)) never starts anything; empty for one that does."""
    if schedule.startswith("@"):
        return (
            ""
            if schedule in ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
            or (schedule.startswith("@every "))
            else "is no schedule"
        )
    fields = [one for one in schedule.split() if not one.startswith(("TZ=", "CRON_TZ="))]
    if len(fields) != len(_RANGES):
        return f"has {len(fields)} fields, not five"
    sets = [
        _values(_NAMES.sub("1", field) if place >= 3 else field, *_RANGES[place]) for place, field in enumerate(fields)
    ]
    if wrong := [field for field, values in zip(fields, sets, strict=True) if not values]:
        return f"has the field {wrong[0]}, which is out of its range"
    days, months = sets[2], sets[3]
    if (
        _NAMES.search(fields[3]) is None
        and fields[4] in ("*", "?")
        and not any(min(days) <= _DAYS[month - 1] for month in months)
    ):
        return "names a day that no such month has"
    return ""


def _values(field: str, least: int, most: int) -> set[int]:
    found: set[int] = set()
    for piece in field.split(","):
        read = _PIECE.fullmatch(piece)
        if not read:
            return set()
        first, last, step = (int(one) if one else None for one in read.groups())
        begin = least if first is None else first
        end = most if first is None or (step and last is None) else last if last is not None else begin
        if begin < least or end > most or begin > end or step == 0:
            return set()
        found |= set(range(begin, end + 1, step or 1))
    return found

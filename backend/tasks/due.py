"""Due times: wall-clock text in an IANA zone, and the instants that derive from it. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil.relativedelta import relativedelta

YEARS = range(1970, 3000)
_DUE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?", re.ASCII)
_DURATION = re.compile(
    r"([+-])?P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?",
    re.ASCII,
)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime", "Factory"})


def check_zone(name: str) -> str:
    """The name itself. Raises ValueError unless it is in the IANA database."""
    if name not in _zone_names():
        raise ValueError("must be the name of an IANA time zone, such as Europe/Berlin")
    return name


def check_date(text: str) -> str:
    """``YYYY-MM-DD`` of a real day. Raises ValueError."""
    if "T" in text:
        raise ValueError("must be a date, YYYY-MM-DD")
    return check_due(text)


def check_due(text: str) -> str:
    """``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM`` of a real day and time. Raises ValueError with what is wrong."""
    match = _DUE.fullmatch(text)
    if match is None:
        raise ValueError("must be a date, YYYY-MM-DD, or a date and time, YYYY-MM-DDTHH:MM")
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    if year not in YEARS:
        raise ValueError(f"the year must lie between {YEARS.start} and {YEARS.stop - 1}")
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{text[:10]} is not a day of the calendar") from error
    if hour > 23 or minute > 59:
        raise ValueError(f"{text[11:]} is not a time of day")
    return text


def has_time(due: str) -> bool:
    return "T" in due


def to_wall(due: str) -> datetime:
    """Naive wall-clock time; a date alone at midnight."""
    return datetime.fromisoformat(due)


def from_wall(wall: datetime, *, timed: bool) -> str:
    """Raises ValueError where the year is beyond what a due time may have."""
    return check_due(wall.strftime("%Y-%m-%dT%H:%M").zfill(16)[: 16 if timed else 10])


def to_instant(wall: datetime, timezone: str) -> datetime:
    """The UTC instant of a wall-clock time. A skipped hour moves forward; of a repeated hour it is the first."""
    return wall.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def overdue_at(due: str, timezone: str) -> datetime:
    """The UTC instant from which a task is overdue: its time or, of a date alone, the end of that local day."""
    wall = to_wall(due)
    return to_instant(wall if has_time(due) else wall + timedelta(days=1), timezone)


def local_now(now: datetime, timezone: str) -> datetime:
    """An instant as naive wall-clock time."""
    return now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def day_start(day: str, timezone: str) -> datetime:
    """The UTC instant at which a local day begins."""
    return to_instant(datetime.combine(date.fromisoformat(day), time()), timezone)


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def shifted(due: str, duration: str) -> str:
    """A due moved by an ISO 8601 duration (``P2D``, ``-PT1H``) on the wall clock; months end on their last day.

    Raises ValueError for what is no duration, and for hours where the due is a date alone.
    """
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise ValueError("must be an ISO 8601 duration such as P2D or -PT1H")
    sign = -1 if match[1] == "-" else 1
    years, months, weeks, days, hours, minutes, seconds = (sign * int(part or 0) for part in match.groups()[1:])
    if (hours or minutes or seconds) and not has_time(due):
        raise ValueError("the task is due on a day, without a time, so it can be moved by days only")
    step = relativedelta(
        years=years, months=months, days=days + 7 * weeks, hours=hours, minutes=minutes, seconds=seconds
    )
    try:
        return from_wall(to_wall(due) + step, timed=has_time(due))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"the year must lie between {YEARS.start} and {YEARS.stop - 1}") from error

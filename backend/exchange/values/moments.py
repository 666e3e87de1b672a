"""Dates and times as other programs write them: instants, wall-clock times, and words."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

from backend.assistant.language.when import find_when
from backend.exchange.draft import Context
from backend.exchange.values.words import is_known, language_of, to_english
from backend.tasks.due import YEARS, check_due, check_zone

LONGEST_WORDS = 120  # characters of a phrase that says when; anything longer is a text
_WALL = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d{1,9})?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:\d{2})?(Z)?)?", re.ASCII)
_NUMERIC = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[T,]?\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?)?",
    re.ASCII | re.IGNORECASE,
)
_AFTER_COMPLETION = re.compile(r"^\s*(every|ev|after)\s*!\s*|^\s*after\s+(?=\d)", re.IGNORECASE)
_BOUNDS = re.compile(r" (starting|beginning|from|ending|until|till) ", re.IGNORECASE)
_ONLY_MARKS = re.compile(r"[\s,.;()-]*")


@dataclass(frozen=True, kw_only=True)
class When:
    """A time as it was read. ``doubt`` says what is not sure about it; ``from_completion`` is of its recurrence."""

    due: str | None = None
    recurrence: str | None = None
    doubt: str | None = None
    from_completion: bool = False


def read_instant(text: str, zone: str) -> datetime | None:
    """An instant (UTC); of a time without an offset that of ``zone``, of a date alone its noon. None for no time."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo and moment.year in YEARS:
            return moment.astimezone(UTC)
    except ValueError:
        pass  # none of ISO 8601: one of the other forms, perhaps
    due, offset = _read_exact(text)
    if due is None:
        return None
    wall = datetime.fromisoformat(due)
    if "T" not in due:
        wall = wall.replace(hour=12)
    try:
        return (
            (wall - offset).replace(tzinfo=UTC)
            if offset is not None
            else wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        )
    except OverflowError:
        return None


def read_wall(text: str, zone: str) -> str | None:
    """A due in ``zone`` of an exact date or time; one with an offset is moved to the zone's clocks. None for others."""
    due, offset = _read_exact(text)
    if due is None or offset is None or "T" not in due:
        return due
    instant = read_instant(text, zone)
    return wall_of(instant, zone) if instant else None


def wall_of(instant: datetime, zone: str, *, timed: bool = True) -> str | None:
    """A due on the zone's clocks; None where it lies beyond the calendar."""
    try:
        wall = instant.astimezone(ZoneInfo(zone))
        return check_due(wall.strftime("%Y-%m-%dT%H:%M").zfill(16)[: 16 if timed else 10])
    except (ValueError, OverflowError):
        return None


def nearest_day(instant: datetime, zone: str) -> str | None:
    """The day whose midnight is the nearest: what an all-day task means that some zone's midnight was stored of."""
    return wall_of(instant + timedelta(hours=12), zone, timed=False)


def known_zone(name: str | None) -> str | None:
    """The name, where it is an IANA zone's."""
    try:
        return check_zone(name.strip()) if name else None
    except ValueError:
        return None


def read_when(text: str, context: Context, *, language: str = "en", day_first: bool | None = None) -> When:
    """What a phrase says: an exact date, a numeric one, or words that the language engine or dateutil reads.

    ``day_first`` tells what 03/04/2026 is, where that is known. A phrase that is not read gives a doubt alone.
    """
    said = " ".join(text.split())
    if not said:
        return When()
    if len(said) <= LONGEST_WORDS:
        exact = read_wall(said, context.zone)
        found = When(due=exact) if exact else _read_numeric(said, language, day_first)
        found = found or _read_words(said, language, context.wall, context.zone)
        if found:
            return found
    return When(doubt=f"the date “{said[:LONGEST_WORDS]}” could not be read")


def _read_exact(text: str) -> tuple[str | None, timedelta | None]:
    """A due as it is written, and its offset from UTC where it has one."""
    said = text.strip()
    match = _WALL.fullmatch(said)
    if match or (match := _COMPACT.fullmatch(said)):
        year, month, day, hour, minute, mark = match.groups()
    else:
        return None, None
    due = f"{year}-{int(month):02}-{int(day):02}" + (f"T{int(hour):02}:{minute}" if hour else "")
    try:
        return check_due(due), _offset(mark)
    except ValueError:
        return None, None


def _offset(mark: str | None) -> timedelta | None:
    if not mark:
        return None
    if mark.upper() in {"Z", "UTC"}:
        return timedelta()
    digits = mark[1:].replace(":", "")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -span if mark[0] == "-" else span


def _read_numeric(said: str, language: str, day_first: bool | None) -> When | None:
    """05.10.2026 and 10/5/2026. Where both readings are days, the language decides, and the reading is doubtful."""
    match = _NUMERIC.fullmatch(said)
    if match is None:
        return None
    one, mark, two, year, hour, minute, half = match.groups()
    first = mark == "." or bool(day_first) or (day_first is None and language_of(language) != "en")
    orders = [(two, one), (one, two)] if first else [(one, two), (two, one)]
    clock = f"T{_hour(int(hour), half):02}:{minute}" if hour else ""
    found = [due for month, day in orders if (due := _checked(year, month, day, clock))]
    if not found:
        return None
    unsure = len(found) == 2 and found[0] != found[1] and mark != "." and day_first is None
    return When(
        due=found[0], doubt=f"“{said}” was read as {found[0][:10]}; it could be {found[1][:10]}" if unsure else None
    )


def _hour(hour: int, half: str | None) -> int:
    return hour if half is None else hour % 12 + (12 if half.lower() == "pm" else 0)


def _checked(year: str, month: str, day: str, clock: str) -> str | None:
    try:
        return check_due(f"{year if len(year) == 4 else '20' + year}-{int(month):02}-{int(day):02}{clock}")
    except ValueError:
        return None


@lru_cache(maxsize=2048)
def _read_words(said: str, language: str, wall: datetime, zone: str) -> When | None:
    english = to_english(said, language)
    plain = _AFTER_COMPLETION.sub("every ", english)
    found = _with_bounds(plain, wall, zone) or (_by_dateutil(english, language, wall) if is_known(language) else None)
    if found is None or found.recurrence is None:
        return found
    return replace(found, from_completion=found.from_completion or plain != english)


def _with_bounds(text: str, wall: datetime, zone: str) -> When | None:
    """``every friday starting 2026-12-01 until 2027-01-01``: the repetition, where it begins, and where it ends."""
    whole = _by_engine(text, wall, zone)
    parts = _BOUNDS.split(text)
    if (whole and not whole.recurrence) or len(parts) == 1:
        return whole
    bounds = dict(zip((word.lower() for word in parts[1::2]), parts[2::2], strict=True))
    start = next((words for word, words in bounds.items() if word in {"starting", "beginning", "from"}), None)
    end = next((words for word, words in bounds.items() if word in {"ending", "until", "till"}), None)
    first = _by_engine(start, wall, zone) if start else None
    begin = datetime.fromisoformat(first.due[:10]) if first and first.due else wall
    base = _by_engine(parts[0], max(begin, wall) if not first else begin, zone)
    last = _by_engine(end, wall, zone) if end else None
    if base is None or base.recurrence is None or (start and first is None) or (end and not (last and last.due)):
        return whole
    until = f";UNTIL={last.due[:10].replace('-', '')}" if last and last.due else ""
    return replace(base, recurrence=base.recurrence + until)


def _by_engine(text: str, wall: datetime, zone: str) -> When | None:
    """What the language engine reads, where it reads every word."""
    readings = find_when(text, wall, zone)
    if len(readings) != 1 or readings[0].problem or readings[0].strength == "weak":
        return None
    reading = readings[0]
    if not reading.due or not _ONLY_MARKS.fullmatch(text[: reading.start] + text[reading.end :]):
        return None
    try:
        return When(due=check_due(reading.due), recurrence=reading.recurrence, from_completion=reading.from_completion)
    except ValueError:  # a year that no task can have
        return None


def _by_dateutil(text: str, language: str, wall: datetime) -> When | None:
    if not any(sign.isdigit() for sign in text):
        return None
    try:
        midnight = datetime.combine(date(wall.year, wall.month, wall.day), time())
        moment = dateutil_parser.parse(text, default=midnight, dayfirst=language_of(language) != "en", ignoretz=True)
        timed = ":" in text or bool(re.search(r"\d\s*[ap]m\b", text, re.IGNORECASE))
        return When(due=check_due(moment.strftime("%Y-%m-%dT%H:%M").zfill(16)[: 16 if timed else 10]))
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None

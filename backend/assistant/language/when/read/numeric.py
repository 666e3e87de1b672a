"""Dates in digits: 2026-03-05, 2026/03/05T17:00:00, 3/4, 3/4/27, 4.5.2026, 5-3-2026."""

import re
from datetime import date

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when.parts import Clock, Day, Hit, Meaning, one_day
from backend.assistant.language.when.read.dates import of_month
from backend.assistant.language.when.text import Tokens

_EDGE = r"(?![\w%$€£°]|[-/.:][0-9])"
_ISO = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:(?:T|\s(?=[0-9]{1,2}:[0-9]{2}:))([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    + _EDGE,
    re.I,
)
_COMPACT = re.compile(
    r"(20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?:T([0-9]{2})([0-9]{2})(?:[0-9]{2})?)?" + _EDGE
)
_FULL = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2((?:19|20|21)[0-9]{2}|[0-9]{2})" + _EDGE)
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})" + _EDGE)
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])/(20[0-9]{2})" + _EDGE)
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.(?![0-9])")


def numeric(tokens: Tokens, at: int, today: date) -> Hit | None:
    """A date in digits that begins at the token. Slashes are month first, dots day first; a number over 12 is the day."""
    start = tokens.starts[at]
    if _touched(tokens.text, start):
        return None
    text = tokens.text
    if iso := _ISO.match(text, start):
        return _iso(tokens, at, iso.end(), iso.group(1, 3, 4), iso.group(5, 6), today)
    if compact := _COMPACT.match(text, start):
        return _iso(tokens, at, compact.end(), compact.group(1, 2, 3), compact.group(4, 5), today)
    if full := _FULL.match(text, start):
        one, mark, two, year = full.groups()
        century = (1900 if int(year) > 69 else 2000) if len(year) == 2 else 0
        return _ordered(tokens, at, full.end(), (int(one), int(two), int(year) + century), mark, today)
    if month := _MONTH_YEAR.match(text, start):
        days = calendar.month_of(date(int(month.group(2)), int(month.group(1)), 1))
        day = Day(first=days[0], last=days[1], due=days[0], kind="month", month=days[0].month, year_said=True)
        return Hit(end=_after(tokens, at, month.end()), meaning=Meaning(day=day), rule="month and year")
    if slash := _SLASH.match(text, start):
        return _ordered(tokens, at, slash.end(), (int(slash.group(1)), int(slash.group(2)), None), "/", today)
    if dotted := _DOTTED.match(text, start):
        return _ordered(tokens, at, dotted.end(), (int(dotted.group(1)), int(dotted.group(2)), None), ".", today)
    return None


def _iso(
    tokens: Tokens, at: int, stop: int, said: tuple[str, ...], clock: tuple[str | None, ...], today: date
) -> Hit | None:
    year, month, day = (int(number) for number in said)
    if not 1 <= month <= 12 or not 1 <= day <= 31 or year < 1:
        return Hit(end=_after(tokens, at, stop), meaning=Meaning(problem="There is no such date."), rule="iso date")
    meaning = of_month(month, day, today, year)
    if meaning.day:
        meaning = Meaning(day=one_day(meaning.day.due, year_said=True), clock=_clock(clock))
    return Hit(end=_after(tokens, at, stop), meaning=meaning, rule="iso date")


def _clock(said: tuple[str | None, ...]) -> Clock | None:
    hour, minute = said
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return None
    return Clock(minutes=int(hour) * 60 + int(minute))


def _ordered(
    tokens: Tokens, at: int, stop: int, said: tuple[int, int, int | None], mark: str, today: date
) -> Hit | None:
    """Month and day in the order that the mark calls for, or in the only order that is a date."""
    one, two, year = said
    month, day = (two, one) if (mark == "." and two <= 12) or one > 12 else (one, two)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    meaning = of_month(month, day, today, year)
    shape = "plain" if year else "slash"
    return Hit(end=_after(tokens, at, stop), meaning=meaning, rule="numeric date", shape=shape)  # type: ignore[arg-type]


def _touched(text: str, start: int) -> bool:
    """Whether the digits belong to what stands before them: a word, a path, a price, a decimal."""
    if start == 0:
        return False
    before = text[start - 1]
    return before.isalnum() or before in "_-/.\\$€£#%:+="


def _after(tokens: Tokens, at: int, stop: int) -> int:
    """The token after the offset."""
    while at < tokens.count and tokens.starts[at] < stop:
        at += 1
    return at

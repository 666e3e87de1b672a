"""Dates in digits: 2026-03-05, 2026/03/05T17:00:00, 3/4, 3/4/27, 4.5.2026, 5-3-2026."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Day, Hit, Meaning, Shape, one_day
from backend.assistant.language.when.read.dates import of_month
from backend.assistant.language.when.text import Tokens

_EDGE = r"(?![\w%$€£°]|[-/.:][0-9])"
_ISO = re.compile(
    r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"
    r"(?:(?:T|\s(?=[0-9]{1,2}:[0-9]{2}:))(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    + _EDGE,
    re.I,
)
_COMPACT = re.compile(
    r"(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"(?:T(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?:[0-9]{2})?)?" + _EDGE
)
_FULL = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2((?:19|20|21)[0-9]{2}|[0-9]{2})" + _EDGE)
_YEAR_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])" + _EDGE)
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})\s?[-–]\s?([0-9]{1,2})/([0-9]{1,2})" + _EDGE)
_SLASH = re.compile(r"([0-9]{1,2})(/)([0-9]{1,2})" + _EDGE)
_DASHED = re.compile(r"([0-9]{1,2})(-)([0-9]{1,2})" + _EDGE)
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])/(20[0-9]{2})" + _EDGE)
_DOTTED = re.compile(r"([0-9]{1,2})(\.)([0-9]{1,2})\.(?![0-9])")


# Behind these "10-31" is a day; elsewhere it is a range, a score, a part's number.
_DATE_LEADS = frozenset({"on", "due"})
# Behind a word that counts or numbers, "10-31" is a range of it: "pages 10-31".
_NO_DATE_AFTER = w.LABELS | w.AMOUNT_VERBS | w.DETERMINERS | {"score", "reps", "from", "to", "and"}


def numeric(tokens: Tokens, at: int, today: date) -> Hit | None:
    """A date in digits that begins at the token. Slashes are month first, dots day first; over 12 is the day."""
    start = tokens.starts[at]
    if _touched(tokens.text, start):
        return None
    for pattern, reader in _forms(tokens.words[at - 1] if at else ""):
        match = pattern.match(tokens.text, start)
        if match:
            hit = reader(match, today)
            return replace(hit, end=_after(tokens, at, match.end())) if hit else None
    return None


def _forms(before: str) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Hit | None]], ...]:
    """The forms that a date behind the word may have: one of a dash alone only where no range is as likely."""
    if before in _DATE_LEADS:
        return (*_FORMS, (_DASHED, _short))
    if before in _NO_DATE_AFTER or before.endswith("s") or not before.isalpha():
        return _FORMS
    return (*_FORMS, (_DASHED, _dashed))


def _dashed(match: re.Match[str], today: date) -> Hit | None:
    """ "10-31": only where the second can be no hour and no month."""
    return _short(match, today) if 13 <= int(match[3]) <= 31 and 1 <= int(match[1]) <= 12 else None


def _year_month(match: re.Match[str], today: date) -> Hit | None:
    """ "2026-10"; a year gone by is a season's or a model's."""
    days = calendar.month_of(date(int(match[1]), int(match[2]), 1))
    if days[1] < today:
        return None
    day = Day(first=days[0], last=days[1], due=days[0], kind="month", month=days[0].month, year_said=True)
    return _hit(Meaning(day=day), "month and year", "slash")


def _iso(match: re.Match[str], today: date) -> Hit:
    """ "2026-03-05", "20260305T1700": the year first."""
    year, month, day = (int(number) for number in match.group("year", "month", "day"))
    if not 1 <= month <= 12 or not 1 <= day <= 31 or year < 1:
        return _hit(Meaning(problem="There is no such date."), "iso date")
    meaning = of_month(month, day, today, year)
    if meaning.day:
        meaning = Meaning(day=one_day(meaning.day.due, year_said=True), clock=_clock(match))
    return _hit(meaning, "iso date")


def _full(match: re.Match[str], today: date) -> Hit | None:
    """ "3/15/27", "15.3.2027"."""
    one, mark, two, year = match.groups()
    century = (1900 if int(year) > 69 else 2000) if len(year) == 2 else 0
    if mark == "." and century and int(year) + century < today.year - 1:
        return None  # "4.3.10" is a version: nobody plans for years ago
    return _ordered(int(one), int(two), mark, today, year=int(year) + century)


def _month_year(match: re.Match[str], today: date) -> Hit:
    days = calendar.month_of(date(int(match.group(2)), int(match.group(1)), 1))
    day = Day(first=days[0], last=days[1], due=days[0], kind="month", month=days[0].month, year_said=True)
    return _hit(Meaning(day=day), "month and year")


def _short(match: re.Match[str], today: date) -> Hit | None:
    """ "3/15", "15.3."; "10-31"."""
    one, mark, two = match.groups()
    if mark == "-" and not (1 <= int(one) <= 12 and 1 <= int(two) <= 31):
        return None
    return _ordered(int(one), int(two), mark, today)


def _range(match: re.Match[str], today: date) -> Hit | None:
    """ "3/10-3/12": it starts at the first."""
    one, two, three, four = (int(number) for number in match.groups())
    first, last = _ordered(one, two, "/", today), _ordered(three, four, "/", today)
    begin, end = (hit.meaning.day if hit else None for hit in (first, last))
    if first is None or begin is None or end is None or not begin.due < end.due:
        return first
    day = Day(first=begin.due, last=end.due, due=begin.due, kind="span")
    return replace(first, meaning=Meaning(day=day), rule="day range")


def _clock(match: re.Match[str]) -> Clock | None:
    """The time behind the date, with its offset from UTC where one is written."""
    hour, minute = match.group("hour", "minute")
    offset = match.groupdict().get("offset")
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return None
    return Clock(minutes=int(hour) * 60 + int(minute), zone=offset.upper() if offset else None)


def _ordered(one: int, two: int, mark: str, today: date, *, year: int | None = None) -> Hit | None:
    """Month and day in the order that the mark calls for, or in the only order that is a date."""
    month, day = (two, one) if (mark == "." and two <= 12) or one > 12 else (one, two)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return _no_date(mark, written=year is not None)
    return _hit(of_month(month, day, today, year), "numeric date", "plain" if year else "slash")


def _no_date(mark: str, *, written: bool) -> Hit | None:
    """ "13/13", "32/01/2026": a date in its shape alone. A dot without a year is a decimal's."""
    if not written and mark != "/":
        return None
    return _hit(Meaning(problem="There is no such date."), "impossible day", "impossible")


def _hit(meaning: Meaning, rule: str, shape: Shape = "plain") -> Hit:
    """Its end is set by ``numeric``."""
    return Hit(end=0, meaning=meaning, rule=rule, shape=shape)


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


_WEEK = re.compile(r"(20[0-9]{2})-?w([0-5][0-9])(?:-?([1-7]))?" + _EDGE, re.I)


def _week(match: re.Match[str], today: date) -> Hit | None:
    """ "2026-W11", "2026-W11-3": a week of ISO 8601, or a day of it."""
    year, week, day = (int(number or 0) for number in match.groups())
    monday = date.fromisocalendar(year, week, 1)
    if day:
        return _hit(Meaning(day=one_day(date.fromisocalendar(year, week, day), year_said=True)), "iso week")
    return _hit(Meaning(day=Day(first=monday, last=calendar.plus_days(monday, 6), due=monday, kind="week")), "iso week")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Hit | None]], ...] = (
    (_WEEK, _week),
    (_ISO, _iso),
    (_COMPACT, _iso),
    (_FULL, _full),
    (_MONTH_YEAR, _month_year),
    (_YEAR_MONTH, _year_month),
    (_SLASHES, _range),
    (_SLASH, _short),
    (_DOTTED, _short),
)

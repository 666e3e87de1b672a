"""Arithmetic on the calendar: weekdays, weeks from Monday, months, and the holidays that people name."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from backend.assistant.language.when.feasts import FEASTS

Span = tuple[date, date]


def plus_days(day: date, days: int) -> date:
    """``day`` moved by ``days``; raises OverflowError past the calendar's ends."""
    return day + timedelta(days=days)


def plus_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the month's last day where it is shorter."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year}")
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def weekday_after(day: date, weekday: int) -> date:
    """The next such weekday after ``day``, never ``day`` itself."""
    return plus_days(day, (weekday - day.weekday() - 1) % 7 + 1)


def weekday_before(day: date, weekday: int) -> date:
    return plus_days(day, -((day.weekday() - weekday - 1) % 7 + 1))


def week_of(day: date, weeks: int = 0) -> Span:
    """Monday to Sunday of the week of ``day``, ``weeks`` later."""
    monday = plus_days(day, weeks * 7 - day.weekday())
    return monday, plus_days(monday, 6)


def month_of(day: date, months: int = 0) -> Span:
    first = plus_months(day.replace(day=1), months)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def quarter_of(day: date, quarters: int = 0) -> Span:
    first = plus_months(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), quarters * 3)
    return first, month_of(first, 2)[1]


def year_of(day: date, years: int = 0) -> Span:
    if not 1 <= day.year + years <= 9999:
        raise OverflowError(f"year {day.year + years}")
    return date(day.year + years, 1, 1), date(day.year + years, 12, 31)


def next_monthday(day: date, monthday: int) -> date:
    """The next ``monthday`` from ``day`` on, in the first month that has it."""
    first = day.replace(day=1)
    while monthday > monthrange(first.year, first.month)[1] or first.replace(day=monthday) < day:
        first = plus_months(first, 1)
    return first.replace(day=monthday)


def longest(month: int) -> int:
    """How many days the month can have, leap years included."""
    return monthrange(2024, month)[1]


def next_date(day: date, month: int, monthday: int) -> date:
    """The next such date from ``day`` on (29 February: in the next leap year)."""
    year = day.year
    while monthday > monthrange(year, month)[1] or date(year, month, monthday) < day:
        year += 1
    return date(year, month, monthday)


def nth_weekday(span: Span, nth: int, weekday: int) -> date | None:
    """The ``nth`` such weekday of the span, counted from its end when negative; None where there are not so many."""
    first, last = span
    if nth > 0:
        found = plus_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        found = plus_days(last, -((last.weekday() - weekday) % 7) + 7 * (nth + 1))
    return found if first <= found <= last else None


def plus_workdays(day: date, days: int) -> date:
    """``days`` Mondays to Fridays later (or earlier, when negative)."""
    step = 1 if days > 0 else -1
    for _ in range(min(abs(days), 3000)):
        day = plus_days(day, step)
        while day.weekday() > 4:
            day = plus_days(day, step)
    return day


def easter(year: int) -> date:
    """Western Easter Sunday: the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    century = year // 100
    golden = year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    shift = epact - weekday
    month = 3 + (shift + 40) // 44
    return date(year, month, shift + 28 - 31 * (month // 4))


def orthodox_easter(year: int) -> date:
    """Eastern Easter Sunday on the Gregorian calendar: Meeus' Julian computus; right from 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    return plus_days(date(year, month, day + 1), 13)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, nth: int, weekday: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(month_of(date(year, month, 1)), nth, weekday) or date(year, month, 1)


def _last_full_week(year: int, month: int, weekday: int) -> date:
    """A weekday in the last week of the month that lies within it from Sunday to Saturday."""
    saturday = nth_weekday(month_of(date(year, month, 1)), -1, 5) or date(year, month, 28)
    return plus_days(saturday, weekday - 5)


def _easter(days: int) -> Callable[[int], date]:
    return lambda year: plus_days(easter(year), days)


# The day of each holiday in a year (United States, where countries differ), and its yearly RRULE where one exists.
HOLIDAYS: dict[str, tuple[Callable[[int], date], str | None]] = {
    **{
        name: (_fixed(month, day), f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")
        for name, month, day in (
            ("new year's day", 1, 1), ("valentine's day", 2, 14), ("st patrick's day", 3, 17), ("april fools", 4, 1),
            ("earth day", 4, 22), ("may day", 5, 1), ("cinco de mayo", 5, 5), ("juneteenth", 6, 19),
            ("independence day", 7, 4), ("halloween", 10, 31), ("veterans day", 11, 11), ("christmas eve", 12, 24),
            ("christmas", 12, 25), ("boxing day", 12, 26), ("new year's eve", 12, 31), ("groundhog day", 2, 2),
            ("women's day", 3, 8), ("pi day", 3, 14), ("all saints' day", 11, 1), ("ides of march", 3, 15),
            ("all souls' day", 11, 2), ("epiphany", 1, 6), ("guy fawkes night", 11, 5), ("canada day", 7, 1),
            ("bastille day", 7, 14), ("australia day", 1, 26), ("anzac day", 4, 25), ("tax day", 4, 15),
            ("star wars day", 5, 4),
        )
    },
    **{
        name: (_nth(month, nth, weekday), f"FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{code}")
        for name, month, nth, weekday, code in (
            ("thanksgiving", 11, 4, 3, "TH"), ("mother's day", 5, 2, 6, "SU"), ("father's day", 6, 3, 6, "SU"),
            ("memorial day", 5, -1, 0, "MO"), ("labor day", 9, 1, 0, "MO"), ("mlk day", 1, 3, 0, "MO"),
            ("presidents day", 2, 3, 0, "MO"), ("columbus day", 10, 2, 0, "MO"),
        )
    },
    "black friday": (lambda year: plus_days(_nth(11, 4, 3)(year), 1), None),
    "giving tuesday": (lambda year: plus_days(_nth(11, 4, 3)(year), 5), None),
    "boss's day": (_fixed(10, 16), "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=16"),
    "administrative professionals day": (lambda year: _last_full_week(year, 4, 2), None),
    "military spouse day": (lambda year: plus_days(_nth(5, 2, 6)(year), -2), None),
    "grandparents day": (lambda year: plus_days(_nth(9, 1, 0)(year), 6), None),
    "cyber monday": (lambda year: plus_days(_nth(11, 4, 3)(year), 4), None),
    "easter": (_easter(0), None),
    "easter monday": (_easter(1), None),
    "good friday": (_easter(-2), None),
    "palm sunday": (_easter(-7), None),
    "ash wednesday": (_easter(-46), None),
    "mardi gras": (_easter(-47), None),
    "pentecost": (_easter(49), None),
    "ascension day": (_easter(39), None),
    "whit monday": (_easter(50), None),
    "maundy thursday": (_easter(-3), None),
    "holy saturday": (_easter(-1), None),
    "corpus christi": (_easter(60), None),
    "orthodox easter": (orthodox_easter, None),
    **{name: (of_year, None) for name, of_year in FEASTS.items()},
}  # fmt: skip


def next_holiday(day: date, name: str) -> date:
    """The next such holiday from ``day`` on."""
    of_year = HOLIDAYS[name][0]
    return next(found for year in range(day.year, day.year + 2) if (found := of_year(year)) >= day)

"""Days by name: "tomorrow", "friday", "march 5", "the 5th of march 2027", "the 20th", "christmas"."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Day, Hit, Meaning, one_day
from backend.assistant.language.when.text import Tokens

_SHORT_AND_AMBIGUOUS = frozenset({"mon", "sun", "sat", "wed", "fri", "thu", "tue", "thur"})
_HOLIDAYS = {tuple(name.split()): key for key, names in w.HOLIDAY_NAMES.items() for name in names}
_HOLIDAY_STARTS = frozenset(phrase[0] for phrase in _HOLIDAYS)
_LONGEST_HOLIDAY = max(len(phrase) for phrase in _HOLIDAYS)


def relative_day(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "tomorrow", "day after tomorrow", "yesterday"; "tonight" is ``times``' own."""
    words = tokens.words
    if words[at] == "day" and words[at + 1] in ("after", "before"):
        step = 1 if words[at + 1] == "after" else -1
        if words[at + 1 : at + 3] == ["after", "next"]:
            return _day(at + 3, calendar.plus_days(today, 2), "day after tomorrow")
        distance = w.RELATIVE_DAYS.get(words[at + 2])
        if distance is None or words[at + 2] in w.TONIGHT:
            return None
        return _day(at + 3, calendar.plus_days(today, distance + step), "day after tomorrow")
    if words[at] == "tom" and words[at + 1] == "morrow":
        return _day(at + 2, calendar.plus_days(today, 1), "relative day")
    distance = w.RELATIVE_DAYS.get(words[at])
    if distance is None:
        return None
    if words[at] == "morrow" and words[at - 1] != "the":
        return None
    if words[at + 1] == "week" and not words[at + 2][:1].isalnum() and distance >= 0:
        return _day(at + 2, calendar.plus_days(today, distance + 7), "a week after a day")
    return _day(at + 1, calendar.plus_days(today, distance), "relative day")


def weekday(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "friday", "fri.", "friday after next": the next such day after today."""
    number = w.WEEKDAYS.get(tokens.words[at])
    if number is None:
        return None
    short = tokens.words[at] in _SHORT_AND_AMBIGUOUS
    after = at + 1
    if tokens.words[after] == "." and tokens.glued[after] and len(tokens.words[at]) < 6 and tokens.words[after + 1]:
        after += 1
    if tokens.words[after] == "after" and tokens.words[after + 1] == "next":
        due = calendar.plus_days(calendar.week_of(today, 2)[0], number)
        return _day(after + 2, due, "weekday after next")
    later = {"week": 7, "fortnight": 14}.get(tokens.words[after])
    if later and not tokens.words[after + 1][:1].isalnum():
        return _day(after + 1, calendar.plus_days(calendar.weekday_after(today, number), later), "a week after a day")
    if dated := _numbered(tokens, after, number, today) or _slashed(tokens, after, number, today):
        return dated
    due = calendar.weekday_after(today, number)
    day = Day(first=due, last=due, due=due, kind="weekday", weekdays=(number,))
    return Hit(end=after, meaning=Meaning(day=day), rule="weekday", shape="short" if short else "weekday")


def _slashed(tokens: Tokens, at: int, weekday: int, today: date) -> Hit | None:
    """ "mon 9/3", where the third of september is no monday and the ninth of march is one."""
    words = tokens.words
    if words[at + 1] != "/" or not words[at].isdigit() or not words[at + 2].isdigit() or words[at + 3] == "/":
        return None
    one, two = int(words[at]), int(words[at + 2])
    if not (1 <= one <= 12 and 1 <= two <= 12) or not (tokens.glued[at + 1] and tokens.glued[at + 2]):
        return None
    month_first, day_first = of_month(one, two, today, None), of_month(two, one, today, None)
    falls = [bool(read.day and read.day.due.weekday() == weekday) for read in (month_first, day_first)]
    return Hit(end=at + 3, meaning=day_first, rule="weekday and its date") if falls == [False, True] else None


def _numbered(tokens: Tokens, at: int, weekday: int, today: date) -> Hit | None:
    """ "monday 21": the next monday that is a 21st; "sunday 7.6": the order of day and month that falls on it, the day
    first where none or both do. A number that may be an hour is one, unless the next such day is its day."""
    words = tokens.words
    if not words[at].isdigit() or len(words[at]) > 2 or (tokens.glued[at] and words[at - 1] != "."):
        return None
    one = int(words[at])
    if words[at + 1] == "." and tokens.glued[at + 1] and words[at + 2].isdigit() and tokens.glued[at + 2]:
        return _dotted(tokens, at, weekday, today)
    after = words[at + 1]
    plain = after in ("", "\0", ",", ";", ".", "!", "?", ")") or after in w.CONNECTORS
    if not 1 <= one <= 31 or not plain or (after == "." and words[at + 2].isdigit()):
        return None
    if one < 13 and calendar.weekday_after(today, weekday).day != one:
        return None
    months = (calendar.month_of(today, distance) for distance in range(30))
    fitting = (first.replace(day=one) for first, last in months if one <= last.day)
    due = next((day for day in fitting if day >= today and day.weekday() == weekday), None)
    return _day(at + 1, due, "weekday and its number") if due else None


def _dotted(tokens: Tokens, at: int, weekday: int, today: date) -> Hit | None:
    one, two = int(tokens.words[at]), int(tokens.words[at + 2])
    if len(tokens.words[at + 2]) > 2:
        return None
    read = [of_month(m, d, today, None) for d, m in ((one, two), (two, one)) if 1 <= m <= 12 and 1 <= d <= 31]
    fitting = next((meaning for meaning in read if meaning.day and meaning.day.due.weekday() == weekday), None)
    end = at + 4 if tokens.words[at + 3] == "." and not tokens.words[at + 4] else at + 3
    if fitting:
        return Hit(end=end, meaning=fitting, rule="weekday and its date")
    problem = f"{w.DAY_NAMES[weekday]} and {one}.{two}. are different days."
    return Hit(end=end, meaning=Meaning(problem=problem), rule="weekday and its date") if read else None


def month_first(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "march 5", "march the 5th, 2027", "mar-05", "march 2027", "march"."""
    words = tokens.words
    month = w.MONTHS.get(words[at])
    if month is None:
        return None
    after = _skip(tokens, at + 1, ".-/")
    after = after + 1 if words[after] == "the" else after
    found = numbers.year(tokens, after) if words[after - 1] != "the" else None
    if found is None:
        found = numbers.ordinal(tokens, after) or numbers.cardinal(tokens, after)
        if found and 1 <= found[0] <= 31 and not _is_clock(tokens, found[1]):
            return _dated(tokens, month, found, today)
        found = numbers.year(tokens, after + 1 if words[after] in (",", "of") else after)
    if found:
        return _months(found[1], date(found[0], month, 1), "month and year", year_said=True)
    first = calendar.next_date(today.replace(day=1), month, 1)
    return _months(at + 1, first, "month", shape="month")


def day_first(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "5 march", "5th of march 2027", "the fifth of the month", "the 20th of next month" (its number alone), "the
    20th"."""
    words = tokens.words
    ordinal = numbers.ordinal(tokens, at)
    found = ordinal or numbers.cardinal(tokens, at)
    if found is None or not 1 <= found[0] <= 31:
        return None
    monthday, after = found
    after = after + 1 if words[after] == "day" else after
    after = after + 1 if words[after] == "of" else _skip(tokens, after, "-/.")
    month = w.MONTHS.get(words[after])
    if month and not (
        words[after] in ("may", "mar", "march") and not ordinal and words[found[1]] != "of" and _is_verb(tokens, after)
    ):
        return _dated(tokens, month, (monthday, after + 1), today)
    if ordinal is None:
        return None
    if words[after - 1] == "of" and words[after : after + 2] == ["the", "month"]:
        after += 1
    due = calendar.next_monthday(today, monthday)
    if words[after - 2 : after + 1] == ["of", "the", "month"]:
        return _day(after + 1, due, "day of the month")
    day = Day(first=due, last=due, due=due, kind="monthday", monthdays=(monthday,))
    end = found[1] + 1 if words[found[1]] == "day" and words[found[1] + 1] == "of" else found[1]
    return Hit(end=end, meaning=Meaning(day=day), rule="day of the month", shape="monthday")


def holiday(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "christmas", "new year's eve 2027", "mother's day"."""
    if tokens.words[at] not in _HOLIDAY_STARTS:
        return None
    for length in range(_LONGEST_HOLIDAY, 0, -1):
        key = _HOLIDAYS.get(tuple(tokens.words[at : at + length]))
        if key is None:
            continue
        after = at + length
        if tokens.words[after] in w.WEEKEND:
            return _day(after + 1, _weekend_by(calendar.next_holiday(today, key)), "holiday weekend")
        year = _year_said(tokens, after, today)
        if year:
            due, after = calendar.HOLIDAYS[key][0](year[0]), year[1]
        else:
            due = calendar.next_holiday(today, key)
        repeat = calendar.HOLIDAYS[key][1]
        day = one_day(due, kind="date", repeat=repeat, name=key, year_said=bool(year))
        return Hit(end=after, meaning=Meaning(day=day), rule="holiday", shape="holiday")
    return None


def _year_said(tokens: Tokens, at: int, today: date) -> numbers.Found | None:
    """The year after a holiday: "2027", ", 2027", "of next year", "last year"."""
    words = tokens.words
    at = at + 1 if words[at] in (",", "of", "in") else at
    if words[at + 1] == "year" and (words[at] in w.NEXT or words[at] in w.LAST or words[at] == "this"):
        return today.year + (1 if words[at] in w.NEXT else -1 if words[at] in w.LAST else 0), at + 2
    return numbers.year(tokens, at)


def _weekend_by(day: date) -> date:
    """The Saturday nearest to a holiday."""
    return calendar.plus_days(day, (5 - day.weekday() + 3) % 7 - 3)


def of_month(month: int, monthday: int, today: date, year: int | None) -> Meaning:
    """A day of a month in a year, or the next one to come; a problem where there is no such day."""
    longest = calendar.longest(month) if year is None else monthrange(year, month)[1]
    name = w.MONTH_NAMES[month - 1]
    if monthday > longest:
        in_year = f" {year}" if year and month == 2 and monthday == 29 else ""
        return Meaning(problem=f"{name}{in_year} has only {longest} days.")
    due = date(year, month, monthday) if year else calendar.next_date(today, month, monthday)
    repeat = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={monthday}"
    return Meaning(
        day=one_day(due, kind="date", month=month, monthdays=(monthday,), repeat=repeat, year_said=bool(year))
    )


def _dated(tokens: Tokens, month: int, found: numbers.Found, today: date) -> Hit:
    """A month and its day, with the year that may follow: "march 5, 2027", "march 5 '27"."""
    monthday, after = found
    said = after
    if tokens.words[after] in (",", "-", "/", "of", "in") or tokens.words[after] in (".", "'", "’"):
        said = after + 1
    year = numbers.year(tokens, said)
    dashed = (
        tokens.words[after] in ("-", "/") and tokens.glued[after - 1] and tokens.words[after - 2] == tokens.words[after]
    )
    if year is None and (dashed or tokens.words[after] in ("'", "’")) and _two_digits(tokens, said):
        year = 2000 + int(tokens.words[said]), said + 1
    if year and _is_clock(tokens, year[1]):
        year = None
    if year is None and not dashed:
        year = _year_said(tokens, after, today)
    meaning = of_month(month, monthday, today, year[0] if year else None)
    if tokens.words[after] in w.WEEKEND and meaning.day:
        return _day(after + 1, _weekend_by(meaning.day.due), "weekend of a date")
    through = _through(tokens, after, monthday) if year is None and not dashed else None
    if through and meaning.day and through[0] <= monthrange(meaning.day.due.year, month)[1]:
        last = meaning.day.due.replace(day=through[0])
        return Hit(
            end=through[1],
            meaning=Meaning(day=replace(meaning.day, last=last, kind="span")),
            rule="day range" if tokens.words[after] in ("and", "&") else "days of a month",
            shape="pair",
        )
    return Hit(end=year[1] if year else after, meaning=meaning, rule="month and day", shape="pair")


def _through(tokens: Tokens, at: int, monthday: int) -> numbers.Found | None:
    """The last day of "march 15-18", "march 15 to 18"; of "march 15 and 16", which is the day after."""
    joined = tokens.words[at] in ("and", "&")
    if not joined and tokens.words[at] not in ("-", "–", "to", "through", "thru"):
        return None
    found = numbers.ordinal(tokens, at + 1) or numbers.cardinal(tokens, at + 1)
    if (
        found is None
        or not monthday < found[0] <= 31
        or _is_clock(tokens, found[1])
        or tokens.words[found[1]] in w.MONTHS
        or (joined and (found[0] != monthday + 1 or tokens.words[found[1]][:1].isalpha()))
    ):
        return None
    return found


def _months(end: int, first: date, rule: str, *, year_said: bool = False, shape: str = "plain") -> Hit:
    span = calendar.month_of(first)
    day = Day(first=span[0], last=span[1], due=first, kind="month", month=first.month, year_said=year_said)
    return Hit(end=end, meaning=Meaning(day=day), rule=rule, shape=shape)  # type: ignore[arg-type]


def _day(end: int, due: date, rule: str) -> Hit:
    return Hit(end=end, meaning=Meaning(day=one_day(due)), rule=rule)


def _skip(tokens: Tokens, at: int, marks: str) -> int:
    """Past one mark that touches the words on both its sides."""
    joined = tokens.words[at] and tokens.words[at] in marks
    return at + 1 if joined and tokens.glued[at] and (tokens.glued[at + 1] or tokens.words[at] == ".") else at


def _is_clock(tokens: Tokens, at: int) -> bool:
    """Whether the number before this token is a clock time: "march 5:30", "may 5 pm"."""
    word = tokens.words[at]
    return (word == ":" and tokens.glued[at] and tokens.words[at + 1].isdigit()) or word in (
        "am",
        "pm",
        "o'clock",
        "oclock",
    )


def _two_digits(tokens: Tokens, at: int) -> bool:
    return tokens.words[at].isdigit() and len(tokens.words[at]) == 2 and tokens.glued[at]


def _is_verb(tokens: Tokens, at: int) -> bool:
    """ "may" or "march" after a number, with more words after it: "we 5 may go"."""
    return (
        tokens.words[at + 1].isalpha()
        and tokens.words[at + 1] not in w.CONNECTORS
        and tokens.words[at + 1] not in w.LEADS
    )

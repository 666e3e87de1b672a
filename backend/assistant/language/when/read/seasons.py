"""Seasons and halves of a period: "this summer", "summer 2027", "the second half of april"."""

from datetime import date

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Day, Hit, Meaning
from backend.assistant.language.when.text import Tokens


def season(tokens: Tokens, at: int, today: date) -> Hit:
    """ "spring", for "in the spring"; with its year "spring 2027"."""
    said = year_behind(tokens, at + 1, today)
    if said is None:
        return span_of(at + 1, tokens.words[at], 1, today, shape="month")
    month, day = w.SEASONS[tokens.words[at]]
    return _span(said[1], date(said[0], month, day))


def year_behind(tokens: Tokens, at: int, today: date) -> numbers.Found | None:
    """The year behind a season or a quarter: "2027", "of 2027", "next year"."""
    words = tokens.words
    at = at + 1 if words[at] in ("of", "in") else at
    if words[at + 1] == "year" and words[at] in ("next", "this"):
        return today.year + (words[at] == "next"), at + 2
    return numbers.year(tokens, at)


def span_of(end: int, name: str, distance: int, today: date, shape: str = "plain") -> Hit:
    """The season to come (``distance`` 1), this year's (0) or the last year's (-1)."""
    month, day = w.SEASONS[name]
    year = today.year + (distance if distance < 0 else 0)
    first = date(year, month, day) if distance < 1 else calendar.next_date(calendar.plus_days(today, 1), month, day)
    return _span(end, first, shape)


def _span(end: int, first: date, shape: str = "plain") -> Hit:
    last = calendar.plus_days(calendar.plus_months(first, 3), -1)
    day = Day(first=first, last=last, due=first, kind="span")
    return Hit(end=end, meaning=Meaning(day=day), rule="season", shape=shape)  # type: ignore[arg-type]


def half(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "the first half of april", "2nd half of the year": due on its first day."""
    words = tokens.words
    found = numbers.ordinal(tokens, at)
    if found is None or found[0] not in (1, 2) or words[found[1] : found[1] + 2] != ["half", "of"]:
        return None
    start = found[1] + 3 if words[found[1] + 2] in ("the", "this") else found[1] + 2
    said = numbers.year(tokens, start)
    days = calendar.year_of(date(said[0], 1, 1)) if said else _of(words[start], today)
    if days is None:
        return None
    middle = days[0].replace(day=16) if words[start] in (*w.MONTHS, "month") else calendar.plus_months(days[0], 6)
    first, last = (days[0], calendar.plus_days(middle, -1)) if found[0] == 1 else (middle, days[1])
    day = Day(first=first, last=last, due=first, kind="span")
    return Hit(end=start + 1, meaning=Meaning(day=day), rule="half of a period")


def _of(word: str, today: date) -> calendar.Span | None:
    if word in w.MONTHS:
        return calendar.month_of(calendar.next_date(today.replace(day=1), w.MONTHS[word], 1))
    return {"month": calendar.month_of, "year": calendar.year_of}[word](today) if word in ("month", "year") else None

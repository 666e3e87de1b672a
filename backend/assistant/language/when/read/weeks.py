"""Weeks by their number in ISO 8601, and days of them: "week 20", "cw 20 of 2027", "friday of week 20"."""

from datetime import date

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Hit, Meaning, one_day
from backend.assistant.language.when.read import periods, seasons
from backend.assistant.language.when.text import Tokens

NAMES = ("cw", "kw", "week", "calendar")
_NUMBER = ("number", "no", "nr", "#")
_POINTING = (
    *("in", "by", "before", "until", "till", "due", "during", "of", "from", "starting", "on", "since", "after"),
    "show",
)


def numbered(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "week 20", "cw20", "calendar week 20", "week no. 20 of 2027": due on its Monday, this week's by its end.

    "Week 3" with nothing that points at it may as well be of a course, so it is read only while it is still to come
    this year.
    """
    found = _week(tokens, at, today)
    if found is None:
        return None
    end, days, certain = found
    named = tokens.words[at] != "week" or tokens.words[at - 1] in _POINTING
    if not named and not certain:
        return None
    due = periods.deadline("week", days, today) if days[0] <= today <= days[1] else days[0]
    hit = periods.span(end, days, due, "week", "numbered week")
    return Hit(end=hit.end, meaning=hit.meaning, rule=hit.rule, shape="plain" if named else "week")


def day_of(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "friday of week 20", "monday in cw 20"."""
    weekday = w.WEEKDAYS.get(tokens.words[at])
    found = _week(tokens, at + 2, today) if tokens.words[at + 1] in ("of", "in") else None
    if weekday is None or found is None:
        return None
    due = calendar.plus_days(found[1][0], weekday)
    return Hit(end=found[0], meaning=Meaning(day=one_day(due)), rule="day of a numbered week")


def _week(tokens: Tokens, at: int, today: date) -> tuple[int, calendar.Span, bool] | None:
    """The token after it, its days, and whether it can be no other week: of this year, or of the year that is said."""
    words = tokens.words
    if words[at] == "calendar" and words[at + 1] != "week":
        return None
    after = at + 2 if words[at] == "calendar" else at + 1
    if words[at] not in NAMES or (words[at] == "week" and tokens.glued[after]):
        return None
    after = after + 1 if words[after] in _NUMBER else after
    after = after + 1 if words[after] == "." and tokens.glued[after] else after
    if not words[after].isdigit() or not 1 <= len(words[after]) <= 2 or _goes_on(tokens, after + 1):
        return None
    said = seasons.year_behind(tokens, after + 1, today)
    year = said[0] if said else today.isocalendar().year
    days = _days(year, int(words[after]))
    if said is None and days[1] < today:
        days = _days(year + 1, int(words[after]))
    return said[1] if said else after + 1, days, bool(said) or days[0].year == today.year


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether the number goes on: "week 3-4", "week 2.5", "week 1st"."""
    return tokens.glued[at] and tokens.words[at] not in (",", ";", "!", "?", ")", ":") and bool(tokens.words[at + 1])


def _days(year: int, week: int) -> calendar.Span:
    """Monday to Sunday; raises ValueError where the year has no such week."""
    monday = date.fromisocalendar(year, week, 1)
    return monday, calendar.plus_days(monday, 6)

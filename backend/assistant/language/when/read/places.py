"""Places in a period: "the end of march", "mid-april", "first monday of next month", "last day of the month", "q3",
"eow"."""

from datetime import date

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Day, Hit, Meaning, one_day
from backend.assistant.language.when.read import dates, seasons
from backend.assistant.language.when.read.periods import beside, modified, span, unit_span
from backend.assistant.language.when.text import Tokens

EDGES = {
    "end": "end", "ends": "end", "close": "end", "late": "late", "beginning": "start", "start": "start",
    "begin": "start", "early": "start", "top": "start", "middle": "middle", "mid": "middle", "half": "middle",
}  # fmt: skip  # fmt: skip
_OWNERS_OF_ENDS = {
    "month": "month", "months": "month", "year": "year", "years": "year", "year's": "year", "quarter": "quarter",
    "quarter's": "quarter",
}  # fmt: skip
_WEEKDAY_OF_EDGE = {"start": 0, "middle": 2, "late": 3, "end": 4}


def edge(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "end of next month", "beginning of march", "mid-march", "late next week", "the end of the week", "month end"."""
    words = tokens.words
    owner = _OWNERS_OF_ENDS.get(words[at])
    if owner and words[at + 1] == "end":
        days = unit_span(owner, 0, today)
        return (
            span(at + 2, _part(days, "end", owner), edge_day(days, "end", owner), "day", "end of period")
            if days
            else None
        )
    place = EDGES.get(words[at])
    if place is None:
        return None
    after = at + 1
    tight = words[at] in ("mid", "early", "late")
    if tight:
        after = after + 1 if words[after] in ("-", "in") else after
    elif words[after] != "of":
        return None
    after = after + 1 if words[after] == "of" else after
    after = after + 1 if words[after] in ("the", "this") and words[after + 1] in w.UNITS else after
    period = _period(tokens, after, today)
    if period is None:
        return None
    end, days, kind = period
    if place == "start" and end == after + 1 and words[after - 1] == "the" and days[0] < today:
        days = unit_span(kind, 1, today) or days  # "the beginning of the year" is the one to come
    return span(end, _part(days, place, kind), edge_day(days, place, kind), "day", f"{place} of {kind}")


def _period(tokens: Tokens, at: int, today: date) -> tuple[int, calendar.Span, str] | None:
    """The period that an edge is of: its end token, its days, and its kind."""
    words = tokens.words
    unit = w.UNITS.get(words[at])
    if unit in ("week", "month", "quarter", "year") and words[at] not in w.SHORT_UNITS:
        if words[at + 1] == "after" and words[at + 2] == "next":
            days = unit_span(unit, 2, today)
            return (at + 3, days, unit) if days else None
        days = unit_span(unit, 0, today)
        return (at + 1, days, unit) if days else None
    if words[at] in w.SEASONS:
        found = seasons.season(tokens, at, today).meaning.day
        return (at + 1, (found.first, found.last), "season") if found else None
    hit = (
        modified(tokens, at, today)
        or dates.month_first(tokens, at, today)
        or quarter(tokens, at, today)
        or year(tokens, at, today)
    )
    day = hit.meaning.day if hit else None
    if hit is None or day is None or day.first == day.last:
        return None
    kind = (
        day.kind
        if day.kind in ("week", "month", "weekend")
        else "year"
        if (day.last - day.first).days > 300
        else "quarter"
    )
    return hit.end, (day.first, day.last), kind


def edge_day(days: calendar.Span, place: str, kind: str) -> date:
    """The day of a period that its start, middle or end stands for. A week ends on its Friday."""
    if kind == "week":
        return calendar.plus_days(days[0], _WEEKDAY_OF_EDGE[place])
    if kind == "weekend":
        return days[1] if place == "end" else days[0]
    if place in ("middle", "late"):
        if kind == "month":
            return days[0].replace(day=15 if place == "middle" else 25)
        return (
            calendar.plus_days(days[0], (days[1] - days[0]).days // 2)
            if place == "middle"
            else calendar.month_of(days[1])[0]
        )
    return days[0] if place == "start" else days[1]


def _part(days: calendar.Span, place: str, kind: str) -> calendar.Span:
    """The days that the edge covers in a question: a third of the period."""
    third = max((days[1] - days[0]).days // 3, 1)
    if place == "start":
        return days[0], calendar.plus_days(days[0], third)
    if place == "middle":
        return calendar.plus_days(days[0], third), calendar.plus_days(days[1], -third)
    return calendar.plus_days(days[1], -third), days[1]


_FROM_THE_END = {"last": -1, "penultimate": -2}


def placed(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "first monday of next month", "last friday of march", "last day of the month", "third week of october"."""
    words = tokens.words
    nth, after = _rank(tokens, at)
    if not nth:
        return None
    if begun := _begun(tokens, at, today):
        return begun
    weekday, unit = w.WEEKDAYS.get(words[after]), "weekend" if words[after] in w.WEEKEND else w.UNITS.get(words[after])
    if words[after + 1] in ("before", "after") and nth > 0:
        return beside(tokens, after, today, nth)
    if weekday is None and unit not in ("day", "week", "weekend") and words[after] not in w.WORKDAY_WORDS:
        return None
    if nth == -1 and words[after] == "day" and words[after + 1] not in ("of", "in"):
        return _last_day(after + 1, today)
    workday = numbers.unit_at(tokens, after) if words[after] in w.WORKDAY_WORDS else None
    end = workday[1] if workday else after + 1
    start = end + 1 if words[end] in ("of", "in") else end
    start = start + 1 if words[start] in ("the", "this") and words[start + 1] in w.UNITS else start
    period = _period(tokens, start, today) if words[end] in ("of", "in") or words[end] in w.NEXT | w.COMING else None
    if period is None:
        return _nth_alone(nth, weekday, after + 1, today) if weekday is not None and abs(nth) < 6 else None
    stop, days, _ = period
    due = _place(days, nth, weekday, "workday" if workday else unit or "")
    if due is None:
        return Hit(end=stop, meaning=Meaning(problem="There is no such day in it."), rule="nth of a period")
    if unit == "week" and not workday:
        return span(stop, (due, calendar.plus_days(due, 6)), due, "week", "nth week of a period")
    if due < today and words[start] in w.MONTHS:
        return _place_next_year(stop, days, nth, weekday, unit or "workday")
    yearly = _yearly(words[start], nth, weekday, stop - start)
    return Hit(end=stop, meaning=Meaning(day=one_day(due, repeat=yearly)), rule="nth of a period")


def _rank(tokens: Tokens, at: int) -> tuple[int, int]:
    """ "third" is 3, "last" -1, "second to last" -2, and what is none of a period's is 0; with the token after it."""
    words = tokens.words
    found = (_FROM_THE_END[words[at]], at + 1) if words[at] in _FROM_THE_END else numbers.ordinal(tokens, at)
    if found is None or found[0] > 31:
        return 0, at
    nth, after = found
    return (-nth, after + 2) if words[after : after + 2] == ["to", "last"] else (nth, after)


def _begun(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "first two weeks of april", "last 3 days of the month", "the last of the month"."""
    words = tokens.words
    if words[at] not in ("first", "last"):
        return None
    found = numbers.amount(tokens, at + 1) if words[at + 1] != "of" else (numbers.measure(1, "day"), at + 1)
    if found is None or found[0] is None or found[0].timed or words[found[1]] not in ("of", "in"):
        return None
    after = found[1] + 2 if words[found[1] + 1] in ("the", "this") and words[found[1] + 2] in w.UNITS else found[1] + 1
    period = _period(tokens, after, today)
    if period is None or (words[at + 1] == "of" and (words[at] == "first" or period[2] not in ("month", "year"))):
        return None
    end, (first, last), _ = period
    near = found[0].move(first if words[at] == "first" else last, 1 if words[at] == "first" else -1)
    days = (first, calendar.plus_days(near, -1)) if words[at] == "first" else (calendar.plus_days(near, 1), last)
    return span(end, days, days[0], "span", "days of a period")


def _yearly(month: str, nth: int, weekday: int | None, length: int) -> str | None:
    """The RRULE of "the last friday of november", for a rhythm that stands before it; None with a year or otherwise."""
    if weekday is None or month not in w.MONTHS or length > 1:
        return None
    return f"FREQ=YEARLY;BYMONTH={w.MONTHS[month]};BYDAY={nth}{w.DAY_CODES[weekday]}"


def _place_next_year(end: int, days: calendar.Span, nth: int, weekday: int | None, unit: str) -> Hit | None:
    """The current month's has gone by: the same place in the month's next year."""
    due = _place(calendar.month_of(days[0], 12), nth, weekday, unit)
    yearly = _yearly(w.MONTH_NAMES[days[0].month - 1].lower(), nth, weekday, 1)
    return Hit(end=end, meaning=Meaning(day=one_day(due, repeat=yearly)), rule="nth of a period") if due else None


def _place(days: calendar.Span, nth: int, weekday: int | None, unit: str) -> date | None:
    if weekday is not None:
        return calendar.nth_weekday(days, nth, weekday)
    if unit == "workday":
        return calendar.plus_workdays(
            calendar.plus_days(days[0], -1) if nth > 0 else calendar.plus_days(days[1], 1), nth
        )
    if unit == "weekend":
        return calendar.nth_weekday(days, nth, 5)
    if unit == "week":
        monday = calendar.week_of(days[0] if nth > 0 else days[1])[0]
        return calendar.plus_days(monday, 7 * (nth - 1) if nth > 0 else 7 * (nth + 1))
    due = calendar.plus_days(days[0], nth - 1) if nth > 0 else calendar.plus_days(days[1], nth + 1)
    return due if days[0] <= due <= days[1] else None


def _last_day(end: int, today: date) -> Hit:
    """ "the last day" alone: of a month that a repeat beside it names."""
    due = calendar.month_of(today)[1]
    day = Day(first=due, last=due, due=due, kind="monthday", monthdays=(-1,))
    return Hit(end=end, meaning=Meaning(day=day), rule="last day", shape="part")


def _nth_alone(nth: int, weekday: int, end: int, today: date) -> Hit | None:
    """ "the first monday": of this month, or of the next where it has gone by."""
    months = (calendar.month_of(today, distance) for distance in range(3))
    due = next(
        (found for days in months if (found := calendar.nth_weekday(days, nth, weekday)) and found >= today), None
    )
    if due is None:
        return None
    day = Day(first=due, last=due, due=due, kind="nth", weekdays=(weekday,), nth=nth)
    return Hit(end=end, meaning=Meaning(day=day), rule="nth weekday", shape="monthday")


def edge_word(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "eow", "eom", "eoq", "eoy"."""
    kind = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}.get(tokens.words[at])
    days = unit_span(kind, 0, today) if kind else None
    if kind is None or days is None:
        return None
    return span(at + 1, days, edge_day(days, "end", kind), "day", "end of period")


def quarter(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "q3", "q3 2027", "third quarter of 2027"."""
    words = tokens.words
    led = numbers.year(tokens, at) if words[at + 1] == "q" else None
    if led:  # "2027 q1"
        return quarter(tokens, at + 1, date(led[0], 1, 1)) if words[at + 2] in ("1", "2", "3", "4") else None
    if words[at] == "q" and words[at + 1] in ("1", "2", "3", "4") and tokens.glued[at + 1]:
        number, after = int(words[at + 1]), at + 2
    else:
        found = numbers.ordinal(tokens, at)
        if found is None or not 1 <= found[0] <= 4 or words[found[1]] != "quarter":
            return None
        number, after = found[0], found[1] + 1
    said = seasons.year_behind(tokens, after, today)
    day = date(said[0] if said else today.year, number * 3 - 2, 1)
    days = calendar.quarter_of(day)
    if said is None and days[1] < today:
        days = calendar.quarter_of(day, 4)
    return span(said[1] if said else after, days, days[0], "span", "quarter")


def year(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "2027": a year needs a word before it ("in 2027"); "the year 2027" says it itself."""
    if tokens.words[at] == "year":
        at += 1
    found = numbers.year(tokens, at)
    if found is None or (tokens.words[found[1]] in ("-", "/", ".", ":") and tokens.glued[found[1]]):
        return None
    days = calendar.year_of(date(found[0], 1, 1))
    hit = span(found[1], days, days[0], "span", "year")
    return Hit(end=hit.end, meaning=hit.meaning, rule="year", shape="year")

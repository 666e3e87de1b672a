"""Parts of the day, points of it, and ranges: "this morning", "tonight", "after lunch", "first thing", "from 3 to
5pm"."""

from dataclasses import replace
from datetime import datetime

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Hit, Meaning, one_day
from backend.assistant.language.when.read import dates, periods, times
from backend.assistant.language.when.text import Tokens

_TO = frozenset({"to", "-", "–", "—", "until", "till", "til", "through", "thru"})

_NAMED_STARTS = frozenset({*w.NAMED_TIMES, *w.HOURS_ISH, *(phrase[0] for phrase in w.TIME_PHRASES)})
_LONGEST_NAME = max(len(phrase) for phrase in w.TIME_PHRASES)


def named(tokens: Tokens, at: int) -> Hit | None:
    """ "noon", "midnight", "end of day", "eod", "fiveish"."""
    words = tokens.words
    if words[at] not in _NAMED_STARTS:
        return None
    for length in range(_LONGEST_NAME, 1, -1):
        minutes = w.TIME_PHRASES.get(tuple(words[at : at + length]))
        if minutes is not None:
            return _clocked(at + length, Clock(minutes=minutes), "named time", "named")
    if words[at] in w.HOURS_ISH:
        return _clocked(at + 1, times.face(w.HOURS_ISH[words[at]], 0), "clock time", "named")
    minutes = w.NAMED_TIMES.get(words[at])
    if minutes is None:
        return None
    return _clocked(times.tail(tokens, at + 1), Clock(minutes=minutes), "named time", "named")


def tonight(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    clock = Clock(minutes=w.DAY_PARTS["night"], part="night", vague=True)
    return Hit(end=at + 1, meaning=Meaning(day=one_day(now.date()), clock=clock), rule="tonight", shape="day")


def part(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "in the morning", "this evening", "early morning", "last night", "at night", "first thing"."""
    words = tokens.words
    if words[at] == "first" and words[at + 1] == "thing":
        return _clocked(at + 2, _part("morning"), "first thing")
    day, after = None, at
    if words[at] in ("this", "last"):
        day, after = (0 if words[at] == "this" else -1), at + 1
    elif words[at] in ("in", "at", "during", "on"):
        after = at + 2 if words[at + 1] in ("the", "a") else at + 1
    clock, end = _named_part(tokens, after)
    if clock is None or (words[at] == "at" and clock.part != "night"):
        return None
    if words[at] in ("in", "during", "on") and after == at + 1:
        return None
    if day is None:
        bare = "part" if words[at] in w.DAY_PARTS else "named"
        return _clocked(end, clock, "part of the day", bare if after == at else "plain")
    if day == -1 and clock.part not in ("night", "evening"):
        return None
    said = one_day(calendar.plus_days(now.date(), day))
    return Hit(end=end, meaning=Meaning(day=said, clock=clock), rule="this part of the day")


def _named_part(tokens: Tokens, at: int) -> tuple[Clock | None, int]:
    """A part of the day, "early", "mid" or "late" before it."""
    words = tokens.words
    if words[at] in ("early", "mid", "late"):
        noun = at + 2 if words[at + 1] == "-" else at + 1
        noun = noun + 2 if words[noun] == "in" and words[noun + 1] == "the" else noun
        family = w.PART_FAMILY.get(words[noun], "")
        minutes = w.SHIFTED_PARTS.get((words[at], family))
        return (Clock(minutes=minutes, part=family, vague=True), noun + 1) if minutes else (None, at)
    if words[at] not in w.DAY_PARTS or words[at] in ("mornings", "afternoons", "evenings", "nights"):
        return None, at
    if words[at] in ("eve", "aft") and not (words[at - 1] in w.WEEKDAYS or words[at - 1] in w.RELATIVE_DAYS):
        return None, at
    return _part(words[at]), at + 1


def _part(name: str) -> Clock:
    return Clock(minutes=w.DAY_PARTS[name], part=w.PART_FAMILY[name], vague=True)


def late_tonight(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "late tonight", "later today", "later this week", "earlier today"."""
    words = tokens.words
    if words[at] in ("late", "early") and words[at + 1] in w.TONIGHT:
        clock = Clock(minutes=w.SHIFTED_PARTS[(words[at], "night")], part="night", vague=True)
        return Hit(end=at + 2, meaning=Meaning(day=one_day(now.date()), clock=clock), rule="tonight")
    if words[at] in ("late", "early"):
        return _late_on_a_day(tokens, at, now)
    if words[at] not in ("later", "earlier"):
        return None
    if words[at + 1] in ("today", "tonight"):
        return tonight(tokens, at + 1, now) if words[at + 1] == "tonight" else _today(at + 2, now)
    hit = periods.modified(tokens, at + 1, now.date()) if words[at + 1] == "this" else None
    if hit is None or hit.meaning.day is None or hit.meaning.day.last <= now.date():
        return part(tokens, at + 1, now) if words[at + 1] == "this" else None
    day = hit.meaning.day
    if words[at] == "later":
        tomorrow = calendar.plus_days(now.date(), 1)
        day = replace(day, first=max(day.first, tomorrow), due=max(day.due, tomorrow))
    else:
        day = replace(day, last=now.date(), due=day.first)
    return replace(hit, meaning=Meaning(day=day), rule="later this period")


def remainder(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "rest of the week", "remainder of the month": from today to its end."""
    words = tokens.words
    start = at + 3 if words[at + 2] in ("the", "this") else at + 2
    if words[at + 1] != "of":
        return None
    if words[start] in ("day", "today"):
        return _today(start + 1, now)
    days = periods.unit_span(w.UNITS.get(words[start], ""), 0, now.date())
    if days is None or words[start] in w.SHORT_UNITS:
        return None
    return periods.span(start + 1, (now.date(), days[1]), days[1], "span", "rest of a period")


def _late_on_a_day(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "early tomorrow morning", "late friday afternoon", "early on monday morning"."""
    start = at + 2 if tokens.words[at + 1] == "on" else at + 1
    if tokens.words[start] == "this" and start == at + 1:  # "late this afternoon"
        minutes = w.SHIFTED_PARTS.get((tokens.words[at], w.PART_FAMILY.get(tokens.words[at + 2], "")))
        clock = Clock(minutes=minutes or 0, part=w.PART_FAMILY.get(tokens.words[at + 2]), vague=True)
        today = Meaning(day=one_day(now.date()), clock=clock)
        return Hit(end=at + 3, meaning=today, rule="late on a day") if minutes else None
    hit = dates.relative_day(tokens, start, now.date()) or dates.weekday(tokens, start, now.date())
    family = w.PART_FAMILY.get(tokens.words[hit.end], "") if hit else ""
    minutes = w.SHIFTED_PARTS.get((tokens.words[at], family))
    if hit and not family and start == at + 1 and not tokens.words[hit.end][:1].isalnum():  # "early friday"
        part_of_day = {"early": "morning", "late": "afternoon"}[tokens.words[at]]
        clock = Clock(minutes=w.SHIFTED_PARTS[(tokens.words[at], part_of_day)], part=part_of_day, vague=True)
        return Hit(end=hit.end, meaning=replace(hit.meaning, clock=clock), rule="late on a day")
    if hit is None or minutes is None:
        return None
    clock = Clock(minutes=minutes, part=family, vague=True)
    return Hit(end=hit.end + 1, meaning=replace(hit.meaning, clock=clock), rule="late on a day")


def _today(end: int, now: datetime) -> Hit:
    return Hit(end=end, meaning=Meaning(day=one_day(now.date())), rule="later today")


def event(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "after lunch", "before work", "at dinner"."""
    minutes = w.EVENT_TIMES.get((tokens.words[at], tokens.words[at + 1]))
    if minutes is None or tokens.words[at + 2] == "-":
        return None
    return Hit(end=at + 2, meaning=Meaning(clock=Clock(minutes=minutes)), rule="point of the day", shape="adverb")


def lunch(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "call bob tomorrow lunch": only right after a day, which ``find`` sees to by its shape.

    None where the meal is what there is to do: "friday dinner with Ana", "book sunday lunch", "christmas dinner".
    """
    day, after = tokens.words[at - 1], tokens.words[at + 1]
    place = at - 3 if at > 2 and tokens.words[at - 2] in w.BEFORE_A_DAY else at - 2
    before = tokens.words[place] if place >= 0 else ""
    if not before or before in w.HAVING_A_MEAL or after in w.OF_A_MEAL or day not in {*w.WEEKDAYS, *w.RELATIVE_DAYS}:
        return None
    minutes = w.EVENT_TIMES[("at", tokens.words[at])]
    return Hit(end=at + 1, meaning=Meaning(clock=Clock(minutes=minutes)), rule="meal", shape="part")


def meal(tokens: Tokens, at: int) -> Hit | None:
    """ "lunch", for "2 hours after lunch"."""
    minutes = w.EVENT_TIMES.get(("at", tokens.words[at]))
    return _clocked(at + 1, Clock(minutes=minutes), "meal") if minutes else None


def this_time(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "this time tomorrow", "same time on friday": the clock as it is now."""
    words = tokens.words
    after = at + 3 if words[at + 2] == "on" else at + 2
    clock = Clock(minutes=now.hour * 60 + now.minute)
    unit = w.UNITS.get(words[at + 3]) if words[at + 2] == "next" else None
    length = numbers.measure(1, unit) if unit in ("week", "month", "year") else None
    if words[at + 1] == "time" and length:
        day = one_day(length.move(now.date()))
        return Hit(end=at + 4, meaning=Meaning(day=day, clock=clock), rule="this time")
    days = w.RELATIVE_DAYS.keys() | w.WEEKDAYS.keys()
    return _clocked(at + 2, clock, "this time") if words[at + 1] == "time" and words[after] in days else None


def between(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "from 3 to 5pm", "between two and four", "9-11am", "from monday to friday": it starts at the first."""
    words = tokens.words
    if words[at] == "in" and words[at + 1] != "between":
        return None
    at = at + 1 if words[at] == "in" else at
    opened = words[at] in ("from", "between")
    start = at + 1 if opened else at
    return _clock_range(tokens, start, opened, words[at] == "between") or _day_range(tokens, start, now, words[at])


def _clock_range(tokens: Tokens, start: int, opened: bool, between_them: bool) -> Hit | None:
    first = named(tokens, start) or times.clock(tokens, start)
    if first is None or first.meaning.clock is None or not _joins(tokens, first.end, between_them):
        return None
    second = named(tokens, first.end + 1) or times.clock(tokens, first.end + 1)
    if second is None or second.meaning.clock is None:
        return None
    bare = first.shape in ("hour", "four") and second.shape in ("hour", "four")
    before = tokens.words[start - 1] if start else ""
    at_hours = before == "at"  # "at 6 to 9"; "10 till 2" may be a score
    if before in w.WEEKDAYS or before in w.RELATIVE_DAYS:  # "tomorrow 8-10"
        at_hours = tokens.words[second.end] in ("", ",", ";", ".")
    if bare and not opened and not at_hours:
        return None
    clock = _as_start(first.meaning.clock, second.meaning.clock)
    return Hit(end=second.end, meaning=Meaning(clock=clock), rule="time range")


def days_of_month(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "13 to 15 july", "from 23rd to 26th oct", "between the 13th and 15th of july": it starts at the first."""
    start = at + 1 if tokens.words[at] in ("from", "between") else at
    start = start + 1 if tokens.words[start] == "the" else start
    first = numbers.ordinal(tokens, start) or numbers.cardinal(tokens, start)
    if first is None or not 1 <= first[0] <= 31 or not _joins(tokens, first[1], tokens.words[at] == "between"):
        return None
    after = first[1] + 2 if tokens.words[first[1] + 1] == "the" else first[1] + 1
    last = dates.day_first(tokens, after, now.date())
    day = last.meaning.day if last else None
    if last is None or day is None or day.kind != "date" or first[0] >= day.due.day:
        return None
    begin = day.due.replace(day=first[0])
    if begin < now.date() <= day.due:
        begin = day.due.replace(day=first[0])
    return periods.span(last.end, (begin, day.due), begin, "span", "days of a month")


def _as_start(first: Clock, last: Clock) -> Clock:
    """The start of a range whose end says which half of the day: "3 to 5pm" is 15:00, "11 to 1pm" 11:00."""
    if not first.open or last.open:
        return first
    hour = first.minutes % 720
    late = hour + 720
    return Clock(minutes=late if last.minutes >= 720 and late < last.minutes else hour)


def _day_range(tokens: Tokens, start: int, now: datetime, opened: str) -> Hit | None:
    today = now.date()
    start = start + 1 if tokens.words[start] == "the" else start
    first = periods.named_day(tokens, start, today)
    if first is None or first.meaning.day is None or not _joins(tokens, first.end, opened == "between"):
        return None
    after = first.end + 2 if tokens.words[first.end + 1] == "the" else first.end + 1
    second = periods.named_day(tokens, after, today)
    if second is None or second.meaning.day is None:
        return None
    one, two = first.meaning.day, second.meaning.day
    if one.kind == "date" and two.kind == "monthday" and one.due.day < two.monthdays[0] <= one.due.replace(day=28).day:
        two = one_day(one.due.replace(day=two.monthdays[0]))
    if one.kind == "monthday" and two.kind == "date":
        return None
    last = two.last
    while last < one.first and two.kind == "weekday":
        last = calendar.plus_days(last, 7)
    if last < one.first:
        return None
    return periods.span(second.end, (one.first, last), one.due, "span", "day range")


def _joins(tokens: Tokens, at: int, between_them: bool) -> bool:
    return tokens.words[at] in _TO or (between_them and tokens.words[at] in ("and", "&"))


def _clocked(end: int, clock: Clock, rule: str, shape: str = "plain") -> Hit:
    return Hit(end=end, meaning=Meaning(clock=clock), rule=rule, shape=shape)  # type: ignore[arg-type]

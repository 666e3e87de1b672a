"""Times by their distance: "in 3 days", "two hours from now", "a week from tuesday", "2 days before christmas", "3 weeks ago"."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Day, Hit, Meaning, one_day
from backend.assistant.language.when.read import daytime, periods, times
from backend.assistant.language.when.text import Tokens

_IN = frozenset({"in", "within"})


def ahead(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "in 3 days", "within two weeks", "in the next hour", "after 5 days": the amount after a word that needs it."""
    words = tokens.words
    after = at + 1
    if words[after] == "the" and words[after + 1] in ("next", "coming", "hour"):
        after += 1 if words[after + 1] == "hour" else 2
    elif words[after] in ("next", "another"):
        after += 1
    elif words[after] in ("just", "exactly", "under", "about", "approximately", "around", "like", "maybe", "roughly"):
        after += 1
    found = numbers.amount(tokens, after)
    if found is None and words[after - 1] in ("next", "the"):
        unit = numbers.unit_at(tokens, after)
        one = numbers.measure(1, unit[0]) if unit and unit[0] in ("hour", "minute") else None
        found = (one, unit[1]) if one and unit else None
    if found is None:
        return None
    length, after = found
    if words[after - 1].endswith("s'") or (words[after] in ("'", "’") and tokens.glued[after]):
        after = after + 1 if words[after] in ("'", "’") else after
        after = after + 1 if words[after] == "time" else after
    elif words[after] == "or" and words[after + 1] == "so":
        after += 2
    elif words[after] == "time" and words[after + 1] != "for":
        after += 1
    elif words[after] == "from" and words[after + 1] in ("now", "today"):
        after += 2
    return _moved(after, length, 1, now, "in an amount", tokens.zone)


def from_day(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "3 days from now", "a week from tuesday", "2 days after tomorrow", "3 weeks ago", "a week on friday", "3 fridays from now"."""
    fridays = _weekdays_from_now(tokens, at, now)
    if fridays:
        return fridays
    if tokens.words[at] in ("day", "week", "month", "year", "morning", "night", "evening"):
        return _the_day_after(tokens, at, now)
    found = numbers.amount(tokens, at)
    if found is None:
        return None
    length, after = found
    words = tokens.words
    if (
        words[after] in ("from", "after", "since", "hence", "ago", "before", "prior", "back", "on", "of")
        or length.weeks
    ):
        return _anchored(tokens, after, length, now)
    return None


def _anchored(tokens: Tokens, after: int, length: numbers.Amount, now: datetime) -> Hit | None:
    """The amount before or after what follows it: "from now", "ago", "after christmas"."""
    words = tokens.words
    word = words[after]
    if word in ("ago", "back"):
        return _moved(after + 1, length, -1, now, "ago", tokens.zone) if word == "ago" else None
    if word == "hence" or (word in ("from", "after") and words[after + 1] in ("now", "today", "right", "this")):
        if word != "hence" and words[after + 1] == "right" and words[after + 2] != "now":
            return None
        if word != "hence" and words[after + 1] == "this":
            return _moved(after + 3, length, 1, now, "from now", tokens.zone) if words[after + 2] == "day" else None
        steps = 1 if word == "hence" else 3 if words[after + 1] == "right" else 2
        return _moved(after + steps, length, 1, now, "from now", tokens.zone, dated=words[after + 1] == "today")
    plain = word not in ("from", "after", "before", "on", "prior")
    if plain and not (
        length.weeks
        and length.number
        and (word in w.RELATIVE_DAYS or (word == "this" and words[after + 1] in w.WEEKDAYS))
    ):
        return None
    if word == "on" and not length.weeks:
        return None
    start = after if plain else after + 1
    start = start + 1 if words[start] in ("the", "to", "this", "on") else start
    if length.timed and not plain and word != "on":
        return _beside_clock(tokens, start, length, -1 if word in ("before", "prior") else 1)
    anchor = periods.named_day(tokens, start, now.date())
    if anchor is None or anchor.meaning.day is None or length.timed or words[start] in w.TONIGHT:
        return None
    due = length.move(anchor.meaning.day.due, -1 if word in ("before", "prior") else 1)
    return Hit(end=anchor.end, meaning=Meaning(day=one_day(due)), rule="amount from a day")


def _beside_clock(tokens: Tokens, at: int, length: numbers.Amount, sign: int) -> Hit | None:
    """ "2 hours before noon", "half an hour after 5pm"."""
    hit = daytime.named(tokens, at) or times.clock(tokens, at)
    if hit is None or hit.meaning.clock is None or hit.shape == "hour" or length.months or length.days or length.weeks:
        return None
    clock = hit.meaning.clock
    start = clock.minutes + 720 if clock.open and clock.minutes < 480 else clock.minutes
    moved = (start + sign * (length.seconds // 60)) % 1440
    return Hit(end=hit.end, meaning=Meaning(clock=Clock(minutes=moved)), rule="amount from a time")


def _the_day_after(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "the day after christmas", "the week before easter", "the day before march 5"."""
    words = tokens.words
    unit = w.UNITS.get(words[at])
    if unit is None or words[at + 1] not in ("after", "before", "following"):
        return None
    start = at + 3 if words[at + 2] == "the" else at + 2
    anchor = periods.named_day(tokens, start, now.date())
    length = numbers.measure(1, unit)
    if anchor is None or anchor.meaning.day is None or length is None:
        return None
    due = length.move(anchor.meaning.day.due, -1 if words[at + 1] == "before" else 1)
    return Hit(end=anchor.end, meaning=Meaning(day=one_day(due)), rule="the day after")


def _weekdays_from_now(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "3 fridays from now", "two mondays ago"."""
    words = tokens.words
    found = numbers.cardinal(tokens, at)
    if found is None or not 0 < found[0] < 500:
        return None
    weekday = w.WEEKDAYS_PLURAL.get(words[found[1]], w.WEEKDAYS.get(words[found[1]]))
    if weekday is None:
        return None
    today = now.date()
    if words[found[1] + 1 : found[1] + 3] in (["from", "now"], ["from", "today"]):
        due = calendar.plus_days(calendar.weekday_after(today, weekday), 7 * (found[0] - 1))
        return Hit(end=found[1] + 3, meaning=Meaning(day=one_day(due)), rule="weekdays from now")
    if words[found[1] + 1] == "ago":
        due = calendar.plus_days(calendar.weekday_before(today, weekday), -7 * (found[0] - 1))
        return Hit(end=found[1] + 2, meaning=Meaning(day=one_day(due)), rule="weekdays ago")
    return None


def _elapsed(length: numbers.Amount, now: datetime, sign: int, zone: str | None) -> datetime:
    """Now, moved by the days of the calendar and then by the hours that pass in the zone."""
    moved = length.move_time(now, sign)
    if zone is None:
        return moved
    start = datetime.combine(length.move(now.date(), sign), now.time())
    passed = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) + (moved - start)
    return passed.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _moved(
    end: int, length: numbers.Amount, sign: int, now: datetime, rule: str, zone: str | None, *, dated: bool = False
) -> Hit:
    """Now, moved: a moment where hours or minutes were said, else a day; whole weeks keep their week for "monday in two weeks"."""
    if length.timed and not dated:
        return Hit(end=end, meaning=Meaning(moment=_elapsed(length, now, sign, zone)), rule=rule)
    due = length.move(now.date(), sign)
    if length.weeks and not length.days and not length.months:
        day = Day(first=due, last=due, due=due, kind="week")
        return Hit(end=end, meaning=Meaning(day=day), rule=rule)
    return Hit(end=end, meaning=Meaning(day=one_day(due)), rule=rule)

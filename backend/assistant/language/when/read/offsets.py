"""Times by their distance: "in 3 days", "two hours from now", "a week from tuesday", "2 days before christmas", "3
weeks ago"."""

from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Day, Hit, Meaning, one_day
from backend.assistant.language.when.read import daytime, periods, times
from backend.assistant.language.when.text import Tokens


def ahead(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "in 3 days", "within two weeks", "in the next hour", "after 5 days": the amount after a word that needs it."""
    if tokens.words[at] == "+" and (tokens.glued[at] or (at and tokens.words[at - 1].isdigit())):
        return None  # a sum
    after = _past_hedge(tokens.words, at + 1)
    found = numbers.amount(tokens, after) or _one_hour(tokens, after) or _months(tokens, after)
    if found is None:
        return None
    length, after = found
    return _moved(_Now(now, tokens.zone), _past_tail(tokens.words, after), length, 1, rule="in an amount")


def _past_hedge(words: list[str], at: int) -> int:
    """Past "the next", "about", "exactly"."""
    if words[at] == "the" and words[at + 1] in ("next", "coming", "hour"):
        return at + 1 if words[at + 1] == "hour" else at + 2
    limit = next((len(said) for said in w.LIMITS if tuple(words[at : at + len(said)]) == said), 0)
    at = at + limit if limit else at + 1 if words[at] in w.HEDGES else at
    return at + 1 if words[at] == "~" else at


def _one_hour(tokens: Tokens, at: int) -> tuple[numbers.Amount, int] | None:
    """ "within the hour", "in the next minute": a unit without its number."""
    unit = numbers.unit_at(tokens, at) if tokens.words[at - 1] in ("next", "the") else None
    one = numbers.measure(1, unit[0]) if unit and unit[0] in ("hour", "minute") else None
    return (one, unit[1]) if one and unit else None


def _months(tokens: Tokens, at: int) -> tuple[numbers.Amount, int] | None:
    """ "in 2 mon": only behind a number is "mon" no monday."""
    found = numbers.cardinal(tokens, at)
    if found is None or tokens.words[found[1]] not in ("mon", "mons") or not 0 < found[0] < 100:
        return None
    length = numbers.measure(found[0], "month")
    return (length, found[1] + 1) if length else None


def _past_tail(words: list[str], at: int) -> int:
    """Past "or so", "time" ("in two weeks' time"), "from now"."""
    if words[at : at + 2] in (["or", "so"], ["or", "two"], ["from", "now"], ["from", "today"]):
        return at + 2
    return at + 1 if words[at] == "time" and words[at + 1] != "for" else at


def from_day(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "3 days from now", "a week from tuesday", "2 days after tomorrow", "3 weeks ago", "a week on friday", "3
    fridays from now"."""
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
        words[after] in ("from", "after", "since", "hence", "ago", "before", "prior", "back", "on", "of", "later")
        or length.weeks
    ):
        return _anchored(tokens, after, length, now)
    return None


def _anchored(tokens: Tokens, at: int, length: numbers.Amount, now: datetime) -> Hit | None:
    """The amount before or after what follows it: "ago", "from now", "after christmas", "before noon"."""
    words = tokens.words
    word = words[at]
    since = _Now(now, tokens.zone)
    if word == "later" and not words[at + 1][:1].isalnum():
        return _moved(since, at + 1, length, 1, rule="later than now")
    if word in ("ago", "hence"):
        return _moved(since, at + 1, length, -1 if word == "ago" else 1, rule=word)
    steps = _NOW_WORDS.get(words[at + 1], 0) or 2 * (words[at + 1 : at + 3] in (["right", "now"], ["this", "day"]))
    if word in _BESIDE and steps:
        sign = -1 if word in ("before", "prior") else 1
        return _moved(since, at + 1 + steps, length, sign, rule="from now", dated=words[at + 1] == "today")
    sign = -1 if word in ("before", "prior") else 1
    if word in _BESIDE and length.timed:
        return _beside_clock(tokens, _past_article(words, at + 1), length, sign)
    return _beside_day(tokens, at, length, sign, now.date())


_NOW_WORDS = {"now": 1, "today": 1}
_BESIDE = frozenset({"from", "after", "before", "prior"})


def _beside_day(tokens: Tokens, at: int, length: numbers.Amount, sign: int, today: date) -> Hit | None:
    """ "a week from tuesday", "two days before christmas"; with whole weeks "a week on friday", "a week tomorrow"."""
    words = tokens.words
    if words[at] in _BESIDE or (words[at] == "on" and length.weeks):
        start = _past_article(words, at + 1)
    elif length.weeks and (words[at] in w.RELATIVE_DAYS or (words[at] == "this" and words[at + 1] in w.WEEKDAYS)):
        start = at
    else:
        return None
    anchor = None if length.timed or words[start] in w.TONIGHT else periods.named_day(tokens, start, today)
    if anchor is None or anchor.meaning.day is None:
        return None
    return Hit(
        end=anchor.end,
        meaning=Meaning(day=one_day(length.move(anchor.meaning.day.due, sign))),
        rule="amount from a day",
    )


def _past_article(words: list[str], at: int) -> int:
    return at + 1 if words[at] in ("the", "to") else at


def _beside_clock(tokens: Tokens, at: int, length: numbers.Amount, sign: int) -> Hit | None:
    """ "2 hours before noon", "half an hour after 5pm"."""
    hit = daytime.named(tokens, at) or times.clock(tokens, at) or daytime.meal(tokens, at)
    if (
        hit is None
        or hit.meaning.clock is None
        or (hit.shape == "hour" and _counts(tokens.words[hit.end]))
        or length.months
        or length.days
        or length.weeks
    ):
        return None
    clock = hit.meaning.clock
    start = clock.minutes + 720 if clock.open and clock.minutes < 480 else clock.minutes
    moved = (start + sign * (length.seconds // 60)) % 1440
    return Hit(end=hit.end, meaning=Meaning(clock=Clock(minutes=moved)), rule="amount from a time")


def _counts(word: str) -> bool:
    """Whether the word behind a number is what it counts: "1 hour before 3 people"."""
    return word[:1].isalnum() and word not in w.CONNECTORS and word not in w.RELATIVE_DAYS and word not in w.WEEKDAYS


def _the_day_after(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "the day after christmas", "the week before easter", "the day before march 5"."""
    words = tokens.words
    unit = w.UNITS.get(words[at])
    if unit is None or words[at + 1] not in ("after", "before", "following", "from"):
        return None
    start = at + 3 if words[at + 2] == "the" else at + 2
    anchor = periods.named_day(tokens, start, now.date())
    length = numbers.measure(1, unit)
    if anchor is None or anchor.meaning.day is None or length is None:
        return None
    due = length.move(anchor.meaning.day.due, -1 if words[at + 1] == "before" else 1)
    return Hit(end=anchor.end, meaning=Meaning(day=one_day(due)), rule="the day after")


def part_before(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "the night before christmas", "the morning after the wedding day": a part of the day beside the day named."""
    words = tokens.words
    if words[at + 1] not in ("before", "after"):
        return None
    anchor = periods.named_day(tokens, _past_article(words, at + 2), now.date())
    if anchor is None or anchor.meaning.day is None:
        return None
    due = calendar.plus_days(anchor.meaning.day.due, -1 if words[at + 1] == "before" else 1)
    clock = Clock(minutes=w.DAY_PARTS[words[at]], part=w.PART_FAMILY[words[at]], vague=True)
    return Hit(end=anchor.end, meaning=Meaning(day=one_day(due), clock=clock), rule="the part of a day before")


def _weekdays_from_now(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "3 fridays from now", "two mondays ago"."""
    words = tokens.words
    found = numbers.cardinal(tokens, at)
    if found is None or not 0 < found[0] < 500:
        return None
    weekday = w.WEEKDAYS_PLURAL.get(words[found[1]], w.WEEKDAYS.get(words[found[1]]))
    weekday = 5 if words[found[1]] in ("weekends", "weekend") else weekday
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


class _Now(NamedTuple):
    moment: datetime
    zone: str | None


def _elapsed(length: numbers.Amount, now: _Now, sign: int) -> datetime:
    """Now, moved by the days of the calendar and then by the hours that pass in the zone."""
    moved = length.move_time(now.moment, sign)
    if now.zone is None:
        return moved
    start = datetime.combine(length.move(now.moment.date(), sign), now.moment.time())
    passed = start.replace(tzinfo=ZoneInfo(now.zone)).astimezone(UTC) + (moved - start)
    return passed.astimezone(ZoneInfo(now.zone)).replace(tzinfo=None)


def _moved(now: _Now, end: int, length: numbers.Amount, sign: int, *, rule: str, dated: bool = False) -> Hit:
    """Now, moved: a moment where hours or minutes were said, else a day. Whole weeks keep their week for "monday in two
    weeks"."""
    if length.timed and not dated:
        return Hit(end=end, meaning=Meaning(moment=_elapsed(length, now, sign)), rule=rule)
    due = length.move(now.moment.date(), sign)
    whole_weeks = length.weeks and not length.days and not length.months
    day = Day(first=due, last=due, due=due, kind="week") if whole_weeks else one_day(due)
    return Hit(end=end, meaning=Meaning(day=day), rule=rule)


def present(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "now", "right now", "right away"."""
    if tokens.words[at] == "right" and tokens.words[at + 1] != "now":
        return None
    if at and tokens.words[at - 1] in ("from", "before", "after"):
        return None  # the end of words that name another time ("100 sprints from now")
    if tokens.words[at + 1] == "+":
        return ahead(tokens, at + 1, now)
    end = at + 2 if tokens.words[at] == "right" else at + 1
    return Hit(end=end, meaning=Meaning(moment=now), rule="now", shape="now")

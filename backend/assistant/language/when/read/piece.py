"""The phrase at one place: the words that lead it, then the longest reading of the readers that know its first word."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Day, Hit, Meaning, Piece
from backend.assistant.language.when.read import (
    completions,
    dates,
    daytime,
    impossible,
    numeric,
    offsets,
    periods,
    places,
    repeats,
    rhythms,
    seasons,
    times,
    weeks,
    zones,
)
from backend.assistant.language.when.text import Tokens

Reader = Callable[[Tokens, int, datetime], Hit | None]

_SIDES = {"by": "by", "before": "before", "after": "after", "since": "since"}
_MOST_LEADS = 3
_FAR = 12  # words between a rhythm and its end
_STOPS = frozenset(("", "\0", ",", ";", "!", "?", ")"))  # "\0" is what no reader knows: a tag, a link
_HOUR_AFTER = w.WEEKDAYS.keys() | w.RELATIVE_DAYS.keys() | w.TONIGHT | {"morning", "afternoon", "evening", "eve"}
_NO_HOUR_AFTER = w.LABELS | w.AMOUNT_VERBS | w.DETERMINERS
_PHRASE_STARTS = frozenset(phrase[0] for phrase in w.LEAD_PHRASES)
_LEAD_STARTS = _PHRASE_STARTS | w.LEADS | {"the"}


def _dated(reader: Callable[..., Hit | None]) -> Reader:
    return lambda tokens, at, now: reader(tokens, at, now.date())


def _clocked(reader: Callable[[Tokens, int], Hit | None]) -> Reader:
    return lambda tokens, at, now: reader(tokens, at)


_MODIFIED, _EDGE, _CLOCK = _dated(periods.modified), _dated(places.edge), _clocked(times.clock)
_DAY_FIRST, _QUARTER, _PLACED, _YEAR = map(_dated, (dates.day_first, places.quarter, places.placed, places.year))
_BESIDE, _IMPOSSIBLE = _dated(periods.beside), _dated(impossible.impossible)
_DIGITS: tuple[Reader, ...] = (
    _dated(numeric.numeric), daytime.between, daytime.days_of_month, _CLOCK, _DAY_FIRST, offsets.from_day, _PLACED,
    rhythms.place_of_every, _QUARTER,
    rhythms.times_said, _dated(seasons.half), _YEAR, _IMPOSSIBLE, completions.spaced,
)  # fmt: skip
_DIGITS_ALONE: tuple[Reader, ...] = (_dated(numeric.numeric), _CLOCK, _YEAR)
_AFTER_DIGITS = frozenset(
    {"q", *w.UNITS, *w.MONTHS, *w.WEEKDAYS, *w.WEEKDAYS_PLURAL, *w.WEEKEND, *w.ORDINAL_ENDINGS, *w.WORKDAY_WORDS}
    | w.JOINED_TO_NUMBERS
    | {"weekends", "mon", "mons"}
)
_BY_FIRST_WORD: tuple[tuple[Iterable[str], tuple[Reader, ...]], ...] = (
    (w.RELATIVE_DAYS.keys() - w.TONIGHT, (_dated(dates.relative_day), daytime.between)),
    (w.TONIGHT, (daytime.tonight,)),
    (("day", "tom"), (_dated(dates.relative_day),)),
    (w.WEEKDAYS, (_dated(dates.weekday), rhythms.plural, daytime.between, _BESIDE)),
    (w.MONTHS, (_dated(dates.month_first), _MODIFIED, daytime.between, _IMPOSSIBLE)),
    (w.WEEKEND, (_dated(periods.weekend), _MODIFIED, _BESIDE)),
    (("closest", "nearest"), (_BESIDE,)),
    ({name.split()[0] for names in w.HOLIDAY_NAMES.values() for name in names}, (_dated(dates.holiday),)),
    (w.NEXT | w.COMING | w.LAST, (_MODIFIED,)),
    (("years", "year's", "months", "quarter's"), (_EDGE,)),
    (("penultimate",), (_PLACED,)),
    (("week", "month", "quarter", "year"), (_MODIFIED, _EDGE, _dated(periods.current), _IMPOSSIBLE)),
    (("day", "week", "month", "year"), (offsets.from_day,)),
    (("year",), (_YEAR,)),
    (places.EDGES, (_EDGE,)),
    (("q",), (_QUARTER,)),
    (("eow", "eom", "eoy", "eoq"), (_dated(places.edge_word),)),
    ((*w.CARDINALS, "a", "an"), (completions.spaced,)),
    (w.CARDINALS, (_CLOCK, daytime.between, _DAY_FIRST, offsets.from_day, _YEAR, _PLACED, rhythms.times_said)),
    ({*w.ORDINALS, "twenty", "thirty", "last", "end"}, (_DAY_FIRST, _QUARTER, _PLACED, rhythms.place_of_every)),
    ((*w.VAGUE_AMOUNTS, "a", "an", "half", "three", "another"), (offsets.from_day,)),
    (("a", "half", "quarter"), (_CLOCK,)),
    (("in", "within", "after", "+"), (offsets.ahead,)),
    (("after",), (completions.marked,)),
    (("morning", "afternoon", "evening", "night"), (offsets.part_before,)),
    ({*w.NAMED_TIMES, *(phrase[0] for phrase in w.TIME_PHRASES)}, (_clocked(daytime.named), daytime.between)),
    ((*w.DAY_PARTS, "early", "mid", "late", "first", "in", "this", "last", "at", "during", "on"), (daytime.part,)),
    (("late", "early", "later", "earlier"), (daytime.late_tonight,)),
    ({phrase[0] for phrase in w.EVENT_TIMES}, (daytime.event,)),
    (("lunch", "breakfast", "dinner"), (daytime.lunch,)),
    (("now", "right"), (offsets.present,)),
    (("this", "same"), (daytime.this_time,)),
    (("from", "between", "in"), (daytime.between,)),
    (("from", "between"), (daytime.days_of_month,)),
    (w.SEASONS, (_dated(seasons.season),)),
    (("first", "second"), (_dated(seasons.half),)),
    (("oh",), (_CLOCK,)),
    (w.HOURS_ISH, (_clocked(daytime.named),)),
    (w.EVERY, (repeats.every,)),
    ((*w.FREQUENCIES, "bi", "semi", "once", "twice", *w.OTHER), (rhythms.adverb,)),
    (("in", "mornings", "afternoons", "evenings", "nights"), (rhythms.part_plural,)),
    ((*w.WEEKDAYS_PLURAL, *w.DAY_SETS), (rhythms.plural,)),
    (("for",), (rhythms.length,)),
    (("rest", "remainder"), (daytime.remainder,)),
    (weeks.NAMES, (_dated(weeks.numbered),)),
    (w.WEEKDAYS, (_dated(weeks.day_of),)),
)  # fmt: skip


def _table() -> dict[str, tuple[Reader, ...]]:
    table: dict[str, tuple[Reader, ...]] = {}
    for starts, readers in _BY_FIRST_WORD:
        for word in starts:
            table[word] = table.get(word, ()) + readers
    return table


_READERS = _table()


class _Core(NamedTuple):
    """Where a reading itself starts, and the word that leads it."""

    at: int
    lead: str


def read_piece(tokens: Tokens, at: int, now: datetime) -> Piece | None:
    """The longest phrase that says when and begins at a token, with the words that lead it."""
    word = tokens.words[at]
    if word not in _READERS and word not in _LEAD_STARTS and not word.isdigit():
        return None
    if (
        word.isdigit()
        and at > 1
        and tokens.glued[at]
        and tokens.words[at - 1] == "."
        and tokens.words[at - 2].isdigit()
    ):
        return None
    best: Piece | None = None
    for place in _cores(tokens, at):
        core = place.at
        first = tokens.words[core]
        for reader in _digit_readers(tokens, core) if first.isdigit() else _READERS.get(first, ()):
            hit = _read(reader, tokens, core, now)
            hit = completions.from_completion(tokens, zones.zoned(tokens, hit)) if hit else None
            hit = zones.past_zone(tokens, core, _past_tail(tokens, hit)) if hit else None
            piece = _led(tokens, at, place, hit, now.date()) if hit and (best is None or hit.end > best.end) else None
            best = piece or best
    return best


_TAILS = (("at", "the", "latest"), ("at", "latest"), ("onwards",), ("onward",), ("coming", "up"), ("coming",))
_TAIL_STARTS = frozenset(tail[0] for tail in _TAILS)


def _past_tail(tokens: Tokens, hit: Hit) -> Hit:
    """Past what only stresses a day or a time: "friday at the latest", "from monday onwards", "sunday coming"."""
    words = tokens.words
    if not (hit.meaning.day or hit.meaning.clock) or words[hit.end] not in _TAIL_STARTS:
        return hit
    length = next((len(tail) for tail in _TAILS if tuple(words[hit.end : hit.end + len(tail)]) == tail), 0)
    if words[hit.end] == "coming" and (not _is_weekday(hit) or words[hit.end + length][:1].isalnum()):
        return hit  # "tomorrow coming home"
    return replace(hit, end=hit.end + length) if length else hit


def _is_weekday(hit: Hit) -> bool:
    return hit.rule in ("weekday", "modified weekday", "weekend")


def _read(reader: Reader, tokens: Tokens, core: int, now: datetime) -> Hit | None:
    """What the reader finds. A day outside the years 1 to 9999 is no date: its words stay as they are."""
    try:
        return reader(tokens, core, now)
    except (OverflowError, ValueError):
        return None


def _digit_readers(tokens: Tokens, core: int) -> tuple[Reader, ...]:
    """The readers for a number: few where what follows it can be no part of a longer phrase."""
    return _DIGITS if tokens.words[core + 1] in _AFTER_DIGITS else _DIGITS_ALONE


def _cores(tokens: Tokens, at: int) -> Iterable[_Core]:
    """Where the reading itself may start, and its lead: at the first token, or after lead words and "the"."""
    lead = ""
    yield _Core(at, lead)
    for _ in range(_MOST_LEADS):
        found = _lead(tokens, at)
        if found is None:
            break
        at, lead = found
        yield _Core(at, lead)
        if lead == w.REPEATED:
            break
    if tokens.words[at] == "the":
        yield _Core(at + 1, lead)


def _lead(tokens: Tokens, at: int) -> tuple[int, str] | None:
    """The lead at a token, of one word or several, and the token after it."""
    if tokens.words[at] in _PHRASE_STARTS:
        for length in (4, 3, 2, 1):
            lead = w.LEAD_PHRASES.get(tuple(tokens.words[at : at + length]))
            if lead:
                return at + length, lead
    return (at + 1, tokens.words[at]) if tokens.words[at] in w.LEADS else None


def _led(tokens: Tokens, at: int, place: _Core, hit: Hit, today: date) -> Piece | None:
    """The reading with its leads; None where it needs another lead, or leads cannot lead it (it is then found
    without them)."""
    core, lead = place
    article = core > at and tokens.words[core - 1] == "the"
    if lead and not _may_lead(lead, hit, article):
        return None
    if lead == w.REPEATED and not (at and hit.meaning.repeat):
        return None
    if hit.shape == "hour" and not _is_hour(tokens, core, hit, lead, article=article):
        return None
    counted = not lead and core and tokens.words[core - 1] in _NO_HOUR_AFTER  # "watch 300 tonight"
    if hit.shape == "four" and (article or counted or lead in ("in", "during") or _is_year(tokens, core, lead)):
        return None
    if lead == "ending" and not _after_rhythm(tokens, at):  # "write the ending tomorrow"
        return None
    if hit.shape == "year" and lead not in ("in", "by", "before", "during") and lead not in w.ENDS:
        return None
    meaning = _turned(hit.meaning, lead, today)
    return Piece(
        start=at, core=core, end=hit.end, meaning=meaning, rule=hit.rule, shape=hit.shape, lead=lead, article=article
    )  # fmt: skip


def _is_year(tokens: Tokens, core: int, lead: str) -> bool:
    """Whether four digits are a year: "every month until 2028", where a time of day ends nothing."""
    return lead in w.ENDS and _after_rhythm(tokens, core) and numbers.year(tokens, core) is not None


def _after_rhythm(tokens: Tokens, at: int) -> bool:
    before = tokens.words[max(at - _FAR, 0) : at]
    return any(word in w.EVERY or word in w.FREQUENCIES for word in before)


def _is_hour(tokens: Tokens, core: int, hit: Hit, lead: str, *, article: bool) -> bool:
    """Whether a bare number is an hour: with a word that leads it ("at 5"), or a part of the day after it ("8
    tonight")."""
    words, end = tokens.words, hit.end
    if article or (words[end] == "-" and tokens.glued[end] and words[end + 1].isdigit()):
        return False
    if lead in w.HOUR_LEADS:
        return True
    if lead or (core and (words[core - 1] in _NO_HOUR_AFTER)):
        return False
    if core and words[core - 1] in _HOUR_AFTER and words[end] in _STOPS:
        return True
    after = end + 1 if words[end] in w.RELATIVE_DAYS and words[end + 1] in w.DAY_PARTS else end
    if words[end] in ("in", "this") and (words[end] == "this" or words[end + 1] == "the"):
        after = end + (2 if words[end] == "in" else 1)
    return (
        words[after] in w.TONIGHT
        or (after > end and words[after] in w.DAY_PARTS)
        or words[end : end + 2] == ["at", "night"]
    )


def _may_lead(lead: str, hit: Hit, article: bool) -> bool:
    """Whether the word can lead such a reading: "in march" but not "in friday", "about 5pm" but not "about friday"."""
    meaning = hit.meaning
    if hit.shape == "impossible":
        return lead != ("on" if hit.rule == impossible.TIME else "at")
    if lead in ("in", "during", "over"):
        period = meaning.day and (meaning.day.kind in ("month", "week", "weekend", "span") or "of" in hit.rule)
        return bool(period) and not (lead == "in" and meaning.day and meaning.day.kind == "weekend" and not article)
    if lead in ("about", "approximately", "circa", "~"):
        return meaning.clock is not None or meaning.moment is not None
    if lead == "at" and meaning.day and not meaning.clock:
        return meaning.day.kind == "weekend" or hit.shape == "holiday" or " of " in hit.rule
    if lead == "this":
        return hit.shape == "month"
    if lead == "on" and meaning.clock and not meaning.day and not meaning.repeat:
        return False
    return not (lead == "~" and not meaning.clock)


def _turned(meaning: Meaning, lead: str, today: date) -> Meaning:
    """What the lead makes of a day: an end ("until friday"), a start ("from monday"), a side ("before friday")."""
    if meaning.day is None or meaning.repeat:
        return meaning
    if lead in w.ENDS:
        through = lead in ("through", "thru") and meaning.day.kind == "month"
        last = replace(meaning.day, due=meaning.day.last) if through else meaning.day
        return replace(meaning, day=None, until=last)
    if lead in w.STARTS and lead != "since":
        return replace(meaning, day=None, begin=meaning.day)
    if lead == "since":
        return replace(meaning, day=_before(meaning.day, today), side="since")
    return replace(meaning, side=_SIDES.get(lead))  # type: ignore[arg-type]


def _before(day: Day, today: date) -> Day:
    """The last such day, for "since monday", "since march"."""
    if day.first <= today or day.year_said:
        return day
    back = {"weekday": calendar.plus_days(day.first, -7), "monthday": calendar.plus_months(day.first, -1)}
    first = back.get(day.kind, calendar.plus_months(day.first, -12))
    return replace(day, first=first, last=today, due=first)

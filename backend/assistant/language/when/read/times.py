"""Clock times: "5pm", "17:30", "half past six", "a quarter to nine", "five thirty", "fifteen hundred", "at 5"."""

from dataclasses import replace

from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Hit, Meaning
from backend.assistant.language.when.text import Tokens

_PAST = frozenset({"past", "after"})
_TO = frozenset({"to", "till", "til", "before", "of"})
_HALF_DAY = {"am": 0, "a": 0, "pm": 12, "p": 12}


def clock(tokens: Tokens, at: int) -> Hit | None:
    """The longest clock time that begins at the token; its shape is ``hour`` where it is a bare number."""
    hit = _relative(tokens, at) or _digits(tokens, at) or _spoken(tokens, at)
    if hit is None or hit.meaning.clock is None:
        return hit
    end = tail(tokens, hit.end)
    return replace(hit, end=end, shape="plain" if end > hit.end and hit.shape != "four" else hit.shape)


def _relative(tokens: Tokens, at: int) -> Hit | None:
    """ "half past six", "quarter to nine", "ten to nine", "20 past 3pm", "half five"."""
    words = tokens.words
    start = at + 1 if words[at] == "a" else at
    if words[start] == "half":
        past = words[start + 1] in _PAST
        hour = _hour(tokens, start + 2 if past else start + 1)
        return None if hour and not past and numbers.unit_at(tokens, hour[1]) else _offset(hour, 30)
    if words[start] in ("quarter", "1") and (words[start] == "quarter" or words[start + 1 : start + 3] == ["/", "4"]):
        minutes, after = 15, start + 1 if words[start] == "quarter" else start + 3
    else:
        found = numbers.cardinal(tokens, start)
        if found is None or not 1 <= found[0] <= 59:
            return None
        minutes, after = found
        after = after + 1 if words[after] in ("minutes", "mins", "min", "minute") else after
    if words[after] in _PAST:
        return _offset(_hour(tokens, after + 1), minutes)
    if words[after] in _TO and (minutes in (5, 10, 15, 20, 25) or words[after - 1].startswith("min")):
        hit = _offset(_hour(tokens, after + 1), -minutes)
        counted = words[start].isdigit() and words[after + 1].isdigit() and hit and hit.end == after + 2
        return replace(hit, shape="hour") if hit and counted else hit
    return None


def _offset(hour: tuple[Clock, int] | None, minutes: int) -> Hit | None:
    if hour is None:
        return None
    told, after = hour
    if told.minutes % 60:
        return None
    return _hit(after, replace(told, minutes=(told.minutes + minutes) % 1440), "minutes past the hour")


def _hour(tokens: Tokens, at: int) -> tuple[Clock, int] | None:
    """An hour after "past" or "to": a number with or without am, "noon", "midnight"."""
    word = tokens.words[at]
    if word in ("noon", "midday", "midnight"):
        return Clock(minutes=w.NAMED_TIMES[word]), at + 1
    hit = _digits(tokens, at) or _spoken(tokens, at)
    if hit is None or hit.meaning.clock is None or hit.shape == "four":
        return None
    return hit.meaning.clock, hit.end


def _digits(tokens: Tokens, at: int) -> Hit | None:
    """ "5pm", "5:30", "5.30pm", "530pm", "15h20", "1730", "17:00:00", "5"."""
    words, glued = tokens.words, tokens.glued
    word = words[at]
    if not word.isdigit() or len(word) > 4 or touched(tokens, at):
        return None
    if len(word) > 2:
        return _run_together(tokens, at)
    hour, after = int(word), at + 1
    after = after + 1 if words[after] == "ish" and glued[after] and half_day(tokens, after + 1) else after
    if words[after] == "h" and glued[after] and not glued[after + 1]:
        return (
            _hit(after + 1, Clock(minutes=hour * 60), "clock time", "hour" if hour < 13 else "plain")
            if hour < 24
            else None
        )
    minute, after = _written_minute(tokens, after) or _minute_beside(tokens, at, hour) or (None, after)
    if half := half_day(tokens, after):
        return with_half(hour, minute, half)
    if minute is None:
        return _bare(tokens, hour, after)
    dotted = words[at + 1] == "."
    decimal = dotted and glued[after] and words[after] in (".", ",") and words[after + 1].isdigit()
    if hour > 24 or (hour == 24 and minute) or decimal:
        return None
    told = face(hour, minute, fixed=word[0] == "0" or words[at + 1] == "h")
    return _hit(after, told, "clock time", "hour" if dotted else "pair" if words[at + 1] in w.CARDINALS else "plain")


def _written_minute(tokens: Tokens, at: int) -> numbers.Found | None:
    """ ":30", "h20", ".30", and the seconds that may follow."""
    words, glued = tokens.words, tokens.glued
    if words[at] not in (":", "h", ".") or not glued[at] or not glued[at + 1] or len(words[at + 1]) != 2:
        return None
    if not words[at + 1].isdigit() or int(words[at + 1]) > 59:
        return None
    after = _past_seconds(tokens, at + 2)
    return int(words[at + 1]), after + 1 if words[after] == "h" and glued[after] else after  # "15:00h"


def _minute_beside(tokens: Tokens, at: int, hour: int) -> numbers.Found | None:
    """ "at 3 15", "6 thirty"."""
    word = tokens.words[at + 1]
    written = word.isdigit() and len(word) == 2 and hour < 13 and int(word) < 60
    if written and (tokens.words[at - 1] == "at" or (hour and half_day(tokens, at + 2))):  # "5 30 pm"
        return int(word), at + 2
    return _spoken_minute(tokens, at + 1) if 1 <= hour <= 12 else None


def _past_seconds(tokens: Tokens, at: int) -> int:
    seconds = tokens.words[at] == ":" and tokens.glued[at] and len(tokens.words[at + 1]) == 2
    return at + 2 if seconds and tokens.words[at + 1].isdigit() else at


def _run_together(tokens: Tokens, at: int) -> Hit | None:
    """ "1730", "0900 hours", "530pm"."""
    word = tokens.words[at]
    if _long_number(tokens.words[at - 1]) or _long_number(tokens.words[at + 1]):
        return None  # "555 123 4567"
    hour, minute = int(word[:-2]), int(word[-2:])
    if half := half_day(tokens, at + 1):
        return with_half(hour, minute, half) if minute < 60 else None
    if (
        hour > 23
        or minute > 59
        or (tokens.glued[at + 1] and tokens.words[at + 1] not in ("h", "ish", ",", ".", ";", "!", "?", ")"))
    ):
        return None
    told = face(hour, minute, fixed=word[0] == "0" or len(word) == 4)
    if tokens.words[at + 1] in ("hours", "hrs", "h"):
        return _hit(at + 2, told, "clock time")
    return _hit(at + 1, told, "clock time", "four")


def _long_number(word: str) -> bool:
    return word.isdigit() and len(word) > 2


def _spoken(tokens: Tokens, at: int) -> Hit | None:
    """ "seven am", "five thirty", "six oh five", "fifteen hundred", "seven o'clock", "five"."""
    words = tokens.words
    early = words[at] in ("oh", "zero") and words[at + 1] in w.CARDINALS
    found = numbers.cardinal(tokens, at + 1 if early else at) if early or words[at] in w.CARDINALS else None
    if found is None:
        return None
    hour, after = found
    if words[after - 1] == "hundred":
        minute = numbers.cardinal(tokens, after + 1 if words[after] == "and" else after)
        minute = minute if minute and words[minute[1] - 1] != "hundred" and minute[0] < 60 else None
        after = minute[1] if minute else after
        half = half_day(tokens, after)
        if half:
            return with_half(hour // 100, minute[0] if minute else 0, half)
        spare = after + 1 if words[after] == "hours" else after
        told = Clock(minutes=hour // 100 * 60 + (minute[0] if minute else 0))
        return _hit(spare, told, "clock time", "plain" if spare > after else "four") if hour // 100 < 24 else None
    if hour > 24:
        return None
    minute = _spoken_minute(tokens, after)
    after = minute[1] if minute else after
    half = half_day(tokens, after)
    if half:
        return with_half(hour, minute[0] if minute else 0, half)
    if minute is None:
        return _bare(tokens, hour, after)
    return _hit(after, face(hour, minute[0], fixed=early), "clock time", "pair") if hour < 24 else None


def _spoken_minute(tokens: Tokens, at: int) -> numbers.Found | None:
    """Minutes after a spoken hour: "thirty", "oh five", "forty five", "fifteen"."""
    words = tokens.words
    if words[at] in ("oh", "o", "zero") and 0 < w.CARDINALS.get(words[at + 1], 0) < 10:
        return w.CARDINALS[words[at + 1]], at + 2
    if words[at] not in w.CARDINALS or w.CARDINALS[words[at]] < 10:
        return None
    found = numbers.cardinal(tokens, at)
    return found if found and found[0] < 60 and not numbers.unit_at(tokens, found[1]) else None


def _bare(tokens: Tokens, hour: int, after: int) -> Hit | None:
    """A number alone: an hour only with a word that leads it; "5 o'clock" always."""
    words = tokens.words
    if words[after] in ("o'clock", "oclock") or (words[after] == "o" and words[after + 1] == "clock"):
        after += 2 if words[after] == "o" else 1
        half = half_day(tokens, after)
        return with_half(hour, 0, half) if half else _hit(after, face(hour, 0), "clock time") if hour <= 24 else None
    if hour == 12 and words[after] in ("noon", "midday", "midnight"):
        return _hit(after + 1, Clock(minutes=w.NAMED_TIMES[words[after]]), "clock time")
    if not 1 <= hour <= 24 or (tokens.glued[after] and words[after][:1].isalnum() and words[after] != "ish"):
        return None
    if words[after] in ("%", "$", "€", "£", "°", "/", ":", "+", "*", "x") and words[after] not in w.LEADS:
        return None
    if words[after] in (".", ",") and tokens.glued[after] and words[after + 1].isdigit() and tokens.glued[after + 1]:
        return None
    return _hit(after, face(hour, 0), "clock time", "hour")


def half_day(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "am", "p.m.", "a", "p" after a digit, "in the a.m.": the hours to add, and the token after."""
    words = tokens.words
    if words[at] in ("in", "of") and words[at + 1] == "the" and words[at + 2] in ("am", "pm", "a", "p"):
        return half_day(tokens, at + 2)
    if words[at] in ("am", "pm"):
        return _HALF_DAY[words[at]], at + 1
    if words[at] in ("a", "p"):
        dotted = words[at + 1] == "." and tokens.glued[at + 1]
        m_at = at + 2 if dotted else at + 1
        if words[m_at] == "m" and (dotted or words[at - 1].isdigit() or words[at - 1] in w.CARDINALS):
            return _HALF_DAY[words[at]], m_at + 2 if words[m_at + 1] == "." and tokens.glued[m_at + 1] else m_at + 1
        ranged = words[at + 1] in ("-", "–") and words[at + 2].isdigit()  # "4p-6p"
        if tokens.glued[at] and words[at - 1].isdigit() and (ranged or not tokens.glued[at + 1]):
            return _HALF_DAY[words[at]], at + 1
    return None


def with_half(hour: int, minute: int | None, half: tuple[int, int]) -> Hit | None:
    """ "14:30 pm" only says its half twice; "15 am" and "13pm", without minutes, are slips and no time."""
    if hour > 23 or (minute or 0) > 59 or (hour > 12 and (minute is None or half[0] == 0)):
        return None
    shifted = hour % 12 + half[0] if hour <= 12 else hour
    return _hit(half[1], Clock(minutes=shifted * 60 + (minute or 0)), "clock time")


def face(hour: int, minute: int, *, fixed: bool = False) -> Clock:
    """A time on the clock's face."""
    return Clock(minutes=hour * 60 + minute, open=not fixed and 1 <= hour <= 12)


def tail(tokens: Tokens, at: int) -> int:
    """Past "sharp", "-ish", "or so", "o'clock" and "hours" after a time."""
    words = tokens.words
    if words[at] in w.TIME_TAILS:
        return at + 1
    if words[at] == "-" and words[at + 1] == "ish":
        return at + 2
    if words[at : at + 3] == ["on", "the", "dot"]:
        return at + 3
    return at + 2 if words[at] == "or" and words[at + 1] == "so" else at


def touched(tokens: Tokens, at: int) -> bool:
    """Whether the digits belong to what stands before them: "v2", "1.5", "#3", "$5", "555-1234"."""
    if not at or not tokens.glued[at]:
        return False
    before = tokens.words[at - 1]
    if before == "-" and len(tokens.words[at]) > 2:  # "9-5" may be hours; a telephone's or a bill's number is none
        return tokens.glued[at - 1] and tokens.words[at - 2].isdigit()
    return before[-1:].isalnum() or before in ("$", "€", "£", "#", ".", "/", ":", "+", "_", "\\", "%", "=")


def _hit(end: int, told: Clock, rule: str, shape: str = "plain") -> Hit:
    return Hit(end=end, meaning=Meaning(clock=told), rule=rule, shape=shape)  # type: ignore[arg-type]

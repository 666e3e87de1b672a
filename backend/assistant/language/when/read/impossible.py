"""Times and days that cannot be: "25:00", "7:60", "13pm", "the 32nd", "march 45th". Read, so that they are asked about
and never end in a title."""

from datetime import date

from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Hit, Meaning
from backend.assistant.language.when.read import dates, times
from backend.assistant.language.when.text import Tokens

TIME, DAY, NAMED_DAY = "impossible time", "impossible day", "impossible day of a month"  # the names of the rules
_CLOSE = frozenset(".,;:!?)")
_COUNTED = w.LABELS | w.AMOUNT_VERBS
_NO_TIME_AFTER = frozenset({":", "/", "%", "$", "€", "£", "°"})


def impossible(tokens: Tokens, at: int, today: date) -> Hit | None:
    """The time or day that begins at the token and cannot be."""
    if tokens.words[at].isdigit():
        return _clock(tokens, at) or _monthday(tokens, at, today)
    return _of_month(tokens, at, today) or _month(tokens, at)


def _clock(tokens: Tokens, at: int) -> Hit | None:
    """ "25:00", "12:75", "7:60pm", "25pm", "15 am", "26 o'clock": two digits, and no time of day."""
    word = tokens.words[at]
    if len(word) > 2 or times.touched(tokens, at) or tokens.words[at - 1] in _COUNTED:
        return None
    hour = int(word)
    minute, after = _minute(tokens, at + 1)
    half = times.half_day(tokens, after)
    if half:
        return None if times.with_half(hour, minute, half) else _no_time(tokens, at, half[1])
    if tokens.words[after] in ("o'clock", "oclock"):
        return _no_time(tokens, at, after + 1) if hour > 24 else None
    if minute is None or (hour < 24 and minute < 60) or (hour, minute) == (24, 0) or _goes_on(tokens, after):
        return None
    return _no_time(tokens, at, after)


def _minute(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """ ":75": two digits behind a colon, as written."""
    minute = tokens.words[at + 1]
    written = tokens.words[at] == ":" and tokens.glued[at] and tokens.glued[at + 1]
    return (int(minute), at + 2) if written and minute.isdigit() and len(minute) == 2 else (None, at)


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether what follows makes of the number something else: "25:10:07", "25:10%", "25:10x"."""
    word = tokens.words[at]
    return tokens.glued[at] and (word[:1].isalnum() or (word in _NO_TIME_AFTER and tokens.glued[at + 1]))


def _monthday(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "32nd", "the 45th of march": a day that no month has."""
    found = numbers.ordinal(tokens, at)
    if found is None or 1 <= found[0] <= 31 or found[0] > 99:
        return None
    monthday, after = found
    named = w.MONTHS.get(tokens.words[after + 1 if tokens.words[after] == "of" else after])
    if named:
        return _hit(after + (2 if tokens.words[after] == "of" else 1), dates.of_month(named, monthday, today, None))
    said = "".join(tokens.words[at:after])
    return _hit(after, Meaning(problem=f"No month has a {said}."), DAY) if _free(tokens, after) else None


def _of_month(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "march 32", "march the 45th": no month is so long. Before a noun it counts ("april 40 people come")."""
    month = w.MONTHS.get(tokens.words[at])
    start = at + 2 if tokens.words[at + 1] == "the" else at + 1
    found = numbers.ordinal(tokens, start) or _two_digits(tokens, start)
    if month is None or found is None or not 31 < found[0] < 100 or not _free(tokens, found[1]):
        return None
    return _hit(found[1], dates.of_month(month, found[0], today, None))


def _month(tokens: Tokens, at: int) -> Hit | None:
    """ "month 13"."""
    number = tokens.words[at + 1]
    if tokens.words[at] != "month" or not number.isdigit() or 1 <= int(number) <= 12 or not _free(tokens, at + 2):
        return None
    return _hit(at + 2, Meaning(problem=f"There is no month {number}."), DAY)


def _two_digits(tokens: Tokens, at: int) -> numbers.Found | None:
    word = tokens.words[at]
    return (int(word), at + 1) if word.isdigit() and len(word) == 2 and not tokens.glued[at] else None


def _free(tokens: Tokens, at: int) -> bool:
    """Whether no noun follows that the number could count, and no figure that it could be part of."""
    word = tokens.words[at]
    if not word[:1].isalnum():
        return not word or (word in _CLOSE and not (tokens.glued[at] and tokens.words[at + 1][:1].isdigit()))
    return word in w.CONNECTORS or word in w.RELATIVE_DAYS or word in w.EVERY


def _no_time(tokens: Tokens, at: int, end: int) -> Hit:
    said = tokens.text[tokens.starts[at] : tokens.ends[end - 1]]
    return _hit(end, Meaning(problem=f"The clock has no {said}."), TIME)


def _hit(end: int, meaning: Meaning, rule: str = NAMED_DAY) -> Hit:
    return Hit(end=end, meaning=meaning, rule=rule, shape="impossible")

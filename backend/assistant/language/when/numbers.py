"""Numbers and amounts of time, in digits and in words: "21", "twenty first", "an hour and a half", "2h30"."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import words as w
from backend.assistant.language.when.text import Tokens

Found = tuple[int, int]  # the value, and the token after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A length of time as said; ``unit`` is the last unit of it."""

    months: int = 0
    weeks: int = 0
    days: int = 0
    workdays: int = 0
    seconds: int = 0
    unit: str = ""
    number: float = 1

    @property
    def timed(self) -> bool:
        """Whether it moves the clock, not the date alone."""
        return self.seconds != 0

    def move(self, day: date, sign: int = 1) -> date:
        """``day`` moved by the amount's months, weeks and days."""
        moved = calendar.plus_days(calendar.plus_months(day, sign * self.months), sign * (self.days + 7 * self.weeks))
        return calendar.plus_workdays(moved, sign * self.workdays) if self.workdays else moved

    def move_time(self, moment: datetime, sign: int = 1) -> datetime:
        """``moment`` moved by all of the amount."""
        day = self.move(moment.date(), sign)
        return datetime.combine(day, moment.time()) + sign * timedelta(seconds=self.seconds)


def cardinal(tokens: Tokens, at: int) -> Found | None:
    """A whole number up to 9999: "12", "twelve", "twenty-one", "two hundred"."""
    word = tokens.words[at]
    if word.isdigit():
        return (int(word), at + 1) if len(word) <= 4 else None
    value = w.CARDINALS.get(word)
    if value is None:
        return None
    at += 1
    if 20 <= value <= 90:
        unit, after = _after_hyphen(tokens, at)
        if 0 < w.CARDINALS.get(unit, 0) < 10:
            value, at = value + w.CARDINALS[unit], after
    if tokens.words[at] == "hundred":
        value, at = value * 100, at + 1
    return value, at


def ordinal(tokens: Tokens, at: int) -> Found | None:
    """ "21st", "twenty first", "third"."""
    word = tokens.words[at]
    if word.isdigit() and len(word) <= 4:
        if tokens.glued[at + 1] and tokens.words[at + 1] in w.ORDINAL_ENDINGS:
            return int(word), at + 2
        return None
    if word in w.ORDINALS:
        return w.ORDINALS[word], at + 1
    tens = w.CARDINALS.get(word, 0)
    if 20 <= tens <= 90:
        unit, after = _after_hyphen(tokens, at + 1)
        if 0 < w.ORDINALS.get(unit, 0) < 10:
            return tens + w.ORDINALS[unit], after
    return None


def year(tokens: Tokens, at: int) -> Found | None:
    """A year of four digits, or as said: "two thousand twenty seven", "twenty twenty-seven"."""
    word = tokens.words[at]
    if word.isdigit():
        return (int(word), at + 1) if len(word) == 4 and 1900 <= int(word) <= 2199 else None
    if word == "two" and tokens.words[at + 1] == "thousand":
        at += 3 if tokens.words[at + 2] == "and" else 2
        rest = cardinal(tokens, at)
        return (2000 + rest[0], rest[1]) if rest and rest[0] < 100 else (2000, at)
    if word == "twenty":
        rest = cardinal(tokens, at + 1)
        if rest and not tokens.words[at + 1].isdigit() and 20 <= rest[0] < 100:
            return 2000 + rest[0], rest[1]
    return None


def amount(tokens: Tokens, at: int) -> tuple[Amount, int] | None:
    """ "3 days", "an hour and a half", "2h30", "one year and two months", "half an hour"."""
    first = _single(tokens, at)
    if first is None:
        return None
    total, at = first
    for _ in range(3):
        after = at + 1 if tokens.words[at] in ("and", ",") else at
        after = after + 1 if tokens.words[at : at + 2] == [",", "and"] else after
        more = _single(tokens, after)
        if more is None or (more[0].unit == total.unit and total.timed) or not more[0].unit:
            break
        total, at = _plus(total, more[0]), more[1]
    return total, at


def measure(number: float, unit: str) -> Amount | None:
    """``number`` of a unit; None where a fraction of the unit is no length ("half a month" is one, of 15 days)."""
    whole = int(number)
    seconds = {"second": 1, "minute": 60, "hour": 3600}.get(unit)
    if seconds:
        return Amount(seconds=round(number * seconds), unit=unit, number=number)
    if number != whole:
        return _fraction(number, unit)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    if months:
        return Amount(months=whole * months, unit=unit, number=whole)
    if unit == "day":
        return Amount(days=whole, unit=unit, number=whole)
    if unit == "workday":
        return Amount(workdays=whole, unit=unit, number=whole)
    return Amount(weeks=whole * (2 if unit == "fortnight" else 1), unit=unit, number=whole)


def _vague(words: list[str], at: int) -> tuple[float, int] | None:
    """ "a couple of", "few more"."""
    place = at + 1 if words[at] == "a" else at
    if words[place] not in w.VAGUE_AMOUNTS:
        return None
    return w.VAGUE_AMOUNTS[words[place]], place + 2 if words[place + 1] in ("of", "more") else place + 1


def _fraction(number: float, unit: str) -> Amount | None:
    if unit == "day":
        return Amount(seconds=round(number * 86400), unit="hour", number=number)
    months = {"year": 12, "quarter": 3}.get(unit, 0) * number
    if months and months == int(months):
        return Amount(months=int(months), unit=unit, number=number)
    days = {"month": 30, "week": 7, "fortnight": 14}.get(unit, 0) * number
    return Amount(days=round(days), unit=unit, number=number) if days else None


def unit_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The unit of time that begins at a token: "hours", "h" right after a digit, "business days"."""
    word = tokens.words[at]
    if word in w.WORKDAY_WORDS:
        if tokens.words[at + 1] in ("days", "day"):
            return "workday", at + 2
        return ("workday", at + 1) if word in ("workdays", "workday", "weekdays") else None
    unit = w.UNITS.get(word.rstrip("'"))
    if unit is None or (word in w.SHORT_UNITS and not (at and tokens.words[at - 1].isdigit())):
        return None
    if tokens.words[at + 1] == "." and tokens.glued[at + 1] and len(word) < 5 and tokens.words[at + 2]:
        return unit, at + 2
    return unit, at + 1


def _single(tokens: Tokens, at: int) -> tuple[Amount, int] | None:
    """One number and its unit, with "and a half" after either."""
    number = _number(tokens, at)
    if number is None:
        return None
    value, at = number
    unit = unit_at(tokens, at)
    if unit is None:
        return None
    name, at = unit
    if tokens.words[at] == "and" and tokens.words[at + 1] == "a" and tokens.words[at + 2] in ("half", "quarter"):
        value, at = value + (0.5 if tokens.words[at + 2] == "half" else 0.25), at + 3
    found = measure(value, name)
    if found is None:
        return None
    digits = tokens.words[at].isdigit() and len(tokens.words[at]) == 2
    ending = int(tokens.words[at]) < 60 and tokens.words[at + 1] in ("", ",", ";") if digits else False  # "1 hour 20"
    if name == "hour" and digits and (tokens.glued[at] or ending):
        minutes = Amount(seconds=int(tokens.words[at]) * 60, unit="minute")
        return _plus(found, minutes), at + 1 + (tokens.glued[at + 1] and tokens.words[at + 1] in ("m", "min", "mins"))
    return found, at


def _number(tokens: Tokens, at: int) -> tuple[float, int] | None:
    """A number before a unit: "a", "another", "half an", "2.5", "two and a half", "a couple of", "a quarter of an"."""
    words = tokens.words
    if words[at] in ("about", "around", "approximately", "exactly", "another"):
        at += 1
        if unit_at(tokens, at):
            return 1, at
    if found := _share(words, at) or _vague(words, at):
        return found
    if words[at] in ("a", "an"):
        return 1, at + 1
    counted = cardinal(tokens, at)
    return _with_part(tokens, at, *counted) if counted else None


def _with_part(tokens: Tokens, at: int, value: float, after: int) -> tuple[float, int]:
    """A number, from ``at`` to ``after``, with the part of one behind it: "3/4", "2½", "1 1/2", "two and a half"."""
    words = tokens.words
    if quotient := _quotient(tokens, value, after):
        return quotient
    if words[after] in _SHARES:
        return value + _SHARES[words[after]], after + 1
    below = cardinal(tokens, after) if words[at].isdigit() and words[after + 1] == "/" else None
    if below and (part := _quotient(tokens, below[0], below[1])):
        return value + part[0], part[1]
    if words[after] in (".", ",") and words[after + 1].isdigit() and tokens.glued[after] and tokens.glued[after + 1]:
        return float(f"{value}.{words[after + 1][:4]}"), after + 2
    if words[after] == "and" and words[after + 1] in ("a", "an", "one") and words[after + 2] == "half":
        return value + 0.5, after + 3
    if words[after] == "more":
        after += 1
    return value, after + 1 if words[after] == "-" else after


_SHARES = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def _quotient(tokens: Tokens, value: float, at: int) -> tuple[float, int] | None:
    """ "3/4 of an", "1/2 an": its slash is at ``at``."""
    words, below = tokens.words, tokens.words[at + 1]
    if words[at] != "/" or not tokens.glued[at] or not below.isdigit() or not 0 < value < int(below) < 9:
        return None
    after = at + 3 if words[at + 2] == "of" else at + 2
    return value / int(below), after + 1 if words[after] in ("a", "an") else after


def _share(words: list[str], at: int) -> tuple[float, int] | None:
    """ "half a", "a half", "a quarter of an", "three quarters of an"."""
    start = at + 1 if words[at] in ("a", "one", "three") else at
    start = start + 1 if words[start] == "-" and start > at else start
    if words[start] == "half":
        after = start + 2 if words[start + 1] in ("a", "an", "of") else start + 1
        return 0.5, after + 1 if words[after] in ("a", "an") else after
    if words[start] in ("quarter", "quarters"):
        after = start + 2 if words[start + 1] == "of" else start + 1
        after = after + 1 if after > start + 1 and words[after] in ("a", "an") else after
        if words[after] in ("hour", "year") or (after > start + 2):
            return 0.75 if words[at] == "three" else 0.25, after
    return None


def _plus(one: Amount, two: Amount) -> Amount:
    return replace(
        one,
        months=one.months + two.months,
        weeks=one.weeks + two.weeks,
        days=one.days + two.days,
        workdays=one.workdays + two.workdays,
        seconds=one.seconds + two.seconds,
        unit=two.unit,
        number=1 if one.unit != two.unit else one.number,
    )


def _after_hyphen(tokens: Tokens, at: int) -> tuple[str, int]:
    if tokens.words[at] == "-" and tokens.glued[at]:
        at += 1
    return tokens.words[at], at + 1

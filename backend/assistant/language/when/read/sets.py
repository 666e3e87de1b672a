"""Sets of days in one rhythm: "mon, wed and fri", "the 1st and 15th", "first and third friday", "jan 3 and jun 3"."""

from dataclasses import replace
from datetime import date

from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Hit, Meaning, Repeat
from backend.assistant.language.when.read import dates
from backend.assistant.language.when.recur import from_text
from backend.assistant.language.when.text import Tokens

AND = frozenset({",", "and", "n", "&", "/", "+", "or"})
_STOPS = frozenset({"", ",", ";", ".", "!", "?", ")"})
_MOST_DATES = 12


def of_month(tokens: Tokens, at: int) -> bool:
    """ "of the month", "of every month", "of each month", "in the month": the token after it is ``skip_month``'s."""
    return skip_month(tokens, at) > at


def skip_month(tokens: Tokens, at: int) -> int:
    words = tokens.words
    if words[at] not in ("of", "in"):
        return at
    start = at + 2 if words[at + 1] in ("the", "every", "each", "a", "any") else at + 1
    return start + 1 if words[start] in ("month", "months") else at


def weekday_list(tokens: Tokens, at: int) -> tuple[tuple[int, ...], int]:
    """Weekdays in a row, as numbers; "weekday" and "weekend" too; "monday to friday"."""
    words = tokens.words
    numbers_found: list[int] = []
    end = at
    for _ in w.DAY_CODES:
        word = words[at]
        single = w.WEEKDAYS.get(word, w.WEEKDAYS_PLURAL.get(word))
        several = (single,) if single is not None else w.DAY_SETS.get(word)
        if several is None:
            break
        at += 1
        if words[at] == "." and tokens.glued[at] and len(word) < 6 and words[at + 1]:
            at += 1
        if single is not None and words[at] in ("-", "to", "through", "thru", "–"):
            last = w.WEEKDAYS.get(words[at + 1], w.WEEKDAYS_PLURAL.get(words[at + 1]))
            if last is not None:
                several = tuple((single + step) % 7 for step in range((last - single) % 7 + 1))
                at += 2
        numbers_found.extend(number for number in several if number not in numbers_found)
        end = at
        while words[at] in AND and words[at]:
            at += 1
        at = at + 1 if words[at] in w.EVERY or words[at] == "on" else at
    return tuple(sorted(numbers_found)), end


def weekly(names: tuple[int, ...], interval: int = 1) -> Repeat:
    return Repeat(freq="WEEKLY", interval=interval, bydays=tuple(w.DAY_CODES[number] for number in names))


def nth_weekdays(tokens: Tokens, at: int) -> tuple[tuple[str, ...], int] | None:
    """ "last friday", "2nd and 4th thursday", "first monday and third monday": their codes, and the token after."""
    words = tokens.words
    places: list[int] = []
    for _ in range(5):
        at = at + 1 if words[at] == "the" else at
        nth = (-1, at + 1) if words[at] == "last" else numbers.ordinal(tokens, at)
        if nth is None or not 0 < abs(nth[0]) < 6:
            return None
        places.append(nth[0])
        at = nth[1]
        weekday = w.WEEKDAYS.get(words[at], w.WEEKDAYS_PLURAL.get(words[at]))
        if weekday is not None:
            return tuple(f"{place}{w.DAY_CODES[weekday]}" for place in places), at + 1
        if words[at] not in AND:
            return None
        at = at + 2 if words[at + 1] == "and" else at + 1
    return None


def nth_workday(tokens: Tokens, nth: tuple[int, int], interval: int = 1) -> tuple[Repeat, int] | None:
    """ "last weekday", "first business day": the place among a month's working days, and the token after it."""
    unit = numbers.unit_at(tokens, nth[1]) if tokens.words[nth[1]] in w.WORKDAY_WORDS else None
    unit = ("workday", nth[1] + 1) if unit is None and tokens.words[nth[1]] == "weekday" else unit
    if unit is None or unit[0] != "workday":
        return None
    days = tuple(w.DAY_CODES[:5])
    return Repeat(freq="MONTHLY", interval=interval, bydays=days, place=nth[0]), unit[1]


def monthday_list(tokens: Tokens, at: int) -> tuple[tuple[int, ...], int]:
    """ "1st", "1st and 15th", "the 5th, 10th and the last day": days of the month in a row."""
    words = tokens.words
    found: list[int] = []
    end = at
    while True:
        at = at + 1 if words[at] == "the" else at
        last = found and words[at : at + 2] == ["last", "day"]
        nth = (-1, at + 2) if last else numbers.ordinal(tokens, at)
        if nth is None or not (last or 1 <= nth[0] <= 31) or nth[0] in found:
            break
        found.append(nth[0])
        end = at = nth[1]
        at = past_and(words, at)
    return tuple(found), end


def past_and(words: list[str], at: int) -> int:
    """Past ",", "and" or ", and" between two of a set."""
    if words[at] not in AND:
        return at
    return at + 2 if words[at] == "," and words[at + 1] in ("and", "or", "&") else at + 1


def bare_monthdays(tokens: Tokens, at: int) -> tuple[tuple[int, ...], int]:
    """ "27", "2, 15, 27" behind "every": days of the month in digits, with nothing that they count behind them."""
    words = tokens.words
    found: list[int] = []
    end = at
    while words[at].isdigit() and 1 <= int(words[at]) <= 31 and len(words[at]) < 3 and int(words[at]) not in found:
        found.append(int(words[at]))
        end, at = at + 1, past_and(words, at + 1)
    after, joined = words[end], tokens.glued[end] and tokens.glued[end + 1]
    plain = after in _STOPS or after in w.LEADS or after in w.CONNECTORS
    return (tuple(found), end) if found and plain and not joined else ((), at)


def yearly_nth(tokens: Tokens, at: int) -> Hit | None:
    """ "first sunday of may", "last friday in november": once a year."""
    words = tokens.words
    codes = nth_weekdays(tokens, at)
    if codes is None or words[codes[1]] not in ("of", "in") or words[codes[1] + 1] not in w.MONTHS:
        return None
    repeat = Repeat(freq="YEARLY", months=(w.MONTHS[words[codes[1] + 1]],), bydays=codes[0])
    return repeating(codes[1] + 2, repeat, "every nth weekday of a month")


def more_dates(tokens: Tokens, hit: Hit, today: date) -> Hit:
    """ "jan 3 and jun 3", "3rd of january and june", "june and december": the dates that follow the first one join its
    rhythm. Dates on different days of their months are no single rhythm: a problem."""
    first = hit.meaning.repeat
    if first is None or first.freq != "YEARLY" or len(first.months) != 1 or len(first.monthdays) != 1:
        return hit
    said, end = [(first.months[0], first.monthdays[0])], hit.end
    for _ in range(_MOST_DATES):
        found = _date_behind(tokens, end, said[-1][1], today)
        if found is None:
            break
        said.append(found[0])
        end = found[1]
    if len(said) == 1:
        return hit
    monthdays = {day for _, day in said}
    if len(monthdays) > 1:
        problem = "These dates fall on different days of their months, which is more than one rhythm."
        return Hit(end=end, meaning=Meaning(problem=problem), rule=hit.rule)
    months = tuple(sorted({month for month, _ in said}))
    return replace(hit, end=end, meaning=replace(hit.meaning, repeat=replace(first, months=months)))


def _date_behind(tokens: Tokens, at: int, monthday: int, today: date) -> tuple[tuple[int, int], int] | None:
    """The month and day behind "and" or a comma, and the token after it."""
    start = past_and(tokens.words, at)
    if start == at:
        return None
    start = start + 1 if tokens.words[start] in (*w.EVERY, "on") else start
    start = start + 1 if tokens.words[start] == "the" else start
    hit = dates.month_first(tokens, start, today) or dates.day_first(tokens, start, today)
    day = hit.meaning.day if hit else None
    if hit is None or day is None or day.month is None or day.year_said:
        return None
    if day.repeat:
        return (day.month, from_text(day.repeat).monthdays[0]), hit.end
    return ((day.month, monthday), hit.end) if day.kind == "month" else None


def with_days(tokens: Tokens, hit: Hit) -> Hit:
    """ "every month" + "on the 5th and 20th", "every 2 weeks" + "on tue and thu", "every day" + "of the week"."""
    repeat, words = hit.meaning.repeat, tokens.words
    if repeat is None or repeat.bydays or repeat.monthdays or repeat.months:
        return hit
    if repeat.freq == "DAILY" and words[hit.end : hit.end + 3] == ["of", "the", "week"]:
        return replace(hit, end=hit.end + 3)
    start = hit.end + 1 if words[hit.end] in ("on", ":", ",") else hit.end
    if repeat.freq == "WEEKLY":
        names, end = weekday_list(tokens, start)
        days = replace(repeat, bydays=tuple(w.DAY_CODES[number] for number in names))
        joined = with_part(tokens, end, days, hit.rule) if len(names) > 1 else None
        return replace(joined, shape=hit.shape) if joined else hit
    if repeat.freq == "MONTHLY":
        monthdays, end = monthday_list(tokens, start)
        if len(monthdays) > 1:
            return replace(hit, end=end, meaning=replace(hit.meaning, repeat=replace(repeat, monthdays=monthdays)))
        codes = nth_weekdays(tokens, start)
        if codes and len(codes[0]) > 1:
            return replace(hit, end=codes[1], meaning=replace(hit.meaning, repeat=replace(repeat, bydays=codes[0])))
    return hit


def times_a_unit(tokens: Tokens, at: int) -> Hit | None:
    """ "twice a month on the 1st and 15th", "3 times a week: mon, wed, fri": a rhythm where as many days are named."""
    words = tokens.words
    counted = numbers.cardinal(tokens, at)
    many, after = (2, at + 1) if words[at] == "twice" else counted or (0, at)
    after = after + 1 if words[after] == "times" else after
    said = words[at] == "twice" or words[after - 1] == "times"
    if not said or words[after] not in ("a", "per", "each", "every") or words[after + 1] not in ("week", "month"):
        return None
    freq = "WEEKLY" if words[after + 1] == "week" else "MONTHLY"
    hit = with_days(tokens, repeating(after + 2, Repeat(freq=freq), "times a unit"))
    repeat = hit.meaning.repeat
    return hit if repeat and max(len(repeat.bydays), len(repeat.monthdays)) == many else None


def with_part(tokens: Tokens, end: int, repeat: Repeat, rule: str) -> Hit:
    """The repeat, with the part of the day that may follow its weekdays, or is in them: "every monday morning",
    "weeknights"."""
    word = tokens.words[end]
    if word in w.PART_FAMILY:
        clock = Clock(minutes=w.DAY_PARTS[word], part=w.PART_FAMILY[word], vague=True)
        return repeating(end + 1, repeat, rule, clock)
    nights = tokens.words[end - 1] in ("weeknight", "weeknights")
    night = Clock(minutes=w.DAY_PARTS["night"], part="night", vague=True) if nights else None
    return repeating(end, repeat, rule, night)


def repeating(end: int, repeat: Repeat, rule: str, clock: Clock | None = None) -> Hit:
    return Hit(end=end, meaning=Meaning(repeat=repeat, clock=clock), rule=rule)

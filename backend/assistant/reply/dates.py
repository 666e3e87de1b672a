"""Dates, times and recurrences as a person says them. All are wall-clock values in the user's zone."""

from datetime import date, datetime, timedelta

from backend.journal.values import Document

_NAMED_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday"} | {
    "SA": "Saturday",
    "SU": "Sunday",
}
_WEEKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR"})
_UNITS = {
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def say_due(due: str, *, today: date) -> str:
    """ "tomorrow, Mon 5 Oct, 17:00" for ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM``."""
    day, time = _split(due)
    named = _NAMED_DAYS.get((day - today).days)
    return ", ".join(part for part in (named, say_date(day, today=today), time) if part)


def say_due_briefly(due: str, *, today: date) -> str:
    """The same for a line of a list: "tomorrow 17:00", "Fri 9 Oct"."""
    day, time = _split(due)
    named = _NAMED_DAYS.get((day - today).days) or say_date(day, today=today)
    return f"{named} {time}" if time else named


def say_moment(text: str, *, today: date) -> str:
    """The same for a time that may have seconds or an offset, which are left as they are."""
    return say_due_briefly(text[:16], today=today) + text[16:] if "T" in text else text


def say_date(day: date, *, today: date) -> str:
    """ "Mon 5 Oct", with the year where it is not this one."""
    text = f"{day:%a} {day.day} {day:%b}"
    return text if day.year == today.year else f"{text} {day.year}"


def say_period(date_from: date | None, date_to: date | None, *, today: date) -> str:
    """Inclusive dates as a phrase: "for today", "for this week", "from Mon 5 Oct to Wed 7 Oct", "up to tomorrow"."""
    if date_from and date_to:
        return _say_both(date_from, date_to, today=today)
    if date_from:
        return f"from {_say_day(date_from, today=today)} on"
    return f"up to {_say_day(date_to, today=today)}" if date_to else ""


def _say_both(date_from: date, date_to: date, *, today: date) -> str:
    if date_from == date_to:
        return f"for {_say_day(date_from, today=today)}"
    monday = today - timedelta(days=today.weekday())
    for start, name in ((monday, "this week"), (monday + timedelta(days=7), "next week")):
        if date_to == start + timedelta(days=6) and date_from in {start, today if name == "this week" else start}:
            return f"for {name}"
    return f"from {_say_day(date_from, today=today)} to {_say_day(date_to, today=today)}"


def _say_day(day: date, *, today: date) -> str:
    return _NAMED_DAYS.get((day - today).days) or say_date(day, today=today)


def _split(due: str) -> tuple[date, str]:
    moment = datetime.fromisoformat(due)
    return moment.date(), f"{moment:%H:%M}" if "T" in due else ""


def say_recurrence(task: Document) -> str:
    """A task's recurrence in words: "every weekday", "every 2 weeks on Monday", "every 3 days after completion"."""
    parts = dict(part.split("=", 1) for part in task["recurrence"].split(";") if "=" in part)
    counted = " after completion" if task.get("recurrence_from") == "completion" else ""
    interval, unit = int(parts.get("INTERVAL", "1")), _UNITS.get(parts.get("FREQ", ""), "time")
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    end = _say_end(parts)
    if interval == 1 and unit == "week" and days:
        return f"every {_say_days(days)}{counted}{end}"
    base = f"every {unit}" if interval == 1 else f"every {interval} {unit}s"
    return base + _say_on(parts, days) + counted + end


def _say_days(days: list[str]) -> str:
    if set(days) == _WEEKDAYS:
        return "weekday"
    if set(days) == {"SA", "SU"}:
        return "weekend day"
    return _join([_say_weekday(day) for day in days])


def _say_on(parts: dict[str, str], days: list[str]) -> str:
    if days:
        spoken = _say_days(days)
        if position := parts.get("BYSETPOS"):
            spoken = f"the {_ORDINALS.get(int(position), position)} {spoken}"
        return f" on {spoken}"
    if numbers := parts.get("BYMONTHDAY"):
        return " on the " + _join([_ordinal(int(number)) for number in numbers.split(",")])
    return ""


def _say_weekday(day: str) -> str:
    name, position = _DAYS.get(day[-2:], day), day[:-2]
    return f"the {_ORDINALS.get(int(position), position)} {name}" if position else name


def _say_end(parts: dict[str, str]) -> str:
    if "COUNT" in parts:
        return f", {parts['COUNT']} times"
    if until := parts.get("UNTIL"):
        day = datetime.strptime(until[:8], "%Y%m%d").date()  # noqa: DTZ007  (a date on the user's wall)
        return f" until {day.day} {day:%b %Y}"
    return ""


def _ordinal(number: int) -> str:
    if number == -1:
        return "last day"
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

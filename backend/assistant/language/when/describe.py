"""A due time and a recurrence in words for people: "Fri 6 Mar, 15:00", "every Monday at 09:00"."""

from datetime import date, datetime

from backend.assistant.language.when import words as w

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second to last"}
_UNITS = {
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}


def describe(due: str, *, now: datetime, recurrence: str | None = None, from_completion: bool = False) -> str:
    """The label of a due time or a recurrence: "Fri 6 Mar, 15:00", with the year where it is not that of ``now``."""
    clock = due[11:16]
    if recurrence:
        moment = "from" if recurrence.startswith(("FREQ=HOURLY", "FREQ=MINUTELY")) else "at"
        counted = " after completion" if from_completion else ""
        return _repeat(recurrence, counted) + (f" {moment} {clock}" if clock else "")
    day = date.fromisoformat(due[:10])
    label = f"{w.DAY_NAMES[day.weekday()][:3]} {day.day} {w.MONTH_NAMES[day.month - 1][:3]}"
    if day.year != now.year:
        label += f" {day.year}"
    return f"{label}, {clock}" if clock else label


def _repeat(recurrence: str, counted: str) -> str:
    said = dict(part.split("=", 1) for part in recurrence.split(";") if "=" in part)
    interval = int(said.get("INTERVAL", "1"))
    unit = _UNITS[said["FREQ"]]
    every = f"every {unit}" if interval == 1 else f"every {interval} {unit}s"
    return _days(every, interval, said) + counted + _end(said)


def _days(every: str, interval: int, said: dict[str, str]) -> str:
    bydays = said["BYDAY"].split(",") if "BYDAY" in said else []
    months = [w.MONTH_NAMES[int(number) - 1] for number in said.get("BYMONTH", "").split(",") if number]
    monthdays = [int(number) for number in said.get("BYMONTHDAY", "").split(",") if number]
    if said["FREQ"] == "WEEKLY" and bydays:
        names = _weekdays(bydays)
        return f"every {names}" if interval == 1 else f"{every} on {names}"
    if months and len(monthdays) == 1:
        return f"{every} on {monthdays[0]} {_list(months)}"
    if bydays:
        return f"{every} on the {_list([_placed(code) for code in bydays])}" + (
            f" of {_list(months)}" if months else ""
        )
    if monthdays:
        return f"{every} on the {_list([_ordinal(number) for number in monthdays])}"
    return every


def _weekdays(codes: list[str]) -> str:
    numbers = sorted(w.DAY_CODES.index(code[-2:]) for code in codes)
    if numbers == [0, 1, 2, 3, 4]:
        return "weekday"
    return _list([w.DAY_NAMES[number] for number in numbers])


def _placed(code: str) -> str:
    nth = code[:-2]
    day = w.DAY_NAMES[w.DAY_CODES.index(code[-2:])]
    return f"{_NTH.get(int(nth), _ordinal(int(nth)))} {day}" if nth else day


def _ordinal(number: int) -> str:
    if number < 0:
        return "last day" if number == -1 else f"{_ordinal(-number)} to last day"
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _end(said: dict[str, str]) -> str:
    if "COUNT" in said:
        return f", {said['COUNT']} times"
    if "UNTIL" not in said:
        return ""
    until = date(int(said["UNTIL"][:4]), int(said["UNTIL"][4:6]), int(said["UNTIL"][6:8]))
    return f" until {until.day} {w.MONTH_NAMES[until.month - 1][:3]} {until.year}"

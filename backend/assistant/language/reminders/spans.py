"""How long before a task's time: "30 minutes before", "a day and an hour before", "the evening before"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..pattern import either, phrase
from ..types import Arguments
from .words import NUMBERS, PARTS, UNITS

_NUMBER = rf"(?:\d{{1,3}}|half an?|a quarter of an|three quarters of an|[13]/[24](?: of)?(?: an?)?|{either(NUMBERS)})"
_BEFORE = (
    r"(?:beforehand|before|early|earlier|ahead of time|ahead of|ahead|in advance of|in advance|prior to|prior|sooner)"
)
_ITEM = phrase(
    rf"(?:(?:for |at |about )?(?P<number>{_NUMBER})(?:-| )?(?P<unit>{either(UNITS)})"
    rf"(?P<half> and a half)?(?P<before> {_BEFORE})?|"
    rf"(?:on |in )?the (?P<part>{either(PARTS)}|day|week) (?P<side>before|prior to|prior|of)"
    r"(?: at (?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))? ?(?P<half_day>am|pm)?)?|"
    r"(?P<then>on the day|on time|at the time|at that time|when it's due|when it is due|when it starts|"
    r"when it's time))(?!\w)"
)
_BETWEEN = phrase(r"(?:,? and (?:again |also |then )?|, (?:and |then )?| & | plus )")
DAY = 1440
MORNING = "09:00"


@dataclass(frozen=True)
class Ahead:
    """So many minutes before a task's time; or with ``clock``, so many days before its day at that time of day."""

    minutes: int = 0
    clock: str = ""

    @property
    def duration(self) -> str:
        """ISO 8601. Whole days count on the wall clock, anything else in time."""
        days, rest = divmod(self.minutes, DAY)
        if days and not rest:
            return f"P{days}D"
        hours, minutes = divmod(self.minutes, 60)
        return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")


@dataclass(frozen=True)
class Fitted:
    """What a task of that date can be reminded of, and in words what it cannot."""

    reminders: tuple[Arguments, ...] = ()
    problems: tuple[str, ...] = ()


def read_ahead(flat: str, start: int) -> tuple[tuple[Ahead, ...], int]:
    """The spans that begin at ``start``, and where they end; none unless one of them says "before"."""
    found: list[Ahead] = []
    end, said = start, False
    item = _ITEM.match(flat, start)
    while item:
        found.append(_ahead(item.groupdict()))
        end, said = item.end(), said or not item["number"] or bool(item["before"])
        joint = _BETWEEN.match(flat, end)
        item = _ITEM.match(flat, joint.end()) if joint else None
    return (tuple(dict.fromkeys(found)), end) if said else ((), start)


def find_ahead(flat: str) -> tuple[tuple[Ahead, ...], int, int]:
    """The first spans in the text, with where they begin and end; none: ``((), 0, 0)``."""
    for item in _ITEM.finditer(flat):
        if item.start() and flat[item.start() - 1].isalnum():
            continue
        spans, end = read_ahead(flat, item.start())
        if spans:
            return spans, item.start(), end
    return (), 0, 0


def fit(spans: tuple[Ahead, ...], due: str | None, now: datetime, *, repeats: bool, known: bool = True) -> Fitted:
    """The reminders of a task that is due then. ``known`` is false where its date is not known here."""
    if not known:
        return Fitted(reminders=tuple({"before": span.duration} for span in spans))
    if not due:
        return Fitted(problems=("it has no date to count back from",))
    kept: list[Arguments] = []
    problems: list[str] = []
    for span in spans:
        moment = _moment(span, due)
        if moment is None:
            problems.append("it has no time of day to count back from")
        elif moment <= now and not repeats:
            problems.append(f"{_shown(span, due)} has passed")
        else:
            kept.append(_reminder(span, due))
    return Fitted(tuple(kept), tuple(dict.fromkeys(problems)))


def minutes_of(number: str, unit: str) -> int:
    """ "half an", "hour": 30."""
    size = int(UNITS[unit])
    number = " ".join(number.split())
    if number.startswith("half"):
        return size // 2
    if number.startswith("a quarter"):
        return size // 4
    if number.startswith("three quarters"):
        return size * 3 // 4
    if number[1:2] == "/":
        return size * int(number[0]) // int(number[2])
    return size * int(number if number.isdigit() else NUMBERS[number])


def _ahead(said: dict[str, str | None]) -> Ahead:
    if said["number"]:
        unit = said["unit"] or ""
        return Ahead(minutes_of(said["number"], unit) + (int(UNITS[unit]) // 2 if said["half"] else 0))
    if said["then"]:
        return Ahead()
    days = 0 if said["side"] == "of" else 7 if said["part"] == "week" else 1
    part, hour = said["part"] or "", said["hour"]
    if hour:
        return Ahead(days * DAY, _clock(int(hour), said["minute"], said["half_day"], part))
    return Ahead(days * DAY, PARTS.get(part, MORNING if said["side"] == "of" else ""))


def _clock(hour: int, minute: str | None, half_day: str | None, part: str) -> str:
    late = half_day == "pm" or (not half_day and part in ("evening", "night", "afternoon"))
    hour = hour % 12 + (12 if late else 0) if half_day or late else hour
    return f"{min(hour, 23):02}:{minute or '00'}"


def _moment(span: Ahead, due: str) -> datetime | None:
    """When that is on the task's wall clock; None where the task has no time of day and one is needed."""
    if span.clock:
        return datetime.fromisoformat(_at(span, due))
    if len(due) > len("2026-01-01"):
        return datetime.fromisoformat(due) - timedelta(minutes=span.minutes)
    return datetime.fromisoformat(_at(span, due)) if span.minutes % DAY == 0 and span.minutes else None


def _at(span: Ahead, due: str) -> str:
    return f"{date.fromisoformat(due[:10]) - timedelta(days=span.minutes // DAY)}T{span.clock or MORNING}"


def _reminder(span: Ahead, due: str) -> Arguments:
    dated = len(due) == len("2026-01-01")
    return {"at": _at(span, due)} if span.clock or dated else {"before": span.duration}


def _shown(span: Ahead, due: str) -> str:
    moment = _moment(span, due)
    return f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M}" if moment else "that"

"""Zones in calendars: the VTIMEZONE of an IANA zone, and what a TZID that somebody else wrote means. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from backend.calendars.todo.lines import Component, written
from backend.tasks.due import check_zone
from backend.tasks.rules import DAYS

_YEARS_ALIKE = 4  # a rule that foretells so many years' changes is the zone's


@dataclass(frozen=True, kw_only=True)
class _Change:
    """Clocks that are set from one offset to another: ``at`` is the wall-clock time before it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def rule(self) -> str:
        """The yearly rule by which its day would be found: in the last week of a month by the last such weekday."""
        in_last_week = (self.at + timedelta(days=7)).month != self.at.month
        place = -1 if in_last_week else (self.at.day - 1) // 7 + 1
        return f"FREQ=YEARLY;BYMONTH={self.at.month};BYDAY={place}{DAYS[self.at.weekday()]}"

    @property
    def key(self) -> tuple[str, int, int, timedelta, timedelta]:
        return self.rule, self.at.hour, self.at.minute, self.before, self.after


@lru_cache(maxsize=2048)
def zone_component(zone: str, year: int) -> str:
    """The VTIMEZONE of an IANA zone, true for the given year and those after it as far as its rules go today."""
    changes = _changes(zone, year - 1)  # from the year before, so that January's clocks are told too
    if changes and all(_is_steady(zone, year - 1, change) for change in changes):
        return _component(zone, [_observance(change, rule=change.rule) for change in changes])
    listed = [change for near in range(year - 1, year + 6) for change in _changes(zone, near)]
    return _component(zone, [_observance(change, rule=None) for change in listed] or [_fixed(zone, year)])


def _component(zone: str, observances: list[str]) -> str:
    return "".join(["BEGIN:VTIMEZONE\r\n", written("TZID", zone), *observances, "END:VTIMEZONE\r\n"])


def _fixed(zone: str, year: int) -> str:
    here = datetime(year, 1, 1, tzinfo=ZoneInfo(zone))
    offset = here.utcoffset() or timedelta()
    still = _Change(
        at=datetime.fromisoformat("1970-01-01"),
        before=offset,
        after=offset,
        name=here.tzname() or zone,
        is_summer=False,
    )
    return _observance(still, rule=None)


def _observance(change: _Change, *, rule: str | None) -> str:
    kind = "DAYLIGHT" if change.is_summer else "STANDARD"
    lines = [
        f"BEGIN:{kind}\r\n",
        written("DTSTART", change.at.strftime("%Y%m%dT%H%M%S").zfill(15)),
        written("RRULE", rule) if rule else "",
        written("TZNAME", change.name),
        written("TZOFFSETFROM", _offset(change.before)),
        written("TZOFFSETTO", _offset(change.after)),
        f"END:{kind}\r\n",
    ]
    return "".join(lines)


def _offset(offset: timedelta) -> str:
    minutes = abs(round(offset.total_seconds() / 60))
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


def _is_steady(zone: str, year: int, change: _Change) -> bool:
    return all(
        change.key in {later.key for later in _changes(zone, following)}
        for following in range(year + 1, year + _YEARS_ALIKE)
    )


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[_Change, ...]:
    """The changes of a year's clocks, by looking at each of its days and then into the day."""
    place, found = ZoneInfo(zone), []
    begin = datetime(year, 1, 1, tzinfo=UTC)
    offsets = [(begin + timedelta(days=day)).astimezone(place).utcoffset() for day in range(367)]
    for day, (before, after) in enumerate(pairwise(offsets)):
        if before != after:
            found.append(_change_within(place, begin + timedelta(days=day)))
    return tuple(change for change in found if change.at.year == year)


def _change_within(place: ZoneInfo, start: datetime) -> _Change:
    before = start.astimezone(place).utcoffset() or timedelta()
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        same = (start + timedelta(minutes=middle)).astimezone(place).utcoffset() == before
        low, high = (middle, high) if same else (low, middle)
    later = (start + timedelta(minutes=high)).astimezone(place)
    return _Change(
        at=(start + timedelta(minutes=high) + before).replace(tzinfo=None),
        before=before,
        after=later.utcoffset() or timedelta(),
        name=later.tzname() or str(place),
        is_summer=bool(later.dst()),
    )


@dataclass(frozen=True)
class Zones:
    """The zones of one calendar: its own VTIMEZONEs by TZID, and the IANA zone of its user."""

    own: dict[str, Component]
    user: str

    def local(self, wall: datetime, tzid: str | None) -> tuple[str, datetime]:
        """An IANA zone and the wall-clock time there, of a naive time on the clocks of ``tzid`` (or on the user's).

        Raises ValueError for a VTIMEZONE that cannot be read.
        """
        if tzid is None:
            return self.user, wall
        name = iana_name(tzid) or self._located(tzid)
        if name:
            return name, wall
        if tzid not in self.own:
            return self.user, wall
        there = _zone_of(self.own[tzid].text())
        if wall.replace(tzinfo=there).utcoffset() == wall.replace(tzinfo=ZoneInfo(self.user)).utcoffset():
            return self.user, wall
        return self.user, wall.replace(tzinfo=there).astimezone(ZoneInfo(self.user)).replace(tzinfo=None)

    def _located(self, tzid: str) -> str | None:
        line = self.own[tzid].first("X-LIC-LOCATION") if tzid in self.own else None
        return iana_name(line.value) if line else None


@lru_cache(maxsize=1024)
def iana_name(tzid: str) -> str | None:
    """The IANA zone that a TZID names: itself, one of Windows', or behind a path as Evolution and Mozilla write it."""
    parts = tzid.strip().split("/")
    names = [WINDOWS_TO_OLSON.get(tzid, ""), *("/".join(parts[start:]) for start in range(len(parts)))]
    return next((name for name in names if _is_zone(name)), None)


def _is_zone(name: str) -> bool:
    try:
        check_zone(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=256)
def _zone_of(text: str) -> tzinfo:
    """A VTIMEZONE's clocks, by yearly rules alone: one by the second would be counted through from 1970 on."""
    unfolded = text.replace("\r\n ", "").replace("\n ", "").upper()
    rules = [line for line in unfolded.splitlines() if line.startswith("RRULE")]
    if len(rules) > 100 or any("FREQ=YEARLY" not in rule for rule in rules):
        raise ValueError("the rules of its VTIMEZONE are not yearly; use a zone of the IANA database")
    try:
        read = Timezone.from_ical(text)
        if isinstance(read, Timezone):
            zone: tzinfo = read.to_tz(lookup_tzid=False)
            return zone
        raise ValueError("no VTIMEZONE")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("its VTIMEZONE cannot be read; use a zone of the IANA database") from error

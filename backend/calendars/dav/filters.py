"""Filters of a calendar-query (RFC 4791, 9.7), asked of a calendar's lines. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from backend.calendars.dav.xml import caldav
from backend.calendars.todo.errors import RefusedCalendarError
from backend.calendars.todo.input import main_todo
from backend.calendars.todo.lines import Component, Line, unescape
from backend.calendars.todo.values import read_value
from backend.calendars.todo.zones import Zones
from backend.journal.values import Document
from backend.tasks.due import local_now, to_instant, to_wall
from backend.tasks.recurrence import occurrences
from backend.tasks.rules import parse, until_wall

_FAR = datetime(9999, 12, 31, tzinfo=UTC)
_NEAR = datetime(1, 1, 1, tzinfo=UTC)
_MOST_OCCURRENCES = 2000
_COLLATIONS = {"i;ascii-casemap", "i;octet", "i;unicode-casemap", "default"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A calendar that is asked: its lines, its task's document, and the zone (IANA) that times without one are in."""

    calendar: Component
    document: Document
    zone: str


@dataclass(frozen=True)
class Span:
    """From ``start`` on and before ``end``, in UTC."""

    start: datetime
    end: datetime

    def meets(self, start: datetime, end: datetime) -> bool:
        """Whether a stretch, or a moment (``start`` and ``end`` alike), lies in it in part."""
        return self.start <= start < self.end if start == end else start < self.end and end > self.start


def is_of_all_tasks(query: Element) -> bool:
    """Whether the filter only asks for tasks, as most do: then no text need be read."""
    outer = query.find(f"{caldav('filter')}/{caldav('comp-filter')}")
    if outer is None or outer.get("name") != "VCALENDAR":
        return False
    inner = list(outer)
    return not inner or (len(inner) == 1 and inner[0].get("name") == "VTODO" and len(inner[0]) == 0)


def check_filter(query: Element) -> Element:
    """The outermost filter. Raises RefusedCalendarError for one that is not there or cannot be followed."""
    outer = query.find(f"{caldav('filter')}/{caldav('comp-filter')}")
    if outer is None or outer.get("name") != "VCALENDAR":
        raise RefusedCalendarError("valid-filter", "The filter must begin with comp-filter VCALENDAR.")
    for node in outer.iter():
        if node.tag == caldav("time-range"):
            _span(node)
        if node.tag == caldav("text-match") and node.get("collation", "i;ascii-casemap") not in _COLLATIONS:
            detail = f"The collation {node.get('collation')} is not known; use one of {', '.join(sorted(_COLLATIONS))}."
            raise RefusedCalendarError("supported-collation", detail)
    return outer


def passes(asked: Asked, outer: Element) -> bool:
    """Whether the calendar passes the filter that `check_filter` gave."""
    return _component_passes(asked, [asked.calendar], outer)


def _component_passes(asked: Asked, there: list[Component], node: Element) -> bool:
    if node.find(caldav("is-not-defined")) is not None:
        return not there
    return any(all(_holds(asked, component, condition) for condition in node) for component in there)


def _holds(asked: Asked, component: Component, node: Element) -> bool:
    name = (node.get("name") or "").upper()
    if node.tag == caldav("comp-filter"):
        return _component_passes(asked, component.parts(name), node)
    if node.tag == caldav("prop-filter"):
        return _property_passes(asked, component.all(name), node)
    if node.tag == caldav("time-range"):
        return _in_span(asked, component, _span(node))
    return True


def _property_passes(asked: Asked, lines: list[Line], node: Element) -> bool:
    if node.find(caldav("is-not-defined")) is not None:
        return not lines
    return any(all(_line_holds(asked, line, condition) for condition in node) for line in lines)


def _line_holds(asked: Asked, line: Line, node: Element) -> bool:
    if node.tag == caldav("text-match"):
        return _matches(unescape(line.value), node)
    if node.tag == caldav("time-range"):
        moment = _instant(line, asked)
        return moment is not None and _span(node).meets(moment, moment)
    if node.tag == caldav("param-filter"):
        value = line.parameter((node.get("name") or "").upper())
        match = node.find(caldav("text-match"))
        if node.find(caldav("is-not-defined")) is not None:
            return value is None
        return value is not None and (match is None or _matches(value, match))
    return True


def _matches(value: str, node: Element) -> bool:
    wanted = node.text or ""
    if node.get("collation") != "i;octet":
        value, wanted = value.casefold(), wanted.casefold()
    return (wanted in value) != (node.get("negate-condition") == "yes")


def _span(node: Element) -> Span:
    try:
        start, end = (_utc(node.get(name), far) for name, far in (("start", _NEAR), ("end", _FAR)))
    except ValueError as error:
        detail = "The start and end of a time-range must be UTC times, YYYYMMDDTHHMMSSZ."
        raise RefusedCalendarError("valid-filter", detail) from error
    if start >= end:
        raise RefusedCalendarError("valid-filter", "A time-range must end after its start.")
    return Span(start, end)


def _utc(value: str | None, default: datetime) -> datetime:
    return default if value is None else datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _in_span(asked: Asked, component: Component, span: Span) -> bool:
    if component.name == "VTODO":
        return _todo_in_span(asked, component, span)
    moments = [moment for line in component.lines if (moment := _instant(line, asked))]
    return not moments or any(span.meets(moment, moment) for moment in moments)


def _todo_in_span(asked: Asked, todo: Component, span: Span) -> bool:
    """RFC 4791, 9.9: by start and due; else by when it was completed or created; one without times always."""
    if todo is main_todo(asked.calendar) and asked.document["recurrence"] and asked.document["due"]:
        return _series_in_span(asked.document, span)
    times = {name: _instant(line, asked) for name in _TIMES if (line := todo.first(name))}
    start, due = times.get("DTSTART"), times.get("DUE")
    if start or due:
        begin, end = start or due or _NEAR, due or start or _FAR
        return span.meets(min(begin, end), max(begin, end))
    created, completed = times.get("CREATED"), times.get("COMPLETED")
    if created and completed:
        return span.meets(min(created, completed), max(created, completed)) or span.start <= completed < span.end
    if completed:
        return span.start <= completed < span.end or completed >= span.end
    return created is None or created < span.end


_TIMES = ("DTSTART", "DUE", "CREATED", "COMPLETED")


def _series_in_span(document: Document, span: Span) -> bool:
    """Whether an occurrence lies in the span; of a long series the first two thousand from its start are asked."""
    rule, due, zone = parse(document["recurrence"]), to_wall(document["due"]), document["timezone"] or "UTC"
    if span.start.year > 2999 or span.end <= to_instant(due, zone):
        return False
    near = max(due, local_now(max(span.start, to_instant(due, zone)), zone))
    until = until_wall(rule.until) if rule.until else None
    for place, wall in enumerate(occurrences(rule, due, near=near)):
        is_over = (rule.count and place >= rule.count) or (until and wall > until)
        if is_over or place >= _MOST_OCCURRENCES or to_instant(wall, zone) >= span.end:
            return False
        if to_instant(wall, zone) >= span.start:
            return True
    return False


def _instant(line: Line, asked: Asked) -> datetime | None:
    """A line's time in UTC; a date is its midnight. None for what is no time."""
    try:
        value = read_value(line.value)
        if isinstance(value, timedelta):
            return None
        if isinstance(value, datetime) and value.tzinfo:
            return value.astimezone(UTC)
        own = {tzid.value: part for part in asked.calendar.parts("VTIMEZONE") if (tzid := part.first("TZID"))}
        wall = value if isinstance(value, datetime) else datetime.combine(value, time())
        zone, wall = Zones(own, asked.zone).local(wall, line.parameter("TZID"))
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None

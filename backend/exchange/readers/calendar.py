"""iCalendar (RFC 5545): its to-dos. Apple Reminders, Nextcloud Tasks, Tasks.org and many more write them.

The lines are parted by the library ``icalendar``; a to-do whose lines are broken is told, and the rest goes on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from icalendar.prop import vDuration

from backend.calendars.todo.output import COUNTS_FROM
from backend.exchange.draft import Context, Draft, Item, Remark, convert_each, skipped
from backend.exchange.files import TextFile
from backend.exchange.readers.components import Component, parse, unescaped
from backend.exchange.readers.zones import Zones
from backend.exchange.values.alarms import before_due
from backend.exchange.values.moments import read_instant, wall_of
from backend.exchange.values.repeats import read_rule

# This program's own: a day has no zone in iCalendar, and a to-do no project.
PROJECT, ORDER, REMINDERS, ZONE = "X-TODO-PROJECT", "X-TODO-ORDER", "X-TODO-REMINDERS", "X-TODO-TIMEZONE"
_FROM_COMPLETION = "FROM=COMPLETION"  # Tasks.org's, within the RRULE
_KEPT = {
    "LOCATION": "Location", "URL": "Link", "COMMENT": "Comment", "CONTACT": "Contact", "ATTACH": "Attachment",
    "ATTENDEE": "Person", "ORGANIZER": "Organizer", "RESOURCES": "Resources", "GEO": "Place", "EXDATE": "Except",
    "RDATE": "Also", "EXRULE": "Except",
}  # fmt: skip
_READ = frozenset({
    "UID", "SUMMARY", "DESCRIPTION", "DUE", "DTSTART", "DURATION", "RRULE", "PRIORITY", "STATUS", "COMPLETED",
    "CREATED", "CATEGORIES", "RELATED-TO", "PERCENT-COMPLETE", "RECURRENCE-ID", PROJECT, ORDER, REMINDERS, ZONE,
})  # fmt: skip
_OF_MACHINES = frozenset({"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CLASS"})


def is_calendar(file: TextFile) -> bool:
    return "BEGIN:VCALENDAR" in file.text[:2000].upper() or file.text.lstrip("\ufeff \r\n").upper().startswith(
        "BEGIN:VTODO"
    )


def read(file: TextFile, context: Context) -> Iterator[Item]:
    root, others, remarks = parse(file.text)
    zones = Zones.of(root.within, context)
    project = root.text("X-WR-CALNAME") or root.text("NAME")
    todos = [one for one in root.within if one.name == "VTODO"]
    names = {todo.raw("UID"): todo.text("SUMMARY") for todo in todos}
    parents = {uid: todo.raw("UID") for todo in todos for uid in related(todo, "CHILD")}
    records = [(f"line {todo.line}", todo) for todo in todos]
    yield from convert_each(
        records, lambda place, todo: _Todo(place, todo, zones, names, parents, context).task(project)
    )
    yield from remarks
    if others:
        what = ", ".join(f"{number} {name}" for name, number in sorted(others.items()))
        yield skipped("the file", f"holds what are no to-dos, and made no tasks of it: {what}")
    if foreign := _foreign(todos):
        yield Remark(place="the file", kind="changed", message=f"taken over without {', '.join(foreign)}")


def _foreign(todos: list[Component]) -> list[str]:
    names = {name for todo in todos for name in todo.properties}
    return sorted(names - _READ - _OF_MACHINES - set(_KEPT))


@dataclass(frozen=True)
class _Todo:
    """One to-do, on its way to a draft."""

    place: str
    todo: Component
    zones: Zones
    names: dict[str, str]
    parents: dict[str, str]
    context: Context

    def task(self, project: str) -> Draft:
        todo, uid = self.todo, self.todo.raw("UID")
        instance = todo.raw("RECURRENCE-ID")
        draft = Draft(
            place=self.place,
            title=todo.text("SUMMARY"),
            notes=todo.text("DESCRIPTION"),
            priority=_priority(todo.raw("PRIORITY")),
            tags=[unescaped(tag) for _, value in todo.properties.get("CATEGORIES", []) for tag in _split(value)],
            project=todo.text(PROJECT) if PROJECT in todo.properties else project,
            created_at=self._instant("CREATED"),
            key=f"uid:{uid} {instance}".strip() if uid else None,
            words=todo.raw("DUE"),
        )
        if todo.broken:
            draft.remark("doubtful", f"has lines that could not be read: {', '.join(todo.broken[:20])}")
        self._read_state(draft)
        self._read_due(draft)
        if not instance:
            self._read_rule(draft)
        self._read_alarms(draft)
        self._keep_rest(draft)
        return draft

    def _instant(self, name: str) -> datetime | None:
        found = self.todo.first(name)
        return read_instant(found[1].strip(), self.context.zone) if found else None

    def _read_state(self, draft: Draft) -> None:
        status = self.todo.raw("STATUS").upper()
        percent = self.todo.raw("PERCENT-COMPLETE")
        completed = self._instant("COMPLETED")
        draft.done = status in {"COMPLETED", "CANCELLED"} or (
            not status and (completed is not None or percent == "100")
        )
        draft.completed_at = completed if draft.done else None
        if status == "CANCELLED":
            draft.keep("State", "cancelled")
        elif percent not in {"", "0", "100"}:
            draft.keep("Done so far", f"{percent} %")

    def _read_due(self, draft: Draft) -> None:
        """DUE, or the end of DTSTART and DURATION, or DTSTART; a start beside a due goes to the notes."""
        start, due = self._moment("DTSTART", draft), self._moment("DUE", draft)
        if due is None and start and (length := self.todo.raw("DURATION")):
            due = _after(start, length)
        draft.due = due or start
        if start and due and start != due:
            draft.keep("Starts", start.replace("T", " "))

    def _moment(self, name: str, draft: Draft) -> str | None:
        found = self.todo.first(name)
        if found is None or not found[1].strip():
            return None
        parameters, value = found
        wall, zone, doubt = self.zones.read(value.strip(), str(parameters.get("TZID", "")) or self.todo.text(ZONE))
        if name == "DUE" or not self.todo.raw("DUE"):
            draft.timezone = self.todo.text(ZONE) or zone
        if doubt:
            draft.remark("doubtful", doubt)
        if wall is None:
            draft.keep("Due" if name == "DUE" else "Starts", value)
        return wall

    def _read_rule(self, draft: Draft) -> None:
        rules = self.todo.properties.get("RRULE", [])
        for place, (_, rule) in enumerate(rules):
            try:
                if place:
                    raise ValueError("a task has one repetition here")
                draft.recurrence, foreign = read_rule(rule)
                draft.from_completion = _FROM_COMPLETION in foreign or self.todo.text(COUNTS_FROM) == "COMPLETION"
                foreign = [part for part in foreign if part != _FROM_COMPLETION]
                if foreign:
                    draft.remark("changed", f"the repetition was taken without {', '.join(foreign)}")
            except ValueError as error:
                draft.remark("doubtful", f"the repetition was not taken over: {error}")
                draft.keep("Repeats", rule[:300])

    def _read_alarms(self, draft: Draft) -> None:
        if REMINDERS in self.todo.properties:
            draft.reminders = json.loads(self.todo.text(REMINDERS))
            return
        alarms = [alarm for alarm in self.todo.within if alarm.name == "VALARM"]
        for alarm in alarms[:20]:
            trigger = alarm.raw("TRIGGER")
            reminder = before_due(trigger) or self._absolute(trigger)
            if reminder is None:
                draft.keep("Reminder", trigger)
            else:
                draft.reminders = [*(draft.reminders or []), reminder]

    def _absolute(self, trigger: str) -> dict[str, Any] | None:
        at = read_instant(trigger, self.context.zone)
        wall = wall_of(at, self.context.zone) if at else None
        return {"at": wall, "zone": self.context.zone} if wall else None

    def _keep_rest(self, draft: Draft) -> None:
        for name, label in _KEPT.items():
            for value in self.todo.texts(name):
                draft.keep(label, value.removeprefix("mailto:"))
        for uid in related(self.todo, "SIBLING"):
            draft.keep("Belongs to", self.names.get(uid, ""))
        if above := next(iter(related(self.todo, "PARENT")), self.parents.get(self.todo.raw("UID"))):
            draft.stand_under(f"uid:{above}", self.names.get(above, ""))
        try:
            draft.order = float(self.todo.raw(ORDER)) if ORDER in self.todo.properties else None
        except ValueError:
            draft.order = None


def related(todo: Component, relation: str) -> list[str]:
    """The UIDs that a to-do names in a relation; without a name it is that to its parent (RFC 5545, 3.2.15)."""
    found = todo.properties.get("RELATED-TO", [])
    uids = [uid.strip() for parameters, uid in found if str(parameters.get("RELTYPE", "PARENT")).upper() == relation]
    return [uid for uid in uids if uid]


def _priority(value: str) -> str | None:
    """RFC 5545, 3.8.1.9: 1 to 4 high, 5 medium, 6 to 9 low, 0 none."""
    level = int(value) if value.isdecimal() and len(value) < 3 else 0
    if level == 0 or level > 9:
        return None
    return "high" if level < 5 else "medium" if level == 5 else "low"


def _split(value: str) -> Iterator[str]:
    """The items of a list, parted by commas that no backslash stands before."""
    item, escaped = "", False
    for sign in value:
        if sign == "," and not escaped:
            yield item
            item = ""
            continue
        item += sign
        escaped = sign == "\\" and not escaped
    yield item


def _after(start: str, length: str) -> str:
    span = vDuration.from_ical(length)  # type: ignore[no-untyped-call]
    if not isinstance(span, timedelta):
        raise ValueError("the duration is none")
    end = datetime.fromisoformat(start) + span
    return end.strftime("%Y-%m-%dT%H:%M")[: len(start)]

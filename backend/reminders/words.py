"""What a notice says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.tasks.due import has_time, local_now, to_wall

LATE = timedelta(seconds=90)  # later than this, a reminder says when it was due
MOST_LISTED = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """A task in a digest or a summary; ``when`` is a local date or date and time."""

    title: str
    when: str


def reminder_body(*, due: str | None, due_at: datetime, zone: str, now: datetime) -> str:
    """When the task is due; of a late reminder, when it was to come (UTC ``due_at``, on the clocks of the zone)."""
    today = local_now(now, zone)
    if now - due_at > LATE:
        return f"Was due {say_when(local_now(due_at, zone).isoformat(timespec='minutes'), today)}"
    return f"Due {say_when(due, today)}" if due else ""


def say_when(when: str, today: datetime) -> str:
    """``today at 17:00``, ``tomorrow``, ``Fri 27 Nov at 09:00``; with the year where it is another."""
    wall = to_wall(when)
    day = _say_day(wall, today)
    return f"{day} at {wall:%H:%M}" if has_time(when) else day


def _say_day(wall: datetime, today: datetime) -> str:
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    distance = (wall.date() - today.date()).days
    if distance in near:
        return near[distance]
    named = f"{wall:%a} {wall.day} {wall:%b}"
    return named if wall.year == today.year else f"{named} {wall.year}"


def digest(overdue: Sequence[Line], due: Sequence[Line], today: datetime) -> tuple[str, str] | None:
    """The title and the text of a day's digest; None where there is nothing to tell."""
    if not overdue and not due:
        return None
    parts = [f"{len(due)} due today"] if due else []
    parts += [f"{len(overdue)} overdue"] if overdue else []
    sections = [_section("Today", due, today), _section("Overdue", overdue, today)]
    return f"Your day: {', '.join(parts)}", "\n\n".join(filter(None, sections))


def summary(lines: Sequence[Line], today: datetime) -> tuple[str, str]:
    """The title and the text of what could not be told in its time."""
    count = "1 reminder" if len(lines) == 1 else f"{len(lines)} reminders"
    return f"{count} could not reach you in time", _list(lines, today)


def shut_off(label: str, reason: str) -> tuple[str, str]:
    """The title and the text that tell that a channel was shut off."""
    return f"Reminders no longer go to “{label}”", f"{reason} Switch it on again in the settings once that is mended."


def _section(name: str, lines: Sequence[Line], today: datetime) -> str:
    return f"{name}\n{_list(lines, today)}" if lines else ""


def _list(lines: Sequence[Line], today: datetime) -> str:
    shown = [f"- {line.title} ({say_when(line.when, today)})" for line in lines[:MOST_LISTED]]
    more = [f"- and {len(lines) - MOST_LISTED} more"] if len(lines) > MOST_LISTED else []
    return "\n".join(shown + more)

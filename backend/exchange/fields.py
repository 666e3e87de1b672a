"""Drafts made to fit the list: what its fields hold stays, and what they do not goes to the notes with a remark.

Nothing is refused here but a task without any words. Pure, but for the clock that limits how long rules are followed.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from backend.exchange.draft import Context, Draft, Remark, skipped
from backend.exchange.values.moments import known_zone
from backend.reminders.values import Reminders, plain
from backend.tasks.arrivals import Arrival
from backend.tasks.due import check_due, has_time
from backend.tasks.recurrence import check_series, first_occurrence
from backend.tasks.text import (
    CONTROL,
    NAME_LENGTH,
    NOTES_LENGTH,
    PROJECT_LENGTH,
    TAG_COUNT,
    TITLE_LENGTH,
    clean_notes,
    clean_project,
    clean_tag,
    clean_title,
    fold,
)

RULE_SECONDS = 3.0  # that one import may spend on following rules
_CONTROLS = re.compile(rf"[{CONTROL}\ud800-\udfff]")
_REMINDERS: TypeAdapter[Any] = TypeAdapter(Reminders)
_CUT = " …"
T = TypeVar("T")


@dataclass
class Fitter:
    """Fits one import's drafts. ``spent`` are the seconds that following their rules took so far."""

    context: Context
    spent: float = 0.0
    known_rules: dict[tuple[str, str | None, str], str | None] = field(default_factory=dict)

    def fit(self, draft: Draft, *, task_id: str) -> Arrival | Remark:
        """The task that the draft becomes, its remarks added to the draft's; a remark where it has no words at all."""
        notes = [draft.notes]
        title = self._title(draft, notes)
        if title is None:
            return skipped(draft.place, "has no title; no task was made of it")
        project = _name(draft, draft.project, "project", limit=PROJECT_LENGTH, clean=clean_project)
        tags = _tags(draft)
        due, zone = self._due(draft)
        due, recurrence = self._recurrence(draft, due, zone)
        reminders = _reminders(draft, due)
        return Arrival(
            id=task_id,
            title=title,
            notes=_notes(draft, notes),
            due=due,
            timezone=zone if due else None,
            recurrence=recurrence,
            priority=draft.priority,
            tags=tags,
            project=project,
            done=draft.done,
            completed_at=(draft.completed_at or draft.created_at or self.context.now) if draft.done else None,
            created_at=draft.created_at,
            reminders=reminders,
            order=draft.order,
            number=draft.number,
            recurrence_from=_counts_from(draft, recurrence),
        )

    def _title(self, draft: Draft, notes: list[str]) -> str | None:
        line = " ".join(_CONTROLS.sub(" ", draft.title).split())
        if len(line) > TITLE_LENGTH:
            notes.insert(0, line)
            draft.remark("kept", f"the title is longer than {TITLE_LENGTH} characters; the whole is in the notes")
            line = line[: TITLE_LENGTH - len(_CUT)].rstrip() + _CUT
        try:
            return clean_title(line)
        except ValueError:
            return _title_of_notes(draft)

    def _due(self, draft: Draft) -> tuple[str | None, str]:
        zone = known_zone(draft.timezone) or self.context.zone
        if draft.timezone and zone != draft.timezone.strip():
            draft.remark("doubtful", f"the time zone “{draft.timezone}” is not known; {zone} was taken")
        if draft.due is None:
            return None, zone
        try:
            return check_due(draft.due), zone
        except ValueError as error:
            draft.remark("doubtful", f"the date “{draft.due}” cannot be a due date: {error}")
            draft.keep("Due", draft.due)
            return None, zone

    def _recurrence(self, draft: Draft, due: str | None, zone: str) -> tuple[str | None, str | None]:
        """The due and the rule that go together; without a due, that of the rule's first time."""
        rule = draft.recurrence
        if not rule:
            return due, None
        if reason := self._refusal(rule, due, zone):
            draft.remark("doubtful", f"the repetition was not taken over: {reason}")
            draft.keep("Repeats", rule)
            return due, None
        return due or first_occurrence(rule, timezone=zone, now=self.context.now), rule

    def _refusal(self, rule: str, due: str | None, zone: str) -> str | None:
        """Why a rule cannot be followed from this due; rules that take long to follow are given up."""
        key = (rule, due, zone)
        if key not in self.known_rules:
            if self.spent > RULE_SECONDS:
                return "the file's repetitions take too long to follow"
            begun = time.perf_counter()
            self.known_rules[key] = _refusal_of(rule, due, zone, self.context)
            self.spent += time.perf_counter() - begun
        return self.known_rules[key]


def _counts_from(draft: Draft, recurrence: str | None) -> str | None:
    if recurrence is None:
        return None
    return "completion" if draft.from_completion else "due"


def _refusal_of(rule: str, due: str | None, zone: str, context: Context) -> str | None:
    try:
        first = due or first_occurrence(rule, timezone=zone, now=context.now)
        if first is None:
            return "its end lies in the past"
        check_series(rule, due=first, timezone=zone)
    except (ValueError, OverflowError) as error:
        return str(error)
    return None


def _title_of_notes(draft: Draft) -> str | None:
    """The first line of the notes, for a task that has nothing else."""
    first = next((line for line in draft.notes.splitlines() if line.strip()), "")
    try:
        title = clean_title(" ".join(_CONTROLS.sub(" ", first).split())[:TITLE_LENGTH])
    except ValueError:
        return None
    draft.remark("changed", "has no title; the first line of its notes was taken")
    return title


def _name(draft: Draft, value: str | None, what: str, *, limit: int, clean: Callable[[str], str]) -> str | None:
    line = " ".join(_CONTROLS.sub(" ", value or "").split())
    if not line:
        return None
    if len(line) > limit:
        draft.keep(what.capitalize(), line)
        draft.remark("kept", f"the {what} is longer than {limit} characters; the whole is in the notes")
        line = line[: limit - len(_CUT)].rstrip() + _CUT
    try:
        return clean(line)
    except ValueError:
        return None


def _tags(draft: Draft) -> list[str]:
    unique: dict[str, str] = {}
    for tag in draft.tags:
        name = _name(draft, tag, "tag", limit=NAME_LENGTH, clean=clean_tag)
        if name:
            unique.setdefault(fold(name), name)
    names = list(unique.values())
    if rest := names[TAG_COUNT:]:
        draft.keep("More tags", ", ".join(rest))
        draft.remark("kept", f"has more than {TAG_COUNT} tags; the others are in the notes")
    return names[:TAG_COUNT]


def _reminders(draft: Draft, due: str | None) -> list[dict[str, Any]] | None:
    if draft.reminders is None:
        return None
    possible = [one for one in draft.reminders if "before" not in one or (due and has_time(due))]
    if len(possible) < len(draft.reminders):
        lost = [str(one["before"]) for one in draft.reminders if one not in possible]
        draft.keep("Reminder", ", ".join(lost))
        draft.remark("kept", "its reminders count from a time of day, which the task does not have")
    if not possible:
        return None if draft.reminders else []
    try:
        return plain(_REMINDERS.validate_python(possible))
    except ValidationError:
        draft.keep("Reminders", ", ".join(str(one) for one in possible))
        draft.remark("doubtful", "its reminders could not be read")
        return None


def _notes(draft: Draft, parts: list[str]) -> str | None:
    """The notes, and below them a line for each thing that has no field."""
    kept = "\n".join(f"{name}: {value}" for name, value in draft.kept)
    text = "\n\n".join(part.rstrip() for part in (*parts, kept) if part.strip())
    if draft.kept:
        names = ", ".join(dict.fromkeys(name for name, _ in draft.kept))
        draft.remark("kept", f"in the notes, since the list has no field for it: {names}")
    text = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > NOTES_LENGTH:
        draft.remark("changed", f"the notes have {len(text):,} characters and were cut to {NOTES_LENGTH:,}")
        text = text[: NOTES_LENGTH - len(_CUT)] + _CUT
    return clean_notes(text)

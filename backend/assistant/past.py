"""What the tools do with the past: undo, redo, put the whole list back after a yes, and tell what changed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_ai import ToolReturn
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.actions import Context, Outcome, call_of, id_of, keep
from backend.assistant.asking.first import ask_first
from backend.assistant.reply.dates import say_date, say_moment
from backend.assistant.reply.outcomes import changed, failed
from backend.assistant.reply.receipts import say_changes, say_put_back, say_redone, say_undone
from backend.assistant.reply.settings import say_settings_back
from backend.assistant.state import Call, Restoring, TurnState
from backend.errors import InvalidError, ProblemError
from backend.history.moments import Moment
from backend.history.pages import Entry, Question, read_entries
from backend.history.past import count_kinds
from backend.history.restore import Destination, restore
from backend.journal import service as journal
from backend.journal.values import Actor, UndoResult, instant
from backend.profile.service import lock_profile
from backend.reminders.settings import settings_changed
from backend.tasks.due import check_due, has_time, to_instant, to_wall
from backend.tasks.groups.labels import LABELS_BACK, labels_changed

SHOWN = 30
_VIA = {
    "ui": "on the page",
    "chat": "in the chat",
    "mcp": "over MCP",
    "api": "over the API",
    "cli": "by ./todo",
    "caldav": "over CalDAV",
}


async def undo(context: Context) -> Outcome:
    """The latest change or, after a yes, the one that was shown."""
    return await _step(context, "undo", _Way(journal.undo, say_undone, "Undone"))


async def redo(context: Context) -> Outcome:
    """What the latest undo took back, again or, after a yes, what the undo that was shown did."""
    return await _step(context, "redo", _Way(journal.redo, say_redone, "Done again"))


@dataclass(frozen=True)
class _Way:
    """Back or forth: what does it, and how it is said of tasks and, after ``lead``, of the settings."""

    act: Callable[[AsyncSession, Actor, str | None], Awaitable[UndoResult]]
    say: Callable[..., str]
    lead: str


async def _step(context: Context, tool: str, way: _Way) -> Outcome:
    state, agreed = context.deps, context.deps.approved.get(id_of(context))
    try:
        async with state.database.write() as session:
            result = await way.act(session, state.actor, agreed.undoes if agreed else None)
            made = journal.changes_here(session)
            ask_first(context, tool, {}, made, undoes=result.undone)
            said = _say_taken_back(way, session, result, state)
            of_settings = result.settings is not None or labels_changed(session)
            call = call_of(context, tool, {}, made, said, of_settings=of_settings)
            await keep(session, state, call)
    except ProblemError as error:
        return failed(state, tool, {}, error)
    return changed(state, call)


async def put_back(context: Context, to: str) -> Outcome:
    """Everything since ``to`` taken back, in one turn. It is always asked about, and done only if it is still true."""
    state, agreed = context.deps, context.deps.approved.get(id_of(context))
    bound = agreed.restores if agreed else None
    try:
        async with state.database.write() as session:
            newest = (await lock_profile(session, state.actor.user_id)).revision
            moment, _ = await restore(
                session, state.actor, _destination(to, bound), if_revision=bound.newest if bound else None
            )
            made = journal.changes_here(session)
            restores = Restoring(to=moment.revision, at=instant(moment.at), newest=newest)
            ask_first(context, "undo", {"to": to}, made, restores=restores)
            counts = count_kinds(change.kind for change in made)
            said = say_put_back(counts, made, moment=say_moment(to, today=state.now.date()))
            call = call_of(context, "undo", {"to": to}, made, said)
            await keep(session, state, call)
    except ProblemError as error:
        return failed(state, "undo", {"to": to}, error)
    return changed(state, call)


async def show_changes(context: Context, since: str | None, until: str | None) -> Outcome:
    """From ``since``, a day or a time of it, to the end of the day ``until``; the latest thirty are told."""
    state = context.deps
    arguments = {name: value for name, value in (("since", since), ("until", until)) if value}
    try:
        question = Question(
            since=instant_of(since, "since", state.timezone),
            until=instant_of(until, "until", state.timezone, end=True),
            limit=SHOWN,
        )
        async with state.database.read() as session:
            entries, more = await read_entries(session, state.actor.user_id, question)
    except ProblemError as error:
        return failed(state, "list_changes", arguments, error)
    summary = _say_entries(entries, more=more is not None, zone=ZoneInfo(state.timezone), today=state.now.date())
    state.calls.append(Call(id="", tool="list_changes", arguments=dict(arguments), summary=summary))
    content: dict[str, Any] = {"status": "listed", "summary": summary, "total": len(entries)}
    return ToolReturn(return_value=content)


def _say_taken_back(way: _Way, session: AsyncSession, result: UndoResult, state: TurnState) -> str:
    """What became of the tasks, and of the reminder settings."""
    today = state.now.date()
    settings = say_settings_back(settings_changed(session), result.settings, today=today, lead=way.lead)
    labels = LABELS_BACK if labels_changed(session) else ""
    return " ".join(filter(None, [way.say(journal.changes_here(session), today=today), settings, labels]))


def _destination(to: str, bound: Restoring | None) -> Destination:
    if bound is None:
        return Destination(to=to)
    return Destination(moment=Moment(bound.to, datetime.fromisoformat(bound.at)))


def instant_of(text: str | None, name: str, timezone: str, *, end: bool = False) -> datetime | None:
    """Where a day or time begins, or ends, on the user's clocks. Raises InvalidError."""
    if text is None:
        return None
    try:
        wall = to_wall(check_due(text))
        length = timedelta(0) if not end else timedelta(minutes=1) if has_time(text) else timedelta(days=1)
        return to_instant(wall + length, timezone)
    except ValueError as error:
        raise InvalidError(f"{name}: {error}.") from error


def _say_entries(entries: list[Entry], *, more: bool, zone: ZoneInfo, today: date) -> str:
    if not entries:
        return "Nothing was changed then."
    count = f"The latest {len(entries)} changes" if more else f"{len(entries)} change{'s' if len(entries) > 1 else ''}"
    return "\n".join([f"{count}, newest first:", *(_say_entry(entry, zone=zone, today=today) for entry in entries)])


def _say_entry(entry: Entry, *, zone: ZoneInfo, today: date) -> str:
    """ "- Fri 27 Nov 14:05, in the chat: Added "milk". (undone)"."""
    change = entry.change
    at = change.at.astimezone(zone)
    day = "today" if at.date() == today else say_date(at.date(), today=today)
    what = (say_undone if change.undoes else say_changes)([change], today=today)
    ending = " (undone since)" if entry.undone_by and not change.undoes else ""
    return f"- {day} {at:%H:%M}, {_VIA.get(change.surface, change.surface)}{_by(change.token_name)}: {what}{ending}"


def _by(token_name: str | None) -> str:
    return f" by the token “{token_name}”" if token_name else ""

"""What the tools do with reminders: a task's own, snoozing, what will come, and the user's settings."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_ai import ToolReturn
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.actions import Context, Outcome, act_on, call_of, id_of, keep, way_to_be_reached
from backend.assistant.past import instant_of
from backend.assistant.reply.dates import say_due_briefly
from backend.assistant.reply.outcomes import changed, failed
from backend.assistant.reply.settings import say_settings
from backend.assistant.state import Call, Target
from backend.errors import InvalidError, ProblemError
from backend.reminders import service
from backend.reminders.lists import Mode
from backend.reminders.lists import set_reminders as set_list
from backend.reminders.schedule import local_text
from backend.reminders.schemas import SettingsIn, SnoozeIn
from backend.reminders.settings import change_settings as set_settings
from backend.reminders.settings import settings_changed

SHOWN = 30
NONE_CAME = "No reminder has come yet: say which task to remind you of again."


async def set_reminders(
    context: Context, *, match: str | None, reminders: Sequence[Mapping[str, Any]] | None, mode: Mode
) -> Outcome:
    """One change of the task, with a receipt and undo."""
    said = [dict(one) for one in reminders] if reminders is not None else None

    async def apply(session: AsyncSession, targets: Sequence[Target]) -> None:
        for target in targets:
            await set_list(session, context.deps.actor, target.id, said, mode)

    arguments = {"match": match, "filter": None, "reminders": said, "mode": mode}
    return await act_on(context, "set_reminders", arguments, apply, note=way_to_be_reached if said else None)


async def snooze(context: Context, *, match: str | None, minutes: int | None, until: str | None) -> Outcome:
    arguments = {"match": match, "filter": None, "minutes": minutes, "until": until}
    given = {name: value for name, value in (("minutes", minutes), ("until", until)) if value is not None}
    try:
        wanted = SnoozeIn.model_validate(given)
    except ValidationError as error:
        return failed(context.deps, "snooze_task", {"match": match, **given}, error)
    if match is None and not context.deps.planned.get(id_of(context)):
        async with context.deps.database.read() as session:
            number = await service.last_told(session, context.deps.actor.user_id)
        if number is None:
            return failed(context.deps, "snooze_task", given, ValueError(NONE_CAME))
        arguments["match"] = match = str(number)

    async def apply(session: AsyncSession, targets: Sequence[Target]) -> None:
        for target in targets:
            actor = context.deps.actor
            await service.snooze(session, actor, target.id, minutes=wanted.minutes, until=wanted.until)

    return await act_on(context, "snooze_task", arguments, apply)


async def show_reminders(context: Context, since: str | None, until: str | None) -> Outcome:
    """What will be reminded of from ``since``, a day or a time of it, to the end of ``until``; the first thirty."""
    state = context.deps
    arguments = {name: value for name, value in (("since", since), ("until", until)) if value}
    try:
        begin, end = (
            instant_of(since, "since", state.timezone),
            instant_of(until, "until", state.timezone, end=True),
        )
        async with state.database.read() as session:
            coming, more = await service.list_coming(session, state.actor.user_id, limit=SHOWN, since=begin, until=end)
    except ProblemError as error:
        return failed(state, "list_reminders", arguments, error)
    summary = _say_coming(coming, more=more is not None, zone=state.timezone, today=state.now.date())
    state.calls.append(Call(id="", tool="list_reminders", arguments=dict(arguments), summary=summary))
    return ToolReturn(return_value={"status": "listed", "summary": summary, "total": len(coming)})


async def change_settings(context: Context, values: Mapping[str, Any]) -> Outcome:
    """The settings are no tasks: they have no card, but undo takes them back, and the reply says what holds now."""
    state = context.deps
    try:
        wanted = SettingsIn.model_validate(dict(values))
        if not wanted.values():
            raise InvalidError("say what should change")
        async with state.database.write() as session:
            await set_settings(session, state.actor, wanted.values())
            summary = f"Done: {say_settings(wanted.values(), today=state.now.date())}."
            differing = bool(settings_changed(session))
            call = call_of(context, "change_reminder_settings", dict(values), (), summary, of_settings=differing)
            await keep(session, state, call)
    except (ProblemError, ValidationError) as error:
        return failed(state, "change_reminder_settings", dict(values), error)
    return changed(state, call)


def _say_coming(coming: Sequence[service.Coming], *, more: bool, zone: str, today: date) -> str:
    if not coming:
        return "I will remind you of nothing then."
    head = f"I will remind you of the first {len(coming)}:" if more else "I will remind you of:"
    lines = [f"- {say_due_briefly(local_text(one.at, zone), today=today)}: {one.title}" for one in coming]
    return "\n".join([head, *lines])

"""The tools for reminders."""

from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import InvalidError
from backend.journal.values import Actor, Document
from backend.mcp import arguments
from backend.mcp.answers import Answer, answer_one
from backend.mcp.caller import Caller, perform
from backend.mcp.write_tools import find_task
from backend.reminders import service
from backend.reminders.lists import never_to_come, set_reminders
from backend.reminders.schedule import local_text
from backend.reminders.schemas import SettingsIn, SettingsOut
from backend.reminders.settings import change_settings, read_settings
from backend.reminders.values import plain
from backend.tasks.documents import to_document
from backend.tasks.due import has_time, to_instant, to_wall

_NOT_OF_THE_SETTINGS = {"user_id", "dry_run", "verbose"}


async def set_task_reminders(caller: Caller, call: arguments.SetReminders) -> Answer:
    """Raises NotFoundError, and InvalidError for a moment that has passed."""
    never: list[Any] = []

    async def act(session: AsyncSession, actor: Actor) -> Document:
        task = await find_task(session, actor, call.task_id)
        task = await set_reminders(session, actor, task.id, plain(call.reminders), call.mode)
        never.extend(await never_to_come(session, actor, task))
        return to_document(task)

    performed = await perform(caller, act, timezone=None, dry_run=call.dry_run)
    answer = answer_one(performed, status="updated", verbose=call.verbose)
    note = {"will_not_come": never} if never else {}
    return {**answer, "reminders": performed.result["reminders"], **note}


async def snooze_task(caller: Caller, call: arguments.SnoozeTask) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> Document:
        task = await find_task(session, actor, call.task_id)
        return to_document(await service.snooze(session, actor, task.id, minutes=call.minutes, until=call.until))

    performed = await perform(caller, act, timezone=None, dry_run=call.dry_run)
    answer = answer_one(performed, status="snoozed", verbose=call.verbose)
    return {**answer, "reminders": performed.result["reminders"]}


async def list_reminders(caller: Caller, call: arguments.ListReminders) -> Answer:
    async with caller.database.read() as session:
        zone = caller.timezone or (await read_settings(session, caller.user_id)).zone
        since, until = (
            to_instant(to_wall(text if has_time(text) else f"{text}T{clock}"), zone) if text else None
            for text, clock in ((call.since, "00:00"), (call.until, "23:59"))
        )
        coming, following = await service.list_coming(
            session, caller.user_id, limit=call.limit, since=since, until=until, cursor=call.cursor
        )
    return {"reminders": [_shown(one) for one in coming], **({"next_cursor": following} if following else {})}


def _shown(one: service.Coming) -> Answer:
    return {"task_id": one.number, "title": one.title, "at": local_text(one.at, one.zone), "zone": one.zone}


async def change_reminder_settings(caller: Caller, call: arguments.ChangeReminderSettings) -> Answer:
    """The settings as they then are."""
    try:
        wanted = SettingsIn.model_validate(call.model_dump(exclude_unset=True, exclude=_NOT_OF_THE_SETTINGS))
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}".lstrip(": ") for one in error.errors())
        raise InvalidError(reasons) from error

    async def act(session: AsyncSession, actor: Actor) -> dict[str, Any]:
        settings = await change_settings(session, actor, wanted.values())
        return SettingsOut.model_validate(settings, from_attributes=True).model_dump(mode="json", exclude_none=True)

    performed = await perform(caller, act, timezone=None, dry_run=call.dry_run)
    rehearsed = {"dry_run": True, "would_change": [{"settings": sorted(wanted.values())}]} if call.dry_run else {}
    ending = {"undo_token": performed.undo_token} if performed.undo_token else {}
    return {**performed.result, "status": "updated", **rehearsed, **ending}

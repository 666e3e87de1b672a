"""Reminders over HTTP: a user's settings, what will come, snoozing."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from backend.auth.dependencies import CurrentUserDep
from backend.errors import InvalidError
from backend.forms import form
from backend.journal.write import TimezoneDep, VersionDep, WriteDep
from backend.openapi import problems, refuse_query
from backend.reminders import service
from backend.reminders.models import ReminderSettings
from backend.reminders.schemas import ComingPage, SettingsIn, SettingsOut, SnoozeIn
from backend.reminders.settings import change_settings, read_settings
from backend.session import ReadSessionDep
from backend.tasks.due import check_due, to_instant, to_wall
from backend.tasks.routes import TaskId, answer_task
from backend.tasks.schemas import TaskOut

router = APIRouter(prefix="/api", tags=["reminders"], responses=problems(401, 422, 503))
Cursor = Annotated[str | None, Query(max_length=100, description="next_cursor of the page before; 422 for another")]
Until = Annotated[
    str | None,
    Query(
        max_length=40,
        description="The last local day or moment, YYYY-MM-DD[THH:MM]",
        json_schema_extra=form("due"),
    ),
]


@router.get("/reminders/settings", dependencies=[refuse_query])
async def read_reminder_settings(user: CurrentUserDep, session: ReadSessionDep, timezone: TimezoneDep) -> SettingsOut:
    """When and how the user is reminded."""
    return _shown(await read_settings(session, user.id, timezone))


@router.put(
    "/reminders/settings",
    response_model=SettingsOut,
    responses=problems(400, 403, 413),
    dependencies=[refuse_query],
)
async def change_reminder_settings(wanted: SettingsIn, write: WriteDep) -> Response:
    """Set what is given; all that is due is planned anew. Undo takes it back."""

    async def act() -> Response:
        settings = await change_settings(write.session, write.actor, wanted.values())
        return JSONResponse(_shown(settings).model_dump(mode="json"), headers=write.undo_header)

    return await write.once(act)


@router.get("/reminders/upcoming")
async def list_upcoming(
    user: CurrentUserDep,
    session: ReadSessionDep,
    timezone: TimezoneDep,
    *,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    until: Until = None,
    cursor: Cursor = None,
) -> ComingPage:
    """What will be reminded of, the next first."""
    settings = await read_settings(session, user.id, timezone)
    last = None
    if until is not None:
        try:
            last = to_instant(
                to_wall(check_due(until if "T" in until else f"{until}T23:59")), timezone or settings.zone
            )
        except ValueError as error:
            raise InvalidError(f"until: {error}", errors=[{"field": "until", "message": str(error)}]) from error
    items, following = await service.list_coming(session, user.id, limit=limit, until=last, cursor=cursor)
    return ComingPage.model_validate({"items": [item.as_dict() for item in items], "next_cursor": following})


@router.post(
    "/tasks/{task_id}/snooze",
    response_model=TaskOut,
    responses=problems(400, 403, 404, 409, 412, 413),
    dependencies=[refuse_query],
)
async def snooze_task(task_id: TaskId, wanted: SnoozeIn, version: VersionDep, write: WriteDep) -> Response:
    """Remind of the task again later; undo takes it back."""

    async def act() -> Response:
        task = await service.snooze(
            write.session, write.actor, task_id, minutes=wanted.minutes, until=wanted.until, version=version
        )
        return answer_task(write, task)

    return await write.once(act)


def _last(until: str, zone: str) -> datetime:
    try:
        return to_instant(to_wall(check_due(until if "T" in until else f"{until}T23:59")), zone)
    except (ValueError, OverflowError) as error:
        raise InvalidError(f"until: {error}", errors=[{"field": "until", "message": str(error)}]) from error


def _shown(settings: ReminderSettings) -> SettingsOut:
    return SettingsOut.model_validate(settings, from_attributes=True)

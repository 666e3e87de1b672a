"""The signed-in user: who they are, their zone and settings."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.assistant.engines import choice
from backend.auth.dependencies import CurrentUser, CurrentUserDep
from backend.journal.write import WriteDep
from backend.openapi import problems, refuse_query
from backend.profile.service import Preferences, lock_profile, read_preferences
from backend.reminders.settings import follow_zone
from backend.session import ReadSessionDep
from backend.tasks.fields import Zone

router = APIRouter(prefix="/api", tags=["me"], responses=problems(401, 422, 503))
SETTINGS_LENGTH = 16_384


def _check_settings(settings: dict[str, Any]) -> dict[str, Any]:
    try:
        text = json.dumps(settings, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:  # NaN, Infinity, half a character, too deep
        raise ValueError("must be plain JSON") from error
    if len(text) > SETTINGS_LENGTH:
        raise ValueError(f"at most {SETTINGS_LENGTH} bytes of JSON")
    if settings.get(choice.KEY) is not None:
        choice.check_setting(settings[choice.KEY])
    return settings


Settings = Annotated[
    dict[str, Any],
    AfterValidator(_check_settings),
    Field(
        description=f"At most {SETTINGS_LENGTH} bytes of JSON in all",
        json_schema_extra={"properties": {choice.KEY: {"enum": [*choice.SETTINGS, None]}}},
    ),
]


class MePatch(BaseModel):
    """What to change. Of ``settings`` the keys given are set, and removed by null; a null ``timezone`` unsets it.

    ``settings.assistant`` chooses the engine that answers: ``builtin``, ``model``, or ``auto`` for the built-in one
    first. Any other key is the client's own.
    """

    model_config = ConfigDict(extra="forbid")

    timezone: Zone | None = None
    settings: Settings = {}


class MeOut(BaseModel):
    """The signed-in user."""

    id: str
    name: str
    email: str
    timezone: str | None
    settings: dict[str, Any]


@router.get("/me", dependencies=[refuse_query])
async def read_me(user: CurrentUserDep, session: ReadSessionDep) -> MeOut:
    """Who is signed in, with zone and settings."""
    return _me(user, await read_preferences(session, user.id))


@router.patch("/me", response_model=MeOut, responses=problems(400, 403, 413), dependencies=[refuse_query])
async def update_me(changes: MePatch, user: CurrentUserDep, write: WriteDep) -> Response:
    """Change the zone or settings."""

    async def act() -> Response:
        profile = await lock_profile(write.session, user.id)
        if "timezone" in changes.model_fields_set:
            profile.timezone = changes.timezone
            await follow_zone(write.session, user.id, changes.timezone)
        merged = json.loads(profile.settings) | changes.settings
        kept = _check_settings({name: value for name, value in merged.items() if value is not None})
        profile.settings = json.dumps(kept, ensure_ascii=False)
        return JSONResponse(_me(user, Preferences(profile.timezone, profile.settings)).model_dump())

    return await write.once(act)


def _me(user: CurrentUser, preferences: Preferences) -> MeOut:
    return MeOut(
        id=user.id,
        name=user.name,
        email=user.email,
        timezone=preferences.timezone,
        settings=json.loads(preferences.settings),
    )

"""Letterboxes over HTTP: made and revoked by whoever is signed in on the page, written to by who knows the address."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.errors import NotFoundError
from backend.forms import form
from backend.journal.values import instant
from backend.letterbox import service
from backend.letterbox.letter import read_letter
from backend.letterbox.models import Letterbox
from backend.openapi import problems, refuse_query
from backend.session import DatabaseDep, ReadSessionDep, WriteSessionDep
from backend.settings import SettingsDep
from backend.webhooks.routes import UserDep

router = APIRouter(prefix="/api/letterbox", tags=["mails"], responses=problems(422, 503))
POST_PATH = "/api/letterbox/mail"


def _folded(address: str) -> str:
    local, at, domain = address.strip().casefold().rpartition("@")
    if not (local and at and "." in domain) or any(sign.isspace() for sign in local + domain):
        raise ValueError("must be a mail address, such as ada@example.com")
    return f"{local}@{domain}"


def _each_once(senders: list[str]) -> list[str]:
    return list(dict.fromkeys(senders))


Sender = Annotated[str, Field(max_length=320, json_schema_extra=form("address")), AfterValidator(_folded)]


class LetterboxIn(BaseModel):
    """``senders``: the mail addresses that may write. Nobody else's mails are taken."""

    model_config = ConfigDict(extra="forbid")

    senders: Annotated[list[Sender], Field(min_length=1, max_length=20), AfterValidator(_each_once)]


class LetterboxOut(BaseModel):
    """A letterbox: everything but its address."""

    ending: str = Field(description="The last four characters of its secret, to know it by")
    senders: list[str]
    created_at: str
    last_used_at: str | None


class LetterboxStateOut(BaseModel):
    """Whether this server takes mails, and the user's letterbox."""

    offered: bool
    letterbox: LetterboxOut | None


class MadeLetterboxOut(LetterboxOut):
    """With the path of its address: the only time that it is shown."""

    path: str = Field(description="Behind the page's own address")


class TakenOut(BaseModel):
    """What became of a mail: ``seen`` came before, ``ignored`` was written by a machine."""

    outcome: Literal["added", "seen", "ignored"]
    tasks: list[int] = Field(description="The numbers of the tasks that it made")


@router.get("", responses=problems(401, 403), dependencies=[refuse_query])
async def read_letterbox(user: UserDep, session: ReadSessionDep, settings: SettingsDep) -> LetterboxStateOut:
    """The user's letterbox, and whether this server takes mails at all."""
    box = await session.get(Letterbox, user.id)
    return LetterboxStateOut(offered=settings.todo_mail_in, letterbox=_shown(box) if box else None)


@router.post("", status_code=201, responses=problems(400, 401, 403, 409, 413), dependencies=[refuse_query])
async def make_letterbox(
    new: LetterboxIn, user: UserDep, session: WriteSessionDep, settings: SettingsDep, response: Response
) -> MadeLetterboxOut:
    """Make an address, which the answer alone holds; one made before takes nothing more. 409 where mails are off."""
    service.require_on(settings)
    box, secret = await service.make(session, user.id, new.senders)
    response.headers["Cache-Control"] = "no-store"
    return MadeLetterboxOut(**_shown(box).model_dump(), path=f"{POST_PATH}?key={secret}")


@router.patch("", responses=problems(400, 401, 403, 404, 413), dependencies=[refuse_query])
async def change_letterbox(change: LetterboxIn, user: UserDep, session: WriteSessionDep) -> LetterboxOut:
    """Say anew who may write."""
    box = await service.find(session, user.id)
    box.senders = list(change.senders)
    await session.flush()
    return _shown(box)


@router.delete("", status_code=204, responses=problems(401, 403, 404), dependencies=[refuse_query])
async def revoke_letterbox(user: UserDep, session: WriteSessionDep) -> None:
    """Revoke the address: it takes nothing from now on."""
    await service.revoke(session, user.id)


@router.post(
    "/mail",
    status_code=202,
    responses=problems(400, 403, 404, 413, 429),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "A mail as it was sent, whatever media type it is sent as",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        },
        "security": [],
    },
)
async def take_mail(
    request: Request,
    key: Annotated[str, Query(max_length=100, description="The letterbox's secret; 404 for any other")],
    database: DatabaseDep,
    settings: SettingsDep,
) -> TakenOut:
    """A mail as it was sent (RFC 5322) becomes a task: its subject as the chat reads it, its text as notes.

    The key opens it: no session is asked for. 403 for a sender whose mails are not taken. That a sender is who they
    say they are, the mail provider must have checked (SPF, DKIM).
    """
    if not settings.todo_mail_in:
        raise NotFoundError(service.OFF)
    user_id, senders = await service.owner_of(database, key)
    request.app.state.claimants.learn(key, user_id)
    letter = await asyncio.to_thread(read_letter, await request.body())
    outcome, made = await service.take(database, user_id, senders, letter)
    return TakenOut.model_validate({"outcome": outcome, "tasks": [task.number for task in made]})


def _shown(box: Letterbox) -> LetterboxOut:
    return LetterboxOut(
        ending=box.ending,
        senders=box.senders,
        created_at=instant(box.created_at),
        last_used_at=instant(box.last_used_at) if box.last_used_at else None,
    )

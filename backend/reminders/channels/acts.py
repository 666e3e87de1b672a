"""The signed links of reminders: opening one shows a page with a button, posting it does what it says, once."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, NotFoundError, problem
from backend.journal.values import Actor
from backend.models import new_id, utc_now
from backend.plain_page import PAGE, button_page, page_problems, told_page
from backend.profile.service import lock_profile
from backend.reminders.channels import service
from backend.reminders.channels.links import (
    Action,
    ExpiredLinkError,
    ForgedLinkError,
    Link,
    is_used,
    read_link,
    use_link,
)
from backend.reminders.channels.models import Channel
from backend.reminders.service import snooze
from backend.session import DatabaseDep
from backend.settings import Settings, SettingsDep
from backend.tasks import service as tasks
from backend.tasks.models import Completion, Task

router = APIRouter(prefix="/reminders/act", tags=["channels"])
Token = Annotated[str, Query(max_length=1000, description="The token of a signed link; 403 for any other")]
_PAGES = {**PAGE, **page_problems(403, 409, 410)}
_ASKED: dict[Action, tuple[str, str]] = {
    "done": ("Mark it done?", "Done"),
    "snooze10": ("Be reminded again in 10 minutes?", "In 10 minutes"),
    "tomorrow": ("Be reminded again tomorrow?", "Tomorrow"),
    "unsubscribe": ("No mails like this any more?", "Send me no more"),
}
_DONE: dict[Action, str] = {
    "done": "It is done.",
    "snooze10": "You will be reminded again in 10 minutes.",
    "tomorrow": "You will be reminded again tomorrow.",
    "unsubscribe": "No such mails will come any more. You can switch them on again in the settings.",
}


@dataclass(frozen=True)
class Told:
    """What came of a link: the status, a heading and a sentence; ``undo_token`` where something was changed."""

    status: int
    title: str
    text: str
    undo_token: str | None = None


_FORGED = Told(403, "This link does not work", "It is not one that this server made, or a part of it is missing.")
_EXPIRED = Told(410, "This link has expired", "Nothing was changed. Open the list to change the task there.")
_USED = Told(409, "This link was used already", "What it is for was done then; nothing was changed now.")
_GONE = Told(410, "It is gone", "What this link is about was deleted; nothing was changed.")
_PASSED = Told(409, "It is done already", "It was done since this reminder came; nothing was changed now.")


@router.get("", response_class=HTMLResponse, responses=_PAGES)
async def show_act(token: Token, database: DatabaseDep, settings: SettingsDep) -> Response:
    """A page that names the task and has a button. Opening it changes nothing, whoever opens it."""
    return await _shown(token, "/api/reminders/act", database, settings)


@router.post("", response_class=HTMLResponse, responses=_PAGES)
async def act(token: Token, request: Request, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Do what the link says, once; the answer is a page, or JSON for who accepts that."""
    return _answer(request, await _acted(token, database, settings), settings)


@router.get("/unsubscribe", response_class=HTMLResponse, responses=_PAGES)
async def show_unsubscribe(token: Token, database: DatabaseDep, settings: SettingsDep) -> Response:
    """A page with a button that switches the channel off."""
    return await _shown(token, "/api/reminders/act/unsubscribe", database, settings)


@router.post("/unsubscribe", response_class=HTMLResponse, responses=_PAGES)
async def unsubscribe(token: Token, request: Request, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Switch the channel off: what a mail program does by its own button (RFC 8058). Again is as good as once."""
    return _answer(request, await _acted(token, database, settings), settings)


async def _shown(token: str, path: str, database: DatabaseDep, settings: Settings) -> Response:
    link = _read(token, settings)
    if isinstance(link, Told):
        return _page(link, settings)
    async with database.read() as session:
        told = await _refused(session, token, link)
        name = await _name(session, link)
    if told or name is None:
        return _page(told or _GONE, settings)
    text, button = _ASKED[link.action]
    return button_page(title=name, text=text, button=button, action=f"{path}?token={quote(token)}")


async def _acted(token: str, database: DatabaseDep, settings: Settings) -> Told:
    link = _read(token, settings)
    if isinstance(link, Told):
        return link
    async with database.write() as session:
        await lock_profile(session, link.user_id)  # of two at once, the second finds the link used
        return await _refused(session, token, link) or await _do(session, token, link)


def _read(token: str, settings: Settings) -> Link | Told:
    try:
        return read_link(token, settings.secret, now=utc_now())
    except ForgedLinkError:
        return _FORGED
    except ExpiredLinkError:
        return _EXPIRED


async def _refused(session: AsyncSession, token: str, link: Link) -> Told | None:
    """Why the link does nothing now; None where it does."""
    if link.action == "unsubscribe":
        return None
    if await is_used(session, token):
        return _USED
    task = await session.scalar(select(Task).where(Task.id == link.subject, Task.user_id == link.user_id))
    if task is None:
        return _GONE
    since = select(Completion.id).where(
        Completion.task_id == task.id, Completion.completed_at >= link.told_at, Completion.live
    )
    if task.done or await session.scalar(since.limit(1)):
        return _PASSED
    return None


async def _do(session: AsyncSession, token: str, link: Link) -> Told:
    if link.action == "unsubscribe":
        found = await service.switch_off(session, link.user_id, link.subject)
        return Told(200, "Switched off", _DONE[link.action]) if found else _GONE
    await use_link(session, token, link)
    actor = Actor(user_id=link.user_id, surface="api", turn_id=new_id())
    try:
        title = await _change(session, actor, link)
    except NotFoundError:
        return _GONE
    except ConflictError:
        return _PASSED
    return Told(200, title, _DONE[link.action], actor.turn_id)


async def _change(session: AsyncSession, actor: Actor, link: Link) -> str:
    """Do it to the task; its title. Raises NotFoundError for one that is gone."""
    if link.action == "done":
        return (await tasks.complete(session, actor, link.subject)).title
    return await _snooze(session, actor, link)


async def _name(session: AsyncSession, link: Link) -> str | None:
    if link.action == "unsubscribe":
        mine = (Channel.id == link.subject, Channel.user_id == link.user_id)
        return await session.scalar(select(Channel.label).where(*mine))
    return await session.scalar(select(Task.title).where(Task.id == link.subject, Task.user_id == link.user_id))


def _answer(request: Request, told: Told, settings: Settings) -> Response:
    if "application/json" not in request.headers.get("accept", ""):
        return _page(told, settings)
    if told.status >= HTTPStatus.BAD_REQUEST:
        return problem(told.status, f"{told.title}. {told.text}")
    content = {"title": told.title, "message": told.text, "undo_token": told.undo_token}
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _page(told: Told, settings: Settings) -> Response:
    return told_page(title=told.title, text=told.text, home=settings.page_url, status=told.status)


async def _snooze(session: AsyncSession, actor: Actor, link: Link) -> str:
    minutes = 10 if link.action == "snooze10" else None  # None: tomorrow
    return str((await snooze(session, actor, link.subject, minutes=minutes)).title)

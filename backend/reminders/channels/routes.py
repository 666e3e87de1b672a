"""Channels over HTTP."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.convertors import StringConvertor, register_url_convertor

from backend.auth.addresses import mail_verification
from backend.auth.dependencies import CurrentUser, CurrentUserDep, refusal
from backend.auth.limits import consume, mail_limits
from backend.auth.models import User
from backend.auth.routes.exchange import SenderDep
from backend.errors import BadRequestError, ConflictError, UnavailableError
from backend.journal.values import instant
from backend.openapi import problems, refuse_query
from backend.reminders.channels import acts, dispatch, service
from backend.reminders.channels.apprise_services import allowed_services
from backend.reminders.channels.models import Channel
from backend.reminders.channels.notice import RefusedError
from backend.reminders.channels.notice import UnavailableError as ChannelUnavailableError
from backend.reminders.channels.push import public_key
from backend.reminders.channels.schemas import ChannelCreate, ChannelOut, ChannelPatch, KindsOut, PushKeyOut, SentOut
from backend.session import DatabaseDep, ReadSessionDep, WriteSessionDep
from backend.settings import SettingsDep

router = APIRouter(prefix="/api", tags=["channels"], responses=problems(401, 403, 422, 503))
router.include_router(acts.router)


class _ChannelIdConvertor(StringConvertor):
    """A segment of a path that is not `kinds`, which is a resource of its own."""

    regex = "(?!kinds/?$)[^/]+"


register_url_convertor("channel", _ChannelIdConvertor())
ChannelId = Annotated[str, Path(description="The channel's id, or `page`")]


@router.get("/push/key", dependencies=[refuse_query])
async def read_push_key(_user: CurrentUserDep, settings: SettingsDep) -> PushKeyOut:
    """The key that a browser subscribes to Web Push under."""
    return PushKeyOut(public_key=public_key(settings))


@router.get("/channels/kinds", dependencies=[refuse_query])
async def list_channel_kinds(_user: CurrentUserDep, settings: SettingsDep) -> KindsOut:
    """Which kinds of channel this server has."""
    services = allowed_services(settings)
    return KindsOut(email=settings.smtp is not None, apprise=bool(services), services=services)


@router.get("/channels", dependencies=[refuse_query])
async def list_channels(user: CurrentUserDep, session: ReadSessionDep) -> list[ChannelOut]:
    """The user's channels; the first is the open page."""
    return [_shown(channel) for channel in await dispatch.all_channels(session, user.id)]


@router.post("/channels", status_code=201, responses=problems(400, 409, 413, 429), dependencies=[refuse_query])
async def create_channel(
    new: ChannelCreate, user: CurrentUserDep, database: DatabaseDep, settings: SettingsDep, sender: SenderDep
) -> ChannelOut:
    """Set a channel up, or switch on again the one that has this address; mails a link where that is unconfirmed.

    422 for an address that nothing can be sent to.
    """
    prepared = await service.prepare(new, email=user.email, settings=settings)
    async with database.write() as session:
        owner = await _owner(session, user)
        channel = await service.save(session, owner, prepared, settings)
        if channel.reason == service.UNVERIFIED:
            await consume(session, mail_limits(owner.email, sender.client.address))
    if channel.reason == service.UNVERIFIED:
        mail_verification(replace(sender, callback="/settings"), owner.email)
    return _shown(channel)


@router.patch("/channels/{channel_id:channel}", responses=problems(400, 404, 413), dependencies=[refuse_query])
async def change_channel(
    channel_id: ChannelId, patch: ChannelPatch, user: CurrentUserDep, session: WriteSessionDep, settings: SettingsDep
) -> ChannelOut:
    """Switch a channel on or off, or rename it."""
    return _shown(await service.change(session, await _owner(session, user), channel_id, patch, settings))


@router.delete(
    "/channels/{channel_id:channel}", status_code=204, responses=problems(404, 409), dependencies=[refuse_query]
)
async def remove_channel(channel_id: ChannelId, user: CurrentUserDep, session: WriteSessionDep) -> None:
    """Remove a channel, and its address with it."""
    await service.remove(session, user.id, channel_id)


@router.post("/channels/{channel_id:channel}/test", responses=problems(400, 404, 409, 429), dependencies=[refuse_query])
async def test_channel(
    channel_id: ChannelId, user: CurrentUserDep, database: DatabaseDep, settings: SettingsDep
) -> SentOut:
    """Send a test by the channel now; 409 where it refused for good and was shut off, 503 where it failed for now."""
    async with database.write() as session:
        await consume(session, [service.test_limit(user.id)])
        channel = await service.find(session, user.id, channel_id)
        session.expunge_all()
    if channel.kind == dispatch.PAGE:
        raise BadRequestError("The open page tests itself: no server is needed for that.")
    if channel.state == "off" and channel.reason == service.UNVERIFIED:
        raise ConflictError(service.UNVERIFIED)
    try:
        await dispatch.send(channel, service.test_notice(user.id), settings)
    except RefusedError as error:
        async with database.write() as session:
            await dispatch.shut_off(session, channel.id, str(error))
        raise ConflictError(f"The channel was shut off: {error}") from error
    except ChannelUnavailableError as error:
        async with database.write() as session:
            await dispatch.note_failure(session, channel.id, str(error))
        raise UnavailableError(str(error), headers=_retry(error)) from error
    async with database.write() as session:
        await dispatch.note_sent(session, channel.id)
    return SentOut()


def _retry(error: ChannelUnavailableError) -> dict[str, str]:
    return {"Retry-After": str(int(error.after.total_seconds()) if error.after else 60)}


async def _owner(session: AsyncSession, user: CurrentUser) -> User:
    owner = await session.get(User, user.id)
    if owner is None:  # deleted since the request was let in
        raise refusal()
    return owner


def _shown(channel: Channel) -> ChannelOut:
    times = {
        name: instant(moment) if (moment := getattr(channel, name)) else None
        for name in ("verified_at", "created_at", "last_sent_at")
    }
    plain = {name: getattr(channel, name) for name in ("id", "kind", "label", "hint", "on", "state", "reason")}
    return ChannelOut.model_validate({**plain, **times})

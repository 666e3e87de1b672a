"""Webhooks over HTTP, for whoever is signed in on the page: a token that was stolen must not leave one behind."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from backend.auth.dependencies import CurrentUser, CurrentUserDep
from backend.auth.limits import consume
from backend.errors import ForbiddenError
from backend.journal.values import instant
from backend.openapi import problems, refuse_query
from backend.session import DatabaseDep, ReadSessionDep, WriteSessionDep
from backend.settings import SettingsDep
from backend.webhooks import log, service
from backend.webhooks.models import Webhook, WebhookDelivery
from backend.webhooks.schemas import (
    DeliveryOut,
    DeliveryPage,
    MadeWebhookOut,
    State,
    WebhookCreate,
    WebhookOut,
    WebhookPatch,
    WholeDeliveryOut,
)

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"], responses=problems(401, 403, 422, 503))
WebhookId = Annotated[str, Path(description="The webhook's id, a UUID")]
DeliveryId = Annotated[str, Path(description="The delivery's id, a UUID")]
Cursor = Annotated[
    str | None, Query(pattern="^[0-9a-f-]{36}$", description="next_cursor of the page before; 422 for what is none")
]
_NO_STORE = {"Cache-Control": "no-store"}
_TIMES = ("earlier_until", "created_at", "last_sent_at", "queued_at", "next_at", "tried_at")


async def _session_user(user: CurrentUserDep) -> CurrentUser:
    """Raises ForbiddenError for a user who came with a personal access token."""
    if user.by_token:
        raise ForbiddenError("A token cannot see or change webhooks; sign in on the page for that.")
    return user


UserDep = Annotated[CurrentUser, Depends(_session_user)]


@router.get("", dependencies=[refuse_query])
async def list_webhooks(user: UserDep, session: ReadSessionDep) -> list[WebhookOut]:
    """The user's webhooks, the oldest first."""
    waiting = await service.count_waiting(session, user.id)
    return [_shown(one, waiting.get(one.id, 0)) for one in await service.list_webhooks(session, user.id)]


@router.post("", status_code=201, responses=problems(400, 409, 413), dependencies=[refuse_query])
async def create_webhook(
    new: WebhookCreate, user: UserDep, database: DatabaseDep, settings: SettingsDep, response: Response
) -> MadeWebhookOut:
    """Make a webhook; the answer is the only one that holds its secret. 422 for an address that may not be reached."""
    hint = await service.check_address(new.url, settings)
    async with database.write() as session:
        webhook, secret = await service.create(session, user.id, new, hint=hint, server_secret=settings.secret)
    response.headers.update(_NO_STORE)
    return _made(webhook, secret)


@router.patch("/{webhook_id}", responses=problems(400, 404, 413), dependencies=[refuse_query])
async def change_webhook(
    webhook_id: WebhookId, patch: WebhookPatch, user: UserDep, database: DatabaseDep, settings: SettingsDep
) -> WebhookOut:
    """Change what is given. 422 for an address that may not be reached."""
    hint = await service.check_address(patch.url, settings) if patch.url is not None else None
    async with database.write() as session:
        webhook = await service.change(session, user.id, webhook_id, patch, hint=hint, server_secret=settings.secret)
        waiting = await service.count_waiting(session, user.id)
    return _shown(webhook, waiting.get(webhook.id, 0))


@router.delete("/{webhook_id}", status_code=204, responses=problems(404), dependencies=[refuse_query])
async def remove_webhook(webhook_id: WebhookId, user: UserDep, session: WriteSessionDep) -> None:
    """Remove a webhook, its secret and its log; what waits for it is not sent."""
    await service.remove(session, user.id, webhook_id)


@router.post("/{webhook_id}/secret", responses=problems(404), dependencies=[refuse_query])
async def renew_webhook_secret(
    webhook_id: WebhookId, user: UserDep, session: WriteSessionDep, settings: SettingsDep, response: Response
) -> MadeWebhookOut:
    """A new secret. For a day, events are signed by the one before too."""
    webhook, secret = await service.renew_secret(session, user.id, webhook_id, server_secret=settings.secret)
    waiting = await service.count_waiting(session, user.id)
    response.headers.update(_NO_STORE)
    return _made(webhook, secret, waiting.get(webhook.id, 0))


@router.post("/{webhook_id}/test", status_code=202, responses=problems(404, 409, 429), dependencies=[refuse_query])
async def test_webhook(webhook_id: WebhookId, user: UserDep, session: WriteSessionDep) -> DeliveryOut:
    """Send an event that says it is a test; what comes of it stands in the log. 409 for a webhook that is off."""
    await consume(session, [log.resend_limit(user.id)])
    return _logged(await log.send_test(session, user.id, webhook_id))


@router.get("/{webhook_id}/deliveries", responses=problems(404))
async def list_webhook_deliveries(
    webhook_id: WebhookId,
    user: UserDep,
    session: ReadSessionDep,
    *,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    state: State | None = None,
    cursor: Cursor = None,
) -> DeliveryPage:
    """What was sent there in the last seven days, and what waits, the newest first."""
    rows, following = await log.list_deliveries(session, user.id, webhook_id, limit=limit, state=state, cursor=cursor)
    return DeliveryPage(items=[_logged(row) for row in rows], next_cursor=following)


@router.get("/{webhook_id}/deliveries/{delivery_id}", responses=problems(404), dependencies=[refuse_query])
async def read_webhook_delivery(
    webhook_id: WebhookId, delivery_id: DeliveryId, user: UserDep, session: ReadSessionDep
) -> WholeDeliveryOut:
    """One delivery, with what is sent."""
    row = await log.find_delivery(session, user.id, webhook_id, delivery_id)
    return WholeDeliveryOut.model_validate({**_logged(row).model_dump(), "body": json.loads(row.body)})


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver",
    status_code=202,
    responses=problems(404, 409, 429),
    dependencies=[refuse_query],
)
async def redeliver_webhook(
    webhook_id: WebhookId, delivery_id: DeliveryId, user: UserDep, session: WriteSessionDep
) -> DeliveryOut:
    """Send it now, under the same `webhook-id`. 409 while it is being sent, and for a webhook that is off."""
    await consume(session, [log.resend_limit(user.id)])
    return _logged(await log.send_again(session, user.id, webhook_id, delivery_id))


def _made(webhook: Webhook, secret: str, waiting: int = 0) -> MadeWebhookOut:
    return MadeWebhookOut.model_validate({**_shown(webhook, waiting).model_dump(), "secret": secret})


def _shown(webhook: Webhook, waiting: int) -> WebhookOut:
    return WebhookOut.model_validate({**_plain(webhook, WebhookOut), "waiting": waiting})


def _logged(delivery: WebhookDelivery) -> DeliveryOut:
    return DeliveryOut.model_validate(_plain(delivery, DeliveryOut))


def _plain(row: Webhook | WebhookDelivery, shape: type[WebhookOut] | type[DeliveryOut]) -> dict[str, object]:
    values = {name: getattr(row, name) for name in shape.model_fields if name != "waiting"}
    return values | {name: instant(values[name]) for name in _TIMES if values.get(name)}

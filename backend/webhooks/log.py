"""The log of a webhook: what was sent and what came of it; sending again; a test."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.limits import Limit
from backend.errors import ConflictError, NotFoundError
from backend.models import new_id, utc_now
from backend.session import after_commit
from backend.webhooks.announcements import Happening, delivery_row
from backend.webhooks.events import TEST, event_body
from backend.webhooks.models import Webhook, WebhookDelivery
from backend.webhooks.schemas import State
from backend.webhooks.service import find

_OFF = "The webhook is off; switch it on first."


def resend_limit(user_id: str) -> Limit:
    """Sixty tests and repeats a user in ten minutes."""
    return Limit(key=f"webhook-resend:{user_id}", attempts=60, seconds=600)


async def list_deliveries(
    session: AsyncSession, user_id: str, webhook_id: str, *, limit: int, state: State | None, cursor: str | None
) -> tuple[Sequence[WebhookDelivery], str | None]:
    """The newest first, and the cursor of the rest. Raises NotFoundError."""
    webhook = await find(session, user_id, webhook_id)
    statement = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)
    if state:
        statement = statement.where(WebhookDelivery.state == state)
    if cursor:
        statement = statement.where(WebhookDelivery.id < cursor)
    rows = (await session.scalars(statement.order_by(WebhookDelivery.id.desc()).limit(limit + 1))).all()
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


async def find_delivery(session: AsyncSession, user_id: str, webhook_id: str, delivery_id: str) -> WebhookDelivery:
    """Raises NotFoundError for one that is not of this user's webhook."""
    mine = (
        WebhookDelivery.id == delivery_id,
        WebhookDelivery.webhook_id == webhook_id,
        WebhookDelivery.user_id == user_id,
    )
    delivery = await session.scalar(select(WebhookDelivery).where(*mine).with_for_update())
    if delivery is None:
        raise NotFoundError("There is no such delivery; a week after it is over it leaves the log.")
    return delivery


async def send_again(session: AsyncSession, user_id: str, webhook_id: str, delivery_id: str) -> WebhookDelivery:
    """Send it now, under the same id. Raises NotFoundError; ConflictError while it is being sent or the webhook off."""
    webhook = await find(session, user_id, webhook_id)
    delivery = await find_delivery(session, user_id, webhook_id, delivery_id)
    _require_on(webhook)
    if delivery.state == "claimed":
        raise ConflictError("It is being sent just now; see what comes of it first.")
    delivery.state, delivery.reason = "waiting", None
    delivery.queued_at = delivery.next_at = utc_now()
    delivery.attempts = 0
    await session.flush()
    after_commit(session, partial(session.info["wakeups"].alarm.ring))
    return delivery


async def send_test(session: AsyncSession, user_id: str, webhook_id: str) -> WebhookDelivery:
    """Queue an event that says it is a test. Raises NotFoundError, and ConflictError for a webhook that is off."""
    webhook = await find(session, user_id, webhook_id)
    _require_on(webhook)
    data = {"message": "You asked for a test. There is nothing to do."}
    happening = Happening(id=new_id(), user_id=user_id, event=TEST, at=utc_now(), data=data)
    row = delivery_row(webhook.id, happening, event_body(TEST, happening.at, data))
    await session.execute(insert(WebhookDelivery).values(**row))
    after_commit(session, partial(session.info["wakeups"].alarm.ring))
    return await find_delivery(session, user_id, webhook_id, row["id"])


def _require_on(webhook: Webhook) -> None:
    if not webhook.on or webhook.state == "off":
        raise ConflictError(_OFF)

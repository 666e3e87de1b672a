"""The queue of what webhooks are to be told: the worker of the reminders sends it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.models import utc_now
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.reminders.channels.post import Answer, post, retry_after
from backend.reminders.delivery import LEASE
from backend.reminders.dispatcher import SENDING_AT_ONCE, Result
from backend.reminders.repetitions import UNSYNCED
from backend.settings import Settings
from backend.version import VERSION
from backend.webhooks.metrics import WAITING
from backend.webhooks.models import Webhook, WebhookDelivery
from backend.webhooks.outcomes import record
from backend.webhooks.parcel import Parcel
from backend.webhooks.secrets import signed_headers, unseal

AT_ONCE = 8  # to one webhook; one that fails is asked by one at a time
FOR_A_USER = 16  # of the sender's hundred: slow receivers of one user leave room for everybody else's
_TAKEN, _REDIRECTS = range(200, 300), range(300, 400)


class WebhookQueue:
    """The deliveries of all users; addresses are held to the same rule as those of channels."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def is_due(self, session: AsyncSession, now: datetime, *, sending: Sequence[Parcel]) -> bool:
        statement = select(WebhookDelivery.id).where(_due(now, sending)).limit(1)
        return await session.scalar(statement) is not None

    async def claim(
        self, session: AsyncSession, worker_id: str, now: datetime, *, limit: int, sending: Sequence[Parcel]
    ) -> list[Parcel]:
        """The oldest first, and to no webhook, and for no user, more than may go at once."""
        statement = select(WebhookDelivery, Webhook).join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        statement = statement.where(_due(now, sending)).order_by(WebhookDelivery.next_at, WebhookDelivery.id)
        statement = statement.limit(limit).with_for_update(of=WebhookDelivery, skip_locked=True)
        rows = await session.execute(statement)
        parcels = _chosen([(delivery, webhook) for delivery, webhook in rows], sending, now)
        claimed = {"state": "claimed", "claimed_by": worker_id, "next_at": now + LEASE}
        mine = update(WebhookDelivery).where(WebhookDelivery.id.in_([parcel.row_id for parcel in parcels]))
        mine = mine.values(**claimed, attempts=WebhookDelivery.attempts + 1)
        await session.execute(mine, execution_options=UNSYNCED)
        return parcels

    async def send(self, parcel: Parcel) -> int:
        """Post the event; its status. Raises RefusedError and UnavailableError as the answer says."""
        secret = self._settings.secret
        signing = [unseal(sealed, secret) for sealed in parcel.signing]
        headers = signed_headers(parcel.event_id, parcel.body, utc_now(), signing)
        headers |= {"content-type": "application/json", "user-agent": f"Todo-Chatbot/{VERSION}"}
        address = unseal(parcel.address, secret)
        return _taken(await post(address, parcel.body.encode(), headers=headers, settings=self._settings, most=0))

    async def record(
        self, session: AsyncSession, results: Sequence[Result[Parcel]], worker_id: str, now: datetime
    ) -> None:
        await record(session, results, worker_id, now)

    async def following(self, session: AsyncSession, now: datetime, *, sending: Sequence[Parcel]) -> datetime | None:
        """Of a webhook to which no more may go now, nothing counts: what comes of those looks again."""
        overdue = select(func.count()).where(WebhookDelivery.next_at <= now)
        WAITING.set(await session.scalar(overdue) or 0)
        counts: ColumnElement[bool] = WebhookDelivery.next_at > now
        if len(sending) < SENDING_AT_ONCE:
            counts = or_(counts, _due(now, sending))
        return await session.scalar(select(func.min(WebhookDelivery.next_at)).where(counts))


def _due(now: datetime, sending: Sequence[Parcel]) -> ColumnElement[bool]:
    """Those whose time has come, but not of webhooks to which, and of users for whom, no more may go now."""
    counts = Counter(parcel.webhook_id for parcel in sending)
    full = {parcel.webhook_id for parcel in sending if counts[parcel.webhook_id] >= parcel.beside}
    users = {user_id for user_id, count in Counter(parcel.user_id for parcel in sending).items() if count >= FOR_A_USER}
    conditions = [WebhookDelivery.next_at <= now]
    conditions += [WebhookDelivery.webhook_id.not_in(full)] if full else []
    conditions += [WebhookDelivery.user_id.not_in(users)] if users else []
    return and_(*conditions)


def _chosen(rows: Sequence[tuple[WebhookDelivery, Webhook]], sending: Sequence[Parcel], now: datetime) -> list[Parcel]:
    """As many as may go. While something is sent to a webhook, its number holds that `_due` counts by."""
    counts = Counter(parcel.webhook_id for parcel in sending)
    by_user = Counter(parcel.user_id for parcel in sending)
    most = {parcel.webhook_id: parcel.beside for parcel in sending}
    parcels = []
    for delivery, webhook in rows:
        beside = most.setdefault(webhook.id, AT_ONCE if webhook.state == "ok" else 1)
        if counts[webhook.id] < beside and by_user[delivery.user_id] < FOR_A_USER:
            counts[webhook.id] += 1
            by_user[delivery.user_id] += 1
            parcels.append(_parcel(delivery, webhook, beside, now))
    return parcels


def _parcel(delivery: WebhookDelivery, webhook: Webhook, beside: int, now: datetime) -> Parcel:
    earlier = webhook.earlier_secret if webhook.earlier_until and webhook.earlier_until > now else None
    return Parcel(
        row_id=delivery.id,
        user_id=delivery.user_id,
        webhook_id=webhook.id,
        event_id=delivery.event_id,
        event=delivery.event,
        body=delivery.body,
        attempt=delivery.attempts + 1,
        queued_at=delivery.queued_at,
        beside=beside,
        address=webhook.address,
        signing=(webhook.secret, earlier) if earlier else (webhook.secret,),
    )


def _taken(answer: Answer) -> int:
    """The status of an answer that says that the event was taken: 2xx, and nothing else."""
    status = answer.status
    if status in _TAKEN:
        return status
    if status == HTTPStatus.GONE:
        raise RefusedError("The receiver answered 410 Gone: it wants no more events.", status=status)
    hint = " The redirect was not followed: give the address that it leads to." if status in _REDIRECTS else ""
    raise UnavailableError(f"The receiver answered {status}.{hint}", after=retry_after(answer), status=status)

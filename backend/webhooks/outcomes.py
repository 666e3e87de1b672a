"""What became of what was sent: noted with the delivery and its webhook, in one transaction.

A failure holds back all that waits for its webhook, so that a receiver that is down is asked by one event at a time;
the first one that it takes lets the rest go.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.models import new_id
from backend.reminders.delivery import pause_after
from backend.reminders.dispatcher import Result
from backend.reminders.models import ReminderSettings
from backend.reminders.plans import OPEN_STATES, insert_rows, make_settings, new_row, plan_all
from backend.reminders.repetitions import UNSYNCED
from backend.webhooks.metrics import DELIVERIES
from backend.webhooks.models import Webhook, WebhookDelivery
from backend.webhooks.parcel import Parcel

LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP = timedelta(days=3)  # of one event, counted from when it was written or asked for again
SHUT_OFF = timedelta(days=5)  # of a webhook, counted from the first failure since something was taken
KEPT = timedelta(days=7)  # what is over, in the log
_LONGEST_REASON = 500


async def record(session: AsyncSession, results: Sequence[Result[Parcel]], worker_id: str, now: datetime) -> None:
    """Store what became of deliveries that are still this worker's, and what their webhooks are by that."""
    of_webhook: dict[str, list[Result[Parcel]]] = defaultdict(list)
    for result in sorted(results, key=lambda one: one.parcel.row_id):  # two replicas lock rows in one order
        DELIVERIES.labels(result.outcome).inc()
        mine = (WebhookDelivery.id == result.parcel.row_id, WebhookDelivery.claimed_by == worker_id)
        statement = update(WebhookDelivery).where(*mine, WebhookDelivery.state == "claimed")
        await session.execute(statement.values(**_recorded(result, now)), execution_options=UNSYNCED)
        of_webhook[result.parcel.webhook_id].append(result)
    for webhook_id in sorted(of_webhook):
        locked = select(Webhook).where(Webhook.id == webhook_id).with_for_update()
        webhook = await session.scalar(locked, execution_options={"populate_existing": True})
        if webhook is not None:  # else it was removed meanwhile
            await _note(session, webhook, of_webhook[webhook_id], now)


def _recorded(result: Result[Parcel], now: datetime) -> dict[str, Any]:
    took = int(result.took.total_seconds() * 1000)
    tried = {"tried_at": now, "status": result.status, "took": took, "reason": result.reason[:_LONGEST_REASON] or None}
    if result.outcome == "sent":
        return {**tried, "state": "sent", "next_at": None}
    if result.outcome == "refused" or now - result.parcel.queued_at > GIVE_UP:
        return {**tried, "state": "failed", "next_at": None}
    return {**tried, "state": "waiting", "next_at": now + _pause(result)}


def _pause(result: Result[Parcel]) -> timedelta:
    return max(result.after or timedelta(), pause_after(result.parcel.attempt, longest=LONGEST_PAUSE))


async def _note(session: AsyncSession, webhook: Webhook, results: Sequence[Result[Parcel]], now: datetime) -> None:
    """A refusal counts for more than what was taken beside it, and that for more than a failure that passes."""
    by_outcome = {result.outcome: result for result in results}
    if refused := by_outcome.get("refused"):
        await _shut_off(session, webhook, refused.reason, now)
    elif "sent" in by_outcome:
        await _note_sent(session, webhook, now)
    else:
        await _note_failure(session, webhook, by_outcome["unavailable"], now)
    over = (WebhookDelivery.next_at.is_(None), WebhookDelivery.queued_at < now - KEPT)
    await session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id, *over))


async def _note_sent(session: AsyncSession, webhook: Webhook, now: datetime) -> None:
    was = webhook.state
    webhook.last_sent_at = now
    if was != "failing":
        return
    webhook.state, webhook.reason, webhook.failing_since = "ok", None, None
    await session.execute(_waiting(webhook).values(next_at=now), execution_options=UNSYNCED)


async def _note_failure(session: AsyncSession, webhook: Webhook, result: Result[Parcel], now: datetime) -> None:
    webhook.failing_since = webhook.failing_since or now
    if now - webhook.failing_since > SHUT_OFF:
        await _shut_off(session, webhook, f"It has taken no event for {SHUT_OFF.days} days. {result.reason}", now)
        return
    if webhook.state != "off":
        webhook.state, webhook.reason = "failing", result.reason[:_LONGEST_REASON]
    until = now + _pause(result)
    held = _waiting(webhook).where(WebhookDelivery.next_at < until).values(next_at=until)
    await session.execute(held, execution_options=UNSYNCED)


async def _shut_off(session: AsyncSession, webhook: Webhook, reason: str, now: datetime) -> None:
    """The webhook is off; what else it was to be told fails with it, and the page tells the user, once."""
    if webhook.state == "off":
        return
    webhook.state, webhook.reason = "off", reason[:_LONGEST_REASON]
    rest = update(WebhookDelivery).where(
        WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.state.in_(OPEN_STATES)
    )
    failed = rest.values(state="failed", next_at=None, reason=webhook.reason)
    await session.execute(failed, execution_options=UNSYNCED)
    settings = await session.get(ReminderSettings, webhook.user_id)
    if settings is None:
        settings = await make_settings(session, webhook.user_id, None)
        await plan_all(session, settings)
    row = new_row(
        id=new_id(),
        user_id=webhook.user_id,
        kind="channel",
        zone=settings.zone,
        due_at=now,
        title=f"The webhook “{webhook.label}” was shut off",
        body=f"{reason} Switch it on again in the settings once that is mended.",
    )
    await insert_rows(session, [row | {"urgent": True}])


def _waiting(webhook: Webhook) -> Any:  # an update, whose type has no public name that says so
    return update(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.state == "waiting")

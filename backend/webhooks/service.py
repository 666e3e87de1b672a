"""Setting webhooks up and changing them; each for its own user."""

from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, InvalidError, NotFoundError
from backend.models import new_id, utc_now
from backend.profile.service import lock_profile
from backend.reminders.channels.hosts import host_policy, resolve
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.reminders.channels.post import checked_url
from backend.settings import Settings
from backend.webhooks.models import Webhook, WebhookDelivery
from backend.webhooks.schemas import WebhookCreate, WebhookPatch
from backend.webhooks.secrets import new_secret, seal

MOST_WEBHOOKS = 10
BOTH_SECRETS = timedelta(days=1)  # how long a secret that was replaced signs too
SWITCHED_OFF = "The webhook was switched off."


async def check_address(url: str, settings: Settings) -> str:
    """What may be shown of the address. Raises InvalidError for one that nothing can be sent to.

    The network is asked, so this is done outside any transaction.
    """
    try:
        parts = checked_url(url, settings)
        host = parts.hostname or ""
        await resolve(host, parts.port or 443, host_policy(settings))
    except (RefusedError, UnavailableError) as error:
        raise InvalidError(f"url: {error}", errors=[{"field": "url", "message": str(error)}]) from error
    return host[:120]


async def count_waiting(session: AsyncSession, user_id: str) -> dict[str, int]:
    """How many events wait for each of the user's webhooks that any wait for."""
    statement = select(WebhookDelivery.webhook_id, func.count()).where(WebhookDelivery.user_id == user_id)
    statement = statement.where(WebhookDelivery.next_at.is_not(None)).group_by(WebhookDelivery.webhook_id)
    return dict((await session.execute(statement)).all())


async def list_webhooks(session: AsyncSession, user_id: str) -> list[Webhook]:
    """The user's webhooks, the oldest first."""
    statement = select(Webhook).where(Webhook.user_id == user_id).order_by(Webhook.created_at, Webhook.id)
    return list(await session.scalars(statement))


async def create(
    session: AsyncSession, user_id: str, new: WebhookCreate, *, hint: str, server_secret: str
) -> tuple[Webhook, str]:
    """Make it; its secret, which is not kept in the clear. Raises ConflictError where there are too many."""
    profile = await lock_profile(session, user_id)  # of two at once, the second counts the first
    if profile.webhooks >= MOST_WEBHOOKS:
        raise ConflictError(f"You have {MOST_WEBHOOKS} webhooks, which is the most; remove one that you no longer use.")
    secret = new_secret()
    webhook = Webhook(
        id=new_id(),
        user_id=user_id,
        label=new.label or hint[:100],
        address=seal(new.url, server_secret),
        hint=hint,
        secret=seal(secret, server_secret),
        events=list(new.events),
        on=True,
        state="ok",
        created_at=utc_now(),
    )
    session.add(webhook)
    profile.webhooks += 1
    await session.flush()
    return webhook, secret


async def find(session: AsyncSession, user_id: str, webhook_id: str) -> Webhook:
    """Raises NotFoundError for a webhook that is not this user's."""
    webhook = await session.scalar(select(Webhook).where(Webhook.id == webhook_id, Webhook.user_id == user_id))
    if webhook is None:
        raise NotFoundError("There is no such webhook.")
    return webhook


async def change(
    session: AsyncSession, user_id: str, webhook_id: str, patch: WebhookPatch, *, hint: str | None, server_secret: str
) -> Webhook:
    """Change what is given; ``hint`` goes with a new address. Raises NotFoundError."""
    await lock_profile(session, user_id)
    webhook = await find(session, user_id, webhook_id)
    if patch.url is not None and hint is not None:
        webhook.address, webhook.hint = seal(patch.url, server_secret), hint
    if patch.label is not None:
        webhook.label = patch.label
    if patch.events is not None:
        webhook.events = list(patch.events)
    if patch.on is not None:
        await _switch(session, webhook, on=patch.on)
    await session.flush()
    return webhook


async def renew_secret(
    session: AsyncSession, user_id: str, webhook_id: str, *, server_secret: str
) -> tuple[Webhook, str]:
    """A new secret; the one before signs beside it for a day, for receivers to change over. Raises NotFoundError."""
    await lock_profile(session, user_id)
    webhook = await find(session, user_id, webhook_id)
    secret = new_secret()
    webhook.earlier_secret, webhook.earlier_until = webhook.secret, utc_now() + BOTH_SECRETS
    webhook.secret = seal(secret, server_secret)
    await session.flush()
    return webhook, secret


async def remove(session: AsyncSession, user_id: str, webhook_id: str) -> None:
    """Its log goes with it. Raises NotFoundError."""
    profile = await lock_profile(session, user_id)
    webhook = await find(session, user_id, webhook_id)
    await session.delete(webhook)
    profile.webhooks -= 1
    await session.flush()


async def _switch(session: AsyncSession, webhook: Webhook, *, on: bool) -> None:
    """Nothing of its past counts for one that is switched on; what waits for one that is switched off is not sent."""
    webhook.on = on
    if on:
        webhook.state, webhook.reason, webhook.failing_since = "ok", None, None
        return
    waiting = (WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.state == "waiting")
    ended = update(WebhookDelivery).where(*waiting).values(state="ended", next_at=None, reason=SWITCHED_OFF)
    await session.execute(ended, execution_options={"synchronize_session": False})

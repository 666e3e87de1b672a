"""What goes over the wire about webhooks."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.reminders.channels.schemas import Label
from backend.webhooks.events import EventName

State = Literal["waiting", "claimed", "sent", "failed", "ended"]


def _each_once(events: list[EventName]) -> list[EventName]:
    return list(dict.fromkeys(events))


Events = Annotated[
    list[EventName],
    AfterValidator(_each_once),
    Field(min_length=1, max_length=20, description="Which events are sent there"),
]
Url = Annotated[
    str,
    Field(
        min_length=1,
        max_length=2000,
        description="An https address; it is never shown again. 422 for one of the inside",
    ),
]


class WebhookCreate(BaseModel):
    """A webhook to be made."""

    model_config = ConfigDict(extra="forbid")

    url: Url
    events: Events
    label: Annotated[Label | None, Field(description="What the user calls it; the address's host, unless given")] = None


class WebhookPatch(BaseModel):
    """What to change; what is not given stays. Switching one on that was shut off tries it again."""

    model_config = ConfigDict(extra="forbid")

    url: Url | None = None
    events: Events | None = None
    label: Label | None = None
    on: bool | None = None


class WebhookOut(BaseModel):
    """A webhook as it is listed: everything but its address and its secret."""

    id: str
    label: str
    hint: str = Field(description="What of the address may be shown: its host")
    events: list[EventName]
    on: bool
    state: Literal["ok", "failing", "off"] = Field(description="`off`: shut off for good, as `reason` says")
    reason: str | None
    waiting: int = Field(description="Events that wait to be sent there")
    earlier_until: str | None = Field(description="Until when the secret before signs too")
    created_at: str
    last_sent_at: str | None


class MadeWebhookOut(WebhookOut):
    """With its secret: the only time that it is shown."""

    secret: str = Field(description="`whsec_…`, as the libraries of Standard Webhooks take it")


class DeliveryOut(BaseModel):
    """One event for one webhook, and what became of it."""

    id: str
    event_id: str = Field(description="`webhook-id`: the same at every attempt, and for every webhook")
    event: str
    state: State
    attempts: int
    queued_at: str
    next_at: str | None = Field(description="When it is tried next; null once it is over")
    tried_at: str | None
    status: int | None = Field(description="What the receiver answered at the last attempt")
    took: int | None = Field(description="How long that took, in milliseconds")
    reason: str | None = Field(description="Why it was not taken")


class DeliveryPage(BaseModel):
    """The newest first."""

    items: list[DeliveryOut]
    next_cursor: str | None


class WholeDeliveryOut(DeliveryOut):
    """With what is sent."""

    body: dict[str, Any]

"""What goes over the wire about channels."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.forms import form
from backend.tasks.text import clean_line

Kind = Literal["page", "push", "email", "apprise"]
LABEL_LENGTH = 100


def _clean_label(label: str) -> str:
    return clean_line(label, limit=LABEL_LENGTH)


Label = Annotated[
    str,
    AfterValidator(_clean_label),
    Field(description="What the user calls it: 1-100 characters", json_schema_extra=form("token-name")),
]


class SubscriptionIn(BaseModel):
    """A `PushSubscription` as a browser's `toJSON()` gives it; its `expirationTime` is passed over."""

    model_config = ConfigDict(extra="ignore")

    endpoint: str = Field(max_length=2000)
    keys: dict[str, str] = Field(max_length=8, description="`p256dh` and `auth`, in base64url")


class _Create(BaseModel):
    model_config = ConfigDict(extra="forbid")

    label: Label | None = None


class PushCreate(_Create):
    """A browser's notifications."""

    kind: Literal["push"]
    subscription: SubscriptionIn


class EmailCreate(_Create):
    """Mails to the account's address."""

    kind: Literal["email"]


class AppriseCreate(_Create):
    """A service that Apprise speaks to."""

    kind: Literal["apprise"]
    url: str = Field(max_length=2000, description="An Apprise address; it is never shown again")


ChannelCreate = Annotated[PushCreate | EmailCreate | AppriseCreate, Field(discriminator="kind")]


class ChannelPatch(BaseModel):
    """What of a channel can be changed. Switching one on that was shut off tries it again."""

    model_config = ConfigDict(extra="forbid")

    on: bool | None = None
    label: Label | None = None


class ChannelOut(BaseModel):
    """A channel as it is listed: everything but its address."""

    id: str
    kind: Kind
    label: str
    hint: str = Field(description="What of the address may be shown")
    on: bool
    state: Literal["ok", "failing", "off"] = Field(description="`off`: shut off for good, as `reason` says")
    reason: str | None
    verified_at: str | None
    created_at: str
    last_sent_at: str | None


class KindsOut(BaseModel):
    """Which kinds the administrator has set up, and by Apprise which services."""

    page: bool = True
    push: bool = True
    email: bool
    apprise: bool
    services: list[str]


class PushKeyOut(BaseModel):
    """What a browser subscribes under: `applicationServerKey`, in base64url."""

    public_key: str


class SentOut(BaseModel):
    """The channel took the test."""

    sent: bool = True

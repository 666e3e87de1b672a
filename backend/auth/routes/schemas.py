"""What goes over the wire, by Better Auth's names."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StrictBool, StrictStr
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema

from backend.auth.models import Session, User
from backend.forms import form


def _printable(text: str) -> str:
    if any(ord(character) < 0x20 or ord(character) == 0x7F for character in text):
        raise ValueError("must not contain control characters")
    return text


def _encodable(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("must be Unicode text")
    return text


def _javascript(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


Text = Annotated[StrictStr, AfterValidator(_encodable)]
Name = Annotated[Text, Field(max_length=200, json_schema_extra=form("printable")), AfterValidator(_printable)]
Image = Annotated[Text, Field(max_length=2000, json_schema_extra=form("printable")), AfterValidator(_printable)]
Token = Annotated[Text, Field(max_length=128, json_schema_extra=form("printable")), AfterValidator(_printable)]
Landing = Annotated[
    Text, Field(description="Where a mail's link leads to: an address of the page's, or a path there; else 403")
]
Address = Annotated[Text, Field(description="An e-mail address", json_schema_extra=form("address"))]
# The service measures: its errors are Better Auth's own. A pair of UTF-16 counts as two, so 64 of those are the most.
NewPassword = Annotated[Text, Field(description="8 to 128 characters", json_schema_extra=form("password"))]
Instant = Annotated[datetime, PlainSerializer(_javascript, return_type=str)]


class Wire(BaseModel):
    """camelCase outside, snake_case inside; fields that are not known are passed over, as Better Auth does."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class SignUpBody(Wire):
    name: Name
    email: Address
    password: NewPassword
    image: Image | None = None
    callback_url: Landing | None = Field(default=None, alias="callbackURL")
    remember_me: StrictBool | None = None


class SignInBody(Wire):
    email: Address
    password: Text
    callback_url: Landing | None = Field(default=None, alias="callbackURL")
    remember_me: StrictBool | None = None


class ChangePasswordBody(Wire):
    new_password: NewPassword
    current_password: Text
    revoke_other_sessions: StrictBool | None = None


class UpdateUserBody(Wire):
    """At least one of the two; an address cannot be changed here, and a name not removed."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["name"], "properties": {"name": {"type": "string"}}},
                {"required": ["image"], "properties": {"name": {"type": "string"}}},
            ]
        }
    )

    name: Name | None = None
    image: Image | None = None
    email: SkipJsonSchema[object] = None


class RevokeSessionBody(Wire):
    token: Token


class DeleteUserBody(Wire):
    password: Text | None = None
    callback_url: Landing | None = Field(default=None, alias="callbackURL")


class RequestResetBody(Wire):
    email: Address
    redirect_to: Landing | None = None


class ResetPasswordBody(Wire):
    new_password: NewPassword
    token: Token | None = None


class SendVerificationBody(Wire):
    email: Address
    callback_url: Landing | None = Field(default=None, alias="callbackURL")


class ChangeEmailBody(Wire):
    new_email: Address
    callback_url: Landing | None = Field(default=None, alias="callbackURL")


class UserOut(Wire):
    id: str
    name: str
    email: str
    email_verified: bool
    image: str | None
    two_factor_enabled: bool
    created_at: Instant
    updated_at: Instant


class SessionOut(Wire):
    id: str
    expires_at: Instant
    token: str
    created_at: Instant
    updated_at: Instant
    ip_address: str | None
    user_agent: str | None
    user_id: str


class SignedUp(Wire):
    token: str
    user: UserOut


class SignedIn(SignedUp):
    redirect: bool
    url: str | None = None


class SecondFactorAsked(Wire):
    """The password was right; a code is awaited, at /two-factor/verify-totp or /two-factor/verify-backup-code."""

    two_factor_redirect: Literal[True] = True
    two_factor_methods: list[Literal["totp"]] = ["totp"]


class PasswordChanged(Wire):
    token: str | None
    user: UserOut


class SessionAnswer(Wire):
    session: SessionOut
    user: UserOut


class Status(Wire):
    status: bool = True


class ResetRequested(Status):
    message: str = "If this email exists in our system, check your email for the reset link"


class Verified(Status):
    user: UserOut | None = Field(default=None, description="The user, where the address was changed")


class Abilities(BaseModel):
    """What this server can do for who is not signed in."""

    mail: bool = Field(description="Whether it sends mail, so that a forgotten password can be reset")


class Success(Wire):
    success: bool = True


class Deleted(Success):
    message: str = "User deleted"


def session_answer(session: Session, user: User) -> SessionAnswer:
    return SessionAnswer(session=SessionOut.model_validate(session), user=UserOut.model_validate(user))

"""Better Auth's protocol: two-factor sign-in by an authenticator app."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field, StrictBool

from backend.auth import cookies
from backend.auth.errors import AuthError
from backend.auth.factor import challenge, service
from backend.auth.factor.challenge import Asking, Passed
from backend.auth.routes.exchange import AuthRoute, ClientDep, Exchange, ExchangeDep, LiveSessionDep, SignedInDep
from backend.auth.routes.schemas import SecondFactorAsked, SignedUp, Status, Text, UserOut, Wire
from backend.forms import form
from backend.session import DatabaseDep
from backend.settings import SettingsDep

router = APIRouter(prefix="/two-factor", route_class=AuthRoute)
Issuer = Annotated[Text, Field(min_length=1, max_length=100, json_schema_extra=form("printable"))]
Code = Annotated[Text, Field(max_length=100, description="Blanks and dashes in it do not matter")]


class PasswordBody(Wire):
    password: Text


class EnableBody(PasswordBody):
    method: Literal["totp", "otp"] = "totp"
    issuer: Issuer | None = Field(default=None, description="What the app calls this server")


class CodeBody(Wire):
    code: Code
    trust_device: StrictBool | None = Field(
        default=None, description="Whether this browser is asked for no code for 30 days; each sign-in begins them anew"
    )


class RecoveryCodeBody(CodeBody):
    disable_session: StrictBool | None = Field(default=None, description="Only spend the code; start no session")


class Enrolled(Wire):
    method: Literal["totp"] = "totp"
    totp_uri: str = Field(serialization_alias="totpURI", description="What the QR code says: otpauth://…")
    backup_codes: list[str]


class TotpUri(Wire):
    totp_uri: str = Field(serialization_alias="totpURI")


class RecoveryCodes(Status):
    backup_codes: list[str]


def _asking(
    exchange: ExchangeDep, client: ClientDep, database: DatabaseDep, settings: SettingsDep, live: LiveSessionDep
) -> Asking:
    token = exchange.shown(cookies.TWO_FACTOR)
    return Asking(database, client, settings.secret, live=live, token=token, remember=exchange.remembers)


AskingDep = Annotated[Asking, Depends(_asking)]


@router.post("/enable")
async def enable_two_factor(
    body: EnableBody, live: SignedInDep, client: ClientDep, database: DatabaseDep, settings: SettingsDep
) -> Enrolled:
    """Begin: a secret for the app, and recovery codes. It counts once /two-factor/verify-totp had a first code.

    400 INVALID_PASSWORD; 400 TOTP_ALREADY_ENABLED; 400 OTP_NOT_CONFIGURED for codes by mail, which are not sent.
    """
    if body.method == "otp":
        raise AuthError("OTP_NOT_CONFIGURED")
    issuer = body.issuer or service.ISSUER
    made = await service.enable(
        database, client, live[1], password=body.password, issuer=issuer, secret=settings.secret
    )
    return Enrolled(totp_uri=made.uri, backup_codes=made.recovery_codes)


@router.post("/get-totp-uri")
async def get_totp_uri(
    body: PasswordBody, live: SignedInDep, client: ClientDep, database: DatabaseDep, settings: SettingsDep
) -> TotpUri:
    """What the QR code says, again: for one more phone. 400 INVALID_PASSWORD; 400 TOTP_NOT_ENABLED."""
    uri = await service.read_uri(database, client, live[1], password=body.password, secret=settings.secret)
    return TotpUri(totp_uri=uri)


@router.post("/verify-totp")
async def verify_totp(body: CodeBody, exchange: ExchangeDep, asking: AskingDep) -> SignedUp:
    """A code of the app: the first one turns two-factor sign-in on, a later one ends a sign-in. Each counts once.

    401 INVALID_CODE; 401 INVALID_TWO_FACTOR_COOKIE where no sign-in waits for one; 429 after ten wrong ones;
    400 TOTP_NOT_ENABLED before /two-factor/enable.
    """
    passed = await challenge.verify_app_code(asking, body.code, trust=bool(body.trust_device))
    return _let_in(exchange, asking, passed)


@router.post("/verify-backup-code")
async def verify_backup_code(body: RecoveryCodeBody, exchange: ExchangeDep, asking: AskingDep) -> SignedUp:
    """A recovery code in the app's place; it is spent by that.

    401 INVALID_BACKUP_CODE; 400 BACKUP_CODES_NOT_ENABLED.
    """
    passed = await challenge.verify_recovery_code(asking, body.code, trust=bool(body.trust_device))
    return _let_in(exchange, asking, passed)


@router.post("/generate-backup-codes")
async def generate_backup_codes(
    body: PasswordBody, live: SignedInDep, client: ClientDep, database: DatabaseDep, settings: SettingsDep
) -> RecoveryCodes:
    """New recovery codes; the earlier ones are none from then on.

    400 INVALID_PASSWORD; 400 TWO_FACTOR_NOT_ENABLED.
    """
    fresh = await service.renew_recovery_codes(
        database, client, live[1], password=body.password, secret=settings.secret
    )
    return RecoveryCodes(backup_codes=fresh)


@router.post("/disable")
async def disable_two_factor(
    body: PasswordBody, exchange: ExchangeDep, live: SignedInDep, client: ClientDep, database: DatabaseDep
) -> Status:
    """Ask for the password alone again, on every device. 400 INVALID_PASSWORD; 400 TWO_FACTOR_NOT_ENABLED."""
    fresh = await service.disable(database, client, live, password=body.password)
    exchange.start(fresh.token, remember=exchange.remembers)
    if exchange.shown(cookies.TRUST_DEVICE):
        exchange.drop(cookies.TRUST_DEVICE)
    return Status()


def ask_for_code(exchange: Exchange, token: str, *, remember: bool) -> SecondFactorAsked:
    """The answer to a right password where a code is needed too."""
    cookies.clear_session(exchange.response, exchange.request, exchange.settings, but_wish=True)
    exchange.keep(cookies.TWO_FACTOR, token, seconds=int(challenge.LIFETIME.total_seconds()))
    if not remember:
        exchange.keep(cookies.DONT_REMEMBER, "true", seconds=None)
    return SecondFactorAsked(two_factor_redirect=True, two_factor_methods=["totp"])


def trust_device(exchange: Exchange, token: str) -> None:
    """Let this browser sign in by password alone for 30 days."""
    exchange.keep(cookies.TRUST_DEVICE, token, seconds=int(challenge.TRUST_LIFETIME.total_seconds()))


def _let_in(exchange: Exchange, asking: Asking, passed: Passed) -> SignedUp:
    if passed.fresh:
        exchange.start(passed.session.token, remember=asking.remember)
    if not asking.live:
        exchange.drop(cookies.TWO_FACTOR)
    if passed.trust:
        trust_device(exchange, passed.trust)
    return SignedUp(token=passed.session.token, user=UserOut.model_validate(passed.user))

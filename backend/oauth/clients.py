"""Apps: what they may say of themselves, how one is kept and found, and when an unused one is forgotten."""

from datetime import timedelta

from mcp.server.auth.provider import RegistrationError
from mcp.shared.auth import InvalidRedirectUriError, OAuthClientInformationFull
from pydantic import AnyUrl, Field
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.limits import Limit
from backend.models import utc_now
from backend.oauth import redirects
from backend.oauth.models import OAuthClient, OAuthCode, OAuthGrant
from backend.oauth.scopes import ALL, read_scopes

NAME_LENGTH = 100
LARGEST_RECORD = 8192
UNUSED_KEPT = timedelta(days=30)
MOST_UNUSED = 1000
MOST_AN_HOUR = 300
_YOUNG = timedelta(hours=1)
_GRANTS = ("authorization_code", "refresh_token")


class Client(OAuthClientInformationFull):
    """The SDK's record of an app, with this server's rules for redirect addresses and scopes.

    ``asked_redirect`` is the address as the request at hand spells it: the SDK's type writes some in another way.
    """

    redirects_as_sent: list[str] = Field(default_factory=list)
    asked_redirect: str | None = None

    def validate_redirect_uri(self, redirect_uri: AnyUrl | None) -> AnyUrl:
        if redirect_uri is None:
            return super().validate_redirect_uri(None)
        asked = self.asked_redirect or str(redirect_uri)
        if redirects.refusal(asked) or not redirects.is_registered(asked, self.spellings()):
            raise InvalidRedirectUriError(f"Redirect URI '{asked[:200]}' not registered for client")
        return redirect_uri

    def validate_scope(self, requested_scope: str | None) -> list[str] | None:
        return read_scopes(requested_scope)

    def spellings(self) -> list[str]:
        """The registered addresses: as they were sent, and as the answer told them back."""
        return [*self.redirects_as_sent, *map(str, self.redirect_uris or [])]


def registration_limits(address: str) -> list[Limit]:
    """Three hundred apps an hour from one place, as many as new accounts."""
    return [Limit(key=f"{address}|oauth-register", attempts=MOST_AN_HOUR, seconds=3600)]


def document_limits(address: str) -> list[Limit]:
    """Sixty documents read in ten minutes for one place: each is a request that this server makes."""
    return [Limit(key=f"{address}|oauth-document", attempts=60, seconds=600)]


def check(record: OAuthClientInformationFull, as_sent: list[str]) -> None:
    """Raises RegistrationError for what no app may be sent back to. Grants that are not here are left out of it.

    Apps list what they can do at any server, such as a device's code; the answer tells what this one has (RFC 7591, 2).
    """
    if not as_sent:
        raise RegistrationError("invalid_redirect_uri", "redirect_uris: name one address or more.")
    if len(as_sent) > redirects.MOST:
        raise RegistrationError("invalid_redirect_uri", f"redirect_uris: at most {redirects.MOST} addresses.")
    for address in as_sent:
        if reason := redirects.refusal(address):
            raise RegistrationError("invalid_redirect_uri", f"redirect_uris: {address[:100]} {reason}.")
    record.grant_types = [grant for grant in _GRANTS if grant in record.grant_types]


def shown_name(record: OAuthClientInformationFull) -> str:
    """What an app calls itself, in one line without what cannot be seen; where it says nothing, where it leads to."""
    kept = "".join(sign if sign.isprintable() else " " for sign in record.client_name or "")
    line = " ".join(kept.split())[:NAME_LENGTH].strip()
    addresses = [str(address) for address in record.redirect_uris or ()]
    return line or redirects.host_of(addresses[0] if addresses else "app:")[:NAME_LENGTH]


async def keep(
    session: AsyncSession, record: OAuthClientInformationFull, digest: str | None, as_sent: list[str]
) -> None:
    """Keep an app, without its secret; of apps that nobody uses, forget the old and the too many."""
    await _forget_unused(session)
    said = record.model_dump(mode="json", exclude_none=True, exclude={"client_secret"})
    kept = Client.model_validate({**said, "redirects_as_sent": as_sent}).model_dump_json(exclude_none=True)
    await session.merge(OAuthClient(id=record.client_id, record=kept, digest=digest, read_at=utc_now()))
    await session.flush()


async def find(session: AsyncSession, client_id: str) -> OAuthClient | None:
    return await session.get(OAuthClient, client_id)


def restored(row: OAuthClient) -> Client:
    client = Client.model_validate_json(row.record)
    client.scope = " ".join(ALL)
    return client


async def _forget_unused(session: AsyncSession) -> None:
    """Those that nobody let in: after a month, and the oldest where there are too many, but for an hour none."""
    in_use = select(OAuthGrant.client_id).union(select(OAuthCode.client_id))
    unused = OAuthClient.id.not_in(in_use)
    await session.execute(delete(OAuthClient).where(unused, OAuthClient.created_at < utc_now() - UNUSED_KEPT))
    count = await session.scalar(select(func.count()).select_from(OAuthClient).where(unused)) or 0
    if count < MOST_UNUSED:
        return
    old = select(OAuthClient.id).where(unused, OAuthClient.created_at < utc_now() - _YOUNG)
    oldest = list(await session.scalars(old.order_by(OAuthClient.created_at).limit(count - MOST_UNUSED + 1)))
    await session.execute(delete(OAuthClient).where(OAuthClient.id.in_(oldest)))

"""What the SDK's endpoints ask of this server: one object a request, over the database."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    AuthorizationParams,
    AuthorizeError,
    OAuthAuthorizationServerProvider,
    RefreshToken,
    TokenError,
)
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken
from pydantic import AnyUrl

from backend.auth.limits import consume
from backend.oauth import clients, grants
from backend.oauth.addresses import CONSENT, is_own_resource, resource_of
from backend.oauth.clients import Client
from backend.oauth.documents import is_fresh, names_document, read_document
from backend.oauth.models import CLIENT_ID_LENGTH
from backend.oauth.scopes import ALL, of_scopes, to_scopes
from backend.oauth.secrets import digest
from backend.oauth.ticket import Ticket, expiry, seal
from backend.session import Database
from backend.settings import Settings

_USED = "was used before; whatever came of it has ended. Connect again"


@dataclass(kw_only=True)
class Asking:
    """What of the request at hand the SDK does not pass on.

    ``address`` is the caller's; ``secret`` the client's own, where it showed one; ``redirects`` those of a
    registration, as they were written.
    """

    origin: str
    page: str
    address: str
    redirect: str | None = None
    resource: str | None = None
    secret: str | None = None
    redirects: list[str] = field(default_factory=list)
    reads_documents: bool = False


class Provider(OAuthAuthorizationServerProvider[AuthorizationCode, RefreshToken, AccessToken]):
    """Every method is one transaction. Texts that let somebody in are found by their digest alone."""

    def __init__(self, database: Database, settings: Settings, asking: Asking) -> None:
        self.database, self.settings, self.asking = database, settings, asking
        self._known: dict[str, Client | None] = {}

    async def get_client(self, client_id: str) -> Client | None:
        """Raises BadRequestError for a document that will not do, TooManyAttemptsError for too many of them."""
        if client_id not in self._known:
            self._known[client_id] = await self._find_client(client_id)
        return self._known[client_id]

    async def _find_client(self, client_id: str) -> Client | None:
        if len(client_id) > CLIENT_ID_LENGTH or not client_id.isascii() or not client_id.isprintable():
            return None
        async with self.database.read() as session:
            row = await clients.find(session, client_id)
        if self.asking.reads_documents and names_document(client_id) and (row is None or not is_fresh(row)):
            async with self.database.write() as session:
                await consume(session, clients.document_limits(self.asking.address))
            await read_document(self.database, self.settings, client_id)
            async with self.database.read() as session:
                row = await clients.find(session, client_id)
        if row is None:
            return None
        client = clients.restored(row)
        client.asked_redirect = self.asking.redirect
        client.client_secret = self._shown_if_right(row.digest)
        return client

    def _shown_if_right(self, kept: str | None) -> str | None:
        """The SDK compares secrets, and only a digest is kept: the one that was shown, or one that none equals."""
        if kept is None:
            return None
        shown = self.asking.secret or ""
        return shown if digest(shown) == kept else "\0"

    async def register_client(self, client_info: OAuthClientInformationFull) -> None:
        """Raises RegistrationError, and TooManyAttemptsError."""
        clients.check(client_info, self.asking.redirects)
        client_info.scope = " ".join(ALL)  # whatever it listed: it asks for what it wants when it asks (RFC 7591, 2)
        async with self.database.write() as session:
            await consume(session, clients.registration_limits(self.asking.address))
        secret = client_info.client_secret
        async with self.database.write() as session:
            await clients.keep(session, client_info, digest(secret) if secret else None, self.asking.redirects)

    async def authorize(self, client: OAuthClientInformationFull, params: AuthorizationParams) -> str:
        """The address of the page that asks the user."""
        if params.resource is not None and not is_own_resource(params.resource, self.asking.origin):
            raise AuthorizeError("invalid_target", f"This server is {resource_of(self.asking.origin)} alone.")
        ticket = Ticket(
            client_id=client.client_id,
            redirect_uri=self.asking.redirect or str(params.redirect_uri),
            redirect_given=params.redirect_uri_provided_explicitly,
            state=params.state,
            challenge=params.code_challenge,
            scope=of_scopes(params.scopes or []),
            resource=resource_of(self.asking.origin),
            issuer=self.asking.origin,
            expires_at=expiry(),
        )
        return f"{self.asking.page}{CONSENT}?{urlencode({'request': seal(ticket, self.settings.secret)})}"

    async def load_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: str
    ) -> AuthorizationCode | None:
        """A code that is shown again ends what came of it (OAuth 2.1, 4.1.3)."""
        async with self.database.read() as session:
            row = await grants.find_code(session, authorization_code)
        if row is None or row.client_id != client.client_id:
            return None
        if row.used_at is not None:
            async with self.database.write() as session:
                await grants.end_grant(session, row.grant_id)
            return None
        return AuthorizationCode(
            code=authorization_code,
            scopes=to_scopes(row.scope),
            expires_at=row.expires_at.timestamp(),
            client_id=row.client_id,
            code_challenge=row.challenge,
            redirect_uri=AnyUrl(row.redirect_uri),
            redirect_uri_provided_explicitly=row.redirect_given,
            resource=row.resource,
            subject=row.user_id,
        )

    async def exchange_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: AuthorizationCode
    ) -> OAuthToken:
        self._refuse_other_resource(authorization_code.resource)
        async with self.database.write() as session:
            tokens = await grants.use_code(session, authorization_code.code, client_name=clients.shown_name(client))
        if tokens is None:
            raise TokenError("invalid_grant", f"The code {_USED}.")
        return _told(tokens, authorization_code.scopes)

    async def load_refresh_token(self, client: OAuthClientInformationFull, refresh_token: str) -> RefreshToken | None:
        async with self.database.read() as session:
            found = await grants.find_refresh(session, refresh_token)
        if found is None or found[1].client_id != client.client_id:
            return None
        token, grant = found
        if token.used_at is not None:
            async with self.database.write() as session:
                await grants.end_grant(session, grant.id)
            return None
        return RefreshToken(
            token=refresh_token,
            client_id=grant.client_id,
            scopes=to_scopes(grant.scope),
            expires_at=int(token.expires_at.timestamp()),
            resource=grant.resource,
            subject=grant.user_id,
        )

    async def exchange_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: RefreshToken, scopes: list[str]
    ) -> OAuthToken:
        self._refuse_other_resource(refresh_token.resource)
        scope = of_scopes(scopes)
        async with self.database.write() as session:
            tokens = await grants.use_refresh(session, refresh_token.token, scope=scope)
        if tokens is None:
            raise TokenError("invalid_grant", f"The refresh token {_USED}.")
        return _told(tokens, to_scopes(scope))

    async def load_access_token(self, token: str) -> AccessToken | None:
        async with self.database.read() as session:
            found = await grants.find_access(session, token)
        if found is None:
            return None
        row, grant = found
        return AccessToken(
            token=token,
            client_id=grant.client_id,
            scopes=to_scopes(row.scope),
            expires_at=int(row.expires_at.timestamp()),
            resource=grant.resource,
            subject=grant.user_id,
        )

    async def revoke_token(self, token: AccessToken | RefreshToken) -> None:
        """Either token ends the app's access (RFC 7009, 2.1)."""
        async with self.database.write() as session:
            finding = grants.find_access if isinstance(token, AccessToken) else grants.find_refresh
            found = await finding(session, token.token)
            await grants.end_grant(session, found[1].id if found else None)

    def _refuse_other_resource(self, granted: str | None) -> None:
        """Raises TokenError where a token is asked for another server than the user was asked about (RFC 8707)."""
        asked = self.asking.resource
        if asked is not None and not is_own_resource(asked, self.asking.origin):
            raise TokenError("invalid_target", f"These tokens are for {granted} alone.")
        if granted != resource_of(self.asking.origin):
            raise TokenError("invalid_grant", f"These tokens are for {granted}, and this is another address.")


def _told(tokens: grants.Tokens, scopes: list[str]) -> OAuthToken:
    return OAuthToken(
        access_token=tokens.access,
        refresh_token=tokens.refresh,
        expires_in=int(grants.ACCESS_LIFETIME.total_seconds()),
        scope=" ".join(scopes),
    )

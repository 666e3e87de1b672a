"""What only the inside may see: the metrics and the API's description; and that an https page stays one."""

import hmac
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import problem
from backend.settings import Settings

DESCRIPTION = {"/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json"}
METRICS = "/metrics"
HSTS = "max-age=31536000"


class Inside:
    """ASGI middleware: 403 for who may not see it. docs/decisions/070-who-sees-the-inside.md says who may."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
        self.https = (settings.better_auth_url or "").startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        sender = _with_hsts(send) if self.https else send
        if refusal := self._refusal(scope):
            return await problem(403, refusal)(scope, receive, sender)
        return await self.app(scope, receive, sender)

    def _refusal(self, scope: Scope) -> str | None:
        if scope["path"] in DESCRIPTION and not _is_near(scope, cluster=False):
            return "The API's description is shown on the backend's own machine alone: docs/openapi.json is a copy."
        if scope["path"] != METRICS:
            return None
        if self.token is None:
            return None if _is_near(scope, cluster=True) else "Metrics are shown within the cluster alone."
        given = Headers(scope=scope).get("authorization", "")
        right = hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode())
        return None if right else "Send the metrics' token: Authorization: Bearer (METRICS_TOKEN)."


def _is_near(scope: Scope, *, cluster: bool) -> bool:
    """Whether the peer is this machine or, with ``cluster``, on a private network, and forwards for nobody."""
    headers = Headers(scope=scope)
    if "x-forwarded-for" in headers or "forwarded" in headers:
        return False
    client = scope.get("client")
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:  # no address, as of a test's client
        return False
    return address is None or address.is_loopback or (cluster and address.is_private)


def _with_hsts(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Strict-Transport-Security"] = HSTS
        await send(message)

    return sender

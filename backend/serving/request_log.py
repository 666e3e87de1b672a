"""Every request counted, timed and logged under an id; never its body, query, cookies or tokens."""

import logging
import re
import time
from functools import lru_cache
from http import HTTPStatus

import structlog
from prometheus_client import Counter, Histogram
from pydantic_core import to_json
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.models import new_id
from backend.serving.log_output import LogOutput

log = structlog.get_logger()
REQUESTS = Counter("todo_http_requests", "Requests answered", ["method", "route", "status"])
LATENCY = Histogram("todo_http_request_seconds", "Time until an answer begins", ["method", "route"])
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_QUIET = {"/health", "/ready", "/metrics"}


def configure_logging(level: str) -> None:
    """JSON lines on standard output, from ``level`` on. uvicorn's own access log, which shows queries, is silenced."""
    logging.getLogger("uvicorn.access").disabled = True
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=_to_json),
        ],
        logger_factory=lambda *_: LogOutput(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )


def _to_json(event: object, **_: object) -> bytes:
    """Three times as fast as the standard library's, and a line is written for every request."""
    return to_json(event, fallback=str)


class Observed:
    """ASGI middleware. ``X-Request-ID`` is taken from the request, or made, and given back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun = time.perf_counter()
        request_id = _request_id(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        answered = False

        async def send_observed(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
                _observe(scope, message["status"], time.perf_counter() - begun)
            await send(message)

        try:
            return await self.app(scope, receive, send_observed)
        except Exception:
            if not answered:
                _observe(scope, HTTPStatus.INTERNAL_SERVER_ERROR, time.perf_counter() - begun)
            log.exception("request failed", path=scope["path"])
            raise


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _ID.fullmatch(given) else new_id()


def _template(scope: Scope) -> str:
    """The whole path as the routes declare it; of a route in a router within a router FastAPI alone knows it."""
    context = scope.get("fastapi", {}).get("effective_route_context") or scope.get("route")
    return str(getattr(context, "path", "unmatched"))


def _observe(scope: Scope, status: int, seconds: float) -> None:
    """Labels are few by nature: a route's template, never a path that someone made up."""
    method = scope["method"] if scope["method"] in _METHODS else "OTHER"
    route = _template(scope)
    count, latency = _series(method, route, status)
    count.inc()
    latency.observe(seconds)
    note = log.debug if route in _QUIET else log.info
    note("request", method=method, path=scope["path"], route=route, status=status, ms=round(seconds * 1000, 2))


@lru_cache(maxsize=4096)
def _series(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """The time series of these labels: looking them up takes as long as counting."""
    return REQUESTS.labels(method, route, status), LATENCY.labels(method, route)

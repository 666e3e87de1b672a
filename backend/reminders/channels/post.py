"""One request to a host that a user named: resolved once and checked, no redirect followed, all within a time."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import httpx2

from backend.destinations import Address
from backend.models import utc_now
from backend.reminders.channels.hosts import host_policy, resolve
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.settings import Settings

SECONDS = 15.0
LONGEST_WAIT = timedelta(days=1)
_MOST_BYTES = 4096  # of an answer: more than the reason for a refusal takes


@dataclass(frozen=True)
class Answer:
    """What the host answered; of its text the beginning."""

    status: int
    headers: Mapping[str, str]
    text: str


async def post(
    url: str, body: bytes, *, headers: Mapping[str, str], settings: Settings, most: int = _MOST_BYTES
) -> Answer:
    """Post the body; of the answer ``most`` bytes are read.

    Raises RefusedError for an address that may not be reached, UnavailableError for no answer.
    """
    return await _ask("POST", url, body, headers=headers, settings=settings, most=most)


async def fetch(url: str, *, headers: Mapping[str, str], settings: Settings, most: int) -> Answer:
    """Read what is there, ``most`` bytes of it. Raises as `post` does."""
    return await _ask("GET", url, b"", headers=headers, settings=settings, most=most)


async def _ask(
    method: str, url: str, body: bytes, *, headers: Mapping[str, str], settings: Settings, most: int
) -> Answer:
    parts = checked_url(url, settings)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname or ""
    try:
        async with asyncio.timeout(SECONDS):
            address = await resolve(host, port, host_policy(settings))
            return await _send(parts, address, port, method=method, body=body, headers=headers, most=most)
    except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, OSError) as error:
        raise UnavailableError(f"{host} did not answer ({type(error).__name__}).") from error


def checked_url(url: str, settings: Settings) -> SplitResult:
    """The parts of an https address without a password in it; http only to a host of TODO_REMINDER_HOSTS.

    Raises RefusedError with what is wrong.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedError("The address is no URL.") from error
    if not host or len(url) > 2000 or not url.isascii() or not url.isprintable() or " " in url:
        raise RefusedError("The address is no URL.")
    if parts.username or parts.password:
        raise RefusedError("The address must not hold a user name or a password.")
    if parts.scheme != "https" and not (
        parts.scheme == "http" and host_policy(settings).allowed.hold(host, _number(host))
    ):
        raise RefusedError("The address must begin with https://.")
    return parts


def retry_after(answer: Answer) -> timedelta | None:
    """How long the answer asks to wait (RFC 9110, 10.2.3), a day at most; None where it does not say."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(timedelta(seconds=min(int(value[:9]), 86400)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(value) - utc_now()
    except (ValueError, TypeError):
        return None
    return max(timedelta(0), min(wait, LONGEST_WAIT))


async def _send(
    parts: SplitResult, address: str, port: int, *, method: str, body: bytes, headers: Mapping[str, str], most: int
) -> Answer:
    """Connect to the checked address, and speak to the name: in the Host header, and as TLS checks the certificate."""
    literal = f"[{address}]" if ":" in address else address
    url = f"{parts.scheme}://{literal}:{port}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
    request_headers = {**headers, "Host": parts.netloc}
    options = {"sni_hostname": parts.hostname} if parts.scheme == "https" else {}
    client = httpx2.AsyncClient(verify=_tls(), trust_env=False, follow_redirects=False, timeout=SECONDS)
    async with client, client.stream(method, url, content=body, headers=request_headers, extensions=options) as answer:
        return Answer(answer.status_code, answer.headers, await _beginning(answer, most))


async def _beginning(answer: httpx2.Response, most: int) -> str:
    content = b""
    if most == 0:  # the status says it all, and a body may take its time
        return ""
    async for chunk in answer.aiter_bytes():
        content += chunk
        if len(content) >= most:
            break
    return content[:most].decode(errors="replace")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _number(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None

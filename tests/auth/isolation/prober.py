"""Drives every operation as a second user with the first one's ids, and says what gave way."""

import asyncio
import re
import secrets
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx

from tests.auth.isolation.belongings import rows, texts
from tests.auth.isolation.requests import Operation, Request, filled, operations, places, plain
from tests.auth.people import sign_up

# Named here and nowhere else: what needs no sign-in.
PUBLIC = {
    "GET /health",
    "GET /ready",
    "GET /metrics",
    "GET /api/auth/ok",
    "GET /api/auth/get-session",
    "POST /api/auth/get-session",
    "POST /api/auth/sign-up/email",
    "POST /api/auth/sign-in/email",
    "POST /api/auth/sign-out",
    # Who has lost a password, or opens a link of a mail, is not signed in: the token in it stands for them.
    "GET /api/auth/abilities",
    "POST /api/auth/request-password-reset",
    "POST /api/auth/forget-password",
    "GET /api/auth/reset-password/{token}",
    "POST /api/auth/reset-password/{token}",
    "POST /api/auth/reset-password",
    "POST /api/auth/send-verification-email",
    # Who signs in by passkey is not signed in yet: the signature stands for them.
    "GET /api/auth/passkey/generate-authenticate-options",
    "POST /api/auth/passkey/verify-authentication",
    "GET /api/reminders/act",
    "POST /api/reminders/act",
    "GET /api/reminders/act/unsubscribe",
    "POST /api/reminders/act/unsubscribe",
    "POST /api/letterbox/mail",  # the key in its address opens it
    "GET /api/calendars/feed.ics",  # the key in its address opens it
}
MARKER, NOBODYS_MARKER = "unmistakable-marmalade", "inconceivable-tangerine"
# What the language engine reads: it may well read two random words differently, so there answers are not compared.
_PROSE = {"message", "text", "words"}
_STREAM_SECONDS = 0.3
# Ids, sessions, personal access tokens, secrets of feeds and their ends.
_RANDOM = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[A-Za-z0-9]{32}\b|\b(todo|feed)_[A-Za-z0-9]{40}\b|(?<=\"ending\":\")\w{4}"
)
_addresses = count(1)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    def masked(self, value: str) -> tuple[int, str]:
        """The answer without what may differ: what was sent, ids, times and counts."""
        text = self.text
        for sent in (value, MARKER, NOBODYS_MARKER):
            text = re.sub(re.escape(sent), "SENT", text, flags=re.IGNORECASE)
        text = _RANDOM.sub("ID", text)
        return self.status, re.sub(r"[0-9]+", "#", text)


async def send(browser: httpx.AsyncClient, request: Request) -> Answer:
    """Send it from an address of its own, and read the answer; of an endless stream, its beginning."""
    number = next(_addresses)
    headers = {name: value.encode("ascii", "replace").decode() for name, value in request.headers.items()} | {
        "x-forwarded-for": f"198.18.{number // 250 % 250}.{number % 250}"
    }
    json = {} if request.body is None else {"json": request.body}
    text = ""
    async with browser.stream(
        request.method.upper(), request.path, params=request.query, headers=headers, **json
    ) as response:
        endless = response.headers.get("content-type", "").startswith("text/event-stream") and request.method == "get"
        try:
            async with asyncio.timeout(_STREAM_SECONDS if endless else 30):
                async for part in response.aiter_text():
                    text += part
        except TimeoutError:
            assert endless, f"{request.path} never ended"
    return Answer(response.status_code, text)


async def all_operations(browser: httpx.AsyncClient) -> list[Operation]:
    return operations((await browser.get("/openapi.json")).json())


async def open_operations(address: str) -> list[str]:
    """The operations that answer anything but 401 to someone who is not signed in, beside the public ones."""
    async with httpx.AsyncClient(base_url=address) as nobody:
        private = [item for item in await all_operations(nobody) if str(item) not in PUBLIC]
        return [str(item) for item in private if (await send(nobody, plain(item))).status != 401]


async def furnish(browser: httpx.AsyncClient) -> None:
    """Make something with every route that makes something, so that there is something of each kind to go for."""
    for item in await all_operations(browser):
        if item.method in {"post", "put", "patch"} and not item.path.startswith("/api/auth/") and "{" not in item.path:
            await send(browser, plain(item, f"add {MARKER}"))


async def faults(address: str, file: Path, *, only: str = "/") -> list[str]:
    """What a second user could read, change or learn of a first one's, in words; empty when there is nothing."""
    async with httpx.AsyncClient(base_url=address) as first, httpx.AsyncClient(base_url=address) as second:
        owner = await sign_up(first)
        await furnish(first)
        treasure, tries = rows(file), texts(file, marker=MARKER)
        secret_texts = [owner.email, owner.token, MARKER]
        found = []
        for item in await all_operations(second):
            if str(item) in PUBLIC or not item.path.startswith(only):
                continue
            for place in places(item):
                await _be_someone(second, anew=place[0] == "header")
                found += await _probe(second, item, place, tries, secret_texts)
            lost = {table for table, _ in treasure - rows(file)}
            found += [f"{item} changed or removed another's row of {table}" for table in sorted(lost)]
            treasure &= rows(file)
    return found


async def _be_someone(browser: httpx.AsyncClient, *, anew: bool) -> None:
    """Sign someone new up: where asked, and where the probe before has been the end of the account.

    Headers are asked for, since a user's own earlier Idempotency-Key must not be taken for the owner's.
    """
    if anew or (await browser.get("/api/auth/get-session")).json() is None:
        browser.headers["x-forwarded-for"] = f"198.19.{next(_addresses) // 250 % 250}.1"
        await sign_up(browser)


async def _probe(
    browser: httpx.AsyncClient, item: Operation, place: tuple[str, str], tries: dict[str, str], secret_texts: list[str]
) -> list[str]:
    """Put each of the owner's texts at one place, and after it one like it that is nowhere."""
    found = []
    for origin, value in tries.items():
        request, unknown = filled(item, place, value), _like(value)
        answer, control = await send(browser, request), await send(browser, filled(item, place, unknown))
        where = f"{item} with another's {origin} as {place[0]} {place[1]}"
        found += [
            f"{where} shows {secret}" for secret in secret_texts if secret in answer.text and secret not in request.text
        ]
        if place[1] not in _PROSE and answer.masked(value) != control.masked(unknown):
            found.append(f"{where} answers {answer} and not {control}")
    return found


def _like(value: str) -> str:
    """A text of the same shape that is nowhere: another marker, or each letter and digit by another of its kind."""
    if MARKER in value:
        return value.replace(MARKER, NOBODYS_MARKER)
    return "".join(_another(character) for character in value.partition("@")[0]) + "".join(value.partition("@")[1:])


def _another(character: str) -> str:
    for kind in ("0123456789", "abcdef", "ghijklmnopqrsuvwxyz", "ABCDEFGHIJKLMNOPQRSUVWXYZ"):  # T marks a time
        if character in kind:
            return secrets.choice(kind)
    return character

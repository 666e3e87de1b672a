"""Turns of the chat, streamed to this process, and what each showed."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from cli.bench.chat.model import GREETING
from cli.bench.seed import Account

SECONDS = 120.0
REFUSED = "The model could not answer"
NANOSECONDS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn. Milliseconds: ``first`` from the model's first word to its arrival here; ``tool`` from the model's call
    of a tool to its result's arrival at the model.

    ``failure`` says what was wrong with it; empty if nothing was.
    """

    first: float | None = None
    tool: float | None = None
    failure: str = ""


async def greet(address: str, accounts: Sequence[Account], *, count: int) -> list[Turn]:
    """So many turns of words alone, one after another."""
    async with _client(address) as client:
        return [await _turn(client, accounts[index % len(accounts)], GREETING) for index in range(count)]


async def add(address: str, accounts: Sequence[Account], *, count: int, at_once: bool) -> list[Turn]:
    """So many turns that add a task each, all together or one after another."""
    async with _client(address) as client:
        said = [(accounts[index % len(accounts)], f"buy milk please, number {index}") for index in range(count)]
        if at_once:
            return list(await asyncio.gather(*(_turn(client, account, text) for account, text in said)))
        return [await _turn(client, account, text) for account, text in said]


async def greet_model(address: str, *, count: int) -> list[Turn]:
    """The same words from the model itself, with no backend between."""
    body = {"model": "m", "stream": True, "messages": [{"role": "user", "content": GREETING}]}
    found = []
    async with _client(address) as client:
        for _ in range(count):
            async with client.stream("POST", "/v1/chat/completions", json=body) as answer:
                async for line in answer.aiter_lines():
                    if '"content": "' in line:
                        word = json.loads(line.removeprefix("data: "))["choices"][0]["delta"]["content"]
                        found.append(Turn(first=_since(word)))
                        break
    return found


def _client(address: str) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
    return httpx.AsyncClient(base_url=address, timeout=SECONDS, limits=limits, trust_env=False)


async def _turn(client: httpx.AsyncClient, account: Account, text: str) -> Turn:
    message = {"id": uuid4().hex, "role": "user", "parts": [{"type": "text", "text": text}]}
    body = {"id": uuid4().hex, "messages": [message], "timezone": "Europe/Berlin"}
    headers = {"Authorization": f"Bearer {account.token}"}
    try:
        async with client.stream("POST", "/api/chat/stream", json=body, headers=headers) as answer:
            if answer.status_code != httpx.codes.OK:
                return Turn(failure=f"{answer.status_code}: {(await answer.aread())[:200]!r}")
            return await _read(answer, adds=text != GREETING)
    except httpx.HTTPError as error:
        return Turn(failure=f"{type(error).__name__}: {error}")


async def _read(answer: httpx.Response, *, adds: bool) -> Turn:
    first, tool, said, kinds = None, None, "", set[str]()
    async for line in answer.aiter_lines():
        if not line.startswith("data: {"):
            continue
        chunk: dict[str, Any] = json.loads(line.removeprefix("data: "))
        kinds.add(chunk["type"])
        if chunk["type"] == "text-delta":
            first, tool = (first, tool) if said else (_since(chunk["delta"]), _taken(chunk["delta"]))
            said += chunk["delta"]
        elif chunk["type"] == "error":
            return Turn(failure=str(chunk["errorText"]))
    if REFUSED in said or not said or "finish" not in kinds or (adds and "data-receipt" not in kinds):
        return Turn(failure=f"not as scripted: {said[:100]!r}")
    return Turn(first=first, tool=tool if adds else None)


def _since(word: str) -> float | None:
    """The milliseconds since the model stamped the word; None for one without a stamp."""
    stamp = word.split(maxsplit=1)[0] if word.split() else ""
    return (time.monotonic_ns() - int(stamp)) / NANOSECONDS if stamp.isdigit() else None


def _taken(word: str) -> float | None:
    """The milliseconds that the model saw a tool's call take; None for words that do not say."""
    words = word.split()
    return int(words[1]) / NANOSECONDS if len(words) > 1 and words[1].isdigit() else None

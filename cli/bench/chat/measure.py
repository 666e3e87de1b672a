"""Measures the chat with the scripted model behind it: both as servers of their own, over SQLite."""

import asyncio
import json
import math
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from cli.bench.chat.bars import Bar, growth
from cli.bench.chat.histogram import buckets, quantile
from cli.bench.chat.turns import Turn, add, greet, greet_model
from cli.bench.figures import percentile
from cli.bench.seed import Account, sign_up
from cli.bench.speed import BACKEND, MODEL, running
from cli.exits import CommandError, Exit
from cli.progress import row
from cli.servers.folder import Server

ACCOUNTS = 20
FIRST_MS, TOOL_MS, GROWTH_PERCENT, TOOLS_TOKENS = 30.0, 10.0, 5.0, 4000
CHARACTERS_A_TOKEN = 3
MANY = "1000000000"
LIMITS = {"TODO_TURNS_A_DAY": MANY, "TODO_TOKENS_A_DAY": MANY, "TODO_COST_A_DAY": MANY}


def measure(*, folder: Path, alone: int, together: int, rounds: int) -> list[Bar]:
    """``alone`` turns one after another, then ``rounds`` of ``together`` at once; ``folder`` is empty.

    Raises CommandError if a server does not start, or a turn that ran alone fails.
    """
    with running(MODEL, folder=folder / "model") as model:
        variables = {"OPENAI_BASE_URL": f"{model.address}/v1", "TODO_MODEL": "scripted", **LIMITS}
        with running(BACKEND, folder=folder / "backend", DATABASE_URL="", **variables) as backend:
            with row(f"Signing up {ACCOUNTS} people"):
                accounts = [sign_up(backend.address, name=f"person{number}") for number in range(ACCOUNTS)]
            return [
                *_alone(model, backend, accounts, count=alone),
                *_together(backend, accounts, count=together, rounds=rounds),
                _tools(backend, accounts[0]),
            ]


def _alone(model: Server, backend: Server, accounts: Sequence[Account], *, count: int) -> list[Bar]:
    with row(f"{count} turns one after another"):
        asyncio.run(add(backend.address, accounts, count=5, at_once=False))  # imports and connections
        direct = _checked(asyncio.run(greet_model(model.address, count=count)))
        greeted = _checked(asyncio.run(greet(backend.address, accounts, count=count)))
        added = _checked(asyncio.run(add(backend.address, accounts, count=count, at_once=False)))
    first = [turn.first for turn in greeted if turn.first is not None]
    after_tool = [turn.first for turn in added if turn.first is not None]
    tools = [turn.tool for turn in added if turn.tool is not None]
    own = _get(backend, "/metrics")
    bare = median(turn.first for turn in direct if turn.first is not None)
    return [
        Bar(name="first word, after the model's: p50", value=round(median(first), 1), unit="ms", most=FIRST_MS),
        Bar(
            name="first word, after the model's: p95",
            value=round(percentile(first, 0.95), 1),
            unit="ms",
            most=FIRST_MS,
            note=f"without the backend between: {bare:.1f} ms",
        ),
        Bar(name="the same after a tool's call: p50", value=round(median(after_tool), 1), unit="ms", most=FIRST_MS),
        Bar(
            name="a tool's own time: p50",
            value=round(quantile(buckets(own, "todo_tool_seconds", tool="add_task"), 0.5) * 1000, 1),
            unit="ms",
            most=TOOL_MS,
            note="by the backend's own metrics",
        ),
        Bar(name="a tool's call, from and to the model: p50", value=round(median(tools), 1), unit="ms"),
        Bar(name="a tool's call, from and to the model: p95", value=round(percentile(tools, 0.95), 1), unit="ms"),
    ]


def _together(backend: Server, accounts: Sequence[Account], *, count: int, rounds: int) -> list[Bar]:
    sizes = [_resident(backend)]
    failures: list[str] = []
    firsts: list[float] = []
    for number in range(1, rounds + 1):
        with row(f"{count} turns at once, round {number} of {rounds}"):
            turns = asyncio.run(add(backend.address, accounts, count=count, at_once=True))
        failures += [turn.failure for turn in turns if turn.failure]
        firsts += [turn.first for turn in turns if turn.first is not None]
        sizes.append(_resident(backend))
    said = ", ".join(f"{size:.0f}" for size in sizes)
    return [
        Bar(
            name=f"errors of {count} turns at once, {rounds} rounds",
            value=len(failures),
            most=0,
            note=failures[0][:80] if failures else "",
        ),
        Bar(name="their first word, after the model's: p50", value=round(median(firsts or [0]), 1), unit="ms"),
        Bar(
            name="memory's growth after the second round",
            value=round(growth(sizes[1:]), 1),
            unit="percent",
            most=GROWTH_PERCENT,
            note=f"MB before and after each: {said}",
        ),
    ]


def _checked(turns: list[Turn]) -> list[Turn]:
    for turn in turns:
        if turn.failure:
            raise CommandError(f"A turn failed: {turn.failure}", code=Exit.FAILED)
    return turns


def _resident(server: Server) -> float:
    """The server's resident memory in MB."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024


def _tools(backend: Server, account: Account) -> Bar:
    """An upper bound: JSON takes more than three characters a token, whoever's tokenizer counts."""
    token = _post(backend, "/api/tokens", account.token, {"name": "bench", "scope": "write"})["token"]
    listed = _post(backend, "/mcp", token, {"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    length = len(json.dumps(listed["result"]["tools"], ensure_ascii=False, separators=(",", ":")))
    return Bar(
        name="the list of MCP tools",
        value=math.ceil(length / CHARACTERS_A_TOKEN),
        unit="tokens",
        most=TOOLS_TOKENS,
        note=f"{length:,} characters, at {CHARACTERS_A_TOKEN} a token",
    )


def _get(server: Server, path: str) -> str:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        f"{server.address}{path}", timeout=30
    ) as answer:
        return bytes(answer.read()).decode()


def _post(server: Server, path: str, token: str, body: object) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json"}
    wanted = urllib.request.Request(f"{server.address}{path}", data=json.dumps(body).encode(), headers=headers)  # noqa: S310
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(wanted, timeout=30) as answer:
        return dict(json.load(answer))

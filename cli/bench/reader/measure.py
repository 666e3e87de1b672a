"""Time to read each kind of text by its length, and the health of a server beside people who send the worst of them."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

import httpx

from backend.assistant.language.budget import GIVEN_UP, interpret_within, prepare
from backend.assistant.language.types import Request
from cli.bench.client import apply_load, request
from cli.bench.figures import percentile
from cli.bench.reader.texts import KINDS, mixtures, of_kind
from cli.bench.seed import sign_up
from cli.bench.speed import BACKEND, running
from cli.progress import row

LENGTHS = (250, 1000, 4000)  # characters
REPEATS = 5
READ_MS, HEALTH_MS = 50.0, 250.0
ADVERSARIES = 24
NOW = datetime(2026, 3, 4, 9, 30)  # noqa: DTZ001  (the engine reads wall-clock time)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The median milliseconds at each of ``LENGTHS``, and whether the longest was given up."""

    name: str
    milliseconds: tuple[float, ...]
    given_up: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was measured. Mixtures and health are milliseconds of each; ``bars`` say whether the aims were met."""

    kinds: tuple[Kind, ...]
    mixtures: tuple[float, ...]
    mixtures_given_up: int
    health: tuple[float, ...]
    turns: int

    @property
    def bars(self) -> dict[str, bool]:
        """Each aim, and whether this machine met it."""
        slowest = max([*self.mixtures, *(kind.milliseconds[-1] for kind in self.kinds)])
        return {
            f"any text read or given up within {READ_MS:.0f} ms": slowest <= READ_MS,
            f"/health within {HEALTH_MS:.0f} ms beside {ADVERSARIES} adversaries": max(self.health) <= HEALTH_MS,
        }


def measure(*, folder: Path, count: int, seconds: float) -> Result:
    """Read ``count`` mixtures and every kind of text here, then let the adversaries at a server for so long."""
    prepare()
    with row("Reading every kind of text"):
        kinds = tuple(_kind(name, unit) for name, unit in KINDS.items())
    with row(f"Reading {count} mixtures"):
        mixed = [_read(text) for text in mixtures(count, longest=LENGTHS[-1])]
    health, turns = beside_adversaries(folder=folder, seconds=seconds)
    times = tuple(taken for taken, _ in mixed)
    return Result(
        kinds=kinds, mixtures=times, mixtures_given_up=sum(late for _, late in mixed), health=health, turns=turns
    )


def _kind(name: str, unit: str) -> Kind:
    rounds = [[_read(of_kind(unit, length)) for _ in range(REPEATS)] for length in LENGTHS]
    times = tuple(median(taken for taken, _ in tried) for tried in rounds)
    return Kind(name=name, milliseconds=times, given_up=any(late for _, late in rounds[-1]))


def _read(text: str) -> tuple[float, bool]:
    """The milliseconds of processor time, and whether it was given up."""
    begun = time.process_time()
    meaning = interpret_within(Request(text=text, now=NOW, timezone="UTC"))
    return (time.process_time() - begun) * 1000, GIVEN_UP in meaning.rules


def beside_adversaries(*, folder: Path, seconds: float) -> tuple[tuple[float, ...], int]:
    """The milliseconds of one health check after another, and how many turns the adversaries had answered meanwhile."""
    worst = sorted(KINDS.items(), key=lambda kind: -_read(of_kind(kind[1], LENGTHS[-1]))[0])[:8]
    texts = [of_kind(unit, LENGTHS[-1]) for _, unit in worst]
    with running(BACKEND, folder=folder) as server, row(f"{ADVERSARIES} adversaries for {seconds:.0f} s"):
        account = sign_up(server.address, name="adversary")
        with ProcessPoolExecutor(1) as others:  # a process: their work must not slow the clock that measures
            answered = others.submit(_attack, server.address, account.token, texts, seconds)
            health: list[float] = []
            check = [request("GET", "/health")]
            while not answered.done():
                health += apply_load(server.port, check, connections=1).latencies
                time.sleep(0.02)
            return tuple(health), answered.result()


def _attack(address: str, token: str, texts: Sequence[str], seconds: float) -> int:
    return asyncio.run(_all(address, token, texts, seconds))


async def _all(address: str, token: str, texts: Sequence[str], seconds: float) -> int:
    limits = httpx.Limits(max_connections=ADVERSARIES)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(
        base_url=address, headers=headers, timeout=60, limits=limits, trust_env=False
    ) as client:
        end = time.monotonic() + seconds
        return sum(await asyncio.gather(*(_one(client, texts, number, end) for number in range(ADVERSARIES))))


async def _one(client: httpx.AsyncClient, texts: Sequence[str], number: int, end: float) -> int:
    """Chat and interpret in turn, until the end; a refusal (429) is an answer too."""
    answered = 0
    while time.monotonic() < end:
        text = texts[(number + answered) % len(texts)].strip() or "x"
        path, name = (("/api/chat", "message"), ("/api/interpret", "text"))[answered % 2]
        answer = await client.post(path, json={name: text})
        if answer.status_code not in (200, 409, 429):
            raise RuntimeError(f"{path} answered {answer.status_code}")
        answered += 1
    return answered


def table(result: Result) -> str:
    """The result for people."""
    head = f"{'milliseconds by characters':<28}" + "".join(f"{length:>9,}" for length in LENGTHS)
    lines = [
        f"{kind.name:<28}" + "".join(f"{taken:>9.1f}" for taken in kind.milliseconds) + ("  given up" * kind.given_up)
        for kind in result.kinds
    ]
    mixed = result.mixtures
    lines.append(
        f"{len(mixed)} mixtures of phrases: median {median(mixed):.1f} ms, p99 {percentile(mixed, 0.99):.1f} ms, "
        f"slowest {max(mixed):.1f} ms; {result.mixtures_given_up} given up"
    )
    lines.append(
        f"/health beside {ADVERSARIES} adversaries ({result.turns} answers): median {median(result.health):.1f} ms, "
        f"p99 {percentile(result.health, 0.99):.1f} ms, slowest {max(result.health):.1f} ms"
    )
    return "\n".join([head, *lines, *(f"{name}: {'met' if met else 'NOT met'}" for name, met in result.bars.items())])

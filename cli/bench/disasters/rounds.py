"""Rounds of writes with a disaster in the middle of each, and the check after it."""

import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cli.bench.disasters.history import violations
from cli.bench.disasters.person import Follower, Person
from cli.bench.disasters.storm import reminder_storm
from cli.bench.disasters.world import World, has_faketime

WRITES = 12
READY_SECONDS = 5.0
SLOWER = 2.0  # times a plain start, where that is longer: a busy machine is no fault of the program
FROZEN_SECONDS = 2.0
FULL_SECONDS = 1.5
CATCH_UP_SECONDS = 15.0
HISTORY = 8


@dataclass(kw_only=True)
class Report:
    """What a run came to. In seconds: `plain` until all were ready at first; until a killed one was ready again,
    `at_rest` with nothing else to do, and `slowest` of all in the midst of writes.
    """

    database: str
    seed: int
    rounds: int = 0
    writes: int = 0
    unanswered: int = 0
    repeats: int = 0
    slowest: float = 0.0
    at_rest: float = 0.0
    plain: float = 0.0
    disasters: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    logs: str = ""


def run(*, folder: Path, postgres: bool, rounds: int, seed: int) -> Report:
    """Run until the rounds are over or one of them finds a violation."""
    report = Report(database="postgres" if postgres else "sqlite", seed=seed, logs=str(folder))
    chance = random.Random(seed)  # noqa: S311  (the same seed has the same disasters)
    with _running(folder, postgres=postgres) as world:
        report.plain = world.start_seconds
        _kill_at_rest(world, report)
        person = Person(world.addresses, seed)
        followers = [Follower(person, first) for first in range(2)]
        for follower in followers:
            follower.start()
        for number in range(1, rounds + 1):
            _round(world, person, report, chance, number)
            report.violations += _check(world, person, followers)
            sys.stderr.write(f"  {report.database}: round {number} of {rounds}: {report.steps[-1]}\n")
            sys.stderr.flush()
            if report.violations:
                break
        if world.postgres and not report.violations:
            report.violations += _storm(world, person, followers[0], report, chance)
        for follower in followers:
            follower.ended.set()
    report.steps = report.steps[-HISTORY:]
    report.writes, report.repeats = len(person.told), person.repeats
    report.unanswered = sum(told.claims is None for told in person.told)
    return report


@contextmanager
def _running(folder: Path, *, postgres: bool) -> Iterator[World]:
    world = World(folder, postgres=postgres)
    try:
        yield world
    finally:
        world.close()


def _kill_at_rest(world: World, report: Report) -> None:
    """Each backend once, before anybody writes: the aim is a fixed number of seconds, and load must not hide it."""
    report.at_rest = max(world.kill(number) for number in range(len(world.ports)))
    _judge(report, report.at_rest, world.start_seconds)


def _judge(report: Report, seconds: float, plain: float) -> None:
    if seconds > (allowed := max(READY_SECONDS, SLOWER * plain)):
        report.violations.append(f"late: ready {seconds:.1f} s after a kill, not within {allowed:.1f} s")


def _round(world: World, person: Person, report: Report, chance: random.Random, number: int) -> None:
    """Write beside the disaster, so that it falls into the midst of the writes."""
    name, disaster = chance.choice(sorted(disasters(world, report, chance).items()))
    writing = threading.Thread(target=person.write, args=(number, WRITES))
    writing.start()
    time.sleep(chance.uniform(0.0, 0.15))
    disaster()
    writing.join()
    report.rounds = number
    report.disasters[name] = report.disasters.get(name, 0) + 1
    report.steps.append(f"{WRITES} writes, {name}")


def disasters(world: World, report: Report, chance: random.Random) -> dict[str, Callable[[], None]]:
    """What can come over this world, by name."""
    index = chance.randrange(len(world.ports))
    late = f"+{chance.randint(1, 47)}h"

    def kill(numbers: list[int]) -> None:
        for number in numbers:
            seconds = world.kill(number)
            report.slowest = max(report.slowest, seconds)
            _judge(report, seconds, world.start_seconds)

    found: dict[str, Callable[[], None]] = {
        "kill -9": lambda: kill([index]),
        "frozen": lambda: world.freeze(index, FROZEN_SECONDS),
        "replaced one after another": world.replace_all,
        "schema one revision back, and up": world.change_schema,
    }
    if has_faketime():
        found["clock jumps"] = lambda: world.replace(index, clock=late)
    if world.postgres:
        found["database restarted at once"] = world.postgres.restart_at_once
        found["kill -9 of all"] = lambda: kill(list(range(len(world.ports))))
    else:
        found["disk full"] = lambda: world.fill_disk(FULL_SECONDS)
    return found


def _storm(world: World, person: Person, follower: Follower, report: Report, chance: random.Random) -> list[str]:
    """Many reminders at one instant, with the replicas and the database ended beneath them."""
    found = reminder_storm(world, person, follower, chance)
    report.disasters["storm of reminders"] = 1
    report.steps.append("a storm of reminders")
    sys.stderr.write(f"  {report.database}: a storm of reminders\n")
    return found


def _check(world: World, person: Person, followers: list[Follower]) -> list[str]:
    """Compare, once the followers have had time to catch up."""
    for index in range(len(world.ports)):
        world.wait_until_ready(index)
    tasks = person.tasks()
    rows = world.journal(person.id)
    deadline = time.monotonic() + CATCH_UP_SECONDS
    while any(len(follower.seen) < len(rows) for follower in followers) and time.monotonic() < deadline:
        time.sleep(0.05)
    streams = [list(follower.seen) for follower in followers]
    return [*person.failures, *violations(person.told, rows, tasks, streams)]

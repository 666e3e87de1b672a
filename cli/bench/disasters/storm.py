"""A thousand reminders at one instant over two replicas, which are killed meanwhile, as is the database."""

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence

import psycopg

from cli.bench.disasters.person import Follower, Person
from cli.bench.disasters.world import World
from cli.exits import CommandError, Exit

REMINDERS = 1000
A_REQUEST = 200  # lines that one request may have
AHEAD_SECONDS = 10  # until the backends, started anew, know of the instant
KILLS = 4
PATIENCE_SECONDS = 45.0
WAITING = "user_id = %s AND kind = 'reminder' AND state = 'waiting'"


def reminder_storm(world: World, person: Person, follower: Follower, chance: random.Random) -> list[str]:
    """Make the tasks, let them be due at once, kill this and that, and tell what was missed or shown twice."""
    tasks = _make(person, chance)
    _let_be_due(world, person)
    world.replace_all()  # a worker that starts looks at what others wrote
    ending = threading.Thread(target=_end_things, args=(world, random.Random(chance.random())))  # noqa: S311
    ending.start()
    deadline = time.monotonic() + AHEAD_SECONDS + PATIENCE_SECONDS
    while time.monotonic() < deadline and not tasks <= set(follower.reminded.values()):
        time.sleep(0.2)
    ending.join()
    time.sleep(1)  # what comes twice comes now
    return verdict(tasks, dict(follower.reminded), _kept(world, person))


def verdict(tasks: set[str], shown: Mapping[str, str], kept: Sequence[tuple[str, str]]) -> list[str]:
    """``shown`` are the tasks by notice id, ``kept`` the (task, state) of each row of the schedule. Pure."""
    count = Counter(task for task in shown.values() if task in tasks)
    states = Counter(state for task, state in kept if task in tasks)
    missed, twice = len(tasks - count.keys()), sum(times > 1 for times in count.values())
    found = [f"reminders: {missed} of {len(tasks)} were not shown"] if missed else []
    found += [f"reminders: {twice} were shown twice, under two ids"] if twice else []
    if states != {"sent": len(tasks)}:
        found.append(f"reminders: the schedule has {dict(states)}, not {len(tasks)} sent")
    return found


def _make(person: Person, chance: random.Random) -> set[str]:
    """Tasks with a time, far from now: each has one reminder that waits."""
    made: set[str] = set()
    name = chance.randrange(10**9)
    for start in range(0, REMINDERS, A_REQUEST):
        lines = [{"text": f"stormy {name} {start + index}"} for index in range(A_REQUEST)]
        answer = person.ask("POST", "/api/tasks/lines", {"lines": lines, "due": "2031-01-01T10:00", "timezone": "UTC"})
        made |= {item["id"] for item in answer["items"]}
    if len(made) != REMINDERS:
        raise CommandError(f"{len(made)} tasks were made for {REMINDERS} reminders.", code=Exit.FAILED)
    return made


def _let_be_due(world: World, person: Person) -> None:
    with psycopg.connect(_address(world)) as connection:
        moment = f"now() + interval '{AHEAD_SECONDS} seconds'"
        statement = f"UPDATE reminder_due SET due_at = {moment}, next_at = {moment} WHERE {WAITING}"  # noqa: S608
        connection.execute(statement.encode(), (person.id,))


def _end_things(world: World, chance: random.Random) -> None:
    """From about the instant on: either replica, or the database, a few times."""
    time.sleep(max(0.0, AHEAD_SECONDS - 2 * world.start_seconds) + chance.uniform(0, 1))
    for _ in range(KILLS):
        chosen = chance.randrange(len(world.ports) + 1)
        if chosen < len(world.ports):
            world.kill(chosen)
        elif world.postgres:
            world.postgres.restart_at_once()
        time.sleep(chance.uniform(0, 0.3))


def _kept(world: World, person: Person) -> list[tuple[str, str]]:
    query = b"SELECT task_id, state FROM reminder_due WHERE user_id = %s AND kind = 'reminder' AND channel = 'page'"
    with psycopg.connect(_address(world)) as connection:
        return [(str(task), str(state)) for task, state in connection.execute(query, (person.id,))]


def _address(world: World) -> str:
    assert world.postgres is not None  # noqa: S101  (a storm is of two replicas, which SQLite has not)
    return world.postgres.address

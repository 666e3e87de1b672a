"""A backend with reminders to come: their moments are set in its database, what it does is seen from outside."""

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import ProxyHandler, build_opener

from sqlalchemy import ColumnElement, Engine, create_engine, func, make_url, select, update

from backend.reminders.models import ReminderDue
from cli.bench.client import Request, apply_load, request
from cli.bench.fairness.postgres import temporary_postgres
from cli.bench.reminders.rows import Row, added_cost
from cli.bench.seed import Account, add_tasks, sign_up
from cli.bench.speed import BACKEND, running
from cli.exits import CommandError, Exit
from cli.progress import row
from cli.servers.folder import Server

AHEAD = timedelta(seconds=63)  # a backend sees what others wrote to its database within a minute
IDLE_SECONDS = 40.0
WRITES, ROUNDS = 100, 7
LOST_SECONDS = 60.0
CYCLES = 'todo_reminder_cycles_total{outcome="done"}'


def measure(names: Sequence[str], *, count: int) -> list[Row]:
    """Every row on each of these databases. Raises CommandError where one cannot be had, or a reminder never came."""
    rows: list[Row] = []
    for name in names:
        with _backend(name) as (server, engine, folder, address):
            account = sign_up(server.address, name="reminded")
            rows += _on(name, server, engine, account, folder=folder, address=address, count=count)
    return rows


@contextmanager
def _backend(name: str) -> Iterator[tuple[Server, Engine, Path, str | None]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="todo-bench-")))
        address = stack.enter_context(temporary_postgres()) if name == "postgres" else None
        secret = {"BETTER_AUTH_SECRET": "only-for-this-measurement-0123456789"}
        server = stack.enter_context(running(BACKEND, folder=folder, DATABASE_URL=address or "", **secret))
        url = make_url(address or f"sqlite:///{folder / 'todo.db'}")
        engine = create_engine(url.set(drivername="postgresql+psycopg") if address else url)
        stack.callback(engine.dispose)
        yield server, engine, folder, address


def _on(
    name: str, server: Server, engine: Engine, account: Account, *, folder: Path, address: str | None, count: int
) -> list[Row]:
    with row(f"{name}: writing tasks with and without a reminder"):
        cost = _cost(server, account)
    with row(f"{name}: one reminder, after an idle minute"):
        _send(server, _task(account, "one", due="2031-01-01T10:00"))
        moment = _due_soon(engine, account)
        busy, looks = _idle(server, seconds=IDLE_SECONDS)
        alone = _wait_until_sent(engine, account, moment)
    with row(f"{name}: {count:,} reminders at one instant"):
        add_tasks(account, count=count, data=folder, address=address, timed=True)
        at_once = _wait_until_sent(engine, account, _due_soon(engine, account))
    aims = [
        ("lateness of one, in seconds", alone, "s", 1.0),
        (f"lateness of the last of {count:,}", at_once, "s", 5.0),
        ("an idle schedule, of one core", 100 * busy, "%", 1.0),
        ("an idle schedule, looks a second", looks, "", 1.0),
        ("what a reminder adds to a task's write", cost, "%", 10.0),
    ]
    return [Row(database=name, name=what, value=value, unit=unit, aim=aim) for what, value, unit, aim in aims]


def _task(account: Account, title: str, *, due: str | None = None) -> Request:
    body = {"title": title, **({"due": due, "timezone": "UTC"} if due else {})}
    return request("POST", "/api/tasks", token=account.token, body=json.dumps(body).encode(), status=201)


def _send(server: Server, wanted: Request) -> None:
    apply_load(server.port, [wanted], connections=1)


def _cost(server: Server, account: Account) -> float:
    """Rounds of writes in pairs: a busy machine is as busy for both. The dated ones differ in their reminder alone."""
    plain, reminding = _task(account, "task", due="2031-01-01"), _task(account, "task", due="2031-01-01T10:00")
    seconds: list[tuple[float, float]] = []
    apply_load(server.port, [plain, reminding] * 20, connections=1)  # warm
    for _ in range(ROUNDS):
        one = apply_load(server.port, [plain] * WRITES, connections=1).seconds
        seconds.append((one, apply_load(server.port, [reminding] * WRITES, connections=1).seconds))
    return added_cost([one for one, _ in seconds], [other for _, other in seconds])


def _due_soon(engine: Engine, account: Account) -> datetime:
    """Let what waits be due at one instant (UTC) to come, in the database itself; the digest stays where it is."""
    moment = datetime.now(UTC) + AHEAD
    waiting = update(ReminderDue).where(*_waiting(account))
    with engine.begin() as connection:
        connection.execute(waiting.values(due_at=moment, next_at=moment))
    return moment


def _waiting(account: Account) -> tuple[ColumnElement[bool], ...]:
    return (ReminderDue.user_id == account.user_id, ReminderDue.kind == "reminder", ReminderDue.state == "waiting")


def _wait_until_sent(engine: Engine, account: Account, moment: datetime) -> float:
    """How many seconds after ``moment`` the last of them was committed as sent."""
    left = select(func.count()).select_from(ReminderDue).where(*_waiting(account))
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))
    while True:
        with engine.connect() as connection:
            count = connection.scalar(left)
        late = (datetime.now(UTC) - moment).total_seconds()
        if not count:
            return late
        if late > LOST_SECONDS:
            raise CommandError(f"{count} reminders did not come within a minute.", code=Exit.FAILED)
        time.sleep(0.02)


def _idle(server: Server, *, seconds: float) -> tuple[float, float]:
    """What share of a core the backend uses, and how often a second it looks at the database."""
    time.sleep(2)  # what the last write left to do
    used, looks, begun = _processor_seconds(server), _metric(server, CYCLES), time.monotonic()
    time.sleep(seconds)
    took = time.monotonic() - begun
    return (_processor_seconds(server) - used) / took, (_metric(server, CYCLES) - looks) / took


def _processor_seconds(server: Server) -> float:
    """Of user and system time, as Linux counts it (proc(5))."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _metric(server: Server, name: str) -> float:
    with build_opener(ProxyHandler({})).open(f"{server.address}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    found = [line.rpartition(" ")[2] for line in text.splitlines() if line.startswith(name)]
    if not found:
        raise CommandError(f"{name} is not in /metrics.", code=Exit.FAILED)
    return float(found[0])

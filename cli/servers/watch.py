"""Watches the servers of a data folder and starts again what has ended, at a terminal or (`--detach`) without one."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cli.environment import locked
from cli.exits import CommandError
from cli.servers import restarts
from cli.servers.folder import DataFolder, Server, Watcher, read_servers, write_servers
from cli.servers.processes import is_running
from cli.servers.readiness import died
from cli.servers.start import Plan, start_one

POLL_SECONDS = 0.3


@dataclass(kw_only=True)
class Watch:
    """The servers as they run now. `plans` say how each is started; `limit` how often in ten minutes.

    One that ends in the first `trial` seconds is not started again: it failed to start, and a person sees it.
    """

    folder: DataFolder
    plans: Sequence[Plan]
    servers: list[Server]
    watcher: Watcher
    limit: int
    ends: dict[str, list[float]] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    replaced: bool = False
    trial: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def run(self) -> CommandError | None:
        """Watch until another command stopped the servers: None; or until one ends too often: the reason."""
        while self.folder.record.exists() and not self.replaced:
            for index, server in enumerate(self.servers):
                reason = self._look_at(index, server)
                if reason is not None:
                    return reason if self._is_ours() else None
            time.sleep(POLL_SECONDS)
        return None

    def _look_at(self, index: int, server: Server) -> CommandError | None:
        now = time.monotonic()
        if server.name in self.due:
            if now >= self.due[server.name]:
                self._start_again(index)
        elif not is_running(server.process):
            return self._plan_restart(server, now)
        return None

    def _plan_restart(self, server: Server, now: float) -> CommandError | None:
        """Note that the server ended and when it starts again; the reason to give up, if it is not to."""
        ends = self.ends.setdefault(server.name, [])
        ends.append(now)
        seconds = restarts.pause(ends, now=now, limit=self.limit)
        if seconds is None or now - self.began < self.trial:
            often = f" {len(ends)} times" if len(ends) > 1 else ""
            return died(server, f"ended by itself{often}")
        self.due[server.name] = now + seconds
        if self._is_ours():
            say(died(server, f"ended by itself, and is started again in {seconds:.0f} s").message)
        return None

    def _start_again(self, index: int) -> None:
        """Start the server and record it, unless another command has stopped or replaced it meanwhile."""
        with locked(self.folder.path, waiting="Waiting for another ./todo …"):
            self.replaced = read_servers(self.folder) != self.servers
            if self.replaced:
                return
            plan = next(plan for plan in self.plans if plan.name == self.servers[index].name)
            self.servers[index] = start_one(plan, folder=self.folder)
            self.watcher = replace(self.watcher, restarts=self.watcher.restarts + 1)
            write_servers(self.folder, self.servers, watcher=self.watcher)
        del self.due[self.servers[index].name]

    def _is_ours(self) -> bool:
        """Whether the servers ended by themselves: `./todo down` holds the folder until they are gone and forgotten."""
        with locked(self.folder.path, waiting="Stopping …"):
            return read_servers(self.folder) == self.servers


def say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n")
    sys.stderr.flush()

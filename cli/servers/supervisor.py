"""The process that watches detached servers: `./todo up --detach` starts it, and it outlives the terminal."""

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path

from cli.environment import ROOT, RUN, locked
from cli.servers import chores, processes
from cli.servers.folder import DataFolder, Server, Watcher, open_folder, read_servers, read_watcher, write_servers
from cli.servers.start import Plan
from cli.servers.watch import Watch, say

PLANS = "TODO_UP_PLANS"  # in the environment, which other users cannot read


def start(plans: list[Plan], servers: list[Server], *, folder: DataFolder, limit: int) -> None:
    """Start the supervisor and record it. Hold the folder."""
    log = folder.log("supervisor")
    command = [str(RUN.python), "-m", "cli.servers.supervisor", str(folder.path), str(limit)]
    environment = os.environ | {PLANS: json.dumps([asdict(plan) | {"folder": str(plan.folder)} for plan in plans])}
    process = processes.start(command, folder=ROOT, environment=environment, log=log)
    write_servers(folder, servers, watcher=Watcher(process=process, log=log))


def main() -> None:
    """Watch what the record names, as long as the record names this process."""
    folder, limit = open_folder(Path(sys.argv[1])), int(sys.argv[2])
    plans = [_plan(entry) for entry in json.loads(os.environ.pop(PLANS))]
    with locked(folder.path, waiting="Waiting until all is started …"):
        servers, watcher = read_servers(folder), read_watcher(folder)
    if watcher is None or watcher.process.pid != os.getpid():
        say("Another command has replaced what was to be watched.")
        return
    say("Watching " + " and ".join(f"the {server.name} on port {server.port}" for server in servers) + ".")
    chores.begin(folder)
    watch = Watch(folder=folder, plans=plans, servers=servers, watcher=watcher, limit=limit)
    reason = watch.run()
    if reason is not None:
        give_up(watch, reason.message)


def give_up(watch: Watch, reason: str) -> None:
    """Stop the others, and leave the reason in the record for `./todo status`."""
    say(f"{reason}\nIt is not started again.")
    with locked(watch.folder.path, waiting="Stopping …"):
        if read_servers(watch.folder) == watch.servers:
            processes.stop([server.process for server in watch.servers])
            write_servers(watch.folder, watch.servers, watcher=replace(watch.watcher, gave_up=reason))


def _plan(entry: dict[str, object]) -> Plan:
    command, environment = entry["command"], entry["environment"]
    assert isinstance(command, list)  # noqa: S101  (we wrote it)
    assert isinstance(environment, dict)  # noqa: S101
    return Plan(
        name=str(entry["name"]),
        command=tuple(map(str, command)),
        folder=Path(str(entry["folder"])),
        environment=environment,
        port=int(str(entry["port"])),
    )


if __name__ == "__main__":
    main()

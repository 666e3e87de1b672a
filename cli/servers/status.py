"""`./todo status`: what runs on a data folder, and where."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.servers.folder import DataFolder, Server, Watcher, open_folder, read_servers, read_watcher
from cli.servers.processes import is_running
from cli.servers.readiness import answers


def command(
    *,
    data: Annotated[Path | None, typer.Option(help="The data folder. Default: .todo in the checkout.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what runs on the data folder. Exit code 0: all answers; 6: something died; 8: nothing runs."""
    folder = open_folder(data)
    states = [describe(server) for server in read_servers(folder)]
    watch = describe_watch(read_watcher(folder))
    answer = {"data": str(folder.path), "servers": states, "watch": watch}
    print(json.dumps(answer, indent=2) if as_json else table(folder, states, watch))
    raise typer.Exit(int(verdict(states, watch)))


def describe(server: Server) -> dict[str, object]:
    """The server as it is now. `state`: answering, silent (it runs but does not answer) or ended."""
    running = is_running(server.process)
    state = "ended" if not running else "answering" if answers(server) else "silent"
    return {
        "name": server.name,
        "state": state,
        "address": server.address,
        "pid": server.process.pid,
        "log": str(server.log),
    }


def describe_watch(watcher: Watcher | None) -> dict[str, object] | None:
    """Who starts ended servers again. `state`: watching, ended, or gave up for the `reason`; None if nobody was to."""
    if watcher is None:
        return None
    state = "gave up" if watcher.gave_up else "watching" if is_running(watcher.process) else "ended"
    return {
        "state": state,
        "pid": watcher.process.pid,
        "restarts": watcher.restarts,
        "reason": watcher.gave_up or None,
        "log": str(watcher.log) if watcher.log else None,
    }


def verdict(states: list[dict[str, object]], watch: dict[str, object] | None = None) -> Exit:
    """The exit code that the states amount to."""
    found = {state["state"] for state in states}
    if found and watch and watch["state"] == "gave up":
        return Exit.SERVER_DIED
    if not found or found == {"ended"}:
        return Exit.NOT_RUNNING
    return Exit.DONE if found == {"answering"} else Exit.SERVER_DIED


def table(folder: DataFolder, states: list[dict[str, object]], watch: dict[str, object] | None = None) -> str:
    if not states:
        return f"Nothing runs on {folder.path}."
    rows = [f"{s['name']:<8} {s['state']:<10} {s['address']}  process {s['pid']}  {s['log']}" for s in states]
    return "\n".join(rows + ([sentence(watch)] if watch else []))


def sentence(watch: dict[str, object]) -> str:
    """What the watch is about, for a person."""
    if watch["state"] == "gave up":
        return f"Given up after {watch['restarts']} restarts: {watch['reason']}\n`./todo up` starts it anew."
    if watch["state"] == "ended":
        return "Nothing starts again what ends: the process that watched is gone. `./todo down` and `up` mend that."
    return f"Watched by process {watch['pid']}, which has started a server again {watch['restarts']} times."

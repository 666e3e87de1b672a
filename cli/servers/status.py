"""`./todo status`: what runs on a data folder, and where."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit
from cli.servers.folder import DataFolder, Server, open_folder, read_servers
from cli.servers.processes import is_running
from cli.servers.waiting import answers


def command(
    *,
    data: Annotated[Path | None, typer.Option(help="The data folder. Default: .todo in the checkout.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what runs on the data folder. Exit code 0: all answers; 6: something died; 8: nothing runs."""
    folder = open_folder(data)
    states = [describe(server) for server in read_servers(folder)]
    print(json.dumps({"data": str(folder.path), "servers": states}, indent=2) if as_json else table(folder, states))
    raise typer.Exit(int(verdict(states)))


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


def verdict(states: list[dict[str, object]]) -> Exit:
    """The exit code that the states amount to."""
    found = {state["state"] for state in states}
    if not found or found == {"ended"}:
        return Exit.NOT_RUNNING
    return Exit.DONE if found == {"answering"} else Exit.SERVER_DIED


def table(folder: DataFolder, states: list[dict[str, object]]) -> str:
    if not states:
        return f"Nothing runs on {folder.path}."
    rows = [f"{s['name']:<8} {s['state']:<10} {s['address']}  process {s['pid']}  {s['log']}" for s in states]
    return "\n".join(rows)

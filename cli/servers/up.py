"""`./todo up`: the backend and the page on this machine."""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from cli.backups import watch
from cli.backups.daily import DailyBackup
from cli.backups.damage import require_whole
from cli.environment import locked
from cli.exits import CommandError, Exit
from cli.servers import node, page, ports
from cli.servers.folder import DataFolder, Server, open_folder, read_servers
from cli.servers.processes import is_running
from cli.servers.starting import plan_backend, plan_page, start_all, stop_all
from cli.servers.waiting import died

POLL_SECONDS = 0.3


def command(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the page.")] = 3000,
    api_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the backend.")] = 8000,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps everything. Default: .todo in the checkout.")
    ] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return once both answer, and leave them running.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the addresses as JSON.")] = False,
) -> None:
    """Start Todo Chatbot on this machine: builds the page if need be, and migrates the database.

    Ctrl-C stops it. With --detach it stays until `./todo down`.
    """
    folder = open_folder(data)
    servers = start(folder=folder, port=port, api_port=api_port)
    report(servers, folder=folder, detach=detach, as_json=as_json)
    if detach:
        watch.start(folder)
    else:
        stay(servers, folder=folder)


def start(*, folder: DataFolder, port: int, api_port: int) -> list[Server]:
    """Start both servers on the folder and return once they answer. Raises CommandError."""
    if port == api_port:
        raise CommandError(f"The page and the backend cannot both have port {port}.", code=Exit.USAGE)
    make_folder(folder)
    with locked(folder.path, waiting=f"Waiting for another ./todo that starts or stops {folder.path} …"):
        require_not_running(folder)
        ports.require_free(port, option="--port")
        ports.require_free(api_port, option="--api-port")
        require_whole(folder)
        program = node.find_node()
        release = page.make_ready(logs=folder.path / "logs", copy=folder.path / "page")
        plans = [
            plan_backend(data=folder.path, port=api_port),
            plan_page(node=program, release=release, port=port, api_port=api_port),
        ]
        return start_all(plans, folder=folder)


def make_folder(folder: DataFolder) -> None:
    """Make the data folder unless it is there, and see that it can be written."""
    try:
        folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)  # one that stands is the backend's to look at
        with tempfile.TemporaryFile(dir=folder.path):
            pass
    except OSError as error:
        sentence = f"The data folder {folder.path} cannot be written ({error.strerror}): choose another with --data."
        raise CommandError(sentence, code=Exit.USAGE) from error


def require_not_running(folder: DataFolder) -> None:
    """Refuse if all of it runs; clear away what is left of a start or a run that ended badly."""
    servers = read_servers(folder)
    running = [server for server in servers if is_running(server.process)]
    if servers and running == servers:
        option = "" if folder == open_folder(None) else f" --data {folder.path}"
        raise CommandError(
            f"It runs already on {folder.path}: {servers[-1].address} (`./todo down{option}` stops it).",
            code=Exit.ALREADY_RUNNING,
        )
    stop_all(running, folder=folder)


def report(servers: list[Server], *, folder: DataFolder, detach: bool, as_json: bool) -> None:
    api, site = servers
    if as_json:
        print(json.dumps({"address": site.address, "api": api.address, "data": str(folder.path)}), flush=True)
        return
    print(f"Todo Chatbot runs at {site.address}", flush=True)
    sys.stderr.write(f"Data and logs: {folder.path}\n" + ("" if detach else "Ctrl-C stops it.\n"))


def stay(servers: list[Server], *, folder: DataFolder) -> None:
    """Return when stopped by Ctrl-C or `./todo down`. Raises CommandError if a server ends by itself."""
    back_up = DailyBackup(folder, sys.stderr.write)
    try:
        while all(is_running(server.process) for server in servers):
            back_up()
            time.sleep(POLL_SECONDS)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopping …\n")
        stop_all(servers, folder=folder)
        sys.stderr.write("Stopped.\n")
        return
    with locked(folder.path, waiting="Stopping …"):  # `./todo down` holds it until both are gone and forgotten
        if read_servers(folder) != servers:
            sys.stderr.write("Stopped by ./todo down.\n")
            return
        ended = next(server for server in servers if not is_running(server.process))
        stop_all(servers, folder=folder)
    raise died(ended, "ended by itself")

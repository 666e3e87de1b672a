"""`./todo up`: the backend and the page on this machine."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli.backups.damage import require_whole
from cli.environment import locked
from cli.exits import CommandError, Exit
from cli.servers import chores, node, page, ports, restarts, supervisor
from cli.servers.folder import DataFolder, Server, Watcher, open_folder, read_servers, write_servers
from cli.servers.processes import Process, birth_of, is_running
from cli.servers.start import Plan, plan_backend, plan_page, start_all, stop_all
from cli.servers.watch import Watch

TRIAL_SECONDS = 5.0


def command(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the page.")] = 3000,
    api_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the backend.")] = 8000,
    data: Annotated[
        Path | None, typer.Option(help="Folder that keeps everything. Default: .todo in the checkout.")
    ] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return once both answer, and leave them running.")] = False,
    limit: Annotated[
        int,
        typer.Option(
            "--restarts", min=0, max=1000, help="How often in ten minutes a server that ends is started again."
        ),
    ] = restarts.LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the addresses as JSON.")] = False,
) -> None:
    """Start Todo Chatbot on this machine: builds the page if need be, and migrates the database.

    Ctrl-C stops it. With --detach it stays until `./todo down`. Either way a server that ends is started again,
    after 1 s at first and up to 60 s later; one that ends too often takes the other with it.
    """
    folder = open_folder(data)
    watch = start(folder=folder, port=port, api_port=api_port, detach=detach, limit=limit)
    report(watch.servers, folder=folder, detach=detach, as_json=as_json)
    if not detach:
        stay(watch)


def start(*, folder: DataFolder, port: int, api_port: int, detach: bool = False, limit: int = restarts.LIMIT) -> Watch:
    """Start both servers on the folder and return once they answer, with what is to watch them. Raises CommandError."""
    if port == api_port:
        raise CommandError(f"The page and the backend cannot both have port {port}.", code=Exit.USAGE)
    make_folder(folder)
    with locked(folder.path, waiting=f"Waiting for another ./todo that starts or stops {folder.path} …"):
        require_not_running(folder)
        ports.require_free(port, option="--port")
        ports.require_free(api_port, option="--api-port")
        require_whole(folder)
        plans = make_plans(folder=folder, port=port, api_port=api_port)
        servers = start_all(plans, folder=folder)
        watcher = Watcher(process=Process(pid=os.getpid(), birth=birth_of(os.getpid()) or ""))
        if detach:
            supervisor.start(plans, servers, folder=folder, limit=limit)
        else:
            write_servers(folder, servers, watcher=watcher)
        return Watch(folder=folder, plans=plans, servers=servers, watcher=watcher, limit=limit, trial=TRIAL_SECONDS)


def make_plans(*, folder: DataFolder, port: int, api_port: int) -> list[Plan]:
    """How the backend and the page are started; the page is built if need be."""
    program = node.find_node()
    release = page.make_ready(logs=folder.path / "logs", copy=folder.path / "page")
    return [
        plan_backend(data=folder.path, port=api_port, page_port=port),
        plan_page(node=program, release=release, port=port, api_port=api_port),
    ]


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


def stay(watch: Watch) -> None:
    """Return when stopped by Ctrl-C or `./todo down`. Raises CommandError if a server ends too often by itself."""
    chores.begin(watch.folder)
    try:
        reason = watch.run()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopping …\n")
        stop_all(watch.servers, folder=watch.folder)
        sys.stderr.write("Stopped.\n")
        return
    if reason is None:
        sys.stderr.write("Stopped by ./todo down.\n")
        return
    with locked(watch.folder.path, waiting="Stopping …"):
        stop_all(watch.servers, folder=watch.folder)
    raise reason

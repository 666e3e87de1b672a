"""`./todo down`: stop the servers of a data folder."""

from pathlib import Path
from typing import Annotated

import typer

from cli.environment import locked
from cli.progress import row
from cli.servers.folder import open_folder, read_servers
from cli.servers.processes import is_running
from cli.servers.start import stop_all, supervisors


def command(
    *,
    data: Annotated[Path | None, typer.Option(help="The data folder. Default: .todo in the checkout.")] = None,
) -> None:
    """Stop what `./todo up` started on the data folder. Nothing to stop is no error."""
    folder = open_folder(data)
    if not folder.record.exists():
        print(f"Nothing runs on {folder.path}.")
        return
    with locked(folder.path, waiting=f"Waiting for another ./todo that starts or stops {folder.path} …"):
        servers = read_servers(folder)
        running = [server for server in servers if is_running(server.process)]
        ran = bool(running or supervisors(folder))
        with row("Stopping"):
            stop_all(running, folder=folder)
    print("Stopped." if ran else f"Nothing ran on {folder.path} any more.")

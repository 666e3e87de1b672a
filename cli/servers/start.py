"""Starts the backend and the page on a data folder, both or neither."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.environment import ROOT, RUN
from cli.progress import row
from cli.servers import processes
from cli.servers.folder import DataFolder, Server, forget_servers, read_watcher, write_servers
from cli.servers.readiness import wait_until_answering


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A server to start: argv is data, made here and run elsewhere."""

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    port: int


def plan_backend(*, data: Path, port: int, page_port: int | None = None, application: str = "backend.main:app") -> Plan:
    """Uvicorn over the backend, which migrates its own database at start; with where its mails find the page."""
    command = [str(RUN.python), "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port)]
    command += ["--no-access-log"]  # the backend logs its own requests
    command += ["--timeout-graceful-shutdown", "3"]  # event streams never end by themselves
    environment = {"TODO_DATA": str(data)}
    if page_port is not None:
        environment["TODO_PAGE_URL"] = f"http://127.0.0.1:{page_port}"
    return Plan(name="backend", command=tuple(command), folder=ROOT, environment=environment, port=port)


def plan_page(*, node: str, release: Path, port: int, api_port: int) -> Plan:
    """Next.js's standalone server, told at run time where the backend is."""
    environment = {
        "HOSTNAME": "127.0.0.1",
        "PORT": str(port),
        "NEXT_PUBLIC_API_URL": f"http://127.0.0.1:{api_port}",
        "NODE_ENV": "production",
    }
    return Plan(name="page", command=(node, "server.js"), folder=release, environment=environment, port=port)


def start_all(plans: list[Plan], *, folder: DataFolder) -> list[Server]:
    """Start every server, record them, and return once all answer. If anything goes wrong, none stays.

    Raises CommandError: a server ended, or did not answer in time.
    """
    servers: list[Server] = []
    try:
        for plan in plans:
            servers.append(start_one(plan, folder=folder))
            write_servers(folder, servers)
        for server in servers:
            with row(f"Starting the {server.name} on port {server.port}"):
                wait_until_answering(server)
    except BaseException:
        stop_all(servers, folder=folder)
        raise
    return servers


def stop_all(servers: list[Server], *, folder: DataFolder) -> None:
    """Stop the servers and their supervisor, and forget them once they are gone."""
    processes.stop([*supervisors(folder), *(server.process for server in servers)])
    forget_servers(folder)


def supervisors(folder: DataFolder) -> list[processes.Process]:
    """The supervisor if one runs; a `./todo up` at a terminal is none: it ends once the servers are gone."""
    watcher = read_watcher(folder)
    return [watcher.process] if watcher and watcher.log and processes.is_running(watcher.process) else []


def start_one(plan: Plan, *, folder: DataFolder) -> Server:
    """Start the server, its output going to its log in the folder; it may not answer yet."""
    log = folder.log(plan.name)
    environment = os.environ | plan.environment
    process = processes.start(plan.command, folder=plan.folder, environment=environment, log=log)
    return Server(name=plan.name, process=process, port=plan.port, log=log)

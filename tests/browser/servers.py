"""The real backend and the real page, as processes on free ports."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from cli.environment import ROOT
from cli.servers.node import find_node

HOST = "127.0.0.1"
START_SECONDS = 60.0
STOP_SECONDS = 15.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(kw_only=True)
class Program:
    """A server's process; it can be stopped and started again on its port."""

    command: list[str]
    folder: Path
    environment: Mapping[str, str]
    health: str
    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start it and return once it answers."""
        command = [part.format(port=self.port) for part in self.command]
        environment = os.environ | {name: text.format(port=self.port) for name, text in self.environment.items()}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def stop(self) -> float:
        """Ask it to end, and wait; the seconds that it took."""
        if self.process is None:
            return 0.0
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        return time.monotonic() - started

    def _answers(self) -> bool:
        try:
            return httpx.get(self.address + self.health, timeout=2.0).is_success
        except httpx.TransportError:
            return False


def backend_on(data: Path, **variables: str) -> Program:
    command = [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", "{port}"]
    return Program(
        command=[*command, "--timeout-graceful-shutdown", "1"],
        folder=ROOT,
        environment={"TODO_DATA": str(data), "DATABASE_URL": "", "LOG_LEVEL": "WARNING", **variables},
        health="/ready",
        log=data / "backend.log",
    )


def page_for(address: str, *, release: Path, log: Path) -> Program:
    """The page's release, told at run time that the backend is at ``address``."""
    environment = {"PORT": "{port}", "HOSTNAME": HOST, "NEXT_PUBLIC_API_URL": address, "NODE_ENV": "production"}
    return Program(command=[find_node(), "server.js"], folder=release, environment=environment, health="/", log=log)


@dataclass(frozen=True, kw_only=True)
class Site:
    """A page and the backend behind it."""

    backend: Program
    page: Program

    @property
    def address(self) -> str:
        return self.page.address

    def start(self) -> None:
        self.backend.start()
        self.page.start()

    def stop(self) -> None:
        self.page.stop()
        self.backend.stop()


def site_on(data: Path, *, release: Path, **variables: str) -> Site:
    """``variables`` are more of the backend's environment."""
    backend = backend_on(data, **variables)
    return Site(backend=backend, page=page_for(backend.address, release=release, log=data / "page.log"))

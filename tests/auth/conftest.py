"""The backend in the process, the backend in a process of its own, and Better Auth itself to compare with."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx
import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.conftest import SECRET, VARIABLES
from tests.support.mailbox import Mailbox, mailbox
from tests.support.people import PAGE

ROOT = Path(__file__).resolve().parents[2]
CLIENT = Path(__file__).parent / "client"


def settings_like(settings: Settings, **values: object) -> Settings:
    """The settings of the test with some of them otherwise."""
    same = {"TODO_DATA": settings.data, "database_url": settings.database_url, "log_level": settings.log_level}
    return Settings.model_validate({**same, "better_auth_secret": settings.better_auth_secret, **values})


@asynccontextmanager
async def started(app: FastAPI) -> AsyncIterator[None]:
    """The app within its lifespan, its database migrated."""
    async with app.router.lifespan_context(app):
        await asyncio.wait_for(app.state.migrated.wait(), timeout=30)
        yield


def browser_of(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    """A client with a cookie jar of its own, such as a browser that looks at the page."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE, headers=headers)


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(app) as client:
        yield client


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(argv: list[str], address: str, **environment: str) -> Iterator[None]:
    """Run a server until the block ends; fails with its output when it does not answer within 30 seconds."""
    env = {key: value for key, value in os.environ.items() if key not in VARIABLES}
    with TemporaryFile("w+") as output:  # a pipe that nobody reads would stop the server once it is full
        process = subprocess.Popen(argv, cwd=ROOT, env=env | environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_for(process, address, output)
            yield
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_for(process: subprocess.Popen[bytes], address: str, output: IO[str]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            httpx.get(address, timeout=2)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    output.seek(0)
    pytest.fail(f"{process.args!r} did not answer at {address}:\n{output.read()[-2000:]}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real backend, under uvicorn."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    argv = [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", str(port), "--log-level", "warning"]
    data = str(tmp_path_factory.mktemp("data"))
    with running(argv, f"{address}/ready", TODO_DATA=data, BETTER_AUTH_SECRET=SECRET):
        yield address


@pytest.fixture(scope="module")
def post_office() -> Iterator[Mailbox]:
    """A mail server."""
    with mailbox() as box:
        yield box


@pytest.fixture(scope="session")
def better_auth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Better Auth's package, installed from its lock if it is not yet."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: install Node 20 to compare with Better Auth's own package")
    if not (CLIENT / "node_modules" / "@better-auth" / "passkey").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=CLIENT, check=True, timeout=300)
    return CLIENT


@pytest.fixture(scope="module")
def official(better_auth: Path) -> Iterator[str]:
    """The address of Better Auth's own server, over a database in memory."""
    with _official(better_auth, "127.0.0.1") as address:
        yield address


@pytest.fixture(scope="module")
def official_by_name(better_auth: Path) -> Iterator[str]:
    """The same by a host name, to which passkeys belong."""
    with _official(better_auth, "localhost") as address:
        yield address


@contextmanager
def _official(folder: Path, host: str) -> Iterator[str]:
    port = free_port()
    address = f"http://{host}:{port}"
    argv = ["node", str(folder / "official.mjs"), str(port), address, SECRET]
    with running(argv, f"{address}/api/auth/ok"):
        yield address

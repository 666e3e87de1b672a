"""The backend in a process of its own, under uvicorn, as it runs for real."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.support.backend import SECRET, VARIABLES

PASSWORD = "correct horse battery"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """A running backend: its address, its process and the file of its output."""

    address: str
    process: subprocess.Popen[bytes]
    output: Path

    def text(self) -> str:
        return self.output.read_text()


@contextmanager
def serving(
    data: Path, database_url: str, *, path: str = "/ready", output: Path | None = None, **variables: str
) -> Iterator[Server]:
    """A server until the block ends. Fails with its output when ``path`` does not answer 200 within 30 seconds."""
    with starting(data, database_url, output=output, **variables) as server:
        wait_for(server, path)
        yield server


@contextmanager
def starting(data: Path, database_url: str, *, output: Path | None = None, **variables: str) -> Iterator[Server]:
    """A server that has just been started; ``output`` is where its log goes, else a file in the folder."""
    data.mkdir(parents=True, exist_ok=True)
    port = free_port()
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    env |= {"TODO_DATA": str(data), "DATABASE_URL": database_url, "BETTER_AUTH_SECRET": SECRET, **variables}
    argv = [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", str(port), "--app-dir", str(ROOT)]
    output = output or data / f"output-{port}"
    with output.open("wb") as file:
        process = subprocess.Popen(argv, cwd=data, env=env, stdout=file, stderr=subprocess.STDOUT)
    try:
        yield Server(f"http://127.0.0.1:{port}", process, output)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(server: Server, path: str) -> None:
    """Return once ``path`` answers 200; fails with the server's output after 30 seconds."""
    for _ in range(300):
        if server.process.poll() is not None:
            break
        try:
            if httpx.get(server.address + path, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the backend did not answer:\n{server.text()[-3000:]}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@asynccontextmanager
async def signed_up(address: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a new user's, signed up through the protocol."""
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        body = {"name": "Person", "email": f"p{time.time_ns()}@example.com", "password": PASSWORD}
        answer = await client.post("/api/auth/sign-up/email", json=body)
        assert answer.status_code == 200, answer.text
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        client.cookies.clear()
        yield client

"""A real backend under uvicorn, and someone who has just signed up there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx

from tests.auth.conftest import free_port, running
from tests.conftest import SECRET


@contextmanager
def real_backend(data: Path, *, port: int | None = None) -> Iterator[str]:
    """Its address."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    argv = [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", str(port), "--log-level", "warning"]
    with running(argv, f"{address}/ready", TODO_DATA=str(data), BETTER_AUTH_SECRET=SECRET):
        yield address


def new_token(address: str, *, scope: str = "write") -> str:
    """A token of someone new."""
    with httpx.Client(base_url=address) as browser:
        body = {"name": "N", "email": f"{uuid4().hex}@example.com", "password": "long enough"}
        session = browser.post("/api/auth/sign-up/email", json=body).json()["token"]
        bearer = {"Authorization": f"Bearer {session}"}
        made = browser.post("/api/tokens", json={"name": "test", "scope": scope}, headers=bearer)
        return str(made.json()["token"])

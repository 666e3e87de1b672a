"""The server that suites are run against: a new one on this machine, with accounts of its own."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from cli.bench.seed import sign_up
from cli.bench.speed import BACKEND, running


@dataclass(frozen=True, kw_only=True)
class Target:
    """A server, and one account on it: its session and its personal access token, which may change the list."""

    address: str
    email: str
    user_id: str
    session: str
    token: str

    def client(self) -> httpx.Client:
        """A client of the account's."""
        headers = {"Authorization": f"Bearer {self.session}"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=60, trust_env=False)

    def variables(self) -> dict[str, str]:
        """For programs that read where they go from the environment."""
        return {"TODO_URL": self.address, "TODO_EMAIL": self.email, "TODO_TOKEN": self.token}


@contextmanager
def server(application: str = BACKEND) -> Iterator[str]:
    """The address of a server over an empty folder; ``application`` where it is not the backend as it is."""
    with (
        tempfile.TemporaryDirectory(prefix="todo-strangers-") as folder,
        running(application, folder=Path(folder)) as started,
    ):
        yield started.address


def new_target(address: str, *, name: str) -> Target:
    """An account for one suite."""
    account = sign_up(address, name=name)
    target = Target(
        address=address, email=f"{name}@example.com", user_id=account.user_id, session=account.token, token=""
    )
    with target.client() as client:
        made = client.post("/api/tokens", json={"name": name, "scope": "write"})
        made.raise_for_status()
    return Target(**{**target.__dict__, "token": json.loads(made.text)["token"]})

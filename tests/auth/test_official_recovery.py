"""Better Auth's own client confirms an address, changes it and resets a password: here, and at Better Auth itself."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.auth.conftest import free_port, running
from tests.auth.test_official_client import shape
from tests.conftest import SECRET
from tests.support.mailbox import Mailbox, links


@pytest.fixture(scope="module")
def mails(post_office: Mailbox) -> Iterator[str]:
    """The address whose /mails tells what came, as Better Auth's own server tells what it mailed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = [{"to": mail["To"], "url": next(iter(links(mail).values()))} for mail in post_office.mails]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing: the tests' output is for their failures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def mailing_server(tmp_path_factory: pytest.TempPathFactory, post_office: Mailbox) -> Iterator[str]:
    """A real backend that sends mail, under uvicorn."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    argv = [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", str(port), "--log-level", "warning"]
    environment = {"TODO_DATA": str(tmp_path_factory.mktemp("data")), "BETTER_AUTH_SECRET": SECRET}
    environment |= {"SMTP_URL": post_office.url, "BETTER_AUTH_URL": address}
    with running(argv, f"{address}/ready", **environment):
        yield address


def _flow(folder: Path, address: str, mails: str) -> dict[str, Any]:
    argv = ["node", str(folder / "recovery.mjs"), address, mails]
    run = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    steps: dict[str, Any] = json.loads(run.stdout)["steps"]
    return steps


@pytest.fixture(scope="module")
def steps(better_auth: Path, mailing_server: str, mails: str) -> dict[str, Any]:
    return _flow(better_auth, mailing_server, mails)


def test_a_new_password_takes_the_place_of_the_old(steps: dict[str, Any]) -> None:
    assert steps["reset"]["data"] == {"status": True}
    assert steps["signInWithTheOld"]["error"]["code"] == "INVALID_EMAIL_OR_PASSWORD"
    assert steps["signInWithTheNew"]["error"] is None


def test_the_address_is_confirmed_and_changed(steps: dict[str, Any]) -> None:
    assert steps["sessionAfterVerify"]["data"]["user"]["emailVerified"] is True
    assert steps["sessionAfterChange"]["data"]["user"]["email"].startswith("changed-")


def test_every_step_answers_in_the_shape_of_better_auth(
    steps: dict[str, Any], better_auth: Path, official: str
) -> None:
    expected = _flow(better_auth, official, official)
    same = steps["sameAddress"]["error"]
    assert same.pop("code") == "EMAIL_IS_THE_SAME"  # Better Auth has a message alone for it
    assert {name: shape(step) for name, step in steps.items()} == {name: shape(step) for name, step in expected.items()}

"""The snippets of docs/api.md, run in their order against a server."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.servers import PASSWORD, Server, serving

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()
SNIPPETS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, f"sqlite:///{tmp_path / 'todo.db'}") as server:
        yield server


def test_the_snippets_run(server: Server) -> None:
    body = {"name": "Ada", "email": "ada@example.com", "password": PASSWORD}
    token = httpx.post(f"{server.address}/api/auth/sign-up/email", json=body).json()["token"]
    python = "\n".join(text for language, text in SNIPPETS if language == "python")
    bash = "\n".join(text for language, text in SNIPPETS if language == "bash")
    environment = {**os.environ, "TODO_URL": server.address, "TODO_TOKEN": token}
    for argv in ([sys.executable, "-c", python], ["bash", "-euo", "pipefail", "-c", bash]):
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_snippet_is_run() -> None:
    assert {language for language, _ in SNIPPETS} == {"bash", "python"}
    assert len(SNIPPETS) == PAGE.count("```") / 2

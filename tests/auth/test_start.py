"""Starting with and without BETTER_AUTH_SECRET, through a real uvicorn."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import httpx

from tests.auth.conftest import ROOT, free_port, running

SIGN_UP = {"name": "S", "email": "s@example.com", "password": "correct horse"}


def _argv(port: int) -> list[str]:
    return [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", str(port), "--log-level", "warning"]


def _refused(**environment: str) -> str:
    """What a start that must fail prints on its standard error."""
    clean = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "BETTER_AUTH_SECRET"}}
    run = subprocess.run(
        _argv(free_port()), cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode != 0
    assert "Traceback" not in run.stderr
    return run.stderr


def test_local_use_makes_a_secret_and_keeps_it(tmp_path: Path) -> None:
    token = None
    for _ in range(2):
        address = f"http://127.0.0.1:{(port := free_port())}"
        with running(_argv(port), f"{address}/ready", TODO_DATA=str(tmp_path)):
            if token is None:
                token = httpx.post(f"{address}/api/auth/sign-up/email", json=SIGN_UP).headers["set-auth-token"]
            headers = {"authorization": f"Bearer {token}"}
            assert httpx.get(f"{address}/api/auth/get-session", headers=headers).json()["user"]["name"] == "S"
    kept = tmp_path / "auth-secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(kept.read_text()) >= 32


def test_postgres_without_a_secret_is_refused() -> None:
    said = _refused(DATABASE_URL="postgresql://nobody:hidden-word@127.0.0.1:1/none")
    assert "BETTER_AUTH_SECRET is not set" in said
    assert "openssl rand -base64 32" in said
    assert "hidden-word" not in said


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    said = _refused(TODO_DATA=str(tmp_path), BETTER_AUTH_SECRET="too-short-a-secret")
    assert "BETTER_AUTH_SECRET needs 32 characters or more" in said
    assert "too-short-a-secret" not in said

"""Better Auth's own client, from npm, against this backend and against Better Auth's own server."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest


def _flow(folder: Path, address: str) -> dict[str, Any]:
    run = subprocess.run(
        ["node", str(folder / "flow.mjs"), address], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    steps: dict[str, Any] = json.loads(run.stdout)["steps"]
    return steps


@pytest.fixture(scope="module")
def steps(better_auth: Path, server: str) -> dict[str, Any]:
    return _flow(better_auth, server)


def test_signs_up_and_reads_the_session(steps: dict[str, Any]) -> None:
    assert steps["signUp"]["error"] is None
    assert steps["cookiesAfterSignUp"] == ["better-auth.session_token"]
    session = steps["sessionAfterSignUp"]["data"]
    assert session["user"] == steps["signUp"]["data"]["user"]
    assert session["session"]["token"] == steps["signUp"]["data"]["token"]


def test_signs_out(steps: dict[str, Any]) -> None:
    assert steps["signOut"] == {"data": {"success": True}, "error": None}
    assert steps["cookiesAfterSignOut"] == []
    assert steps["sessionAfterSignOut"] == {"data": None, "error": None}


def test_knows_a_wrong_password_by_its_code(steps: dict[str, Any]) -> None:
    error = steps["wrongPassword"]["error"]
    assert (error["status"], error["code"]) == (401, "INVALID_EMAIL_OR_PASSWORD")


def test_bearer_plugin_takes_the_signed_and_the_raw_token(steps: dict[str, Any]) -> None:
    assert steps["bearerToken"].startswith(steps["bearerSignIn"]["data"]["token"] + ".")
    assert steps["bearerSession"]["data"] == steps["bearerRawSession"]["data"] is not None


def test_changing_the_password_ends_the_other_sessions(steps: dict[str, Any]) -> None:
    assert steps["browserAfterRevocation"]["data"] is None
    assert steps["bearerAfterChange"]["data"]["session"]["token"] == steps["changePassword"]["data"]["token"]


def test_deleting_the_account_ends_everything(steps: dict[str, Any]) -> None:
    assert steps["deleteUser"]["data"] == {"success": True, "message": "User deleted"}
    assert steps["bearerAfterDelete"] == {"data": None, "error": None}


def test_every_step_answers_in_the_shape_of_better_auth(
    steps: dict[str, Any], better_auth: Path, official: str
) -> None:
    expected = _flow(better_auth, official)
    assert {name: shape(step) for name, step in steps.items()} == {name: shape(step) for name, step in expected.items()}


_OURS = {"type", "title", "detail"}  # what problem+json adds to an error


def shape(value: Any) -> Any:
    """The value with its types in place of its strings; a field that is null counts as left out."""
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if item is not None and key not in _OURS}
        return {key: item if key == "code" else shape(item) for key, item in kept.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return "text" if isinstance(value, str) else value

"""Better Auth's own client turns two-factor sign-in on and uses passkeys, here and at Better Auth's own server."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.auth.test_official_client import shape


def _flow(folder: Path, address: str) -> dict[str, Any]:
    # A passkey belongs to a host name.
    argv = ["node", str(folder / "factor.mjs"), address.replace("127.0.0.1", "localhost")]
    run = subprocess.run(argv, capture_output=True, text=True, timeout=90, check=False)
    assert run.returncode == 0, run.stderr
    steps: dict[str, Any] = json.loads(run.stdout)["steps"]
    return steps


@pytest.fixture(scope="module")
def steps(better_auth: Path, server: str) -> dict[str, Any]:
    return _flow(better_auth, server)


def test_asks_for_a_code_after_the_password(steps: dict[str, Any]) -> None:
    assert steps["signIn"]["data"] == {"twoFactorRedirect": True, "twoFactorMethods": ["totp"]}
    assert steps["sessionBetween"]["data"] is None
    assert steps["code"]["error"] is None
    assert steps["signInTrusted"]["data"]["token"]


def test_a_recovery_code_signs_in_once(steps: dict[str, Any]) -> None:
    assert steps["backupCode"]["error"] is None
    assert steps["backupCodeAgain"]["error"]["code"] == "INVALID_BACKUP_CODE"


def test_a_passkey_signs_in_until_it_is_removed(steps: dict[str, Any]) -> None:
    assert steps["sessionByPasskey"]["data"]["user"]["email"] == steps["firstCode"]["data"]["user"]["email"]
    assert steps["signInByForeignPage"]["error"]["code"] == "AUTHENTICATION_FAILED"
    assert steps["signInByRemoved"]["error"]["code"] == "PASSKEY_NOT_FOUND"


def test_every_step_answers_in_the_shape_of_better_auth(
    steps: dict[str, Any], better_auth: Path, official_by_name: str
) -> None:
    expected = _flow(better_auth, official_by_name)
    # Better Auth still shows the user as before the code; here as it is now.
    assert expected["firstCode"]["data"]["user"].pop("twoFactorEnabled") is False
    assert steps["firstCode"]["data"]["user"].pop("twoFactorEnabled") is True
    assert {name: shape(step) for name, step in steps.items()} == {name: shape(step) for name, step in expected.items()}

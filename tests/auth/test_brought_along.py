"""Users of Better Auth come along: its rows, hashes and cookies are good here, and hashes made here are good there."""

import asyncio
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.auth.models import Account, Session, User
from backend.auth.passwords import hash_password
from backend.main import create_app
from backend.settings import Settings
from tests.auth.conftest import browser_of, free_port, running, settings_like, started
from tests.auth.people import sign_in
from tests.conftest import SECRET

ODD_PASSWORD = "ﬁne Ⅷ pässwörd 🐢"  # NFKC changes the ligature and the numeral; the rest is beyond ASCII


@pytest.fixture(scope="module", params=["http://page.example", "https://page.example"])
def their_users(request: pytest.FixtureRequest, better_auth: Path) -> Iterator[dict[str, Any]]:
    """A user who signed up with Better Auth itself: its tables' rows, and the cookie that it set."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    argv = ["node", str(better_auth / "official.mjs"), str(port), request.param, SECRET]
    with running(argv, f"{address}/tables"):
        body = {"name": "Jørgen", "email": "Theirs@Example.com", "password": ODD_PASSWORD}
        answer = httpx.post(f"{address}/api/auth/sign-up/email", json=body, headers={"origin": request.param})
        tables = httpx.get(f"{address}/tables").json()
    yield {"page": request.param, "cookie": answer.headers["set-cookie"].partition(";")[0], "tables": tables}


async def test_their_cookie_and_password_are_good_here(their_users: dict[str, Any], settings: Settings) -> None:
    app = create_app(settings_like(settings, better_auth_url=their_users["page"]))
    async with started(app), browser_of(app) as browser:
        async with app.state.database.write() as session:
            for name, model in (("user", User), ("session", Session), ("account", Account)):
                session.add_all(model(**_columns(model, row)) for row in their_users["tables"][name])
                await session.flush()
        headers = {"cookie": their_users["cookie"]}
        found = (await browser.get("/api/auth/get-session", headers=headers)).json()
        assert found["user"]["name"] == "Jørgen"
        assert found["session"]["token"] == their_users["tables"]["session"][0]["token"]
        assert (await browser.get("/api/auth/list-sessions", headers=headers)).status_code == 200
        assert (await sign_in(browser, "theirs@example.com", ODD_PASSWORD)).status_code == 200
        assert (await sign_in(browser, "theirs@example.com", ODD_PASSWORD + "x")).status_code == 401


def test_a_hash_made_here_is_good_there(better_auth: Path) -> None:
    stored = asyncio.run(hash_password(ODD_PASSWORD))
    script = (
        "import { verifyPassword } from 'better-auth/crypto';"
        "const [hash, password] = process.argv.slice(1);"
        "for (const tried of [password, password + 'x'])"
        "  console.log(await verifyPassword({ hash, password: tried }));"
    )
    argv = ["node", "--input-type=module", "-e", script, stored, ODD_PASSWORD]
    run = subprocess.run(argv, cwd=better_auth, capture_output=True, text=True, timeout=30, check=True)
    assert run.stdout.split() == ["true", "false"]


def _columns(model: type[Any], row: dict[str, Any]) -> dict[str, Any]:
    """Better Auth's row by the model's attributes, its times parsed."""
    values = {}
    for attribute in model.__mapper__.column_attrs:
        value = row.get(attribute.columns[0].name)
        if isinstance(value, str) and attribute.key.endswith("_at"):
            value = datetime.fromisoformat(value)
        values[attribute.key] = value
    return values

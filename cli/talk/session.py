"""Who talks: the session token of `./todo chat`, kept in the data folder for this person alone."""

import json
import os
from pathlib import Path

import httpx

from cli.exits import CommandError, Exit

FILE = "chat-session.json"
UNAUTHORISED = 401


def saved_token(folder: Path, url: str) -> str | None:
    """The token kept for this address, if any."""
    path = folder / FILE
    if not path.exists():
        return None
    token = json.loads(path.read_text(encoding="utf-8")).get(url)
    return str(token) if token else None


def save_token(folder: Path, url: str, token: str) -> None:
    """Keep the token; nobody else on the machine may read the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({**kept, url: token}, file)
    path.chmod(0o600)


def is_valid(client: httpx.Client, token: str) -> bool:
    """Whether the server knows the session."""
    answer = client.get("/api/me", headers=bearer(token))
    return answer.status_code != UNAUTHORISED


def sign_in(client: httpx.Client, *, email: str, password: str, name: str | None = None) -> str:
    """A new session's token; with a name, that of a new account. Raises CommandError with the server's reason."""
    body = {"email": email, "password": password} | ({"name": name} if name else {})
    answer = client.post("/api/auth/sign-up/email" if name else "/api/auth/sign-in/email", json=body)
    if answer.is_success and "set-auth-token" in answer.headers:
        return answer.headers["set-auth-token"]
    raise CommandError(f"Not signed in: {reason(answer)}", code=Exit.FAILED)


def reason(answer: httpx.Response) -> str:
    """What the server says is wrong, in one sentence."""
    try:
        body = answer.json()
    except ValueError:
        return f"the server answered {answer.status_code}."
    return str(body.get("detail") or body.get("message") or body.get("title") or answer.status_code)


def bearer(token: str) -> dict[str, str]:
    """The header that carries the session."""
    return {"Authorization": f"Bearer {token}"}

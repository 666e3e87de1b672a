"""Use the release as a person would: the login page, a sign-up, a chat turn, the task that it made; then tidy up."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from orchestrator.errors import ReleaseFailedError
from orchestrator.interrupts import shielded


class DatabaseNotReadyError(ReleaseFailedError):
    """The backend answers 503 because it cannot reach, or log in to, its database."""


_TITLE = "check that the release answers"
_DATABASE_LIMIT = 60.0  # seconds for a first Postgres to make its files, and for the migrations
_LIMIT = 30.0  # seconds for one request: the first ones warm the pods up
_LEAVE_LIMIT = 20.0  # seconds to remove an account while the release answers badly


@dataclass
class Account:
    """A throwaway account; `left` says how it ended, once it has."""

    email: str = field(default_factory=lambda: f"release-check-{secrets.token_hex(8)}@example.com")
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    left: str = ""


def use(base: str, say: Callable[[str], None]) -> tuple[str, ...]:
    """Go through the front door at `base`; what was seen, a sentence each. Raises ReleaseFailedError at what fails."""
    seen: list[str] = []
    with httpx.Client(base_url=base, timeout=_LIMIT, follow_redirects=True, trust_env=False) as client:
        client.headers["Origin"] = base
        say("the login page")
        seen.append(_login_page(client))
        say("waiting for the database")
        _wait_for_database(client)
        say("signing up")
        with throwaway(client, say) as account:
            say("a chat turn")
            seen.append(_chat(client))
            say("the task")
            seen.append(_task(client))
        seen.append(account.left)
    return tuple(seen)


def _login_page(client: httpx.Client) -> str:
    answer = _ask(client, "GET", "/")
    kind = answer.headers.get("content-type", "")
    if "text/html" not in kind or 'type="password"' not in answer.text:
        raise _failure("the login page", f"{answer.url.path} answered {answer.status_code} without a password field")
    return f"login page at {answer.url.path}"


def _wait_for_database(client: httpx.Client) -> None:
    """The pods are ready before a bundled database has made its files: 503 means that the backend waits for it."""
    deadline = time.monotonic() + _DATABASE_LIMIT
    while client.get("/api/auth/get-session").status_code in (502, 503):
        if time.monotonic() > deadline:
            raise DatabaseNotReadyError(
                f"the pods are ready but the backend has no database after {_DATABASE_LIMIT:g} s.",
                remedy="Check DATABASE_URL, and that the cluster reaches it; then run again.",
            )
        time.sleep(0.5)


@contextmanager
def throwaway(client: httpx.Client, say: Callable[[str], None]) -> Iterator[Account]:
    """Sign up in `client`; whatever happens in the block, the account is removed after, a second Ctrl-C or not.

    Raises ReleaseFailedError if nobody can sign up.
    """
    account = Account()
    try:
        body = {"name": "Release check", "email": account.email, "password": account.password}
        _ask(client, "POST", "/api/auth/sign-up/email", body)
        yield account
    finally:
        say("tidying up")
        with shielded():
            account.left = _leave(client, account)


def _chat(client: httpx.Client) -> str:
    told = _ask(client, "POST", "/api/chat", {"message": f"add {_TITLE}", "timezone": "UTC"}).json()
    if not told.get("changes"):
        raise _failure("the chat turn", f"nothing was changed; it answered: {str(told.get('response'))[:200]}")
    return "a chat turn made a task"


def _task(client: httpx.Client) -> str:
    items: list[dict[str, Any]] = _ask(client, "GET", "/api/tasks").json().get("items", [])
    if len(items) != 1 or _TITLE not in str(items[0].get("title", "")).lower():
        raise _failure("the list", f"it holds {[item.get('title') for item in items]}")
    _ask(client, "POST", f"/api/tasks/{items[0]['id']}/complete", {})
    _ask(client, "DELETE", f"/api/tasks/{items[0]['id']}")
    return "the task was listed, completed and deleted"


def _leave(client: httpx.Client, account: Account) -> str:
    """Remove the account where the backend can; sign out where it cannot. An answer that failed is asked for again."""
    deadline = time.monotonic() + _LEAVE_LIMIT
    while (status := _removal(client, account)) in (0, 500, 502, 503, 504) and time.monotonic() < deadline:
        time.sleep(0.5)
    if status in (200, 401):
        return "the throwaway account was removed"
    if status == 404:
        client.post("/api/auth/sign-out", json={})
        return "the throwaway account was signed out (the backend removes no accounts)"
    return f"the throwaway account {account.email} is still there: removing it was answered {status or 'not at all'}"


def _removal(client: httpx.Client, account: Account) -> int:
    """The status of removing the account, signing in anew if need be; 401 if there is no such account (any more)."""
    try:
        body = {"password": account.password}
        answer = client.post("/api/auth/delete-user", json=body, timeout=5)
        if answer.status_code == 401:
            entry = {"email": account.email, **body}
            answer = client.post("/api/auth/sign-in/email", json=entry, timeout=5)
            answer = client.post("/api/auth/delete-user", json=body, timeout=5) if answer.is_success else answer
    except httpx.HTTPError:
        return 0
    return answer.status_code


def _ask(client: httpx.Client, method: str, path: str, body: object = None) -> httpx.Response:
    try:
        answer = client.request(method, path, json=body) if body is not None else client.request(method, path)
    except httpx.HTTPError as error:
        raise _failure(f"{method} {path}", f"no answer: {error}") from error
    if not answer.is_success:
        raise _failure(f"{method} {path}", f"{answer.status_code}: {answer.text[:200]}")
    return answer


def _failure(what: str, told: str) -> ReleaseFailedError:
    return ReleaseFailedError(
        f"the release is up but {what} does not work: {told}.", remedy="See ./todo deploy logs backend."
    )

"""The same requests to this backend and to Better Auth's own server: answers, cookies and headers agree."""

from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import httpx
import pytest

JSON = {"content-type": "application/json"}
PASSWORD = "correct horse battery"

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "sign up": ("sign-up/email", {"json": {"name": "B", "email": "$new", "password": PASSWORD}}),
    "sign up, not remembered": (
        "sign-up/email",
        {"json": {"name": "B", "email": "$new", "password": PASSWORD, "rememberMe": False}},
    ),
    "sign up, an unknown field": (
        "sign-up/email",
        {"json": {"name": "B", "email": "$new", "password": PASSWORD, "x": 1}},
    ),
    "sign up, no name": ("sign-up/email", {"json": {"email": "$new", "password": PASSWORD}}),
    "sign up, an address taken": ("sign-up/email", {"json": {"name": "B", "email": "$known", "password": PASSWORD}}),
    "sign up, the same address in capitals": (
        "sign-up/email",
        {"json": {"name": "B", "email": "$KNOWN", "password": PASSWORD}},
    ),
    "sign up, no address": ("sign-up/email", {"json": {"name": "B", "email": "nobody", "password": PASSWORD}}),
    "sign up, two dots": ("sign-up/email", {"json": {"name": "B", "email": "a..b@example.com", "password": PASSWORD}}),
    "sign up, short password": ("sign-up/email", {"json": {"name": "B", "email": "$new", "password": "1234567"}}),
    "sign up, shortest password": ("sign-up/email", {"json": {"name": "B", "email": "$new", "password": "12345678"}}),
    "sign up, four emoji are eight": (
        "sign-up/email",
        {"json": {"name": "B", "email": "$new", "password": "🐢🐢🐢🐢"}},
    ),
    "sign up, long password": ("sign-up/email", {"json": {"name": "B", "email": "$new", "password": "x" * 129}}),
    "sign in": ("sign-in/email", {"json": {"email": "$known", "password": PASSWORD}}),
    "sign in, in capitals": ("sign-in/email", {"json": {"email": "$KNOWN", "password": PASSWORD}}),
    "sign in, not remembered": (
        "sign-in/email",
        {"json": {"email": "$known", "password": PASSWORD, "rememberMe": False}},
    ),
    "sign in, wrong password": ("sign-in/email", {"json": {"email": "$known", "password": "wrong"}}),
    "sign in, unknown address": ("sign-in/email", {"json": {"email": "$new", "password": PASSWORD}}),
    "sign in, no address": ("sign-in/email", {"json": {"email": "nobody", "password": PASSWORD}}),
    "sign in, long password": ("sign-in/email", {"json": {"email": "$known", "password": "x" * 129}}),
    "sign in, no password": ("sign-in/email", {"json": {"email": "$known"}}),
    "sign in, a number for a password": ("sign-in/email", {"json": {"email": "$known", "password": 12345678}}),
    "sign in, callback": (
        "sign-in/email",
        {"json": {"email": "$known", "password": PASSWORD, "callbackURL": "/tasks?x=1"}},
    ),
    "sign in, foreign callback": (
        "sign-in/email",
        {"json": {"email": "$known", "password": PASSWORD, "callbackURL": "https://evil.example/"}},
    ),
    "sign in, callback in disguise": (
        "sign-in/email",
        {"json": {"email": "$known", "password": PASSWORD, "callbackURL": "//evil.example/"}},
    ),
    "sign in, callback in deeper disguise": (
        "sign-in/email",
        {"json": {"email": "$known", "password": PASSWORD, "callbackURL": "/\\evil.example/"}},
    ),
    "sign in, foreign origin": (
        "sign-in/email",
        {"json": {"email": "$known", "password": PASSWORD}, "headers": {"origin": "https://evil.example"}},
    ),
    "sign out, signed out": ("sign-out", {"json": {}}),
    "change password, signed out": (
        "change-password",
        {"json": {"newPassword": PASSWORD, "currentPassword": PASSWORD}},
    ),
    "update user, signed out": ("update-user", {"json": {"name": "C"}}),
    "revoke sessions, signed out": ("revoke-sessions", {"json": {}}),
    "delete user, signed out": ("delete-user", {"json": {}}),
    "change password, wrong": (
        "change-password",
        {"json": {"newPassword": PASSWORD, "currentPassword": "wrong"}, "signed_in": True},
    ),
    "change password, short": (
        "change-password",
        {"json": {"newPassword": "short", "currentPassword": PASSWORD}, "signed_in": True},
    ),
    "change address": ("update-user", {"json": {"email": "c@example.com"}, "signed_in": True}),
    "revoke a session that is not there": ("revoke-session", {"json": {"token": "nothing"}, "signed_in": True}),
    "delete user, wrong password": ("delete-user", {"json": {"password": "wrong"}, "signed_in": True}),
    "sign out": ("sign-out", {"json": {}, "signed_in": True}),
}


@pytest.mark.parametrize("name", CASES)
def test_answers_as_better_auth_does(name: str, server: str, official: str) -> None:
    path, request = CASES[name]
    assert _answer(server, path, **request) == _answer(official, path, **request)


def test_session_reads_as_better_auth_does(server: str, official: str) -> None:
    for cookie in ({}, {"better-auth.session_token": "forged.c2lnbmF0dXJl"}):
        ours, theirs = (httpx.get(f"{at}/api/auth/get-session", cookies=cookie) for at in (server, official))
        assert (ours.status_code, ours.json(), _headers(ours)) == (theirs.status_code, theirs.json(), _headers(theirs))


def _answer(
    address: str, path: str, *, json: dict[str, Any], headers: dict[str, str] | None = None, signed_in: bool = False
) -> dict[str, Any]:
    known = f"known-{uuid4().hex}@example.com"
    with httpx.Client(base_url=f"{address}/api/auth/", headers={"origin": address}) as client:
        sign_up = client.post("sign-up/email", json={"name": "A", "email": known, "password": PASSWORD})
        assert sign_up.status_code == 200, sign_up.text
        if not signed_in:
            client.cookies.clear()
        answer = client.post(path, json=_filled(json, known), headers=headers)
    body = answer.json()
    return {
        "status": answer.status_code,
        "code": body.get("code"),
        "message": _message(body),
        "fields": sorted(key for key in body if key not in {"type", "title", "status", "detail"})
        if answer.is_success
        else None,
        "cookies": _cookies(answer),
        "headers": _headers(answer),
    }


def _filled(json: dict[str, Any], known: str) -> dict[str, Any]:
    values = {"$known": known, "$KNOWN": known.upper(), "$new": f"new-{uuid4().hex}@example.com"}
    return {key: values.get(value, value) if isinstance(value, str) else value for key, value in json.items()}


def _message(body: dict[str, Any]) -> str | None:
    # The validators' own words differ (zod's, pydantic's); the field that they name does not.
    message = body.get("message")
    return message.partition("]")[0] if message and message.startswith("[") else message


def _cookies(answer: httpx.Response) -> list[tuple[str, dict[str, str], bool]]:
    found = []
    for line in answer.headers.get_list("set-cookie"):
        for name, morsel in SimpleCookie(line).items():
            attributes = {key: value for key, value in morsel.items() if value}
            found.append((name, attributes, bool(morsel.value)))
    return sorted(found, key=lambda item: item[0])


def _headers(answer: httpx.Response) -> dict[str, Any]:
    names = ("cache-control", "pragma", "location", "access-control-expose-headers")
    kept = {name: answer.headers.get(name) for name in names}
    return kept | {"set-auth-token": "set-auth-token" in answer.headers}

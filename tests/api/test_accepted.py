"""What the OpenAPI document allows is accepted, or refused for the state of the list alone.

The few rules that no schema can state are in the document's words; each is named here with the answer that it gives.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from backend.main import app as document_of
from cli.bench.seeding import Account, sign_up
from cli.bench.speed import BACKEND, running
from cli.servers.folder import Server
from tests.support.people import Person

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ENDLESS = "/api/events"  # a stream of events, which has tests of its own
# They end the session that the others need. Without one they answer 401, whatever is sent.
ENDING = ("/api/auth/sign-out", "/api/auth/delete-user", "/api/auth/revoke-sessions")
REFUSALS = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.PRECONDITION_FAILED)
PASSWORD = "correct horse battery"
config = schemathesis.Config.from_dict({"generation": {"mode": "positive"}})
schema = schemathesis.openapi.from_dict(document_of.openapi(), config=config).exclude(path=ENDLESS)
bounded = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
fresh = itertools.count(1)


@dataclass(frozen=True)
class Rule:
    """A rule in words: of which path, what it answers, and where the document states it."""

    path: str
    answer: str
    stated: str


RULES = (
    Rule("/api/(undo|history/preview)", "^to: lies", "422 for one to come, one before the account"),
    Rule("/api/(undo|history/preview)", "^to: must be a time", "one that the clocks skipped or showed twice"),
    Rule("/api/(undo|history/preview)", "is no revision of your list", "422 for one that is not there"),
    Rule("/api/history/preview", "^Give either to", "Give one of the two, or it is refused with 422"),
    Rule("/api/undo", "^Your list has changed since", "only if the list's newest revision is still that one"),
    Rule("/api/chat/stream", "^The last message must be", "The last is the user's"),
    Rule("/api/chat/stream", "^A message with this id but other words", "422 for a message's id with other words"),
    Rule("/api/auth/[a-z-]+", "(isn't enabled|is disabled)$", "400 where this server sends no mail"),
    Rule("/api/auth/reset-password", "^Invalid token", "400 INVALID_TOKEN for one that is used or expired"),
    Rule("/api/channels", "^(subscription|url|kind): ", "422 for an address that nothing can be sent to"),
    Rule("/api/auth/sign-up/email", "^User already exists", "422 USER_ALREADY_EXISTS"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(BACKEND, folder=tmp_path_factory.mktemp("data")) as server:
        yield server


@pytest.fixture(scope="module")
def account(server: Server) -> Account:
    return sign_up(server.address, name="reader")


@schema.parametrize()
@bounded
def test_what_the_document_allows_is_accepted(case: schemathesis.Case, server: Server, account: Account) -> None:
    prepare(case)
    headers = {} if case.operation.path in ENDING else {"Authorization": f"Bearer {account.token}"}
    answer = case.call(base_url=server.address, headers=headers, timeout=30)
    if answer.status_code in REFUSALS:
        detail = str(answer.json().get("detail") or answer.json().get("message"))
        if rule_of(case.operation.path, detail):
            return
    case.validate_response(answer, checks=[positive_data_acceptance])


def prepare(case: schemathesis.Case) -> None:
    """A key is for one request, and a password is known to its owner alone."""
    if case.headers and "idempotency-key" in case.headers:
        case.headers["idempotency-key"] = f"request-{next(fresh)}"
    if isinstance(case.body, dict) and "currentPassword" in case.body:
        case.body["currentPassword"] = PASSWORD
        case.body["newPassword"] = PASSWORD


def rule_of(path: str, detail: str) -> Rule | None:
    return next((rule for rule in RULES if re.fullmatch(rule.path, path) and re.search(rule.answer, detail)), None)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.answer)
def test_a_rule_in_words_is_in_the_document(rule: Rule) -> None:
    assert rule.stated in " ".join(json.dumps(document_of.openapi()).replace("\\n", " ").split())


async def test_a_method_that_is_not_there_names_all_that_are(person: Person, app: FastAPI) -> None:
    documented: dict[str, dict[str, Any]] = app.openapi()["paths"]
    for path, operations in documented.items():
        served = {method.upper() for method in operations}
        more = served | _taken_by_others(path, documented)
        for method in sorted(set(METHODS) - more):
            answer = await person.request(method, re.sub(r"\{\w+\}", "x", path))
            assert answer.status_code == 405, (method, path, answer.text)
            assert served <= set(re.split(r",\s*", answer.headers["allow"])) <= more, (method, path)


def _taken_by_others(path: str, documented: dict[str, dict[str, Any]]) -> set[str]:
    """The methods of other paths that this one is an example of: "lines" is no task, and is told so."""
    others = (other for other in documented if other != path and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", other), path))
    return {method.upper() for other in others for method in documented[other]}


async def test_a_page_that_is_not_there_is_not_found(person: Person) -> None:
    for number in range(3):
        await person.add(f"{number} " + "\U0001f469\u200d\U0001f680" * 66)
    first = (await person.get("/api/tasks?sort=title&limit=1")).json()
    pages = [first]
    while pages[-1]["next_cursor"]:
        assert len(pages) < 4
        answer = await person.get(
            "/api/tasks", params={"sort": "title", "limit": 1, "cursor": pages[-1]["next_cursor"]}
        )
        pages.append(answer.json())
    assert len(pages) == 3

    async def status_of(cursor: str) -> int:
        answer: httpx.Response = await person.get("/api/tasks", params={"sort": "due", "cursor": cursor})
        assert answer.json()["errors"][0]["field"] == "cursor"
        return answer.status_code

    assert await status_of(first["next_cursor"]) == 404  # of another order
    assert await status_of("nonsense") == 422

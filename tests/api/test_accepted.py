"""What the OpenAPI document allows is accepted, or refused for the state of the list alone.

The few rules that no schema can state are in the document's words; each is named here with the answer that it gives.
"""

import itertools
import json
import re
import time
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
from cli.bench.seed import sign_up
from cli.bench.speed import BACKEND, running
from cli.servers.folder import Server
from tests.support.people import Person

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ENDLESS = "/api/events"  # a stream of events, which has tests of its own
# What answers tell that a request was accepted: also of what is not there, or of another state. Not 401, 403 and 429:
# they would be the answers to anything. Nor a fault of the server.
ACCEPTED = ("2xx", "3xx", "404", "409")
REFUSALS = (400, 401, 403, 412, 422, 429)
# Where the session's own password is asked for, and whose it is.
OWN = re.compile("/api/auth/(two-factor/.*|delete-user|change-password|sign-in/email)")
LONGEST_WAIT = 5  # seconds
PASSWORD = "correct horse battery"
config = schemathesis.Config.from_dict(
    {
        "generation": {"mode": "positive"},
        "checks": {"positive_data_acceptance": {"expected-statuses": list(ACCEPTED)}},
    }
)
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
    Rule("/api/webhooks(/.*)?", "^url: ", "422 for an address that may not be reached"),
    Rule("/api/auth/.*", "^Invalid (callback|redirect)URL$", "an address of the page's, or a path there; else 403"),
    Rule("/api/auth/verify-email", "^Invalid token$", "401 for one that is wrong, or too old"),
    Rule(
        "/api/auth/two-factor/.*", "^(TOTP not|Backup codes aren't|Two factor isn't) enabled$", "400 TOTP_NOT_ENABLED"
    ),
    Rule("/api/auth/two-factor/.*", "^Invalid two factor cookie$", "401 INVALID_TWO_FACTOR_COOKIE where no sign-in"),
    Rule("/api/auth/two-factor/.*", "^Too many attempts", "429 after ten wrong ones"),
    Rule("/api/auth/two-factor/enable", "^OTP is not available$", "400 OTP_NOT_CONFIGURED for codes by mail"),
    Rule("/api/tasks(/.*)?", "has passed; give a moment to come", "YYYY-MM-DDTHH:MM; 422 where it has passed"),
    Rule("/api/reminders/settings", "has passed; give a moment to come", "422 where it has passed"),
    Rule("/api/reminders/upcoming", "^cursor: give next_cursor", "next_cursor of the page before; 422 for another"),
    Rule("/api/auth/passkey/verify-.*", "^Challenge not found$", "400 CHALLENGE_NOT_FOUND"),
    Rule("/api/auth/delete-user", "^Invalid token", "by password, or without one within a day of signing in"),
    Rule("/api/reminders/act.*", "This link does not work", "The token of a signed link; 403 for any other"),
    Rule("/api/reminders/settings", "a default counts from the task", "They count from the task's time; 422"),
    Rule(
        "/api/tasks/lines", "^(All lines are blank|Line [0-9]+ can't be|This can't be)", "422 where all lines are blank"
    ),
    Rule(
        "/api/import.*",
        "^(The file is (empty|of no format|no JSON)|This file is neither|.* could not be read as )",
        "422 for a file that is empty, or of no format",
    ),
    Rule("/api/auth/sign-up/email", "^User already exists", "422 USER_ALREADY_EXISTS"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(BACKEND, folder=tmp_path_factory.mktemp("data")) as server:
        yield server


@pytest.fixture(scope="module")
def reader(server: Server) -> "Reader":
    return Reader(server)


class Reader:
    """Who asks: signed in at each request, also after one that ended the session or the account."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._headers: dict[str, str] = {}
        self._doubtful = True
        self.email = ""

    def headers(self, path: str) -> dict[str, str]:
        """Those of a session that is valid now; the request for ``path`` may end it."""
        if self._doubtful and self._is_out():
            name = f"reader{next(fresh)}"
            account = sign_up(self._server.address, name=name)
            self.email = f"{name}@example.com"
            self._headers = {"Authorization": f"Bearer {account.token}"}
        self._doubtful = path.startswith("/api/auth/")
        return self._headers

    def _is_out(self) -> bool:
        me = httpx.get(f"{self._server.address}/api/me", headers=self._headers, trust_env=False, timeout=30)
        return me.status_code == HTTPStatus.UNAUTHORIZED


@schema.parametrize()
@bounded
def test_what_the_document_allows_is_accepted(case: schemathesis.Case, server: Server, reader: Reader) -> None:
    headers = reader.headers(case.operation.path)
    prepare(case, email=reader.email)
    # A passkey belongs to a host with a name.
    address = server.address.replace("127.0.0.1", "localhost")
    answer = call(case, address, headers)
    if answer.status_code in REFUSALS and rule_of(case.operation.path, detail_of(answer)):
        return
    case.validate_response(answer, checks=[positive_data_acceptance])


def call(case: schemathesis.Case, address: str, headers: dict[str, str]) -> Any:
    """The answer; where a busy server says to try again in a moment, the one after that."""
    answer = case.call(base_url=address, headers=headers, timeout=30)
    for _ in range(5):
        wait = answer.headers.get("retry-after", [""])[0]
        if not wait.isdigit() or int(wait) > LONGEST_WAIT:
            break
        time.sleep(int(wait))
        answer = case.call(base_url=address, headers=headers, timeout=30)
    return answer


def prepare(case: schemathesis.Case, *, email: str) -> None:
    """A key is for one request, and a password is known to its owner alone."""
    if case.headers and "idempotency-key" in case.headers:
        case.headers["idempotency-key"] = f"request-{next(fresh)}"
    if isinstance(case.body, dict) and OWN.fullmatch(case.operation.path):
        known = {"email": email, "password": PASSWORD, "currentPassword": PASSWORD, "newPassword": PASSWORD}
        case.body.update({name: value for name, value in known.items() if name in case.body})


def detail_of(answer: Any) -> str:
    """What an answer says is wrong: a problem's sentence, Better Auth's message, or the text of a page."""
    if "json" not in answer.headers["content-type"][0]:
        return str(answer.text)
    told = answer.json()
    return str(told.get("detail") or told.get("message"))


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

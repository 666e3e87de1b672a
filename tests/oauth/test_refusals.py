"""What an app may not do, and how it is told: each refusal has its form, and what was taken is ended."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from backend.oauth.ticket import Ticket, seal
from tests.oauth.visitor import CHALLENGE, REDIRECT, VERIFIER, Visitor, decide, pair, returned
from tests.support.backend import SECRET
from tests.support.people import PAGE, Person

OTHER = "https://evil.example/mcp"


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Which database it is does not matter here."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"


def told_back(answer: httpx.Response) -> dict[str, str]:
    """What the app is told by a redirect; fails where nobody was sent back."""
    assert answer.status_code == 302, answer.text
    location = answer.headers["location"]
    assert location.startswith(REDIRECT)
    return dict(parse_qsl(urlsplit(location).query))


@pytest.mark.parametrize(
    "redirect",
    [
        "https://evil.example/callback",
        "http://127.0.0.1:33418/callback/",
        "http://127.0.0.1:33418/callback?more=1",
        "http://127.0.0.1:33418/callback/../other",
        "http://127.0.0.1:33418@evil.example/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://127.0.0.1:33418#/callback",
        "https://127.0.0.1:33418/callback",
        "http://localhost:33418/callback",
        "javascript:alert(1)",
        "",
        "//evil.example",
    ],
)
async def test_an_address_that_is_not_registered_is_never_gone_to(visitor: Visitor, redirect: str) -> None:
    await visitor.register()
    answer = await visitor.ask(redirect_uri=redirect)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "cannot be connected" in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_an_unknown_app_is_told_to_register_again(visitor: Visitor) -> None:
    visitor.client_id = "of-another-server"
    answer = await visitor.ask()
    assert answer.status_code == 400
    assert "does not know the app" in answer.text
    asked = await visitor.exchange("todo-code-x")
    assert (asked.status_code, asked.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": CHALLENGE[:-1] + "="}, "invalid_request"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"scope": "read admin"}, "invalid_scope"),
        ({"resource": OTHER}, "invalid_target"),
        ({"resource": f"{PAGE}/other"}, "invalid_target"),
        ({"resource": f"{PAGE}/mcp?x=1"}, "invalid_target"),
        ({"resource": "nonsense"}, "invalid_target"),
    ],
)
async def test_what_is_wrong_is_told_to_the_app(visitor: Visitor, fields: dict[str, Any], error: str) -> None:
    await visitor.register()
    told = told_back(await visitor.ask(**fields))
    assert (told["error"], told["state"], told["iss"]) == (error, "s1", PAGE)


@pytest.mark.parametrize(
    "resource",
    [f"{PAGE}/mcp", f"{PAGE}/mcp/", PAGE, f"{PAGE}/", "HTTP://PAGE.example/mcp", "http://page.example:80/mcp", None],
)
async def test_the_own_address_is_taken_in_every_spelling(
    visitor: Visitor, person: Person, resource: str | None
) -> None:
    await visitor.register()
    code = await visitor.code(person, resource=resource)
    answer = await visitor.exchange(code, resource=resource)
    assert await visitor.works(pair(answer).access)


@pytest.mark.parametrize("scope", [" offline_access", "openid  read write", "", " "])
async def test_scopes_that_mean_nothing_here_are_let_by(visitor: Visitor, person: Person, scope: str) -> None:
    await visitor.register()
    answer = await visitor.ask(scope=scope)
    ticket = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["request"]
    tokens = pair(await visitor.exchange(returned(await decide(person, ticket))["code"]))
    assert tokens.scope == "read write"
    assert pair(await visitor.renew(tokens.refresh, scope=" offline_access")).scope == "read write"


async def test_a_huge_state_goes_nowhere(visitor: Visitor) -> None:
    await visitor.register()
    answer = await visitor.ask(state="x" * 4001)
    assert answer.status_code == 400
    assert (await visitor.ask(state="x" * 4000)).status_code == 302


async def test_a_field_sent_twice_has_no_meaning(visitor: Visitor) -> None:
    await visitor.register()
    query = f"client_id={visitor.client_id}&client_id=x&response_type=code&code_challenge={CHALLENGE}"
    assert (await visitor.get(f"/api/oauth/authorize?{query}")).status_code == 400
    body = f"grant_type=refresh_token&refresh_token=a&refresh_token=b&client_id={visitor.client_id}"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await visitor.post("/api/oauth/token", content=body, headers=kind)
    assert answer.json()["error"] == "invalid_request"


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({"code_verifier": VERIFIER + "x"}, 400, "invalid_grant"),
        ({"code_verifier": CHALLENGE}, 400, "invalid_grant"),
        ({"code_verifier": None}, 400, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:33419/callback"}, 400, "invalid_request"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"resource": OTHER}, 400, "invalid_target"),
        ({"client_id": "another"}, 401, "invalid_client"),
        ({"client_id": None}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "unsupported_grant_type"),
    ],
)
async def test_a_code_is_for_who_asked_as_it_was_asked(
    visitor: Visitor, person: Person, fields: dict[str, Any], status: int, error: str
) -> None:
    await visitor.register()
    code = await visitor.code(person)
    answer = await visitor.exchange(code, **fields)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["cache-control"] == "no-store"
    assert (await visitor.exchange(code)).status_code == 200  # nothing was used up


async def test_json_is_no_form(visitor: Visitor) -> None:
    answer = await visitor.post("/api/oauth/token", json={"grant_type": "refresh_token"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_token_for_another_address_is_refused(visitor: Visitor, person: Person) -> None:
    tokens = await visitor.connect(person)
    visitor.headers["X-Forwarded-Host"] = "other.example"
    answer = await visitor.call(tokens.access, "list_projects")
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert (await visitor.renew(tokens.refresh)).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "redirects",
    [
        [],
        None,
        "https://app.example/cb",
        ["javascript:alert(1)"],
        ["JavaScript:alert(1)"],
        ["data:text/html,x"],
        ["file:///etc/passwd"],
        ["http://app.example/cb"],
        ["http://127.0.0.1.evil.example/cb"],
        ["http://10.0.0.1/cb"],
        ["https://app.example/cb#x"],
        ["https://app.example/a/../cb"],
        ["https://user:password@app.example/cb"],
        ["https://*.example/cb"],
        ["https:///cb"],
        ["app"],
        ["https://app.example/" + "x" * 500],
        [f"https://app.example/{number}" for number in range(11)],
        ["https://app.example/cb", "javascript:alert(1)"],
    ],
)
async def test_some_addresses_cannot_be_registered(visitor: Visitor, redirects: Any) -> None:
    answer = await visitor.post("/api/oauth/register", json={"redirect_uris": redirects})
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_redirect_uri", "invalid_client_metadata"}


@pytest.mark.parametrize(
    "redirect",
    [
        "https://claude.ai/api/mcp/auth_callback",
        "cursor://anysphere.cursor-retrieval/oauth/callback",
        "com.example.app:/oauth",
        "http://localhost:3334/oauth/callback",
        "http://[::1]:8080/cb",
        "http://127.0.0.1",
        "https://vscode.dev/redirect?a=1",
    ],
)
async def test_the_addresses_of_known_programs_can(visitor: Visitor, person: Person, redirect: str) -> None:
    await visitor.register(redirect_uris=[redirect])
    code = await visitor.code(person, redirect_uri=redirect)
    assert (await visitor.exchange(code, redirect_uri=redirect)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 8000, 400),
        (json.dumps({"redirect_uris": [REDIRECT], "client_name": "x" * 9000}).encode(), 413),
        (json.dumps({"redirect_uris": [REDIRECT], "token_endpoint_auth_method": "private_key_jwt"}).encode(), 400),
        (json.dumps({"redirect_uris": [REDIRECT], "grant_types": ["client_credentials"]}).encode(), 400),
    ],
)
async def test_what_cannot_be_registered(visitor: Visitor, body: bytes, status: int) -> None:
    answer = await visitor.post("/api/oauth/register", content=body)
    assert (answer.status_code, answer.json()["error"]) == (status, "invalid_client_metadata")


@pytest.mark.parametrize("ticket", ["x", "a.b", "é", "connect:e30=.AAAA", "x" * 12_001])
async def test_a_request_that_was_not_made_here(person: Person, ticket: str) -> None:
    assert (await person.get("/api/oauth/request", params={"request": ticket})).status_code in {400, 422}
    assert (await decide(person, ticket)).status_code in {400, 422}


async def test_a_request_that_is_over(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    ticket = Ticket(
        client_id=visitor.client_id,
        redirect_uri=REDIRECT,
        redirect_given=True,
        state=None,
        challenge=CHALLENGE,
        scope="read",
        resource=f"{PAGE}/mcp",
        issuer=PAGE,
        expires_at=1,
    )
    answer = await decide(person, seal(ticket, SECRET))
    assert answer.status_code == 400
    assert "connect again" in answer.json()["detail"]


async def test_a_session_that_ended_meanwhile_allows_nothing(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    ticket = await visitor.ticket()
    await person.post("/api/auth/sign-out")
    assert (await decide(person, ticket)).status_code == 401


async def test_another_account_than_the_page_showed_allows_nothing(
    visitor: Visitor, person: Person, stranger: Person
) -> None:
    await visitor.register()
    answer = await decide(stranger, await visitor.ticket(), user_id=person.id)
    assert answer.status_code == 409


async def test_another_sites_page_cannot_allow(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    ticket = await visitor.ticket()
    body = {"request": ticket, "allow": True, "scope": "write", "user_id": person.id}
    person.headers.pop("authorization")
    answer = await person.post("/api/oauth/decision", json=body, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403

"""An app connects: it finds its way by itself, the user says yes, and it does what it was allowed to."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from backend.auth.models import User
from backend.models import utc_now
from backend.oauth.models import OAuthClient, OAuthCode, OAuthGrant, OAuthToken
from tests.oauth.visitor import REDIRECT, Visitor, decide, pair, returned
from tests.support.people import PAGE, Person


async def test_an_unknown_app_is_told_where_to_begin(visitor: Visitor) -> None:
    answer = await visitor.post("/mcp", json={})
    assert answer.status_code == 401
    challenge = answer.headers["www-authenticate"]
    assert f'resource_metadata="{PAGE}/.well-known/oauth-protected-resource/mcp"' in challenge
    assert 'scope="read write"' in challenge
    assert "error=" not in challenge
    resource = (await visitor.get("/.well-known/oauth-protected-resource/mcp")).json()
    assert resource["resource"] == f"{PAGE}/mcp"
    assert resource["authorization_servers"] == [PAGE]
    server = (await visitor.get("/.well-known/oauth-authorization-server")).json()
    assert server["issuer"] == PAGE
    assert server["code_challenge_methods_supported"] == ["S256"]
    assert server["client_id_metadata_document_supported"] is True
    assert server["authorization_response_iss_parameter_supported"] is True


@pytest.mark.parametrize(
    ("path", "resource"),
    [("", "/mcp"), ("/mcp", "/mcp"), ("/mcp/", "/mcp/")],
)
async def test_the_resource_is_named_as_it_was_asked_for(visitor: Visitor, path: str, resource: str) -> None:
    said = (await visitor.get(f"/.well-known/oauth-protected-resource{path}")).json()
    assert said["resource"] == PAGE + resource


async def test_it_is_known_by_the_address_that_the_browser_asked(visitor: Visitor) -> None:
    headers = {"X-Forwarded-Host": "todo.example.com", "X-Forwarded-Proto": "https"}
    said = (await visitor.get("/.well-known/oauth-authorization-server", headers=headers)).json()
    assert said["issuer"] == "https://todo.example.com"


@pytest.mark.parametrize("host", ["a b", "evil.example/path", "x@y", "[::1", "<script>"])
async def test_a_host_that_is_none_is_refused(visitor: Visitor, host: str) -> None:
    answer = await visitor.get("/.well-known/oauth-authorization-server", headers={"X-Forwarded-Host": host})
    assert answer.status_code == 400


async def test_from_nothing_to_a_task(visitor: Visitor, person: Person) -> None:
    tokens = await visitor.connect(person)
    assert tokens.scope == "read write"
    answer = await visitor.call(tokens.access, "add_task", title="By the editor")
    assert not answer.json()["result"].get("isError")
    assert [task["title"] for task in await person.all()] == ["By the editor"]


async def test_the_history_names_the_app(visitor: Visitor, person: Person) -> None:
    tokens = await visitor.connect(person)
    await visitor.call(tokens.access, "add_task", title="By the editor")
    [turn] = (await person.get("/api/history")).json()["items"]
    assert "Editor" in str(turn)


async def test_the_answer_names_the_server_and_the_state(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    told = returned(await decide(person, await visitor.ticket(state="x y/&é")))
    assert (told["state"], told["iss"]) == ("x y/&é", PAGE)


async def test_a_no_is_told_too(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    told = returned(await decide(person, await visitor.ticket(), allow=False))
    assert (told["error"], told["state"], told["iss"]) == ("access_denied", "s1", PAGE)
    assert "code" not in told


async def test_reading_is_all_that_a_read_token_does(visitor: Visitor, person: Person) -> None:
    await person.add("stays")
    tokens = await visitor.connect(person, scope="read")
    assert tokens.scope == "read"
    assert await visitor.works(tokens.access)
    for tool, arguments in (
        ("add_task", {"title": "no"}),
        ("delete_task", {"task_id": 1}),
        ("undo", {}),
        ("change_reminder_settings", {"sound": False}),
    ):
        said = (await visitor.call(tokens.access, tool, **arguments)).json()["result"]
        assert said["isError"], tool
        assert "may only read" in said["content"][0]["text"]
    assert [task["title"] for task in await person.all()] == ["stays"]


async def test_more_than_was_asked_for_is_not_given(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    answer = await visitor.ask(scope="read")
    ticket = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["request"]
    code = returned(await decide(person, ticket, scope="write"))["code"]
    assert pair(await visitor.exchange(code)).scope == "read"


@pytest.mark.parametrize("port", ["33418", "50123", "1"])
async def test_a_program_on_the_own_machine_may_change_its_port(visitor: Visitor, person: Person, port: str) -> None:
    await visitor.register()
    redirect = REDIRECT.replace("33418", port)
    code = await visitor.code(person, redirect_uri=redirect)
    assert (await visitor.exchange(code, redirect_uri=redirect)).status_code == 200


async def test_renewed_tokens_work_and_keep_their_scope(visitor: Visitor, person: Person) -> None:
    first = await visitor.connect(person)
    second = pair(await visitor.renew(first.refresh))
    assert second.refresh != first.refresh
    assert await visitor.works(second.access)
    narrow = pair(await visitor.renew(second.refresh, scope="read"))
    assert narrow.scope == "read"
    assert pair(await visitor.renew(narrow.refresh)).scope == "read write"


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic", None])
async def test_a_client_with_a_secret(visitor: Visitor, person: Person, app: FastAPI, method: str | None) -> None:
    said = await visitor.register(token_endpoint_auth_method=method)
    secret = said["client_secret"]
    code = await visitor.code(person)
    visitor.secret = "wrong"
    basic = said["token_endpoint_auth_method"] == "client_secret_basic"
    wrong = await visitor.exchange(code)
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    visitor.secret = None if basic else secret
    if basic:
        visitor.auth = (visitor.client_id, secret)
        answer = await visitor.exchange(code, client_id=None)
    else:
        answer = await visitor.exchange(code)
    assert answer.status_code == 200, answer.text
    async with app.state.database.read() as session:
        row = await session.get(OAuthClient, visitor.client_id)
    assert secret not in row.record + row.digest


async def test_an_editor_that_lists_all_it_can_do(visitor: Visitor, person: Person) -> None:
    """As VS Code registers; it then takes whatever port is free."""
    device = "urn:ietf:params:oauth:grant-type:device_code"
    said = await visitor.register(
        redirect_uris=["https://vscode.dev/redirect", "http://127.0.0.1/", "http://127.0.0.1:33418/"],
        grant_types=["authorization_code", "refresh_token", device],
        scope="openid profile email",
    )
    assert said["grant_types"] == ["authorization_code", "refresh_token"]
    redirect = "http://127.0.0.1:59656/"
    tokens = pair(await visitor.exchange(await visitor.code(person, redirect_uri=redirect), redirect_uri=redirect))
    assert pair(await visitor.renew(tokens.refresh)).scope == "read write"


@pytest.mark.parametrize("registered", ["client_secret_post", "client_secret_basic"])
@pytest.mark.parametrize("basic", [True, False])
async def test_a_secret_is_taken_in_either_place(
    visitor: Visitor, person: Person, registered: str, basic: bool
) -> None:
    said = await visitor.register(token_endpoint_auth_method=registered)
    code = await visitor.code(person)
    if basic:
        visitor.secret, visitor.auth = None, (said["client_id"], said["client_secret"])
    assert (await visitor.exchange(code)).status_code == 200


async def test_the_query_of_the_own_address_is_kept(visitor: Visitor, person: Person) -> None:
    redirect = "https://app.example/cb?x=1&y=&z=%20a"
    await visitor.register(redirect_uris=[redirect])
    answer = await decide(person, await visitor.ticket(redirect_uri=redirect), allow=False)
    assert answer.json()["redirect_to"].startswith(f"{redirect}&error=access_denied")
    wrong = await visitor.ask(redirect_uri=redirect, scope="admin")
    assert wrong.headers["location"].startswith(f"{redirect}&error=invalid_scope")


async def test_a_client_is_told_which_scopes_there_are(visitor: Visitor) -> None:
    assert (await visitor.register(scope="openid mcp:tools"))["scope"] == "read write"


async def test_only_digests_are_kept(visitor: Visitor, person: Person, app: FastAPI) -> None:
    await visitor.register()
    code = await visitor.code(person)
    tokens = pair(await visitor.exchange(code))
    async with app.state.database.read() as session:
        kept = [
            str(row)
            for table in (OAuthCode, OAuthToken, OAuthGrant, OAuthClient)
            for row in (await session.execute(select(table.__table__))).all()
        ]
    for secret in (code, tokens.access, tokens.refresh):
        assert not [row for row in kept if secret[14:] in row]


async def test_apps_are_listed_with_their_last_use_and_ended(visitor: Visitor, person: Person) -> None:
    tokens = await visitor.connect(person)
    [listed] = (await person.get("/api/oauth/apps")).json()
    assert (listed["name"], listed["scope"], listed["last_used_at"]) == ("Editor", "write", None)
    assert await visitor.works(tokens.access)
    [listed] = (await person.get("/api/oauth/apps")).json()
    assert listed["last_used_at"]
    assert (await person.delete(f"/api/oauth/apps/{listed['id']}")).status_code == 204
    assert not await visitor.works(tokens.access)
    assert (await visitor.renew(tokens.refresh)).json()["error"] == "invalid_grant"
    assert (await person.get("/api/oauth/apps")).json() == []
    assert (await person.delete(f"/api/oauth/apps/{listed['id']}")).status_code == 404


async def test_another_users_app_is_nowhere(visitor: Visitor, person: Person, stranger: Person) -> None:
    tokens = await visitor.connect(person)
    [listed] = (await person.get("/api/oauth/apps")).json()
    assert (await stranger.get("/api/oauth/apps")).json() == []
    assert (await stranger.delete(f"/api/oauth/apps/{listed['id']}")).status_code == 404
    assert await visitor.works(tokens.access)


@pytest.mark.parametrize("which", ["access", "refresh"])
async def test_an_app_gives_its_access_back(visitor: Visitor, person: Person, which: str) -> None:
    tokens = await visitor.connect(person)
    form = {"token": getattr(tokens, which), "client_id": visitor.client_id, "token_type_hint": "something"}
    assert (await visitor.post("/api/oauth/revoke", data=form)).status_code == 200
    assert not await visitor.works(tokens.access)
    assert (await visitor.renew(tokens.refresh)).status_code == 400
    assert (await visitor.post("/api/oauth/revoke", data=form)).status_code == 200  # RFC 7009, 2.2


async def test_an_access_token_runs_out(visitor: Visitor, person: Person, app: FastAPI) -> None:
    tokens = await visitor.connect(person)
    async with app.state.database.write() as session:
        over = {"expires_at": utc_now() - timedelta(seconds=1)}
        await session.execute(update(OAuthToken).where(OAuthToken.kind == "access").values(**over))
    answer = await visitor.call(tokens.access, "list_projects")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert await visitor.works(pair(await visitor.renew(tokens.refresh)).access)


async def test_an_apps_token_is_for_mcp_alone(visitor: Visitor, person: Person) -> None:
    tokens = await visitor.connect(person)
    answer = await visitor.get("/api/tasks", headers={"Authorization": f"Bearer {tokens.access}"})
    assert answer.status_code == 401
    assert "/mcp alone" in answer.json()["detail"]


async def test_deleting_the_account_ends_it(visitor: Visitor, person: Person, app: FastAPI) -> None:
    tokens = await visitor.connect(person)
    async with app.state.database.write() as session:
        await session.delete(await session.get(User, person.id))
    assert not await visitor.works(tokens.access)

"""Apps that are known by the address of a document about them."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.oauth.documents import Documents
from tests.oauth.visitor import Visitor, pair
from tests.support.backend import running_app, settings_for
from tests.support.people import Person


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Which database it is does not matter here."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"


async def test_an_app_connects_by_its_document(visitor: Visitor, person: Person, host: Documents) -> None:
    visitor.client_id = host.put("/client.json", client_name="Nice Editor")
    tokens = pair(await visitor.exchange(await visitor.code(person)))
    assert await visitor.works(tokens.access)
    [listed] = (await person.get("/api/oauth/apps")).json()
    assert (listed["name"], listed["host"]) == ("Nice Editor", "127.0.0.1")


async def test_a_document_is_read_once_an_hour(visitor: Visitor, host: Documents) -> None:
    visitor.client_id = host.put("/once.json")
    for _ in range(3):
        await visitor.ticket()
    assert host.asked.count("/once.json") == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"client_id": "https://other.example/client.json"}, "another client_id"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "must begin with https"),
        ({"redirect_uris": []}, "name one address"),
        ({"redirect_uris": "x"}, "not as it must be"),
        ({"token_endpoint_auth_method": "client_secret_post"}, "asks for a secret"),
        ({"client_secret": "x"}, "asks for a secret"),
        ({"client_name": "x" * 20_000}, "larger than"),
        ({"client_uri": "no address"}, "not as it must be"),
    ],
)
async def test_a_document_that_will_not_do(
    visitor: Visitor, host: Documents, fields: dict[str, object], told: str
) -> None:
    visitor.client_id = host.put(f"/{abs(hash(str(fields)))}.json", **fields)
    answer = await visitor.ask()
    assert answer.status_code == 400
    assert told in answer.text


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"[" * 10_000, b"\xff"])
async def test_what_is_no_document(visitor: Visitor, host: Documents, body: bytes) -> None:
    path = f"/body-{len(body)}-{body[:1].hex()}.json"
    host.bodies[path] = body
    visitor.client_id = host.url + path
    assert (await visitor.ask()).status_code == 400


async def test_it_is_not_followed_elsewhere(visitor: Visitor, host: Documents) -> None:
    host.moved["/moved.json"] = host.put("/there.json")
    visitor.client_id = f"{host.url}/moved.json"
    answer = await visitor.ask()
    assert "answered 302" in answer.text
    assert "/there.json" not in host.asked


@pytest.mark.parametrize("path", ["", "/", "/a/../b", "/a#b", "/./x"])
async def test_what_is_no_address_of_a_document_is_an_unknown_app(visitor: Visitor, host: Documents, path: str) -> None:
    visitor.client_id = host.url + path
    answer = await visitor.ask()
    assert "does not know the app" in answer.text


@pytest.fixture
async def guarded(database_url: str, tmp_path: object) -> AsyncIterator[FastAPI]:
    """A backend that may reach nothing of the inside."""
    settings: Settings = settings_for(tmp_path, database_url)  # type: ignore[arg-type]
    async with running_app(settings) as app:
        yield app


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "2130706433"])
async def test_the_inside_is_not_reached(guarded: FastAPI, host: str) -> None:
    async with Visitor(guarded) as visitor:
        visitor.client_id = f"https://{host}/client.json"
        answer = await visitor.ask()
        assert answer.status_code == 400
        assert "private network" in answer.text or "cannot be found" in answer.text

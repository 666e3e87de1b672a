"""Who may see the metrics and the API's description, what a 405 names, and that https stays https."""

import httpx
import pytest
from fastapi import FastAPI

from backend.main import create_app
from backend.settings import Settings
from tests.support.people import PAGE

DESCRIPTION = ("/docs", "/redoc", "/openapi.json")


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """None of this depends on the kind of database."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"


async def codes(app: FastAPI, peer: str, *paths: str, headers: dict[str, str] | None = None) -> list[int]:
    transport = httpx.ASGITransport(app=app, client=(peer, 1))
    async with httpx.AsyncClient(transport=transport, base_url=PAGE, headers=headers) as client:
        return [(await client.get(path)).status_code for path in paths]


@pytest.mark.parametrize(
    ("peer", "description", "metrics"),
    [("127.0.0.1", 200, 200), ("::1", 200, 200), ("10.42.0.7", 403, 200), ("8.8.8.8", 403, 403), ("odd", 403, 403)],
)
async def test_who_may_see_the_inside(app: FastAPI, peer: str, description: int, metrics: int) -> None:
    assert await codes(app, peer, *DESCRIPTION, "/metrics") == [description] * 3 + [metrics]
    assert await codes(app, peer, "/health", "/ready") == [200, 200]


async def test_nothing_is_shown_through_a_proxy(app: FastAPI) -> None:
    for headers in ({"x-forwarded-for": "127.0.0.1"}, {"forwarded": "for=127.0.0.1"}):
        assert await codes(app, "127.0.0.1", *DESCRIPTION, "/metrics", headers=headers) == [403] * 4


async def test_a_token_for_the_metrics(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"metrics_token": settings.better_auth_secret}))
    token = app.state.settings.metrics_token.get_secret_value()
    assert await codes(app, "127.0.0.1", "/metrics") == [403]
    for given, code in ((f"Bearer {token}", 200), (f"Bearer {token}x", 403), (token, 403)):
        assert await codes(app, "8.8.8.8", "/metrics", headers={"authorization": given}) == [code]


async def test_a_405_names_every_method(app: FastAPI) -> None:
    """Each path of the document, each method that it lacks."""
    transport = httpx.ASGITransport(app=app)
    wrong = []
    async with httpx.AsyncClient(transport=transport, base_url=PAGE) as client:
        for path, operations in app.openapi()["paths"].items():
            wanted = {method.upper() for method in operations}
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - wanted:
                answer = await client.request(method, path.replace("{", "").replace("}", ""))
                named = {name.strip() for name in answer.headers.get("allow", "").split(",")}
                if answer.status_code == 405 and not wanted <= named:
                    wrong.append((method, path, answer.status_code, named))
    assert wrong == []


async def test_https_is_kept(settings: Settings) -> None:
    for address, header in (("https://page.example", "max-age=31536000"), ("http://page.example", None), (None, None)):
        app = create_app(settings.model_copy(update={"better_auth_url": address}))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as client:
            for path in ("/health", "/api/nothing"):
                assert (await client.get(path)).headers.get("strict-transport-security") == header

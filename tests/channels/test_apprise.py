"""Other services by Apprise: an ntfy-shaped and a webhook-shaped server, and what must not be reached."""

import asyncio
import json
import time
from collections.abc import Iterator
from threading import Barrier
from typing import Any

import pytest
from fastapi import FastAPI

from backend.reminders.channels import RefusedError, UnavailableError, apprise_services, open_channels, send
from backend.reminders.channels.models import Channel
from backend.reminders.channels.seal import seal
from backend.settings import Settings
from tests.channels.notices import notice_of
from tests.channels.receiver import Receiver
from tests.support.people import Person


async def _made(person: Person, app: FastAPI, url: str) -> Channel:
    answer = await person.post("/api/channels", json={"kind": "apprise", "url": url})
    assert answer.status_code == 201, answer.text
    async with app.state.database.read() as session:
        return next(row for row in await open_channels(session, person.id) if row.id == answer.json()["id"])


async def test_sends_to_ntfy(person: Person, app: FastAPI, settings: Settings, service: Receiver) -> None:
    service.status, service.text = 200, "{}"
    channel = await _made(person, app, f"ntfy://127.0.0.1:{service.port}/my-topic")
    await send(channel, notice_of(await person.add("Call mom"), person.id), settings)
    message = json.loads(service.take().body)
    assert (message["topic"], message["title"], message["message"]) == ("my-topic", "Call mom", "Today at 17:00")


async def test_sends_to_a_webhook(person: Person, app: FastAPI, settings: Settings, service: Receiver) -> None:
    service.status = 200
    channel = await _made(person, app, f"json://127.0.0.1:{service.port}/hook")
    await send(channel, notice_of(await person.add("Call mom"), person.id, body=""), settings)
    request = service.take()
    assert (request.path, json.loads(request.body)["title"]) == ("/hook", "Call mom")


async def test_the_address_is_never_shown_again(person: Person, app: FastAPI, service: Receiver) -> None:
    await _made(person, app, f"json://someone:hunter2@127.0.0.1:{service.port}/secret-path")
    shown = await person.get("/api/channels")
    assert "hunter2" not in shown.text and "secret-path" not in shown.text
    assert shown.json()[1]["hint"] == "json at 127.0.0.1"


@pytest.mark.parametrize("status", [401, 404, 429, 500, 302])
async def test_what_is_not_taken_is_tried_again(
    person: Person, app: FastAPI, settings: Settings, service: Receiver, status: int
) -> None:
    service.status, service.headers = status, {"Location": f"{service.url}/inside"}
    channel = await _made(person, app, f"json://127.0.0.1:{service.port}/hook")
    with pytest.raises(UnavailableError) as caught:
        await send(channel, notice_of(await person.add("x"), person.id), settings)
    assert str(service.port) not in str(caught.value)
    assert {request.path for request in service.requests} == {"/hook"}


@pytest.mark.parametrize(
    "url",
    [
        "json://10.0.0.5/hook", "jsons://192.168.1.1", "ntfy://169.254.169.254/topic",
        "json://[::1]/", "json://0.0.0.0/", "json://2130706434/", "gotify://172.16.0.1/token",
        "matrix://user:pw@100.64.0.1/#room", "json://[::ffff:192.168.0.1]/", "json://0x7f000002/", "json://0177.0.0.2/",
        "dbus://", "syslog://", "mailto://user:pw@example.com", "file:///etc/passwd", "mqtt://127.0.0.1/topic",
        "rsyslog://127.0.0.1", "xmpp://user:pw@127.0.0.1", "gnome://", "windows://", "http://127.0.0.1/x", "", "x", "://",
        "apprise://127.0.0.1/token", "tgram://123456789:abcdefg_hijklmnop/12315544/?template=/etc/passwd",
        "signal://127.0.0.1/15551234567/15551234567",
    ],
)  # fmt: skip
async def test_what_leads_inside_or_is_not_allowed_is_refused(person: Person, url: str) -> None:
    answer = await person.post("/api/channels", json={"kind": "apprise", "url": url})
    assert answer.status_code == 422, answer.text
    assert len((await person.get("/api/channels")).json()) == 1


@pytest.fixture
def _rebound(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A name whose second answer is an address of the inside."""
    answers = ["93.184.215.14", "10.0.0.5"]
    real = apprise_services.socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        named = host == "rebinding.example"
        return real(
            answers.pop(0) if named and len(answers) > 1 else answers[0] if named else host, port, *args, **options
        )

    monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
    yield answers


@pytest.mark.usefixtures("_rebound")
async def test_a_name_that_turns_inward_later_is_refused_then(person: Person, app: FastAPI, settings: Settings) -> None:
    channel = await _made(person, app, "json://rebinding.example/hook")
    with pytest.raises(RefusedError, match="private network"):
        await send(channel, notice_of(await person.add("x"), person.id), settings)


async def test_a_redirect_that_an_address_asks_for_is_not_followed(
    person: Person, app: FastAPI, settings: Settings, service: Receiver
) -> None:
    service.status, service.headers = 307, {"Location": f"{service.url}/inside"}
    channel = await _made(person, app, f"json://127.0.0.1:{service.port}/hook?redirect=yes&rto=9999&cto=9999")
    with pytest.raises(UnavailableError):
        await send(channel, notice_of(await person.add("x"), person.id), settings)
    assert {request.path for request in service.requests} == {"/hook"}


async def test_a_server_that_drips_is_cut_and_its_thread_is_free_again(
    person: Person, app: FastAPI, settings: Settings, service: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apprise_services, "SECONDS", 1.0)
    service.status, service.drip = 200, True
    channel = await _made(person, app, f"json://127.0.0.1:{service.port}/hook")
    begun = time.monotonic()
    with pytest.raises(UnavailableError):
        await send(channel, notice_of(await person.add("x"), person.id), settings)
    assert time.monotonic() - begun < 5
    every_thread = Barrier(apprise_services.THREADS)
    loop = asyncio.get_running_loop()
    await asyncio.gather(
        *(loop.run_in_executor(apprise_services._THREADS, every_thread.wait, 5) for _ in range(every_thread.parties))
    )


async def test_the_administrator_says_which_services(
    person: Person, app: FastAPI, settings: Settings, service: Receiver
) -> None:
    channel = await _made(person, app, f"json://127.0.0.1:{service.port}/hook")
    fewer = settings.model_copy(update={"todo_reminder_services": "ntfy"})
    with pytest.raises(RefusedError, match="It sends to: ntfy"):
        await send(channel, notice_of(await person.add("x"), person.id), fewer)
    assert apprise_services.allowed_services(settings.model_copy(update={"todo_reminder_services": "none"})) == []


async def test_the_administrator_says_which_hosts(
    person: Person, app: FastAPI, settings: Settings, service: Receiver
) -> None:
    channel = await _made(person, app, f"json://127.0.0.1:{service.port}/hook")
    only = settings.model_copy(update={"todo_reminder_only_hosts": "*.example.com, ntfy.sh"})
    with pytest.raises(RefusedError, match="not among the hosts"):
        await send(channel, notice_of(await person.add("x"), person.id), only)
    assert service.requests == []


async def test_an_address_that_was_tampered_with_is_refused(settings: Settings) -> None:
    sealed = seal("json://example.com", settings.secret)
    channel = Channel(id="c", user_id="u", kind="apprise", address=sealed[:-8] + "AAAAAAA=")
    with pytest.raises(RefusedError, match="set it up again"):
        await send(channel, notice_of({"title": "x", "id": "t", "number": 1}, "u"), settings)

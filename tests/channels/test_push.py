"""Web Push, to a push service that checks VAPID and hands the message to the one browser that can decrypt it."""

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from backend.reminders.channels import RefusedError, UnavailableError, open_channels, send
from backend.reminders.channels.models import Channel
from backend.reminders.channels.push import public_key
from backend.settings import Settings
from tests.channels.notices import notice_of
from tests.channels.receiver import Browser, Receiver, check_vapid
from tests.support.backend import settings_for
from tests.support.people import Person


@pytest.fixture
def browser(service: Receiver) -> Browser:
    return Browser(f"{service.url}/push/abc")


async def _subscribed(person: Person, app: FastAPI, browser: Browser) -> Channel:
    answer = await person.post("/api/channels", json={"kind": "push", "subscription": browser.subscription})
    assert answer.status_code == 201, answer.text
    assert "/push/abc" not in answer.text
    async with app.state.database.read() as session:
        return next(row for row in await open_channels(session, person.id) if row.id == answer.json()["id"])


@pytest.fixture
async def channel(person: Person, app: FastAPI, browser: Browser) -> Channel:
    return await _subscribed(person, app, browser)


async def test_sends_what_the_browser_alone_can_read(
    person: Person, channel: Channel, browser: Browser, service: Receiver, settings: Settings
) -> None:
    task = await person.add("Call mom")
    notice = notice_of(task, person.id)
    await send(channel, notice, settings)
    request = service.take()
    key = (await person.get("/api/push/key")).json()["public_key"]
    claims = check_vapid(request, audience=service.url, public_key=key)
    assert claims["sub"] == "mailto:todo@example.com"
    assert request.headers["content-encoding"] == "aes128gcm"
    assert request.headers["topic"] == notice.id.replace("-", "")
    assert (request.headers["ttl"], request.headers["urgency"]) == ("86400", "high")
    message = browser.read(request)
    assert (message["id"], message["title"], message["task_id"]) == (notice.id, "Call mom", task["id"])
    assert [action["action"] for action in message["actions"]] == ["done", "snooze10", "tomorrow"]


async def test_the_button_done_works_without_a_session(  # noqa: PLR0917
    person: Person, channel: Channel, browser: Browser, service: Receiver, settings: Settings, app: FastAPI
) -> None:
    await send(channel, notice_of(await person.add("Call mom"), person.id), settings)
    token = browser.read(service.take())["actions"][0]["token"]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://page.example") as worker:
        url, accept = f"/api/reminders/act?token={token}", {"Accept": "application/json"}
        answer = await worker.post(url, headers=accept)
        assert (answer.status_code, answer.json()["message"]) == (200, "It is done.")
        assert (await worker.post(url, headers=accept)).status_code == 409
    assert (await person.all())[0]["status"] == "done"


@pytest.mark.parametrize(
    ("title", "body"),
    [("t" * 500, "b" * 10_000), ("日" * 500, "本" * 10_000), ("📅" * 500, "📅" * 5000), ('"' * 500, "\\" * 9000)],
)
async def test_a_long_message_is_cut_to_what_a_service_takes(  # noqa: PLR0917
    person: Person, channel: Channel, browser: Browser, service: Receiver, settings: Settings, title: str, body: str
) -> None:
    await send(channel, notice_of(await person.add("x"), person.id, title=title, body=body), settings)
    request = service.take()
    assert len(request.body) <= 4096
    message = browser.read(request)
    assert message["title"].startswith(title[:60])
    assert len(message["actions"]) == 3


async def test_a_service_that_takes_less_gets_the_title(
    person: Person, channel: Channel, browser: Browser, service: Receiver, settings: Settings
) -> None:
    service.by_size = 3000
    await send(channel, notice_of(await person.add("x"), person.id, title="Call mom", body="b" * 9000), settings)
    assert [len(request.body) > 3000 for request in service.requests] == [True, False]
    assert browser.read(service.requests[1])["title"] == "Call mom"


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        (404, "", RefusedError),
        (410, "", RefusedError),
        (400, '{"reason":"VapidPkHashMismatch"}', RefusedError),
        (403, "the credentials do not correspond to those of the subscription", RefusedError),
        (403, '{"reason":"BadJwtToken"}', UnavailableError),
        (413, "", UnavailableError),
        (429, "", UnavailableError),
        (500, "", UnavailableError),
        (503, "", UnavailableError),
        (301, "", UnavailableError),
        (307, "", UnavailableError),
    ],
)
async def test_tells_a_subscription_that_ended_from_a_service_that_is_busy(  # noqa: PLR0917
    person: Person, channel: Channel, service: Receiver, settings: Settings, status: int, text: str, error: type
) -> None:
    service.status, service.text = status, text
    service.headers = {"Location": f"{service.url}/inside"}
    with pytest.raises(error):
        await send(channel, notice_of(await person.add("x"), person.id), settings)
    assert {request.path for request in service.requests} == {"/push/abc"}


@pytest.mark.parametrize(("value", "seconds"), [("120", 120), ("999999999999", 86400), ("soon", None), ("-5", None)])
async def test_waits_as_long_as_the_service_asks(  # noqa: PLR0917
    person: Person, channel: Channel, service: Receiver, settings: Settings, value: str, seconds: int | None
) -> None:
    service.status, service.headers = 429, {"Retry-After": value}
    with pytest.raises(UnavailableError) as caught:
        await send(channel, notice_of(await person.add("x"), person.id), settings)
    assert (caught.value.after.total_seconds() if caught.value.after else None) == seconds


async def test_the_key_is_the_same_after_a_restart_and_another_under_another_secret(settings: Settings) -> None:
    same = settings.model_copy()
    assert public_key(same) == public_key(settings)
    assert public_key(settings.model_copy(update={"vapid_private_key": None})) == public_key(settings)


async def test_a_given_key_is_used(tmp_path: Any) -> None:
    # The example of RFC 8291, 5: its private and its public key.
    given = settings_for(
        tmp_path, f"sqlite:///{tmp_path}/todo.db", vapid_private_key="q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
    )
    assert public_key(given) == (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.5/push", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data",
        "https://[::1]/push", "https://[::ffff:10.0.0.1]/", "https://[fd00:ec2::254]/", "https://100.64.0.1/",
        "https://0.0.0.0/", "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://168.63.129.16/",
        "https://2130706434/", "http://push.example.com/x", "ftp://127.0.0.1/", "https://user:pw@127.0.0.1/x",
        "https://", "not an address", "https://127.0.0.1:99999/", "https://127.0.0.1/ x", "", "file:///etc/passwd",
    ],
)  # fmt: skip
async def test_an_endpoint_of_the_inside_is_refused(person: Person, browser: Browser, endpoint: str) -> None:
    subscription = {**browser.subscription, "endpoint": endpoint}
    answer = await person.post("/api/channels", json={"kind": "push", "subscription": subscription})
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "keys", [{}, {"p256dh": "AAAA", "auth": "AAAA"}, {"p256dh": "BAAA" + "A" * 83, "auth": "A" * 22}, {"auth": "x"}]
)
async def test_keys_that_are_none_are_refused(person: Person, browser: Browser, keys: dict[str, str]) -> None:
    subscription = {**browser.subscription, "keys": keys}
    answer = await person.post("/api/channels", json={"kind": "push", "subscription": subscription})
    assert answer.status_code == 422, answer.text


async def test_the_same_browser_is_one_channel_and_goes_to_who_signed_in_last(
    person: Person, stranger: Person, app: FastAPI, browser: Browser
) -> None:
    first = await _subscribed(person, app, browser)
    assert (await _subscribed(person, app, browser)).id == first.id
    await _subscribed(stranger, app, browser)
    kinds = [row["kind"] for row in (await person.get("/api/channels")).json()]
    assert kinds == ["page"]


async def test_another_secret_names_itself(
    person: Person, channel: Channel, settings: Settings, service: Receiver
) -> None:
    other = settings.model_copy(update={"better_auth_secret": type(settings.better_auth_secret)("o" * 40)})
    other.__dict__.pop("secret", None)
    with pytest.raises(RefusedError, match="BETTER_AUTH_SECRET"):
        await send(channel, notice_of(await person.add("x"), person.id), other)
    assert service.requests == []


async def test_what_is_stored_does_not_show_the_address(channel: Channel) -> None:
    assert "push/abc" not in json.dumps({name: str(value) for name, value in vars(channel).items()})

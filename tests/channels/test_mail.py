"""Reminders by mail, through a real mail server."""

from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI

from backend.reminders.channels import RefusedError, UnavailableError, open_channels, send
from backend.reminders.channels.models import Channel
from backend.settings import Settings
from tests.channels.notices import notice_of
from tests.support.mailbox import Mailbox, links
from tests.support.people import Person


@pytest.fixture
async def channel(person: Person, app: FastAPI) -> Channel:
    answer = await person.post("/api/channels", json={"kind": "email"})
    assert answer.status_code == 201, answer.text
    async with app.state.database.read() as session:
        return next(row for row in await open_channels(session, person.id) if row.id == answer.json()["id"])


def _path(url: str) -> str:
    parts = urlsplit(url)
    assert parts.netloc == "127.0.0.1:3999"
    return f"{parts.path}?{parts.query}"


async def test_sends_text_and_html_with_the_headers_of_the_rfcs(
    person: Person, channel: Channel, settings: Settings, box: Mailbox
) -> None:
    notice = notice_of(await person.add("Call <mom> & dad"), person.id)
    await send(channel, notice, settings)
    mail = box.take()
    assert mail["Subject"] == "Call <mom> & dad"
    assert mail["To"] == f"{person.id}@example.com"
    assert mail["From"] == "Todo <todo@example.com>"
    assert mail["Message-ID"] == f"<{notice.id}@example.com>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http://127.0.0.1:3999/api/reminders/act/unsubscribe?token=")
    html = mail.get_body(("html",))
    assert html is not None and "Call &lt;mom&gt; &amp; dad" in html.get_content()
    assert set(links(mail)) == {
        "Done",
        "In 10 minutes",
        "Tomorrow",
        "Open the list",
        "Send me no more mails like this",
    }


async def test_a_repeat_has_the_same_message_id(
    person: Person, channel: Channel, settings: Settings, box: Mailbox
) -> None:
    notice = notice_of(await person.add("Water the plants"), person.id)
    await send(channel, notice, settings)
    await send(channel, notice, settings)
    assert box.mails[0]["Message-ID"] == box.mails[1]["Message-ID"]


@pytest.mark.parametrize(
    "title",
    [
        "rent\r\nBcc: everybody@example.com",
        "rent\nSubject: other\n\nbody",
        "half \ud800 of one",
        "\u202egnp.exe",
        "x" * 500,
        "ünïcödé 📅 日本語",
        "=?utf-8?q?encoded?=",
        "\x00\x07 bell",
        "\u2028split\u2029",
        " \t ",
    ],
)
async def test_a_title_cannot_add_a_header(
    person: Person, channel: Channel, settings: Settings, box: Mailbox, title: str
) -> None:
    await send(channel, notice_of(await person.add("x"), person.id, title=title), settings)
    mail = box.take()
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject", [])) == 1
    assert not any(ord(sign) < 32 or sign in "\u202e\u2028\u2029" for sign in mail["Subject"])


async def test_opening_the_links_changes_nothing_and_posting_does_it_once(
    person: Person, channel: Channel, settings: Settings, box: Mailbox, app: FastAPI
) -> None:
    task = await person.add("Take the pill")
    await send(channel, notice_of(task, person.id), settings)
    found = links(box.take())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://page.example") as scanner:
        for url in found.values():
            if "/api/" in url:
                page = await scanner.get(_path(url))
                assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
                assert "<button>" in page.text
        assert (await person.all())[0]["status"] == "open"
        done = await scanner.post(_path(found["Done"]))
        assert (done.status_code, "It is done." in done.text) == (200, True)
        assert (await person.all())[0]["status"] == "done"
        again = await scanner.post(_path(found["Done"]), headers={"Accept": "application/json"})
        assert (again.status_code, again.json()["detail"].split(".")[0]) == (409, "This link was used already")


async def test_unsubscribing_by_the_header_switches_the_channel_off(
    person: Person, channel: Channel, settings: Settings, box: Mailbox, app: FastAPI
) -> None:
    await send(channel, notice_of(await person.add("x"), person.id), settings)
    url = box.take()["List-Unsubscribe"].strip("<>")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://page.example") as mailer:
        for _ in range(2):
            answer = await mailer.post(_path(url), data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
    shown = (await person.get("/api/channels")).json()
    assert [row["on"] for row in shown if row["kind"] == "email"] == [False]


@pytest.mark.parametrize(
    ("field", "line", "error"),
    [
        ("at_recipient", "550 5.1.1 No such user here", RefusedError),
        ("at_recipient", "550 Requested action not taken", RefusedError),
        ("at_recipient", "553 5.1.3 Bad address", RefusedError),
        ("at_recipient", "550 5.7.1 Relaying denied", UnavailableError),
        ("at_recipient", "554 Relay access denied", UnavailableError),
        ("at_recipient", "450 4.2.0 Greylisted, try again in 5 minutes", UnavailableError),
        ("at_recipient", "452 4.2.2 Mailbox full", UnavailableError),
        ("at_data", "554 5.7.1 Looks like spam", UnavailableError),
        ("at_data", "421 Too many connections", UnavailableError),
    ],
)
async def test_tells_a_box_that_is_gone_from_a_server_that_is_busy(  # noqa: PLR0917
    person: Person, channel: Channel, settings: Settings, box: Mailbox, field: str, line: str, error: type[Exception]
) -> None:
    setattr(box, field, line)
    with pytest.raises(error, match=line[:3]):
        await send(channel, notice_of(await person.add("x"), person.id), settings)


async def test_a_server_that_stalls_is_given_up_within_its_time(
    person: Person, channel: Channel, settings: Settings, box: Mailbox
) -> None:
    box.silence = 30
    with pytest.raises(UnavailableError, match="did not answer within 2 seconds"):
        await send(channel, notice_of(await person.add("x"), person.id), settings)


async def test_a_box_that_is_gone_shuts_the_channel_off_and_switching_on_tries_again(
    person: Person, channel: Channel, box: Mailbox
) -> None:
    box.at_recipient = "550 5.1.1 No such user here"
    refused = await person.post(f"/api/channels/{channel.id}/test")
    assert (refused.status_code, "No such user" in refused.json()["detail"]) == (409, True)
    row = (await _shown(person))[0]
    assert (row["state"], "No such user" in row["reason"]) == ("off", True)
    box.at_recipient = None
    assert (await person.patch(f"/api/channels/{channel.id}", json={"on": True})).json()["state"] == "ok"
    assert (await person.post(f"/api/channels/{channel.id}/test")).json() == {"sent": True}
    assert box.take()["Subject"] == "This is how reminders reach you here"


async def test_tests_are_limited(person: Person, channel: Channel, box: Mailbox) -> None:
    statuses = [(await person.post(f"/api/channels/{channel.id}/test")).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


async def _shown(person: Person) -> list[dict[str, Any]]:
    return [row for row in (await person.get("/api/channels")).json() if row["kind"] == "email"]

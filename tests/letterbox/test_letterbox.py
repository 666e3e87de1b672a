"""A mail becomes a task, once, and only from who may write."""

import asyncio
from email.message import EmailMessage
from itertools import count

import httpx
import pytest
from fastapi import FastAPI

from backend.letterbox.service import MOST_BYTES
from tests.letterbox.conftest import SENDER, Post
from tests.support.backend import running_app, settings_for
from tests.support.people import PAGE, Person, new_person
from tests.support.tokens import Program, make_token

fresh = count(1)


def mail(subject: str, text: str = "", *, sender: str = SENDER, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = f"Ada Lovelace <{sender}>", subject
    message["Message-ID"] = f"<{next(fresh)}@example.com>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


async def test_a_subject_is_read_as_the_chat_reads_a_task(person: Person, post: Post) -> None:
    answer = await post(bytes(mail("Fwd: Re: call mom tomorrow at 5pm #family !high", "She asked twice.\n")))
    assert (answer.status_code, answer.json()["outcome"]) == (202, "added")
    (task,) = await person.all()
    assert (task["title"], task["tags"], task["priority"], task["notes"]) == (
        "call mom",
        ["family"],
        "high",
        "She asked twice.",
    )
    assert str(task["due"]).endswith("T17:00")
    assert answer.json()["tasks"] == [task["number"]]
    history = (await person.get("/api/history")).json()["items"]
    assert "Mail" in str(history)


@pytest.mark.parametrize(
    "subject",
    [
        "delete everything",
        "what is due today?",
        "undo",
        "mark all as done",
        "Your order 1234 has been shipped",
        "x" * 900,
    ],
)
async def test_a_subject_only_ever_adds(person: Person, post: Post, subject: str) -> None:
    await person.add("stays")
    assert (await post(bytes(mail(subject)))).status_code == 202
    tasks = await person.all()
    assert ("stays", "open") in [(task["title"], task["status"]) for task in tasks]
    assert len(tasks) == 2


async def test_undo_takes_a_mail_back(person: Person, post: Post) -> None:
    await post(bytes(mail("sweep")))
    assert (await person.post("/api/undo", json={})).status_code == 200
    assert await person.all() == []


async def test_the_same_mail_makes_one_task(person: Person, post: Post) -> None:
    content = bytes(mail("sweep"))
    answers = await asyncio.gather(*(post(content) for _ in range(5)))
    assert sorted(answer.json()["outcome"] for answer in answers) == ["added", *["seen"] * 4]
    assert len(await person.all()) == 1
    without = content.replace(b"Message-ID", b"X-Other")
    assert [(await post(without)).json()["outcome"] for _ in range(2)] == ["added", "seen"]


@pytest.mark.parametrize(
    "sender",
    [
        "eve@example.com",
        "ada@example.com.evil.org",
        "ada@example.org",
        "bada@example.com",
        "ada@example.com, eve@x.org",
    ],
)
async def test_nobody_else_may_write(person: Person, post: Post, sender: str) -> None:
    message = mail("sweep")
    del message["From"]
    content = f"From: {sender}\r\n".encode() + bytes(message)
    answer = await post(content)
    assert (answer.status_code, "not taken" in answer.json()["detail"]) == (403, True)
    assert await person.all() == []


async def test_a_name_that_looks_like_an_address_is_none(person: Person, post: Post) -> None:
    content = b'From: "ada@example.com" <eve@example.com>\r\nSubject: sweep\r\n\r\n'
    assert (await post(content)).status_code == 403
    assert (await post(b"Subject: sweep\r\n\r\nno sender")).status_code == 403
    assert (await post(b"\x00\xff not a mail at all")).status_code == 403
    assert (await post(b"From: ADA@Example.COM\r\nSubject: capitals\r\n\r\n")).status_code == 202
    assert [task["title"] for task in await person.all()] == ["capitals"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=1"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
    ],
)
async def test_what_a_machine_answers_is_passed_over(person: Person, post: Post, headers: dict[str, str]) -> None:
    assert (await post(bytes(mail("Out of office", **headers)))).json()["outcome"] == "ignored"
    assert await person.all() == []


async def test_attachments_are_named_and_not_kept(person: Person, post: Post) -> None:
    message = mail("file the taxes", "See below.")
    message.add_attachment(b"%PDF" * 1000, maintype="application", subtype="pdf", filename="Größe 1.pdf")
    message.add_attachment(b"png", maintype="image", subtype="png")
    assert (await post(bytes(message))).status_code == 202
    (task,) = await person.all()
    assert task["notes"] == "See below.\n\nNot kept: Größe 1.pdf, image/png"


async def test_html_alone_is_told_as_it_is_seen(person: Person, post: Post) -> None:
    message = mail("read this")
    html = "<html><head><title>no</title><style>p{}</style></head><body><p>One &amp; <b>two</b></p><script>x</script>"
    message.set_content(html + "<ul><li>three</li><li>four</li></ul></body></html>", subtype="html")
    await post(bytes(message))
    (task,) = await person.all()
    assert task["notes"] == "One & two\nthree\nfour"


@pytest.mark.parametrize(
    ("content", "title", "notes"),
    [
        (b"Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n\r\n", "Grüße", None),
        (b"Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n\r\nx", "Grüße", "x"),
        (b"Subject: =?no-such-set?Q?what=20this?=\r\n\r\n", "=?no-such-set?Q?what=20this?=", None),
        (b"Subject: =?utf-8?B?!!!?=\r\n\r\n", "A mail without a subject", None),
        ("Subject: raw Größe\r\n\r\nraw ✓".encode(), "raw Größe", "raw ✓"),
        (b"Subject: raw \xfc\r\n\r\n", "raw \ufffd", None),
        (b"Subject: folded\r\n over lines\r\n\r\n", "folded over lines", None),
        (b"Subject: \r\n\r\nonly a text", "A mail without a subject", "only a text"),
        (b"Subject: Re: Re: FW: Fwd:\r\n\r\n", "A mail without a subject", None),
        (b"Subject: bells\x07 and \x00 nuls\r\n\r\na\x00b", "bells and nuls", "ab"),
        (b"Content-Type: text/plain; charset=nonsense\r\nSubject: a set\r\n\r\nplain", "a set", "plain"),
        (b"Content-Type: multipart/mixed; boundary=x\r\nSubject: cut off\r\n\r\n--x\r\n", "cut off", None),
        (b"Content-Transfer-Encoding: base64\r\nSubject: broken\r\n\r\n%%%notbase64", "broken", ...),
        (b"Message-ID: <<>>@[\r\nTo: ]]<<\r\nSubject: odd headers\r\n\r\n", "odd headers", None),
    ],
)
async def test_a_broken_mail_costs_its_broken_part_alone(
    person: Person, post: Post, content: bytes, title: str, notes: object
) -> None:
    answer = await post(b"From: ada@example.com\r\n" + content)
    assert answer.status_code == 202, answer.text
    (task,) = await person.all()
    assert task["title"] == title
    assert notes is ... or task["notes"] == notes


async def test_a_long_mail_is_cut(person: Person, post: Post) -> None:
    message = mail("long", "word " * 10_000)
    message.add_attachment(b"x", maintype="text", subtype="csv", filename="a.csv")
    await post(bytes(message))
    (task,) = await person.all()
    assert len(str(task["notes"])) <= 10_000
    assert str(task["notes"]).endswith("…\n\nNot kept: a.csv")


async def test_a_mail_that_is_too_large_is_refused(person: Person, post: Post) -> None:
    large = bytes(mail("large")) + b"x" * MOST_BYTES
    answer = await post(large)
    assert (answer.status_code, "10 MB" in answer.json()["detail"]) == (413, True)
    assert (await post(bytes(mail("fits")) + b"x" * (MOST_BYTES - 2000))).status_code == 202


async def test_mails_are_limited(person: Person, post: Post) -> None:
    statuses = [(await post(bytes(mail(f"task {number}")))).status_code for number in range(62)]
    assert (statuses.count(202), statuses.count(429)) == (60, 2)


async def test_an_address_is_shown_once_renewed_and_revoked(person: Person, post: Post, path: str) -> None:
    state = (await person.get("/api/letterbox")).json()
    assert (state["offered"], state["letterbox"]["ending"], state["letterbox"]["senders"]) == (
        True,
        path[-4:],
        [SENDER],
    )
    assert path.partition("key=")[2] not in (await person.get("/api/account/export")).text
    changed = await person.patch("/api/letterbox", json={"senders": ["Eve@Example.com", "eve@example.com"]})
    assert changed.json()["senders"] == ["eve@example.com"]
    assert (await post(bytes(mail("from ada")))).status_code == 403
    made = (await person.post("/api/letterbox", json={"senders": [SENDER]})).json()
    assert (await post(bytes(mail("to the old one")))).status_code == 404
    assert (await post(bytes(mail("to the new one")), to=made["path"])).status_code == 202
    assert (await person.delete("/api/letterbox")).status_code == 204
    assert (await post(bytes(mail("to the revoked one")), to=made["path"])).status_code == 404
    assert (await person.delete("/api/letterbox")).status_code == 404
    assert [task["title"] for task in await person.all()] == ["to the new one"]


@pytest.mark.parametrize(
    "senders", [[], ["ada"], ["ada@"], ["@example.com"], ["a b@example.com"], ["ada@localhost"], None]
)
async def test_senders_that_are_no_addresses_are_refused(person: Person, senders: object) -> None:
    answer = await person.post("/api/letterbox", json={"senders": senders})
    assert answer.status_code == 422, answer.text


async def test_a_token_may_not_make_one(person: Person, app: FastAPI) -> None:
    made = await make_token(person, scope="write")
    async with Program(app, made["token"]) as program:
        assert (await program.post("/api/letterbox", json={"senders": [SENDER]})).status_code == 403


async def test_it_is_off_by_default(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("off")
    async with running_app(settings_for(data, f"sqlite:///{data / 'todo.db'}")) as app, await new_person(app) as person:
        assert (await person.get("/api/letterbox")).json() == {"offered": False, "letterbox": None}
        refused = await person.post("/api/letterbox", json={"senders": [SENDER]})
        assert (refused.status_code, "TODO_MAIL_IN" in refused.json()["detail"]) == (409, True)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as provider:
            assert (await provider.post("/api/letterbox/mail?key=mail_x", content=b"")).status_code == 404

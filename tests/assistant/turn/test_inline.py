"""The built-in engine's own loop beside the framework's: what is streamed, stored and done is the same."""

import re
from typing import Any

import pytest

from backend.assistant.engines import run
from backend.tasks import service
from tests.assistant.chatting import stream, stream_body
from tests.support.people import Person

Json = dict[str, Any]
CONVERSATION = (
    "add milk tomorrow at 5pm and call mom #family",
    "hello",
    "what's due this week?",
    "move milk to friday and mark call mom as done",
    "complete something that is not there",
    "rename milk to oat milk, then add bread",
    "add m1, m2, m3, m4, m5 and m6",
    "delete milk",
    "no",
    "delete all my tasks and add cake",
    "yes",
    "undo that",
    "mark m as done",
    "1",
    "move bread to 30 february",
    "xyzzy plugh",
)
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z")


async def talk(person: Person, conversation: str) -> list[list[str]]:
    """All chunks of every answer, without what no two runs share."""
    return [
        [bare(chunk) for chunk in await stream(person, stream_body(text, conversation=conversation))]
        for text in CONVERSATION
    ]


def bare(value: object) -> str:
    return _INSTANT.sub("then", _ID.sub("id", str(value)))


async def test_it_says_and_does_what_the_frameworks_loop_would(
    person: Person, stranger: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    inline = await talk(person, "inline")
    stored = (await person.get("/api/conversations/inline")).json()["messages"]
    monkeypatch.setattr(run, "run_inline", run.run_agent)
    framework = await talk(stranger, "framework")
    for text, ours, theirs in zip(CONVERSATION, inline, framework, strict=True):
        assert ours == theirs, text
    theirs_stored = (await stranger.get("/api/conversations/framework")).json()["messages"]
    assert [bare(one["parts"]) for one in stored] == [bare(one["parts"]) for one in theirs_stored]
    assert [bare(task) for task in await person.all(status="all")] == [
        bare(task) for task in await stranger.all(status="all")
    ]


async def test_many_calls_are_told_with_few_receipts_and_the_last_tells_of_all(person: Person) -> None:
    names = [f"thing{number}" for number in range(45)]
    chunks = await stream(person, stream_body("add " + ", ".join(names), conversation="many"))
    receipts = [chunk["data"] for chunk in chunks if chunk["type"] == "data-receipt"]
    assert len(receipts) == 3
    assert [change["after"]["title"] for change in receipts[-1]["changes"]] == names
    assert len(receipts[-1]["calls"]) == 45
    stored = (await person.get("/api/conversations/many")).json()["messages"][-1]["parts"]
    assert [part["data"] for part in stored if part["type"] == "data-receipt"] == receipts[-1:]


async def test_what_was_done_is_told_where_a_later_call_fails(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    create, made = service.create, list[str]()

    async def fail_late(session: Any, actor: Any, new: Any) -> Any:
        if len(made) == 30:
            raise RuntimeError("the disk is gone")
        made.append(new.title)
        return await create(session, actor, new)

    monkeypatch.setattr(service, "create", fail_late)
    names = ", ".join(f"thing{number}" for number in range(45))
    chunks = await stream(person, stream_body(f"add {names}", conversation="late"))
    receipts = [chunk["data"] for chunk in chunks if chunk["type"] == "data-receipt"]
    assert len(receipts[-1]["changes"]) == 30
    assert len([chunk for chunk in chunks if chunk["type"] == "tool-output-available"]) == 30

"""What a text would do, over HTTP: nothing is done."""

import pytest

from tests.support.people import Person


async def test_the_contracts_example(person: Person) -> None:
    body = {"text": "call mom tomorrow at 5pm", "now": "2026-03-04T09:30", "timezone": "America/New_York"}
    read = (await person.post("/api/interpret", json=body)).json()
    assert read["actions"] == [{"tool": "add_task", "arguments": {"title": "call mom", "due": "2026-03-05T17:00"}}]
    (span,) = read["spans"]
    assert body["text"][span["start"] : span["end"]].strip() == "tomorrow at 5pm"
    assert await person.all() == []


async def test_a_question_gets_a_reply(person: Person) -> None:
    read = (await person.post("/api/interpret", json={"text": "what can you do?"})).json()
    assert read["actions"] == [] and read["reply"]


async def test_a_span_clicked_away_stays_words(person: Person) -> None:
    body = {"text": "read 1984 tomorrow", "now": "2026-03-04T09:30", "timezone": "UTC", "plain": [[10, 18]]}
    read = (await person.post("/api/interpret", json=body)).json()
    assert read["actions"] == [{"tool": "add_task", "arguments": {"title": "read 1984 tomorrow"}}]


@pytest.mark.parametrize(
    "fields",
    [{"now": "yesterday"}, {"now": "2026-02-30T10:00"}, {"timezone": "Mars"}, {"more": 1}, {"plain": [[-1, 2]]}],
)
async def test_bad_requests_are_refused(person: Person, fields: dict[str, object]) -> None:
    assert (await person.post("/api/interpret", json={"text": "x", **fields})).status_code == 422

"""Saying things to the assistant, and reading its streams."""

import json
from typing import Any
from uuid import uuid4

from tests.support.people import Person

Json = dict[str, Any]


class Chat:
    """One conversation of a person."""

    def __init__(self, person: Person, *, timezone: str = "Europe/Berlin") -> None:
        self.person = person
        self.timezone = timezone
        self.id: str | None = None

    async def say(self, message: str, **fields: object) -> Json:
        """The assistant's whole answer."""
        body = {"message": message, "timezone": self.timezone, **fields}
        if self.id:
            body["conversation_id"] = self.id
        answer = await self.person.post("/api/chat", json=body)
        assert answer.status_code == 200, answer.text
        said: Json = answer.json()
        self.id = said["conversation_id"]
        return said


def user_message(text: str, *, id: str | None = None) -> Json:  # noqa: A002
    return {"id": id or uuid4().hex, "role": "user", "parts": [{"type": "text", "text": text}]}


def stream_body(text: str, *, conversation: str, id: str | None = None, **fields: object) -> Json:  # noqa: A002
    """What `useChat`'s default transport sends."""
    messages = [user_message(text, id=id)]
    return {
        "id": conversation,
        "messages": messages,
        "trigger": "submit-message",
        "timezone": "Europe/Berlin",
        **fields,
    }


async def stream(person: Person, body: Json) -> list[Json]:
    """The chunks of a whole stream."""
    answer = await person.post("/api/chat/stream", json=body)
    assert answer.status_code == 200, answer.text
    return read_stream(answer.text)


def read_stream(text: str) -> list[Json]:
    events = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    assert events[-1] == "[DONE]"
    return [json.loads(event) for event in events[:-1]]


def text_of(chunks: list[Json]) -> str:
    return "".join(chunk["delta"] for chunk in chunks if chunk["type"] == "text-delta")


def data_of(chunks: list[Json], kind: str) -> Json:
    """The data of the last part of a kind."""
    data: Json = [chunk for chunk in chunks if chunk["type"] == f"data-{kind}"][-1]["data"]
    return data


async def titles(person: Person, **query: object) -> set[str]:
    return {str(task["title"]) for task in await person.all(**query)}

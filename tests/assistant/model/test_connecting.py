"""A kept connection that the other end has closed is not the user's trouble."""

import httpx2
import pytest
from openai import AsyncOpenAI
from pydantic_ai import Agent
from pydantic_ai.exceptions import ModelConnectionError
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from backend.assistant.engines.hosted.connections import ReconnectingClient
from cli.scripted_model.steps import USAGE


def _answer(content: str) -> httpx2.Response:
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    head = {"id": "chat-1", "object": "chat.completion", "created": 1_760_000_000, "model": "m", "usage": USAGE}
    return httpx2.Response(200, json={**head, "choices": choices})


def _model(*outcomes: httpx2.Response | Exception) -> tuple[OpenAIChatModel, list[bytes]]:
    """A model whose requests end as said, one after another, and the bodies that it was sent."""
    bodies: list[bytes] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        outcome = outcomes[len(bodies)]
        bodies.append(request.content)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    client = ReconnectingClient(transport=httpx2.MockTransport(handle))
    openai = AsyncOpenAI(api_key="k", base_url="http://model.example/v1", max_retries=0, http_client=client)
    return OpenAIChatModel("m", provider=OpenAIProvider(openai_client=openai)), bodies


CLOSED = [
    httpx2.RemoteProtocolError("Server disconnected without sending a response."),
    httpx2.ReadError("reset"),
    httpx2.ConnectError("refused"),
]


@pytest.mark.parametrize("closed", CLOSED, ids=["disconnected", "reset", "refused"])
async def test_a_request_without_any_answer_is_sent_once_more(closed: Exception) -> None:
    model, bodies = _model(closed, _answer("Hello."))

    assert (await Agent(model).run("hi")).output == "Hello."
    assert len(bodies) == 2 and bodies[0] == bodies[1]


async def test_but_not_twice() -> None:
    model, bodies = _model(CLOSED[0], CLOSED[0], _answer("Hello."))

    with pytest.raises(ModelConnectionError):
        await Agent(model).run("hi")
    assert len(bodies) == 2

"""The same message many times at once: one turn, one answer."""

import asyncio

import httpx
import pytest
from starlette.responses import Response

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import Json, calls, says
from tests.assistant.chatting import read_stream, stream_body, text_of
from tests.assistant.repeats.replicas import Replicas, say, titles, until

WORDS = "add milk and add bread"


async def test_thirty_two_at_two_replicas_get_one_answer(replicas: Replicas, client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(say(client, replicas.servers[at % 2], WORDS, key="k") for at in range(32)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert await titles(client, replicas.servers[0]) == ["bread", "milk"]


async def test_thirty_two_of_a_conversation_that_stands(replicas: Replicas, client: httpx.AsyncClient) -> None:
    conversation = (await say(client, replicas.servers[0], "hello", key="h")).json()["conversation_id"]
    both = [say(client, replicas.servers[at % 2], WORDS, key="k", conversation_id=conversation) for at in range(32)]
    answers = await asyncio.gather(*both)
    assert {answer.status_code for answer in answers} == {200} and len({answer.text for answer in answers}) == 1
    kept = (await client.get(f"{replicas.servers[1].address}/api/conversations/{conversation}")).json()
    assert [message["role"] for message in kept["messages"]] == ["user", "assistant"] * 2


async def test_thirty_two_streams_say_the_same(replicas: Replicas, client: httpx.AsyncClient) -> None:
    body = stream_body(WORDS, conversation="c1", id="m1")
    addresses = [f"{replicas.servers[at % 2].address}/api/chat/stream" for at in range(32)]
    answers = await asyncio.gather(*(client.post(address, json=body) for address in addresses))
    assert {answer.status_code for answer in answers} == {200}
    chunks = [read_stream(answer.text) for answer in answers]
    assert len({text_of(one) for one in chunks}) == 1 and len({one[0]["messageId"] for one in chunks}) == 1
    assert await titles(client, replicas.servers[0]) == ["bread", "milk"]


@pytest.mark.parametrize("path", ["chat", "chat/stream"])
async def test_a_client_that_hung_up_gets_its_answer_the_second_time(
    modelled: Replicas, client: httpx.AsyncClient, slow_model: ScriptedModel, path: str
) -> None:
    async def slowly(body: Json) -> Response:
        await asyncio.sleep(2)
        return await calls(("add_task", {"title": "milk"}))(body)

    slow_model.plays(slowly, says("Added milk."))
    whole = {"message": "milk please", "timezone": "Europe/Berlin"}
    body = whole if path == "chat" else stream_body("milk please", conversation="c1", id="m1")
    address = f"{modelled.servers[0].address}/api/{path}"
    with pytest.raises(httpx.ReadTimeout):
        await client.post(address, json=body, headers={"Idempotency-Key": "k"}, timeout=1)
    again = await client.post(address, json=body, headers={"Idempotency-Key": "k"}, timeout=60)
    assert again.status_code == 200 and "Added milk." in again.text
    assert await titles(client, modelled.servers[0]) == ["milk"] and len(slow_model.requests) == 2


@pytest.mark.parametrize("replica", [0, 1])
async def test_a_repeat_waits_for_a_model_that_thinks_longer_than_the_silence(
    modelled: Replicas, client: httpx.AsyncClient, slow_model: ScriptedModel, replica: int
) -> None:
    async def slowly(body: Json) -> Response:
        await asyncio.sleep(6)
        return await calls(("add_task", {"title": "milk"}))(body)

    slow_model.plays(slowly, says("Added milk."))
    first = asyncio.create_task(say(client, modelled.servers[0], "milk please", key="k"))
    await until(lambda: bool(slow_model.requests))
    again = await say(client, modelled.servers[replica], "milk please", key="k")
    assert again.json() == (await first).json() and len(slow_model.requests) == 2
    assert await titles(client, modelled.servers[0]) == ["milk"]

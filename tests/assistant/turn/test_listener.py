"""A turn and who listens to it: a slow one slows it, one that left does not stop it."""

import asyncio

import pytest
from pydantic_ai.ui.vercel_ai.response_types import TextDeltaChunk

from backend.assistant.turn import listener as module
from backend.assistant.turn.listener import LENGTH, Listener


def _chunk(number: int) -> TextDeltaChunk:
    return TextDeltaChunk(id="t", delta=str(number))


async def _send(listener: Listener, count: int) -> None:
    for number in range(count):
        await listener.send(_chunk(number))
    listener.end(None)


async def test_everything_comes_in_order() -> None:
    listener = Listener()
    sending = asyncio.create_task(_send(listener, 10 * LENGTH))
    assert [chunk.delta async for chunk in listener.chunks()] == [str(number) for number in range(10 * LENGTH)]  # type: ignore[attr-defined]
    await sending


async def test_a_slow_listener_holds_the_turn_back() -> None:
    listener = Listener()
    sending = asyncio.create_task(_send(listener, 10 * LENGTH))
    await asyncio.sleep(0.05)
    assert not sending.done()
    chunks = listener.chunks()
    for _ in range(5):
        await anext(chunks)
    await asyncio.sleep(0.05)
    assert not sending.done()
    await chunks.aclose()  # type: ignore[attr-defined]
    await asyncio.wait_for(sending, timeout=1)


async def test_one_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
    listener = Listener()
    await asyncio.wait_for(_send(listener, 10 * LENGTH), timeout=1)
    assert [chunk async for chunk in listener.chunks()] == []


async def test_the_turns_own_error_comes_after_what_it_said() -> None:
    listener = Listener()
    await listener.send(_chunk(1))
    listener.end(RuntimeError("over"))
    seen = []
    with pytest.raises(RuntimeError, match="over"):
        async for chunk in listener.chunks():
            seen.append(chunk)
    assert len(seen) == 1


async def test_one_who_waits_hears_the_end() -> None:
    listener = Listener()
    waiting = asyncio.create_task(anext(listener.chunks(), None))
    await asyncio.sleep(0)
    listener.end(None)
    assert await asyncio.wait_for(waiting, timeout=1) is None

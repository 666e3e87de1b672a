"""A share: places, a line behind them, and a refusal beyond; nothing is lost when somebody gives up."""

import asyncio

import pytest

from backend.budgets.shares import Share, Slot
from backend.errors import TooManyRequestsError


def share(*, running: int = 2, waiting: int = 2, seconds: float = 5) -> Share:
    return Share("test", running=running, waiting=waiting, seconds=seconds, detail="Too many.")


async def test_who_comes_too_late_waits_and_who_comes_later_still_is_refused() -> None:
    places = share()
    held = [await places.take("one") for _ in range(2)]
    waiting = [asyncio.create_task(places.take("one")) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyRequestsError) as refused:
        await places.take("one")
    assert refused.value.headers["Retry-After"] == "1"
    held[0].leave()
    first = await asyncio.wait_for(waiting[0], 1)
    assert not waiting[1].done()
    for slot in (held[1], first):
        slot.leave()
    (await asyncio.wait_for(waiting[1], 1)).leave()


async def test_one_claimant_does_not_stand_in_another_ones_line() -> None:
    places = share(running=1, waiting=0)
    slot = await places.take("one")
    other = await asyncio.wait_for(places.take("other"), 1)
    slot.leave()
    other.leave()


async def test_a_line_that_does_not_move_ends_with_a_refusal() -> None:
    places = share(running=1, seconds=0.05)
    slot = await places.take("one")
    with pytest.raises(TooManyRequestsError):
        await places.take("one")
    slot.leave()
    (await places.take("one")).leave()


async def test_a_place_is_given_back_once() -> None:
    places = share(running=1, waiting=0)
    slot = await places.take("one")
    slot.leave()
    slot.leave()
    await places.take("one")
    with pytest.raises(TooManyRequestsError):
        await places.take("one")


async def test_a_task_that_keeps_a_place_holds_it_to_its_end() -> None:
    places = share(running=1, waiting=0)
    slot = await places.take("one")
    goes_on = asyncio.Event()

    async def work() -> None:
        await goes_on.wait()

    task = asyncio.create_task(work())
    slot.keep_until(task)
    slot.leave()
    with pytest.raises(TooManyRequestsError):
        await places.take("one")
    goes_on.set()
    await task
    await asyncio.sleep(0)
    (await places.take("one")).leave()


@pytest.mark.parametrize("handed_over", [False, True])
async def test_who_gives_up_takes_no_place_along(handed_over: bool) -> None:
    places = share(running=1, waiting=3)
    slot = await places.take("one")
    gone, stays = (asyncio.create_task(places.take("one")) for _ in range(2))
    await asyncio.sleep(0)
    if handed_over:
        slot.leave()
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    slot.leave()
    (await asyncio.wait_for(stays, 1)).leave()
    assert isinstance(await places.take("one"), Slot)

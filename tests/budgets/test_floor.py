"""The floor: who has used much works step by step behind the others; what is over, raised or cancelled stays true."""

import asyncio
import time

import pytest

from backend.budgets.claimants import claim
from backend.budgets.floor import ALLOWANCE, Floor, on_floor, paced, urgent
from backend.budgets.refusals import EACH_SECONDS, Refusals
from backend.pauses import with_pauses


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A light request is waited for as long as it takes."""
    monkeypatch.setattr("backend.budgets.floor.YOUNG_SECONDS", 60.0)
    monkeypatch.setattr("backend.budgets.floor.STARVED_SECONDS", 60.0)


def floor_with(**spent: float) -> Floor:
    """A floor on which these claimants have just used so many seconds."""
    floor = Floor()
    for who, seconds in spent.items():
        floor.charge(who, floor.account(who), seconds)
    return floor


async def steps(name: str, number: int, log: list[str]) -> str:
    for _ in range(number):
        log.append(name)
        await asyncio.sleep(0)
    return name


async def run(floor: Floor, who: str, number: int, log: list[str]) -> str:
    claim(who)
    return await on_floor(floor, steps(who, number, log))


async def test_a_light_claimant_goes_before_a_heavy_one(unhurried: None) -> None:
    floor, log = floor_with(light=0.001, heavy=10 * ALLOWANCE), list[str]()
    heavy = asyncio.create_task(run(floor, "heavy", 50, log))
    light = asyncio.create_task(run(floor, "light", 5, log))
    assert await asyncio.gather(heavy, light) == ["heavy", "light"]
    assert log[:5] == ["light"] * 5
    assert log.count("heavy") == 50


async def test_of_two_heavy_ones_the_lighter_goes_first() -> None:
    floor, log = floor_with(more=8.0, less=2.0), list[str]()
    await asyncio.gather(run(floor, "more", 3, log), run(floor, "less", 3, log))
    assert log == ["less"] * 3 + ["more"] * 3


async def test_a_claimant_who_is_alone_waits_for_nobody() -> None:
    floor, log = floor_with(heavy=10.0), list[str]()
    floor._company_at = -10.0  # the only claimant so far counts as company to none
    account = floor.account("heavy")
    floor.charge("heavy", account, 0.0)
    assert not floor.holds_back(account)
    assert await run(floor, "heavy", 3, log) == "heavy"


async def test_what_was_used_is_forgotten() -> None:
    floor = floor_with(heavy=1.0, other=0.0)
    account = floor.account("heavy")
    assert floor.holds_back(account)
    account.at -= 10  # ten seconds ago
    assert not floor.holds_back(account)


async def test_who_holds_a_lock_goes_before_the_lighter_ones(unhurried: None) -> None:
    floor, log, over = floor_with(light=0.001, heavy=10 * ALLOWANCE), list[str](), asyncio.Event()

    async def light() -> None:
        claim("light")
        await on_floor(floor, over.wait())

    waiting = asyncio.create_task(light())
    await asyncio.sleep(0)
    with urgent():
        await asyncio.wait_for(run(floor, "heavy", 3, log), 5)
    assert not waiting.done()
    over.set()
    await waiting


async def test_a_light_one_that_takes_long_holds_nobody_back() -> None:
    floor, over = floor_with(light=0.001, heavy=10 * ALLOWANCE), asyncio.Event()

    async def light() -> None:
        claim("light")
        await on_floor(floor, over.wait())

    waiting = asyncio.create_task(light())
    await asyncio.sleep(0)
    assert await asyncio.wait_for(run(floor, "heavy", 3, []), 5) == "heavy"
    over.set()
    await waiting


async def test_an_error_comes_out_as_it_was_raised() -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise KeyError("mine")

    claim("one")
    with pytest.raises(KeyError, match="mine"):
        await on_floor(Floor(), fails())


async def test_a_cancellation_reaches_the_work_while_it_waits_for_the_floor() -> None:
    floor, ended = floor_with(light=0.001, heavy=10 * ALLOWANCE), list[str]()

    async def work() -> None:
        try:
            await steps("heavy", 10**9, [])
        finally:
            ended.append("cleaned up")

    claim("heavy")
    task = asyncio.create_task(on_floor(floor, work()))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == ["cleaned up"]
    claim("heavy")
    assert await asyncio.wait_for(on_floor(floor, asyncio.sleep(0, "goes on")), 1) == "goes on"


async def test_a_timeout_within_the_work_is_its_own() -> None:
    async def late() -> str:
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(5)
        except TimeoutError:
            return "given up"
        return "waited"

    claim("one")
    assert await on_floor(Floor(), late()) == "given up"


async def test_work_of_the_program_itself_is_not_paced() -> None:
    claim(None)
    assert await paced(asyncio.sleep(0, "done")) == "done"


async def test_refusals_are_told_one_after_another() -> None:
    refusals = Refusals()
    begun = time.monotonic()
    assert all(await asyncio.gather(*(refusals.wait("one") for _ in range(6))))
    assert time.monotonic() - begun >= 5 * EACH_SECONDS * 0.9
    begun = time.monotonic()
    assert await refusals.wait("other")
    assert time.monotonic() - begun < 5 * EACH_SECONDS


async def test_a_flood_of_refusals_is_cut_off() -> None:
    refusals = Refusals()
    many = [asyncio.ensure_future(refusals.wait("one")) for _ in range(600)]
    await asyncio.sleep(0.05)
    told = [task for task in many if task.done()]
    assert any(task.result() is False for task in told)
    for task in many:
        task.cancel()
    await asyncio.gather(*many, return_exceptions=True)


async def test_long_work_gives_the_event_loop_back() -> None:
    seen, log = list[int](), list[int]()

    async def beside() -> None:
        for _ in range(3):
            log.append(len(seen))
            await asyncio.sleep(0)

    other = asyncio.create_task(beside())
    async for number in with_pauses(range(9), every=3):
        seen.append(number)
    await other
    assert seen == list(range(9))
    assert log == [3, 6, 9]

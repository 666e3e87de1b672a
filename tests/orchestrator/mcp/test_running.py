"""A run while it lasts: told, called off, and alone."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from mcp_types import ElicitResult

from orchestrator.errors import LockedError
from orchestrator.graph.lock import held
from tests.orchestrator.mcp.driving import agent, records
from tests.orchestrator.standins import stand_in


async def approves(context: Any, params: Any) -> ElicitResult:
    return ElicitResult(action="accept", content={"approve": True})


@pytest.fixture
def building(tree: Path) -> Path:
    """A docker whose builds take long; where it notes its process."""
    note = tree / "builds"
    stand_in(
        tree / "bin", "docker",
        f"""case "$1" in ps) echo k8s_coredns_x;; build) echo $$ >> {note}; echo "#5 RUN pip"; sleep 60;; *) exit 1;;
        esac""",
    )  # fmt: skip
    stand_in(tree / "bin", "helm", "sleep 60")
    return note


async def until(condition: Any, *, limit: float = 60) -> None:
    """Look until it is true."""
    for _ in range(int(limit * 10)):
        if condition():
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{condition} never came true")


def started(building: Path) -> list[int]:
    """The builds' processes."""
    return [int(line) for line in building.read_text().split()]


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


async def test_progress_grows_and_a_call_off_ends_the_run_and_frees_the_lock(tree: Path, building: Path) -> None:
    told: list[tuple[float, float | None, str | None]] = []

    async def progress(reached: float, total: float | None, message: str | None) -> None:
        told.append((reached, total, message))

    async with agent(tree, "--allow-changes", ask=approves) as client:
        run = asyncio.ensure_future(client.call_tool("up", {}, progress_callback=progress))
        await until(lambda: building.exists() and any("RUN pip" in (message or "") for _, _, message in told))
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
        pids = started(building)
        await until(lambda: not any(alive(pid) for pid in pids), limit=20)
        await until(lambda: _free(tree), limit=20)
        assert (await client.do("audit"))["ok"] is False
    reached = [one for one, _, _ in told]
    assert reached == sorted(set(reached)), "progress only grows"
    assert {total for _, total, _ in told} == {20}
    assert any("Audit log: audit log made" in (message or "") or "stands" in (message or "") for _, _, message in told)
    found = records(tree)
    assert not any(record["agent"] == "DOCKER" and record["passed"] for record in found)
    assert (found[-1]["agent"], found[-1]["passed"]) == ("INFRA-ORCHESTRATOR", False)
    assert "called off while it ran" in found[-1]["result"]


def _free(tree: Path) -> bool:
    try:
        with held(tree / ".todo-deploy" / "lock", doing="look"):
            return True
    except LockedError:
        return False


async def test_a_client_that_goes_away_ends_its_run(tree: Path, building: Path) -> None:
    client = await agent(tree, "--allow-changes", ask=approves).__aenter__()
    run = asyncio.ensure_future(client.call_tool("up", {}))
    try:
        await until(building.exists)
    finally:
        run.cancel()
        await client.__aexit__(None, None, None)
    pids = started(building)
    await until(lambda: not any(alive(pid) for pid in pids), limit=20)
    assert _free(tree)


async def test_two_runs_at_once_say_who_holds_the_lock(tree: Path, building: Path) -> None:
    async with agent(tree, "--allow-changes", ask=approves) as client:
        run = asyncio.ensure_future(client.call_tool("up", {}))
        await until(building.exists)
        holder = json.loads((tree / ".todo-deploy" / "lock").read_text())
        assert holder["pid"] != os.getpid()
        told = await client.refused("up", force=True)
        assert f"another run holds the lock: `up`, process {holder['pid']} of " in told
        assert (await client.do("plan"))["due"] > 0, "looking needs no lock"
        run.cancel()

"""A process whose event loop stands still ends itself, and one that was merely stopped does not."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 2.0
PROGRAM = """
import asyncio, ctypes, os, re, sys, time
from backend.serving.watchdog import watched

def stand_in_a_sleep(): time.sleep(60)
def stand_in_a_loop():
    while True: pass
def stand_in_a_pattern(): re.match("(a+)+$", "a" * 60 + "b")
def stand_holding_the_lock(): ctypes.PyDLL(None).sleep(60)

async def main():
    async with watched(float(sys.argv[2])), watched(float(sys.argv[2])):
        print("ready", flush=True)
        if sys.argv[1] == "nothing":
            await asyncio.sleep(60)
        await asyncio.sleep(0.2)
        globals()[sys.argv[1]]()
asyncio.run(main())
"""


def start(act: str, *, seconds: float = LIMIT) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", PROGRAM, act, str(seconds)]
    started = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


@pytest.mark.parametrize("act", ["stand_in_a_sleep", "stand_in_a_loop", "stand_in_a_pattern", "stand_holding_the_lock"])
def test_a_loop_that_stands_still_ends_its_process_with_the_stack_in_its_log(act: str) -> None:
    started = start(act)
    began = time.monotonic()
    _, said = started.communicate(timeout=30)
    assert started.returncode == signal.SIGQUIT, said
    assert time.monotonic() - began > LIMIT / 2
    assert "The event loop has stood still for 2 seconds" in said
    assert f"in {act}\n" in said


def test_a_stopped_process_goes_on_when_it_is_let() -> None:
    started = start("nothing")
    started.send_signal(signal.SIGSTOP)
    time.sleep(LIMIT + 1.5)
    started.send_signal(signal.SIGCONT)
    time.sleep(LIMIT / 2)
    try:
        assert started.poll() is None
    finally:
        started.kill()
        started.communicate()


def test_the_program_beside_ends_with_a_process_that_is_killed() -> None:
    started = start("nothing")
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
    assert len(children) == 1  # for both watches
    started.kill()
    started.communicate()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_without_a_limit_nothing_watches() -> None:
    started = start("nothing", seconds=0)
    assert not Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
    started.kill()
    started.communicate()

"""The adversary in a process of its own: its own work is not what the other user waits for."""

import asyncio
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from cli.bench.fairness.adversary import Adversary, attack

# The adversary's own machine is elsewhere; on this one it is not to take the processor from the server it loads.
NICENESS = 10
START_SECONDS = 30.0
END_SECONDS = 120.0


@dataclass
class Attacker:
    """``answered`` counts the adversary's answers; it is known once the attack has ended."""

    process: BaseProcess
    pipe: Connection
    answered: int = 0

    def end(self) -> None:
        """Let what is under way be answered. Raises RuntimeError for an answer that no user should get."""
        self.pipe.send("stop")
        outcome = self._receive(END_SECONDS)
        if isinstance(outcome, str):
            raise RuntimeError(outcome)
        self.answered = outcome

    def wait_for_start(self) -> None:
        self._receive(START_SECONDS)

    def _receive(self, seconds: float) -> int | str:
        if not self.pipe.poll(seconds):
            raise RuntimeError(f"The adversary's process said nothing for {seconds:.0f} s.")
        try:
            received: int | str = self.pipe.recv()
        except EOFError as error:
            self.process.join()
            raise RuntimeError(f"The adversary's process ended with {self.process.exitcode}.") from error
        return received


@contextmanager
def attacking(port: int, adversary: Adversary) -> Iterator[Attacker]:
    """The adversary is at it within this block. Raises RuntimeError for an answer that no user should get."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(port, adversary, theirs), daemon=True)
    process.start()
    theirs.close()
    attacker = Attacker(process, ours)
    try:
        attacker.wait_for_start()
        yield attacker
        attacker.end()
    finally:
        process.kill()
        process.join()
        ours.close()


def _run(port: int, adversary: Adversary, pipe: Connection) -> None:
    """Say that it begins, attack until told to stop, say how many were answered or what was wrong."""
    os.nice(NICENESS)
    pipe.send("begun")
    try:
        pipe.send(asyncio.run(_until_told(port, adversary, pipe)))
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")


async def _until_told(port: int, adversary: Adversary, pipe: Connection) -> int:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_reader(pipe.fileno(), stop.set)
    return await attack(port, adversary, stop=stop)

"""`kubectl port-forward` for as long as a block lasts, at a port of 127.0.0.1 that is free or was given."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.errors import DeployError, EnvironmentMissingError
from orchestrator.process import Door
from orchestrator.targets.base import Cluster

_FORWARDING = re.compile(r"Forwarding from (127\.0\.0\.1:\d+)")
_START = 20.0  # seconds until it forwards: a slow cluster takes several


def argv(cluster: Cluster, service: str, port: int, *, local: int = 0) -> list[str]:
    """The command: the Service's `port` at `local` of 127.0.0.1; 0 lets kubectl choose."""
    return cluster.kubectl("port-forward", "--address", "127.0.0.1", f"service/{service}", f"{local or ''}:{port}")


@contextmanager
def forwarded(door: Door, command: list[str], *, limit: float) -> Iterator[str]:
    """The URL that leads there, for `limit` seconds at most. Raises EnvironmentMissingError with kubectl's words."""
    found: list[str] = []
    why = ["it does not answer"]
    ready, stop = threading.Event(), threading.Event()

    def on_line(line: str) -> None:
        if match := _FORWARDING.search(line):
            found.append(f"http://{match.group(1)}")
            ready.set()

    def hold() -> None:
        try:
            done = door.run(command, limit=limit, on_line=on_line, stop=stop, check=False)
            why[0] = door.redactor.mask((done.err.strip() or "it ended").splitlines()[-1])
        except DeployError as error:
            why[0] = error.message
        ready.set()

    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    try:
        ready.wait(timeout=_START)
        if not found:
            raise EnvironmentMissingError(f"kubectl port-forward: {why[0]}")
        yield found[0]
    finally:
        stop.set()
        thread.join(timeout=15)

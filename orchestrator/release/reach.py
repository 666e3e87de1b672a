"""The release's front door: a URL that answers, by the target's own way, else a port-forward."""

import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.errors import DeployError, ReleaseFailedError
from orchestrator.options import FRONTEND
from orchestrator.run import Run
from orchestrator.targets.base import Cluster

_FORWARDING = re.compile(r"Forwarding from (127\.0\.0\.1:\d+)")
_PATIENCE = 10.0  # seconds for a URL to answer: kube-proxy needs a moment after the pods are ready


def answers(url: str, *, limit: float = 3.0) -> bool:
    """Whether anything speaks HTTP there, whatever its status."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=limit):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False


def direct(run: Run, *, patience: float = _PATIENCE) -> str | None:
    """The target's own URL, once it answers; None if it has none or it stays silent."""
    url = run.target.address(run.door, FRONTEND, _node_port(run))
    deadline = time.monotonic() + patience
    while url is not None:
        if answers(url):
            return url
        if time.monotonic() > deadline:
            return None
        time.sleep(0.3)
    return None


def forward_argv(cluster: Cluster, port: int) -> list[str]:
    """A port-forward to the frontend on `port` of 127.0.0.1; 0 lets kubectl choose."""
    return cluster.kubectl("port-forward", "--address", "127.0.0.1", f"service/{FRONTEND}", f"{port or ''}:3000")


@contextmanager
def front_door(
    run: Run, *, port: int = 0, limit: float = 600.0, patience: float = _PATIENCE
) -> Iterator[tuple[str, bool]]:
    """(URL, whether it is a port-forward that ends with the block). Raises ReleaseFailedError if nothing answers."""
    if url := direct(run, patience=patience):
        yield url, False
        return
    with _forward(run, port, limit) as url:
        yield url, True


@contextmanager
def _forward(run: Run, port: int, limit: float) -> Iterator[str]:
    found: list[str] = []
    ready, stop = threading.Event(), threading.Event()
    failure: list[DeployError] = []

    def on_line(line: str) -> None:
        if match := _FORWARDING.search(line):
            found.append(f"http://{match.group(1)}")
            ready.set()

    def hold() -> None:
        try:
            run.door.run(forward_argv(run.target.cluster, port), limit=limit, on_line=on_line, stop=stop, check=False)
        except DeployError as error:
            failure.append(error)
        ready.set()

    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    try:
        ready.wait(timeout=20)
        if not found:
            why = str(failure[0]) if failure else "kubectl port-forward did not start"
            raise ReleaseFailedError(f"the frontend cannot be reached: {why}.", remedy="See ./todo deploy status.")
        yield found[0]
    finally:
        stop.set()
        thread.join(timeout=15)


def _node_port(run: Run) -> int:
    argv = run.target.cluster.kubectl("get", "service", FRONTEND, "--ignore-not-found", "--output", "json")
    told = run.door.run(argv, limit=30).out
    if not told.strip():
        raise ReleaseFailedError(f"there is no service {FRONTEND}.", remedy="Deploy first: ./todo deploy")
    ports = json.loads(told)["spec"]["ports"]
    return int(ports[0].get("nodePort") or 0)

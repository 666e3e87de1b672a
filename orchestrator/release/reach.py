"""The release's front door: a URL that answers, by the target's own way, else a port-forward."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from orchestrator.errors import EnvironmentMissingError, ReleaseFailedError
from orchestrator.options import FRONTEND
from orchestrator.run import Run
from orchestrator.targets import port_forward
from orchestrator.targets.base import Cluster

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
    return port_forward.argv(cluster, FRONTEND, 3000, local=port)


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
    with ExitStack() as held:
        try:
            url = held.enter_context(
                port_forward.forwarded(run.door, forward_argv(run.target.cluster, port), limit=limit)
            )
        except EnvironmentMissingError as error:
            raise ReleaseFailedError(
                f"the frontend cannot be reached: {error.message}.", remedy="See ./todo deploy status."
            ) from error
        yield url


def _node_port(run: Run) -> int:
    argv = run.target.cluster.kubectl("get", "service", FRONTEND, "--ignore-not-found", "--output", "json")
    told = run.door.run(argv, limit=30).out
    if not told.strip():
        raise ReleaseFailedError(f"there is no service {FRONTEND}.", remedy="Deploy first: ./todo deploy")
    ports = json.loads(told)["spec"]["ports"]
    return int(ports[0].get("nodePort") or 0)

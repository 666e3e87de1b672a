"""The last log lines of a container, for the person who has to mend it."""

import time

from orchestrator.diagnosis.facts import Sign
from orchestrator.process import Completed, Door
from orchestrator.targets.base import Cluster

_ENDED = ("CrashLoop", "OOMKilled", "InitFailed", "CannotStart")  # the run before the present one tells why
_GONE = "unable to retrieve container logs for"  # said with exit code 0, for a run that was just cleaned up
_ROUNDS = 5
_PAUSE = 1.0  # seconds: a container that crashes has soon ended once more


def logs_argv(cluster: Cluster, pod: str, container: str, *, previous: bool, lines: int) -> list[str]:
    """The last `lines` of the container's log, of its previous run if asked."""
    extra = ["--previous"] if previous else []
    return cluster.kubectl("logs", pod, "--container", container, "--tail", str(lines), *extra)


def last_lines(door: Door, cluster: Cluster, cause: Sign, *, lines: int = 15) -> str:
    """The masked last lines that belong to `cause`; empty for one that no container shows.

    A log that was cleaned up as its container started anew is looked for again, for some seconds.
    """
    if not cause.container:
        return ""
    for left in reversed(range(_ROUNDS)):
        found = _log(door, cluster, cause, lines)
        if not found.out.startswith(_GONE) or not left:
            break
        time.sleep(_PAUSE)
    told = found.out.rstrip() if found.ok else f"(its log cannot be read: {found.err.strip()})"
    return door.redactor.mask(told)


def _log(door: Door, cluster: Cluster, cause: Sign, lines: int) -> Completed:
    """Of the run before the present one, where that tells why; of the present one where that is gone or tells not."""

    def read(*, previous: bool) -> Completed:
        argv = logs_argv(cluster, cause.pod, cause.container, previous=previous, lines=lines)
        return door.run(argv, limit=30, check=False)

    if cause.code not in _ENDED:
        return read(previous=False)
    before = read(previous=True)
    if before.ok and not before.out.startswith(_GONE):
        return before
    now = read(previous=False)
    return before if before.ok and now.ok and not now.out.strip() else now  # it began just now: its turn is to come

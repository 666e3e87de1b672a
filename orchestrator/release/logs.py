"""The last log lines of a container, for the person who has to mend it."""

from orchestrator.diagnosis.facts import Sign
from orchestrator.process import Door
from orchestrator.targets.base import Cluster

_ENDED = ("CrashLoop", "OOMKilled", "InitFailed", "CannotStart")  # the run before the present one tells why


def logs_argv(cluster: Cluster, pod: str, container: str, *, previous: bool, lines: int) -> list[str]:
    """The last `lines` of the container's log, of its previous run if asked."""
    extra = ["--previous"] if previous else []
    return cluster.kubectl("logs", pod, "--container", container, "--tail", str(lines), *extra)


def last_lines(door: Door, cluster: Cluster, cause: Sign, *, lines: int = 15) -> str:
    """The masked last lines that belong to `cause`; empty for one that no container shows."""
    if not cause.container:
        return ""
    for previous in (cause.code in _ENDED, False):
        argv = logs_argv(cluster, cause.pod, cause.container, previous=previous, lines=lines)
        answer = door.run(argv, limit=30, check=False)
        if answer.ok:
            return door.redactor.mask(answer.out.rstrip())
    return door.redactor.mask(f"(its log cannot be read: {answer.err.strip()})")

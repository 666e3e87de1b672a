"""The last log lines of a container, for the person who has to mend it."""

from orchestrator.process import Door
from orchestrator.release.causes import Cause
from orchestrator.targets.base import Cluster

_NO_LOG = ("ErrImageNeverPull", "InvalidImageName", "ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError")


def logs_argv(cluster: Cluster, pod: str, container: str, *, previous: bool, lines: int) -> list[str]:
    """The last `lines` of the container's log, of its previous run if asked."""
    extra = ["--previous"] if previous else []
    return cluster.kubectl("logs", pod, "--container", container, "--tail", str(lines), *extra)


def last_lines(door: Door, cluster: Cluster, cause: Cause, *, lines: int = 15) -> str:
    """The masked last lines that belong to `cause`; a sentence if the container never ran."""
    if not cause.container or cause.reason in _NO_LOG:
        return ""
    for previous in (cause.previous, False):
        argv = logs_argv(cluster, cause.pod, cause.container, previous=previous, lines=lines)
        answer = door.run(argv, limit=30, check=False)
        if answer.ok:
            return door.redactor.mask(answer.out.rstrip())
    return door.redactor.mask(f"(its log cannot be read: {answer.err.strip()})")

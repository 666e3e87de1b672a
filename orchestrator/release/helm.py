"""Helm, wrapped: argv as data, its JSON read into values. Never `--set` with a value that could be secret."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.options import CHART, RELEASE
from orchestrator.process import Door
from orchestrator.targets.base import Cluster


@dataclass(frozen=True)
class Revision:
    """One line of `helm history`."""

    number: int
    status: str
    description: str
    chart: str = f"{CHART.name}-"

    @property
    def pending(self) -> bool:
        """Whether an operation on it began and has not ended."""
        return self.status.startswith("pending-") or self.status == "uninstalling"


def upgrade_argv(cluster: Cluster, values: Sequence[Path], *, wait: float) -> list[str]:
    """Install or upgrade, wait for readiness at most `wait` seconds; fields changed by hand are taken back."""
    files = [word for path in values for word in ("--values", str(path))]
    return cluster.helm(
        "upgrade", RELEASE, str(CHART), "--install", *files, "--reset-values", "--force-conflicts",
        "--wait=watcher", "--timeout", f"{wait:g}s", "--history-max", "10", "--output", "json",
    )  # fmt: skip


def rollback_argv(cluster: Cluster, revision: int, *, wait: float) -> list[str]:
    """Back to `revision`, waiting for readiness."""
    return cluster.helm(
        "rollback", RELEASE, str(revision), "--force-conflicts", "--wait=watcher", "--timeout", f"{wait:g}s"
    )


def uninstall_argv(cluster: Cluster) -> list[str]:
    """Take the release and its history away; an absent one is no error."""
    return cluster.helm("uninstall", RELEASE, "--wait", "--timeout", "120s", "--ignore-not-found")


def history_argv(cluster: Cluster) -> list[str]:
    """All revisions kept."""
    return cluster.helm("history", RELEASE, "--output", "json")


def history(door: Door, cluster: Cluster) -> tuple[Revision, ...]:
    """The release's revisions, oldest first; empty if there is no release."""
    answer = door.run(history_argv(cluster), limit=60, check=False)
    if not answer.ok and "not found" in answer.err:
        return ()
    if not answer.ok:
        answer = door.run(history_argv(cluster), limit=60)
    return tuple(
        Revision(int(one["revision"]), str(one["status"]), str(one.get("description", "")), str(one.get("chart", "")))
        for one in json.loads(answer.out)
    )


def last_good(revisions: Sequence[Revision]) -> int | None:
    """The newest revision that became ready: deployed, or deployed once and superseded since."""
    good = [one.number for one in revisions if one.status in ("deployed", "superseded")]
    return max(good, default=None)


def manifest(door: Door, cluster: Cluster) -> str:
    """The rendered manifests of the current revision."""
    return door.run(cluster.helm("get", "manifest", RELEASE), limit=60).out

"""Waiting until what was removed is gone: a name cannot be taken again while its last holder is still ending."""

import json
import time

from orchestrator.errors import ReleaseFailedError
from orchestrator.options import RELEASE
from orchestrator.run import Run

OURS = f"app.kubernetes.io/instance={RELEASE}"
KINDS = "deployments,replicasets,statefulsets,pods,services,configmaps,jobs"
_LIMIT = 150.0  # seconds for pods to drain and go: older kubelets may notice once a minute that they ended


def wait_until_gone(run: Run) -> None:
    """Return once no object of the release is left. Raises ReleaseFailedError, naming what is, after 150 s."""
    _wait(run, KINDS, ending=False)


def wait_for_ending_pods(run: Run) -> None:
    """Return once no pod of an earlier release is on its way out. Raises ReleaseFailedError after 150 s."""
    _wait(run, "pods", ending=True)


def names(run: Run, kinds: str, *, ending: bool = False) -> list[str]:
    """The release's objects of these kinds; with `ending`, only those that are being deleted."""
    argv = run.target.cluster.kubectl("get", kinds, "--selector", OURS, "--output", "json")
    found = [item["metadata"] for item in json.loads(run.door.run(argv, limit=30).out)["items"]]
    return [meta["name"] for meta in found if not ending or "deletionTimestamp" in meta]


def _wait(run: Run, kinds: str, *, ending: bool) -> None:
    deadline = time.monotonic() + _LIMIT
    while left := names(run, kinds, ending=ending):
        if time.monotonic() > deadline:
            remedy = "See kubectl get events; then run again."
            raise ReleaseFailedError(f"still there after {_LIMIT:g} s: {', '.join(left)}.", remedy=remedy)
        time.sleep(1)

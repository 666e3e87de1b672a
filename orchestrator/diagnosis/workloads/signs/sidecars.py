"""Pods of Jobs whose work is done, and that a container beside it keeps from ending."""

from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import containers, ref, sign, within
from orchestrator.diagnosis.workloads.store import Store
from orchestrator.release.snapshot import Object

_ENDS = 120.0  # seconds in which a sidecar notices that the work is done


def signs(store: Store) -> Iterator[Sign]:
    """One for each Job."""
    for pod in store.of("Pod"):
        above = store.owner_of(pod)
        if above is not None and above["kind"] == "Job" and "deletionTimestamp" not in pod["metadata"]:
            yield from _kept(store, pod, above)


def _kept(store: Store, pod: Object, job: Object) -> Iterator[Sign]:
    main = [one for one in containers(pod) if not one.is_init]
    done = [one for one in main if "terminated" in (one.status.get("state") or {}) and not one.ended.get("exitCode")]
    runs = [one for one in main if one.running is not None]
    if not done or not runs or any(within(store, one.ended.get("finishedAt"), _ENDS) for one in done):
        return
    message = f"{done[0].name} has ended well, and {', '.join(one.name for one in runs)} runs on: the job never ends"
    place = f"{runs[0].path}.state.running", f"{done[0].name} ended {done[0].ended.get('finishedAt')}"
    yield sign(store, "SidecarKeepsJob", pod, message, place, subject=ref(job), container=runs[0].name)

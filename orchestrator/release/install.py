"""Install or upgrade the release, watched; on failure: cause, last log lines, and the last good revision back."""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from orchestrator.audit import Entry
from orchestrator.diagnosis.facts import Sign
from orchestrator.errors import CommandFailedError, EnvironmentMissingError, ReleaseFailedError
from orchestrator.options import CHART, RELEASE
from orchestrator.process import Completed
from orchestrator.release import helm
from orchestrator.release.gone import wait_for_ending_pods
from orchestrator.release.logs import last_lines
from orchestrator.release.watch import Watch
from orchestrator.run import Run

Say = Callable[[str], None]
_TASKS = ("T025", "T026", "T027")
_MARGIN = 30.0  # seconds over helm's own limit before its process is ended


def recover(run: Run, say: Say) -> None:
    """Bring a release whose last operation never ended (a killed run) back to where helm accepts a new one.

    Raises EnvironmentMissingError if the release is of another chart.
    """
    cluster = run.target.cluster
    revisions = helm.history(run.door, cluster)
    if revisions and not revisions[-1].chart.startswith(f"{CHART.name}-"):
        raise EnvironmentMissingError(
            f"the release {RELEASE} in {cluster.namespace} is of another chart, {revisions[-1].chart}.",
            remedy="Use another --namespace.",
        )
    if not revisions:
        wait_for_ending_pods(run)
        return
    if not revisions[-1].pending:
        return
    good = helm.last_good(revisions)
    say(f"revision {revisions[-1].number} was left {revisions[-1].status}: clearing it")
    argv = helm.uninstall_argv(cluster) if good is None else helm.rollback_argv(cluster, good, wait=run.options.wait)
    run.door.run(argv, limit=run.options.wait + _MARGIN, check=good is None)
    if good is None:
        wait_for_ending_pods(run)
    result = f"Revision {revisions[-1].number} left {revisions[-1].status} by an interrupted run; " + (
        "release removed" if good is None else f"back to revision {good}"
    )
    run.audit.append(Entry("HELM", ("T025",), _shown(argv), result))


def check_port(run: Run, port: int) -> None:
    """Raise EnvironmentMissingError if another Service in the cluster holds the node port."""
    argv = run.target.cluster.kubectl("get", "services", "--all-namespaces", "--output", "json")
    for service in json.loads(run.door.run(argv, limit=30).out)["items"]:
        meta = service["metadata"]
        ours = (meta["namespace"], meta["name"]) == (run.target.cluster.namespace, "todo-frontend")
        if not ours and any(one.get("nodePort") == port for one in service["spec"].get("ports", [])):
            raise EnvironmentMissingError(
                f"node port {port} is taken by the service {meta['namespace']}/{meta['name']}.",
                remedy="Free it, or set frontend.nodePort in a values file (--values).",
            )


def install(run: Run, values: Sequence[Path], say: Say, *, tasks: tuple[str, ...] = _TASKS) -> int:
    """Run helm with a watcher beside it; return the deployed revision. Raises ReleaseFailedError with the cause."""
    cluster, limit = run.target.cluster, run.options.wait
    argv = helm.upgrade_argv(cluster, values, wait=limit)
    started = time.monotonic()
    with Watch(run.door, cluster, say) as watch:
        answer = run.door.run(argv, limit=limit + _MARGIN, check=False, stop=watch.stop)
    seconds = time.monotonic() - started
    if answer.ok:
        revision = int(json.loads(answer.out)["version"])
        told = f"Release todo-app deployed, STATUS=deployed, revision {revision}"
        run.audit.append(_entry(argv, told, seconds, tasks=tasks))
        return revision
    raise _failed(run, argv, answer, watch, seconds)


def back_to(run: Run, goal: int, say: Say, *, tasks: tuple[str, ...]) -> None:
    """Go back to the revision `goal`, watched and logged. Raises ReleaseFailedError if that fails."""
    argv = helm.rollback_argv(run.target.cluster, goal, wait=run.options.wait)
    with Watch(run.door, run.target.cluster, say) as watch:
        answer = run.door.run(argv, limit=run.options.wait + _MARGIN, check=False, stop=watch.stop)
    result = f"Release todo-app rolled back to revision {goal}" if answer.ok else f"rollback to {goal} failed"
    run.audit.append(
        Entry("HELM", tasks, f"helm rollback todo-app {goal}", result, passed=answer.ok, seconds=answer.seconds)
    )
    if not answer.ok:
        told = str(watch.seen[0]) if watch.seen else answer.err.strip()
        raise ReleaseFailedError(f"{result}: {run.door.redactor.mask(told)}.", remedy="See ./todo deploy status.")


def _failed(run: Run, argv: list[str], answer: Completed, watch: Watch, seconds: float) -> ReleaseFailedError:
    if not watch.stop.is_set():
        _last_look(watch)
    final = watch.seen[0] if watch.seen else None
    helm_says = run.door.redactor.mask(answer.err.strip().splitlines()[-1] if answer.err.strip() else "helm failed")
    told = str(final) if final else helm_says
    log = last_lines(run.door, watch.cluster, final) if final else ""
    run.audit.append(_entry(argv, f"Release todo-app failed: {told}", seconds, passed=False))
    afterwards = _back(run)
    lines = f"\nLast log lines of {final.pod}/{final.container}:\n{log}" if final and log else ""
    return ReleaseFailedError(
        f"the release did not become healthy: {told}.{lines}\n{afterwards}", remedy=_remedy(final, helm_says)
    )


def _last_look(watch: Watch) -> None:
    try:
        watch.look()
    except CommandFailedError as error:
        watch.say(f"cannot look at the cluster: {error.tail}")


def _back(run: Run) -> str:
    """Return to the last good revision; what was done, in a sentence."""
    cluster = run.target.cluster
    good = helm.last_good(helm.history(run.door, cluster))
    if good is None:
        return (
            "There is no earlier good revision: it is left as it is, to be looked at (remove it: ./todo deploy down)."
        )
    argv = helm.rollback_argv(cluster, good, wait=run.options.wait)
    answer = run.door.run(argv, limit=run.options.wait + _MARGIN, check=False)
    result = f"rolled back to revision {good}" if answer.ok else f"the way back to revision {good} failed as well"
    run.audit.append(_entry(argv, f"Release todo-app {result}", answer.seconds, passed=answer.ok))
    return f"It was {result}." if answer.ok else f"{result}: {run.door.redactor.mask(answer.err.strip())}."


def _remedy(final: Sign | None, helm_says: str) -> str:
    if final:
        return final.remedy
    if "ownership metadata" in helm_says:
        return "Something of that name was made by someone else: remove it, or use another --namespace."
    if "deadline" in helm_says or "timed out" in helm_says:
        return "Look at the pods: ./todo deploy status; ./todo deploy logs."
    return "Mend what helm says and run again."


def _entry(
    argv: list[str], result: str, seconds: float, *, passed: bool = True, tasks: tuple[str, ...] = _TASKS
) -> Entry:
    return Entry("HELM", tasks, _shown(argv), result, passed=passed, seconds=seconds)


def _shown(argv: list[str]) -> str:
    """The command without the paths of this machine."""
    return " ".join(Path(word).name if word.startswith("/") else word for word in argv)

"""Installing: a watched helm, ended by certainty; the way back; what an interrupted run left; a taken port."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.choose import choose
from orchestrator.audit import AuditLog
from orchestrator.errors import EnvironmentMissingError, ReleaseFailedError
from orchestrator.options import Options
from orchestrator.release import install
from orchestrator.run import Run
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.standins import door, stand_in

LABELS = {"app.kubernetes.io/instance": "todo-app", "app": "todo-backend"}
REVISION = {"deployment.kubernetes.io/revision": "2"}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    one = door(tmp_path, programs=tmp_path / "bin")
    target = Minikube("minikube", "todo")
    return Run(Options(tmp_path, namespace="todo"), one, AuditLog(tmp_path, one.redactor), target, choose({}))


def helm(tmp_path: Path, *statuses: str, upgrade: str = "true", chart: str = "todo-app-0.1.0") -> None:
    """helm with that history; `upgrade` is what its upgrade does; all calls are noted."""
    history = [
        {"revision": number, "status": status, "chart": chart} for number, status in enumerate(statuses, start=1)
    ]
    told = json.dumps(history) if history else ""
    absent = 'echo "Error: release: not found" >&2; exit 1'
    stand_in(
        tmp_path / "bin", "helm",
        f"""echo "$@" >> {tmp_path}/helm-calls
        case "$1" in
          history) {f"echo '{told}'" if told else absent};;
          upgrade) {upgrade};;
        esac""",
    )  # fmt: skip


def calls(tmp_path: Path) -> list[str]:
    """The first three words of each call of helm that changes something."""
    lines = (tmp_path / "helm-calls").read_text().splitlines()
    return [" ".join(line.split()[:3]) for line in lines if not line.startswith("history")]


def kubectl(tmp_path: Path, items: list[dict[str, Any]], *, log: str = "") -> None:
    """kubectl that lists these items for every `get`, and gives `log` for `logs`."""
    (tmp_path / "items.json").write_text(json.dumps({"items": items}))
    stand_in(
        tmp_path / "bin", "kubectl",
        f"""case "$*" in *" logs "*) printf '%s\\n' "{log}";; *) cat {tmp_path}/items.json;; esac""",
    )  # fmt: skip


def broken_pods(reason: str) -> list[dict[str, Any]]:
    """A Deployment whose newest pod waits for that reason."""
    state = {"waiting": {"reason": reason, "message": "said the API"}}
    one = {"name": "backend", "restartCount": 2, "state": state}
    return [
        {"kind": "Deployment",
         "metadata": {"name": "todo-backend", "uid": "d", "labels": LABELS, "annotations": REVISION},
         "spec": {"replicas": 1}},
        {"kind": "ReplicaSet", "metadata": {
            "name": "rs", "uid": "r", "labels": LABELS, "annotations": REVISION,
            "ownerReferences": [{"uid": "d", "controller": True}]}},
        {"kind": "Pod", "metadata": {
            "name": "todo-backend-x", "uid": "p", "labels": LABELS, "creationTimestamp": "2999-01-01T00:00:00Z",
            "ownerReferences": [{"uid": "r", "controller": True}]},
         "spec": {"containers": [{"name": "backend"}]}, "status": {"containerStatuses": [one]}},
    ]  # fmt: skip


HANGS = "trap 'echo context canceled >&2; exit 1' TERM; while true; do sleep 0.1; done"


def test_a_certain_cause_ends_the_wait_and_the_last_good_revision_comes_back(run: Run, tmp_path: Path) -> None:
    helm(tmp_path, "superseded", "deployed", "failed", upgrade=HANGS)
    kubectl(tmp_path, broken_pods("CrashLoopBackOff"), log="password=hunter2 Traceback: broken on purpose")
    said: list[str] = []
    started = time.monotonic()
    with pytest.raises(ReleaseFailedError) as caught:
        install.install(run, (), said.append)
    assert time.monotonic() - started < 15
    told = str(caught.value)
    assert "CrashLoop: container backend of backend" in told
    assert "Traceback: broken on purpose" in told
    assert "hunter2" not in told
    assert "It was rolled back to revision 2." in told
    assert calls(tmp_path)[-1] == "rollback todo-app 2"
    results = [(record["passed"], record["result"]) for record in run.audit.records()]
    assert [passed for passed, _ in results] == [False, True]
    assert "rolled back to revision 2" in results[1][1]


def test_a_first_release_that_fails_is_left_to_be_looked_at(run: Run, tmp_path: Path) -> None:
    helm(tmp_path, "failed", upgrade=HANGS)
    kubectl(tmp_path, broken_pods("ErrImageNeverPull"))
    with pytest.raises(ReleaseFailedError, match="no earlier good revision"):
        install.install(run, (), lambda text: None)
    assert [call.split()[0] for call in calls(tmp_path)] == ["upgrade"]


def test_what_helm_itself_refuses_is_told_with_a_way_to_mend_it(run: Run, tmp_path: Path) -> None:
    helm(tmp_path, upgrade='echo "Error: invalid ownership metadata; key must equal todo-app" >&2; exit 1')
    kubectl(tmp_path, [])
    with pytest.raises(ReleaseFailedError) as caught:
        install.install(run, (), lambda text: None)
    assert "invalid ownership metadata" in caught.value.message
    assert "made by someone else" in caught.value.remedy


def test_a_good_release_gives_its_revision_and_is_logged_as_t026_says(run: Run, tmp_path: Path) -> None:
    helm(tmp_path, upgrade="""echo '{"version": 7}'""")
    kubectl(tmp_path, [])
    assert install.install(run, (), lambda text: None) == 7
    (record,) = run.audit.records()
    assert (record["agent"], "T026" in record["tasks"]) == ("HELM", True)
    assert record["result"] == "Release todo-app deployed, STATUS=deployed, revision 7"


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), []),
        (("deployed",), []),
        (("superseded", "failed"), []),
        (("pending-install",), ["uninstall todo-app --wait"]),
        (("deployed", "pending-upgrade"), ["rollback todo-app 1"]),
        (("superseded", "deployed", "pending-rollback"), ["rollback todo-app 2"]),
        (("uninstalling",), ["uninstall todo-app --wait"]),
    ],
)
def test_what_an_interrupted_run_left_is_cleared(
    run: Run, tmp_path: Path, statuses: tuple[str, ...], expected: list[str]
) -> None:
    helm(tmp_path, *statuses)
    kubectl(tmp_path, [])
    install.recover(run, lambda text: None)
    assert calls(tmp_path) == expected


def test_a_new_release_waits_until_the_pods_of_the_last_one_have_gone(run: Run, tmp_path: Path) -> None:
    helm(tmp_path)
    ending, staying = (
        {"metadata": {"name": name, **more}} for name, more in (("a", {"deletionTimestamp": "2026"}), ("b", {}))
    )
    later = json.dumps({"items": [staying]})
    stand_in(
        tmp_path / "bin", "kubectl",
        f"""cat {tmp_path}/items.json; echo '{later}' > {tmp_path}/items.json; echo looked >> {tmp_path}/looks""",
    )  # fmt: skip
    (tmp_path / "items.json").write_text(json.dumps({"items": [ending, staying]}))
    install.recover(run, lambda text: None)
    assert (tmp_path / "looks").read_text().split() == ["looked", "looked"]


def test_a_release_of_another_chart_is_refused(run: Run, tmp_path: Path) -> None:
    helm(tmp_path, "deployed", chart="other-1.2.3")
    with pytest.raises(EnvironmentMissingError, match=r"is of another chart, other-1\.2\.3"):
        install.recover(run, lambda text: None)


@pytest.mark.parametrize(
    ("namespace", "name", "taken"),
    [("todo", "todo-frontend", False), ("todo", "other", True), ("a", "todo-frontend", True)],
)
def test_a_node_port_is_taken_unless_by_the_release_itself(
    run: Run, tmp_path: Path, namespace: str, name: str, taken: bool
) -> None:
    service = {"metadata": {"namespace": namespace, "name": name}, "spec": {"ports": [{"nodePort": 30080}]}}
    kubectl(tmp_path, [service])
    if taken:
        with pytest.raises(EnvironmentMissingError, match=f"taken by the service {namespace}/{name}"):
            install.check_port(run, 30080)
    else:
        install.check_port(run, 30080)
    install.check_port(run, 30081)

"""Where readings come from, by what a cluster answers: through a kubectl that answers as the real one does."""

import json
from pathlib import Path

import pytest

from orchestrator.agents.choose import choose
from orchestrator.audit import AuditLog
from orchestrator.options import Options
from orchestrator.run import Run
from orchestrator.sizing.measuring.sampler import MeasureError, kernel, sampler
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.sizing.test_sources import DOCUMENTS, POD_METRICS, pod
from tests.orchestrator.standins import door, stand_in

FORBIDDEN = 'Error from server (Forbidden): {} is forbidden: User "joe" cannot {} in API group ""'
ABSENT = "Error from server (NotFound): the server could not find the requested resource"


def cluster(folder: Path, *, metrics: str = "", summary: str = "", cadvisor: str = "") -> Run:
    """A run whose kubectl prints these files, or fails with the text where it begins with Error."""
    pods = folder / "pods.json"
    pods.write_text(json.dumps({"items": [pod()]}))
    cases = "\n".join(
        f"  *{part}*) {_answer(text)} ;;"
        for part, text in (("metrics.k8s.io", metrics), ("stats/summary", summary), ("metrics/cadvisor", cadvisor))
    )
    stand_in(folder / "bin", "kubectl", f'case "$*" in\n{cases}\n  *"get pods"*) cat "{pods}" ;;\nesac')
    one = door(folder, programs=folder / "bin")
    return Run(Options(folder), one, AuditLog(folder, one.redactor), Minikube("minikube", "todo"), choose({}))


def _answer(text: str) -> str:
    return f'cat "{text}"' if text and not text.startswith("Error") else f"echo '{text or ABSENT}' >&2; exit 1"


def test_metrics_server_is_taken_where_there_is_one(tmp_path: Path) -> None:
    told = tmp_path / "metrics.json"
    told.write_text(json.dumps(POD_METRICS))
    assert (
        sampler(cluster(tmp_path, metrics=str(told), summary=str(DOCUMENTS / "summary.json"))).source
        == "metrics-server"
    )


@pytest.mark.parametrize("answer", ["absent", "empty"])
def test_else_the_kubelet_is_asked(tmp_path: Path, answer: str) -> None:
    empty = tmp_path / "metrics.json"
    empty.write_text('{"items": []}')
    metrics = str(empty) if answer == "empty" else ""
    one = sampler(cluster(tmp_path, metrics=metrics, summary=str(DOCUMENTS / "summary.json")))
    assert one.source == "the kubelet's summary"


def test_the_same_numbers_again_are_one_reading(tmp_path: Path) -> None:
    told = json.loads((DOCUMENTS / "summary.json").read_text())
    told["pods"][0]["podRef"]["name"] = "todo-frontend-1"
    path = tmp_path / "summary.json"
    path.write_text(json.dumps(told))
    one = sampler(cluster(tmp_path, summary=str(path)))
    one.look()
    one.look()
    assert [(reading.part, reading.cpu) for reading in one.readings] == [("frontend", None)]
    usage = told["pods"][0]["containers"][0]
    usage["cpu"] = {
        "time": "2026-11-23T00:18:17Z",
        "usageCoreNanoSeconds": usage["cpu"]["usageCoreNanoSeconds"] + 10**9,
    }
    path.write_text(json.dumps(told))
    one.look()
    assert one.readings[-1].cpu == pytest.approx(1000 / one.readings[-1].seconds)


@pytest.mark.parametrize(
    ("metrics", "told"),
    [
        ("", "lacks `get nodes/proxy`"),
        (
            FORBIDDEN.format("pods.metrics.k8s.io", "list"),
            "`list pods` in the API group metrics.k8s.io and `get nodes/proxy`",
        ),
    ],
)
def test_the_missing_right_is_named(tmp_path: Path, metrics: str, told: str) -> None:
    refused = FORBIDDEN.format('nodes "minikube"', "get resource nodes/proxy")
    with pytest.raises(MeasureError) as caught:
        sampler(cluster(tmp_path, metrics=metrics, summary=refused))
    assert told in caught.value.message
    assert caught.value.exit_code == 27


def test_no_source_at_all_is_told_with_the_answer(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match=r"no metrics-server, .* no route to host"):
        sampler(cluster(tmp_path, summary="Error from server (ServiceUnavailable): no route to host"))


def test_a_kernel_that_may_not_be_asked_is_no_failure(tmp_path: Path) -> None:
    assert kernel(cluster(tmp_path), ["minikube"]) == {}
    found = kernel(cluster(tmp_path, cadvisor=str(DOCUMENTS / "cadvisor.txt")), ["minikube"])
    assert list(found) == ["todo-postgres-0"]


def test_a_source_that_falls_silent_ends_it(tmp_path: Path) -> None:
    run = cluster(tmp_path, summary=str(DOCUMENTS / "summary.json"))
    one = sampler(run)
    cluster(tmp_path, summary="Error from server: gone")
    for _ in range(4):
        one.look()
    with pytest.raises(MeasureError, match="cannot be read any more"):
        one.look()

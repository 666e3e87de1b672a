"""What the kubelet, cAdvisor, metrics-server and the API server really answer, read into numbers."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.sizing.measuring import sources
from orchestrator.sizing.measuring.sampler import use
from orchestrator.sizing.model import Kernel, Point, Sizes
from orchestrator.sizing.quantities import MIB, cpu_text, memory_text, millicores, octets

DOCUMENTS = Path(__file__).parent / "documents"
SUMMARY = json.loads((DOCUMENTS / "summary.json").read_text())
POD_METRICS = {
    "kind": "PodMetricsList",
    "apiVersion": "metrics.k8s.io/v1beta1",
    "items": [
        {
            "metadata": {"name": "todo-backend-1", "namespace": "todo"},
            "timestamp": "2026-11-22T23:51:06Z",
            "window": "15.021s",
            "containers": [{"name": "backend", "usage": {"cpu": "12345678n", "memory": "152340Ki"}}],
        },
        {"metadata": {"name": "new"}, "timestamp": "2026-11-22T23:51:06Z", "containers": None},
    ],
}


def pod(**status: Any) -> dict[str, Any]:
    """A frontend pod as `kubectl get pods` has it."""
    resources = {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "256Mi"}}
    container = {"name": "frontend", "restartCount": 2, "state": {"running": {"startedAt": "1970-01-01T00:01:00Z"}}}
    return {
        "metadata": {"name": "todo-frontend-1", "labels": {"app.kubernetes.io/component": "frontend"}},
        "spec": {
            "nodeName": "minikube",
            "containers": [{"name": "sidecar"}, {"name": "frontend", "resources": resources}],
        },
        "status": {"containerStatuses": [{"name": "sidecar"}, {**container, **status}]},
    }


def test_a_kubelets_summary() -> None:
    (frontend, postgres) = sources.summary(SUMMARY, "todo")
    assert (frontend.container, postgres.container) == ("frontend", "postgres")
    assert postgres.pod == "todo-postgres-0"
    assert postgres.memory == 66080768
    assert postgres.core_seconds == pytest.approx(16.080188482)
    assert sources.summary(SUMMARY, "elsewhere") == ()


def test_a_container_without_numbers_yet_is_left_out() -> None:
    fresh = {"podRef": {"name": "a", "namespace": "todo"}, "containers": [{"name": "backend", "cpu": {"time": "x"}}]}
    assert sources.summary({"pods": [fresh, {**fresh, "containers": None}]}, "todo") == ()


def test_metrics_server() -> None:
    (point,) = sources.metrics(POD_METRICS)
    assert (point.pod, point.container, point.memory) == ("todo-backend-1", "backend", 152340 * 1024)
    assert point.cpu == pytest.approx(12.345678)
    assert point.seconds == pytest.approx(15.021)


def test_the_kernels_peak_without_the_cache_that_it_could_give_back() -> None:
    told = sources.kernel((DOCUMENTS / "cadvisor.txt").read_text(), "todo")
    assert told == {("todo-postgres-0", "postgres"): Kernel(147898368 - (126578688 - 66080768), 2276, 31)}


def test_a_pod_by_its_status() -> None:
    (one,) = sources.containers([pod()])
    assert one.sizes == Sizes(50, 64 * MIB, 1000, 256 * MIB)
    assert (one.part, one.restarts, one.killed, one.born) == ("frontend", 2, False, 60.0)


@pytest.mark.parametrize("where", ["state", "lastState"])
def test_an_oom_kill_shows_even_after_recovery(where: str) -> None:
    (one,) = sources.containers([pod(**{where: {"terminated": {"reason": "OOMKilled", "exitCode": 137}}})])
    assert one.killed


def test_pods_that_leave_and_pods_of_no_part_are_left_out() -> None:
    leaving, other = pod(), pod()
    leaving["metadata"]["deletionTimestamp"] = "2026-11-22T23:51:06Z"
    other["metadata"]["labels"] = {"app.kubernetes.io/component": "reach"}
    assert sources.containers([leaving, other]) == ()


@pytest.mark.parametrize(
    ("text", "cores"), [("100m", 100), ("0.5", 500), (2, 2000), ("1500u", 2), ("12345678n", 13), ("1e-1", 100)]
)
def test_cpu_quantities(text: str | int, cores: int) -> None:
    assert millicores(text) == cores


@pytest.mark.parametrize(
    ("text", "count"),
    [("64Mi", 64 * MIB), ("1Gi", 2**30), ("1.5Ki", 1536), ("128974848", 128974848), ("129e6", 129000000), ("1k", 1000)],
)
def test_memory_quantities(text: str, count: int) -> None:
    assert octets(text) == count


@pytest.mark.parametrize("text", ["", "lots", "1 Gi", "-5m", "0x10"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no quantity"):
        octets(text)


@given(st.integers(0, 2**45), st.integers(0, 10**6))
def test_what_is_written_is_read_back(count: int, cores: int) -> None:
    assert octets(memory_text(count)) == count
    assert millicores(cpu_text(cores)) == cores


def point(at: float, seconds: float) -> Point:
    return Point("a", "backend", at, MIB, core_seconds=seconds)


def test_cpu_is_the_difference_of_two_counters() -> None:
    assert use(point(10, 4.0), point(25, 4.75)) == (pytest.approx(50.0), 15)


def test_a_container_that_started_anew_gives_no_cpu() -> None:
    assert use(point(10, 4.0), point(25, 0.5)) == (None, 0.0)
    assert use(None, point(25, 0.5)) == (None, 0.0)


def test_a_mean_is_taken_as_it_is() -> None:
    assert use(None, Point("a", "backend", 25, MIB, cpu=12.5, seconds=15)) == (12.5, 15)

"""What of a measurement counts for a part."""

from typing import Any

from orchestrator.sizing.deciding.evidence import Evidence, evidence
from orchestrator.sizing.model import Kernel, Reading
from orchestrator.sizing.quantities import MIB
from tests.orchestrator.sizing.builders import container, measurement


def reading(at: float, *, cpu: float | None = 10.0, memory: int = 100, pod: str = "a", seconds: float = 15) -> Reading:
    return Reading("backend", pod, at, seconds, cpu, memory * MIB)


def of(*readings: Reading, **more: Any) -> Evidence:
    pods = [container("a"), container("b")]
    (found,) = evidence(measurement(before=pods, after=pods, readings=readings, **more))
    return found


def test_cpu_counts_where_its_interval_lay_under_load() -> None:
    found = of(
        reading(995, cpu=1), reading(1006, cpu=2), reading(1020, cpu=3), reading(1090, cpu=4), reading(1111, cpu=5)
    )
    assert found.cpu == (3, 4)


def test_memory_counts_from_load_on_and_its_peak_from_everything() -> None:
    found = of(reading(990, memory=180), reading(1010, memory=90), reading(1030, memory=95, cpu=None))
    assert found.memory == (90 * MIB, 95 * MIB)
    assert found.peak == 180 * MIB
    assert not found.peak_is_kernels


def test_the_kernels_peak_is_a_peak() -> None:
    found = of(
        reading(1010),
        kernel={"a": Kernel(250 * MIB, 100, 30), "b": Kernel(200 * MIB, 100, 10), "other": Kernel(900 * MIB)},
    )
    assert (found.peak, found.peak_is_kernels) == (250 * MIB, True)
    assert found.throttled == 0.2


def test_growth_is_told_of_the_pod_that_grows() -> None:
    calm = [reading(1000 + 10 * i, pod="a") for i in range(8)]
    rising = [reading(1000 + 10 * i, pod="b", memory=100 + 5 * i) for i in range(8)]
    assert of(*calm, *rising).growing
    assert not of(*calm).growing
    assert not of(*rising[:4]).growing


def test_parts_are_kept_apart() -> None:
    pods = [container("a"), container("p", part="postgres", killed=True)]
    backend, postgres = evidence(measurement(before=pods, after=pods, readings=[reading(1020)]))
    assert (backend.part, backend.killed, len(backend.cpu)) == ("backend", False, 1)
    assert (postgres.part, postgres.killed, postgres.cpu) == ("postgres", True, ())

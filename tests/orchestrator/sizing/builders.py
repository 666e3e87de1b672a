"""Evidence, pods and measurements as tests need them."""

from collections.abc import Sequence
from typing import Any

from orchestrator.sizing.deciding.evidence import Evidence
from orchestrator.sizing.model import Container, Measurement, Reading, Sizes, Visit
from orchestrator.sizing.quantities import MIB

DEFAULT = Sizes(100, 128 * MIB, 500, 512 * MIB)


def seen(
    cpu: Sequence[float], memory: Sequence[int], sizes: Sizes = DEFAULT, *, peak: int = 0, **more: Any
) -> Evidence:
    """A part's evidence; the peak is the kernel's, at least the most in `memory`."""
    told = {"pods": 2, "minutes": 60.0, "peak_is_kernels": True, **more}
    return Evidence("backend", sizes, cpu=tuple(cpu), memory=tuple(memory), peak=max([peak, *memory]), **told)


def container(pod: str = "a", *, restarts: int = 0, killed: bool = False, part: str = "backend") -> Container:
    """A ready container of a pod."""
    return Container(part, pod, "node", DEFAULT, restarts, killed, True, 0.0)


def measurement(
    seconds: Sequence[float] = (),
    *,
    failed: int = 0,
    before: Sequence[Container] = (),
    after: Sequence[Container] = (),
    readings: Sequence[Reading] = (),
    **more: Any,
) -> Measurement:
    """100 s of load from time 1000 on; its visits are spread over it, the failed ones last."""
    answers = [(one, 200) for one in seconds] + [(0.1, 500)] * failed
    visits = [Visit("list", 1000 + 100 * i / len(answers), one, status) for i, (one, status) in enumerate(answers)]
    return Measurement(1000.0, 1100.0, tuple(readings), tuple(visits), tuple(before), tuple(after), **more)

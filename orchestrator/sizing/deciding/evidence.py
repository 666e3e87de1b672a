"""What a measurement says of one part. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.sizing.deciding.quantiles import percentile
from orchestrator.sizing.model import Kernel, Measurement, Reading, Sizes

_WARM = 3.0  # seconds of load before an interval counts: connections and first answers
_OVERLAP = 0.7  # of an interval has to lie under load
_GREW = 1.05  # the later half's median over the earlier half's
_FAILING = 0.1  # share of requests that went wrong
_ENOUGH = 6  # readings of one pod to speak of growth


@dataclass(frozen=True)
class Evidence:
    """One part's readings from all its pods: CPU (millicores) under load, memory (bytes) from load on.

    `peak` is the most memory known, by samples or by the kernel; `peak_is_kernels` whether the kernel was asked.
    `minutes` is how long the load lasted, `rate` how many requests a second were answered, `throttled` the share of
    CPU periods in which a container had to wait. `failing`: so many requests went wrong that the load was less than
    it should have been. `doubts` make it less sure.
    """

    part: str
    sizes: Sizes
    pods: int
    minutes: float
    rate: float = 0.0
    cpu: tuple[float, ...] = ()
    memory: tuple[int, ...] = ()
    peak: int = 0
    peak_is_kernels: bool = False
    throttled: float = 0.0
    killed: bool = False
    growing: bool = False
    failing: bool = False
    doubts: tuple[str, ...] = ()


def evidence(measured: Measurement) -> tuple[Evidence, ...]:
    """One for each part that ran, in the order in which they were found."""
    parts = dict.fromkeys(one.part for one in measured.before)
    return tuple(_of(part, measured) for part in parts)


def _of(part: str, measured: Measurement) -> Evidence:
    mine = [one for one in measured.readings if one.part == part]
    since = [one for one in mine if one.at >= measured.began]
    pods = {one.pod: one for one in (*measured.before, *measured.after) if one.part == part}
    kernels = [measured.kernel[name] for name in pods if name in measured.kernel]
    peaks = [one.memory for one in mine] + [kernel.peak for kernel in kernels if kernel.peak is not None]
    return Evidence(
        part=part,
        sizes=next(one.sizes for one in measured.before if one.part == part),
        pods=len({one.pod for one in since}),
        minutes=(measured.ended - measured.began) / 60,
        rate=(len(measured.visits) - measured.errors) / max(1.0, measured.ended - measured.began),
        cpu=tuple(one.cpu for one in mine if one.cpu is not None and _loaded(one, measured)),
        memory=tuple(one.memory for one in since),
        peak=max(peaks, default=0),
        peak_is_kernels=any(kernel.peak is not None for kernel in kernels),
        throttled=_throttled(kernels),
        killed=part in measured.killed,
        growing=any(_growing([one for one in since if one.pod == name]) for name in pods),
        failing=measured.errors > _FAILING * max(1, len(measured.visits)),
        doubts=measured.doubts,
    )


def _loaded(reading: Reading, measured: Measurement) -> bool:
    """Whether the reading's interval lies mostly under load."""
    began = max(measured.began + _WARM, reading.at - reading.seconds)
    overlap = min(measured.ended, reading.at) - began
    return reading.seconds > 0 and overlap >= _OVERLAP * reading.seconds


def _throttled(kernels: Sequence[Kernel]) -> float:
    periods = sum(kernel.periods for kernel in kernels)
    return sum(kernel.throttled for kernel in kernels) / periods if periods else 0.0


def _growing(readings: Sequence[Reading]) -> bool:
    if len(readings) < _ENOUGH:
        return False
    half = len(readings) // 2
    earlier, later = ([one.memory for one in some] for some in (readings[:half], readings[half:]))
    return percentile(later, 0.5) > _GREW * percentile(earlier, 0.5)

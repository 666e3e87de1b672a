"""What a measurement says: throughput and latencies. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Load:
    """One round of requests: how long it took in seconds, and each request's own time in milliseconds."""

    seconds: float
    latencies: tuple[float, ...]

    @property
    def throughput(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A line of the result. `ratio` is the throughput over the bare route's; p50 and p95 are milliseconds, alone."""

    name: str
    throughput: float
    ratio: float
    p50: float
    p95: float
    aim: str = ""
    met: bool | None = None


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank)."""
    rank = ceil(round(share * len(values), 6))  # rounded: 0.95 * 20 is a little more than 19 to a computer
    return sorted(values)[max(rank, 1) - 1]


def figure(name: str, *, busy: Sequence[Load], alone: Load, bare: Sequence[Load]) -> Figure:
    """Sum up rounds under load, each beside a round of the bare route, and a round of one request after another."""
    return Figure(
        name=name,
        throughput=median(load.throughput for load in busy),
        ratio=median(load.throughput / other.throughput for load, other in zip(busy, bare, strict=True)),
        p50=percentile(alone.latencies, 0.50),
        p95=percentile(alone.latencies, 0.95),
    )


def table(figures: Sequence[Figure]) -> str:
    """The figures for people, one line each."""
    head = f"{'':<30} {'requests/s':>10} {'of bare':>8} {'p50 ms':>8} {'p95 ms':>8}  aim"
    return "\n".join([head, *(_line(figure) for figure in figures)])


def _line(figure: Figure) -> str:
    verdict = {None: "", True: ": met", False: ": NOT met"}[figure.met]
    numbers = f"{figure.throughput:>10.0f} {figure.ratio:>8.2f} {figure.p50:>8.2f} {figure.p95:>8.2f}"
    return f"{figure.name:<30} {numbers}  {figure.aim}{verdict}"

"""What a measurement of the page says, and its aims. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from cli.bench.figures import percentile

SIGN_IN_KB, LIST_KB = 90, 180
SLOW_SECONDS = 6.0
PAINT_MS = {1: 32, 4: 100}  # by how many times the processor is slowed


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure beside the most that it should be, in the same unit."""

    name: str
    value: float
    unit: str
    most: float

    @property
    def met(self) -> bool:
        return self.value <= self.most


def weight_row(name: str, sizes: Sequence[int], *, most: int) -> Row:
    """The compressed bytes of scripts, in KB of 1,000."""
    return Row(name=f"{name}: script on the wire", value=round(sum(sizes) / 1000, 1), unit="KB", most=most)


def slow_row(name: str, seconds: float) -> Row:
    return Row(name=f"{name}: usable at 400 kbit/s", value=round(seconds, 2), unit="s", most=SLOW_SECONDS)


def paint_row(name: str, milliseconds: Sequence[float], *, throttle: int) -> Row:
    """The 75th percentile of the times from an input to the next paint."""
    name = f"{name}, {throttle} times slower" if throttle > 1 else name
    return Row(name=name, value=percentile(milliseconds, 0.75), unit="ms", most=PAINT_MS[throttle])


def table(rows: Sequence[Row]) -> str:
    """The rows for people, one line each."""
    head = f"{'':<40} {'':>12}  {'at most':>12}"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: Row) -> str:
    verdict = "met" if row.met else "NOT met"
    return f"{row.name:<40} {row.value:>9g} {row.unit:<2}  {row.most:>9g} {row.unit:<2}  {verdict}"

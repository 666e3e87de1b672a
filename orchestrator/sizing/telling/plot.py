"""Use over time as a plot of block characters. Pure."""

import math
from collections.abc import Sequence

from orchestrator.sizing.model import PARTS, Reading

_BLOCKS = " ▁▂▃▄▅▆▇█"


def columns(readings: Sequence[tuple[float, float]], width: int) -> list[float]:
    """(time, value) pairs in `width` columns from first to last time: the most in each; a gap keeps the last."""
    if not readings:
        return []
    first, last = min(at for at, _ in readings), max(at for at, _ in readings)
    step = max((last - first) / width, 1e-9)
    most: list[float | None] = [None] * width
    for at, value in readings:
        index = min(width - 1, int((at - first) / step))
        most[index] = max(value, most[index] or 0.0)
    filled = [min(readings)[1]]
    for known in most:
        filled.append(filled[-1] if known is None else known)
    return filled[1:]


def plot(values: Sequence[float], *, height: int) -> list[str]:
    """`height` lines, the highest value filling them all; zero is the bottom."""
    top = max(values, default=0.0) or 1.0
    eighths = [math.ceil(value / top * height * 8) for value in values]
    return ["".join(_BLOCKS[max(0, min(8, one - 8 * row))] for one in eighths) for row in reversed(range(height))]


def cpu_of(part: str, readings: Sequence[Reading]) -> list[tuple[float, float]]:
    """The part's CPU over time, every pod's."""
    return [(one.at, one.cpu) for one in readings if one.part == part and one.cpu is not None]


def memory_of(part: str, readings: Sequence[Reading]) -> list[tuple[float, float]]:
    """The part's memory over time, every pod's."""
    return [(one.at, float(one.memory)) for one in readings if one.part == part]


def parts_in(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Those that were read, in their usual order."""
    return tuple(part for part in PARTS if any(one.part == part for one in readings))

"""Percentiles, and what chance alone does. Pure."""

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of all lie, between neighbours by their distance. Needs at least one."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def chance_of_more(failed: int, total: int, failed_before: int, total_before: int) -> float:
    """How likely at least `failed` of `total` are by chance, given those before: Fisher's exact test, one-sided."""
    every, bad = total + total_before, failed + failed_before
    ways = math.comb(every, bad)
    most = min(bad, total)
    return sum(math.comb(total, k) * math.comb(total_before, bad - k) for k in range(failed, most + 1)) / ways

"""Percentiles, and how far chance alone may move them. Pure."""

import math
from collections.abc import Sequence

_SURE = 2.576  # standard deviations: 99 of 100


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of all lie, between neighbours by their distance. Needs at least one."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def bounds(values: Sequence[float], share: float) -> tuple[float, float]:
    """Between which the true percentile lies, 99 times of 100, by the binomial spread of its rank.

    https://www-users.york.ac.uk/~mb55/intro/cicent.htm
    """
    ordered, count = sorted(values), len(values)
    spread = _SURE * math.sqrt(count * share * (1 - share))
    low = max(0, math.floor(count * share - spread) - 1)
    high = min(count - 1, math.ceil(count * share + spread))
    return ordered[low], ordered[high]


def chance_of_more(failed: int, total: int, failed_before: int, total_before: int) -> float:
    """How likely at least `failed` of `total` are by chance, given those before: Fisher's exact test, one-sided."""
    every, bad = total + total_before, failed + failed_before
    ways = math.comb(every, bad)
    most = min(bad, total)
    return sum(math.comb(total, k) * math.comb(total_before, bad - k) for k in range(failed, most + 1)) / ways

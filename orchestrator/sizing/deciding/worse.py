"""Whether the second measurement is worse than the first, beyond what chance does. Pure."""

from dataclasses import dataclass

from orchestrator.sizing.deciding.quantiles import bounds, chance_of_more, percentile
from orchestrator.sizing.model import Measurement

_FEWEST = 20  # answers in each, to compare percentiles
_RARE = 0.01  # a chance below which more errors are no accident
_ERRORS = 3  # fewer than these are no verdict
_COLD = 10.0  # seconds of load that are left out of percentiles, or a fifth of it
_SLOWER = (("p95", 0.95, 1.15), ("the median", 0.5, 1.5))  # how much slower, beyond what chance does, is worse
_SLOWER_BY = 0.02  # seconds that a person would feel


@dataclass(frozen=True)
class Verdict:
    """What got worse, in words; empty if nothing did. `sure`: measuring again would not change it."""

    worse: str = ""
    sure: bool = True


def compare(before: Measurement, after: Measurement) -> Verdict:
    """Restarts and OOM kills count at once, errors by Fisher's test, p95 and median by the spread that both have."""
    if killed := _killed_since(before, after):
        return Verdict(f"OOM kill in {', '.join(sorted(killed))}")
    if (restarts := _restarts_since(before, after)) > before.restarts:
        return Verdict(f"{restarts} restarts, {before.restarts} under the load before")
    by_chance = chance_of_more(after.errors, len(after.visits), before.errors, len(before.visits))
    if after.errors >= _ERRORS and by_chance < _RARE:
        return Verdict(f"{after.errors} of {len(after.visits)} requests failed, {before.errors} before")
    return _slower(before, after)


def p95(measured: Measurement) -> float | None:
    """Seconds of the answered requests; None if there are none."""
    times = _times(measured)
    return percentile(times, 0.95) if times else None


def _killed_since(before: Measurement, after: Measurement) -> set[str]:
    """Parts with an OOM kill that the first measurement did not see yet."""
    known = {(one.pod, one.restarts) for one in before.after if one.killed}
    seen = (*after.before, *after.after)
    return {one.part for one in seen if one.killed and (one.pod, one.restarts) not in known}


def _restarts_since(before: Measurement, after: Measurement) -> int:
    """Restarts between the two ends, those of new pods included."""
    known = {one.pod: one.restarts for one in before.after}
    return sum(max(0, one.restarts - known.get(one.pod, 0)) for one in after.after)


def _slower(before: Measurement, after: Measurement) -> Verdict:
    then, now = _times(before), _times(after)
    if min(len(then), len(now)) < _FEWEST:
        return Verdict()
    for name, share, factor in _SLOWER:
        most_then, least_now = bounds(then, share)[1], bounds(now, share)[0]
        if least_now > max(most_then * factor, most_then + _SLOWER_BY):
            was, is_now = (f"{percentile(times, share) * 1000:.0f} ms" for times in (then, now))
            return Verdict(f"{name} {is_now}, {was} before", sure=False)
    return Verdict()


def _times(measured: Measurement) -> list[float]:
    """The answered requests' seconds, without the first of the load: pods that are new answer those from cold."""
    warm = measured.began + min(_COLD, (measured.ended - measured.began) / 5)
    return [visit.seconds for visit in measured.visits if visit.ok and visit.at >= warm]

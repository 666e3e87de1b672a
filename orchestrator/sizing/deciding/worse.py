"""Whether the second measurement is worse than the first. Pure.

Sizes have to prove that they are good, not the measurement that they are bad: answers that are slower by a quarter
count though they might be chance, and are measured once more.
"""

from dataclasses import dataclass

from orchestrator.sizing.deciding.quantiles import chance_of_more, percentile
from orchestrator.sizing.model import Measurement

_FEWEST = 20  # answers in each, to compare percentiles
_RARE = 0.01  # a chance below which more errors, or more slow answers, are no accident
_ERRORS = 3  # fewer than these are no verdict
_COLD = 10.0  # seconds of load that are left out of percentiles, or a fifth of it
_SLOWER, _SLOWER_BY = 1.15, 0.02  # factor and seconds over the p95 before, that a person would feel
_MUCH = 1.25  # factor that counts whatever chance says: twice in a row it is chance once in fifty, of 100 answers each


@dataclass(frozen=True)
class Verdict:
    """What got worse, in words; empty if nothing did. `sure`: measuring again would not change it."""

    worse: str = ""
    sure: bool = True


def compare(before: Measurement, after: Measurement) -> Verdict:
    """Restarts and OOM kills count at once, errors by Fisher's test.

    p95 where it grew by a quarter; by less, but by what a person would feel, if that is beyond chance by the same test.
    """
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
    was, is_now = percentile(then, 0.95), percentile(now, 0.95)
    felt = max(was * _SLOWER, was + _SLOWER_BY)
    slow, slow_then = (sum(one > felt for one in times) for times in (now, then))
    by_chance = chance_of_more(slow, len(now), slow_then, len(then)) >= _RARE
    if is_now <= felt or (by_chance and is_now < was * _MUCH):
        return Verdict()
    return Verdict(f"p95 {is_now * 1000:.0f} ms, {was * 1000:.0f} ms before", sure=False)


def _times(measured: Measurement) -> list[float]:
    """The answered requests' seconds, without the first of the load: pods that are new answer those from cold."""
    warm = measured.began + min(_COLD, (measured.ended - measured.began) / 5)
    return [visit.seconds for visit in measured.visits if visit.ok and visit.at >= warm]

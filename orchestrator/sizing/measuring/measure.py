"""One measurement: wait until the release has settled, put load on it, and read what it uses meanwhile."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from orchestrator.errors import InterruptedRunError
from orchestrator.release import reach
from orchestrator.run import Run
from orchestrator.sizing.deciding.worse import p95
from orchestrator.sizing.measuring.load import Load, people
from orchestrator.sizing.measuring.sampler import MeasureError, Sampler, kernel, pods_now, sampler
from orchestrator.sizing.model import Container, Kernel, Measurement, Reading

Say = Callable[[str], None]
_EVERY = 3.0  # seconds between looks
_FRAME = 0.5  # seconds between pictures
_OLD = 120.0  # T030: two minutes after its start a pod is past what starting costs
_CALM_CPU, _CALM_SHARE = 10.0, 0.25  # two readings in a row this near (millicores, or share) are calm
_WRONG = 0.5  # share of requests that fail, at which nothing was measured


@dataclass(frozen=True)
class Choices:
    """How to measure: seconds of load, requests a second, most seconds for settling; and whether to change nothing."""

    duration: float = 120.0
    rate: float = 1.0
    settle: float = 120.0
    dry_run: bool = False


@dataclass(frozen=True)
class Frame:
    """How far it is: which phase, seconds gone of how many, and what was read so far."""

    phase: str
    gone: float
    whole: float
    readings: Sequence[Reading] = ()
    requests: int = 0
    errors: int = 0
    p95: float | None = None


Watch = Callable[[Frame], None]


@dataclass
class _Meter:
    """The parts of one measurement."""

    run: Run
    choices: Choices
    sampler: Sampler
    watch: Watch
    phase: str
    doubts: list[str] = field(default_factory=list)


def measure(run: Run, choices: Choices, watch: Watch, say: Say, *, phase: str, chat: bool) -> Measurement:
    """Settle, load and read. Raises MeasureError if nothing can be read, or most requests fail without an OOM kill."""
    meter = _Meter(run, choices, sampler(run), watch, phase)
    say(f"{phase}: waiting for the release to settle (reading {meter.sampler.source})")
    _settle(meter)
    before, kernels = pods_now(run), kernel(run, [one.node for one in meter.sampler.pods])
    limit = choices.duration + 120.0
    with reach.front_door(run, limit=limit) as (url, forwarded):
        if forwarded:
            meter.doubts.append("the load went through a port-forward, which leads to one frontend pod only")
        with people(url, choices.rate, say) as persons:
            load = Load(url, persons, choices.rate, choices.duration, chat)
            say(f"{phase}: {choices.rate:g} requests a second for {choices.duration:g} s through {url}")
            with load.running():
                _watch_load(meter, load)
            ended = load.began + load.seconds
    return _measured(meter, load, ended, before, kernels)


def _settle(meter: _Meter) -> None:
    """Return once every container's CPU is calm, or its pods are old enough; else, at the limit, with a doubt."""
    began = time.monotonic()
    while not _calm(meter.sampler, time.time()):
        gone = time.monotonic() - began
        if gone > meter.choices.settle:
            if gone > _EVERY:
                meter.doubts.append(f"the release did not settle within {meter.choices.settle:g} s")
            return
        meter.sampler.look()
        meter.watch(Frame(f"{meter.phase}: settling", gone, meter.choices.settle, tuple(meter.sampler.readings)))
        _pause(meter.run, _EVERY)


def _calm(sampler: Sampler, now: float) -> bool:
    if not sampler.pods:
        return False
    return all(now - one.born >= _OLD or _steady(sampler.readings, one.pod) for one in sampler.pods)


def _steady(readings: Sequence[Reading], pod: str) -> bool:
    last = [one.cpu for one in readings if one.pod == pod and one.cpu is not None][-2:]
    return len(last) == 2 and abs(last[1] - last[0]) <= max(_CALM_CPU, _CALM_SHARE * last[0])


def _watch_load(meter: _Meter, load: Load) -> None:
    """Read until the load's time is over."""
    looked = 0.0
    while (gone := time.time() - load.began) < load.seconds:
        if time.monotonic() - looked >= _EVERY:
            meter.sampler.look()
            looked = time.monotonic()
        meter.watch(_frame(meter, load, gone))
        _pause(meter.run, _FRAME)
    meter.sampler.look()
    meter.watch(_frame(meter, load, load.seconds))


def _frame(meter: _Meter, load: Load, gone: float) -> Frame:
    so_far = Measurement(load.began, load.began + gone, (), tuple(load.visits), (), ())
    readings = tuple(meter.sampler.readings)
    return Frame(f"{meter.phase}: load", gone, load.seconds, readings, len(load.visits), so_far.errors, p95(so_far))


def _measured(
    meter: _Meter, load: Load, ended: float, before: tuple[Container, ...], kernels: dict[str, Kernel]
) -> Measurement:
    after = pods_now(meter.run)
    late = kernel(meter.run, [one.node for one in after])
    if {one.pod for one in before} != {one.pod for one in after}:
        meter.doubts.append("pods came or went while it was measured")
    found = Measurement(
        began=load.began,
        ended=ended,
        readings=tuple(meter.sampler.readings),
        visits=tuple(load.visits),
        before=before,
        after=after,
        kernel={pod: _since(kernels.get(pod, Kernel()), one) for pod, one in late.items()},
        source=meter.sampler.source,
        doubts=tuple(meter.doubts),
    )
    if not found.visits or (found.errors > _WRONG * len(found.visits) and not found.killed):
        raise MeasureError(
            f"{found.errors} of {len(found.visits)} requests failed: nothing was measured.",
            remedy="./todo deploy verify",
        )
    return found


def _since(then: Kernel, now: Kernel) -> Kernel:
    """The peak up to now, and the periods since then; a counter that began anew counts whole."""
    if now.periods < then.periods:
        return now
    return replace(now, periods=now.periods - then.periods, throttled=max(0, now.throttled - then.throttled))


def _pause(run: Run, seconds: float) -> None:
    if run.door.cancelled.wait(seconds):
        raise InterruptedRunError("the run was interrupted.")

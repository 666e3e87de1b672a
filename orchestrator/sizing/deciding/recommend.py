"""Requests and limits from what was used: percentiles with margins, a dead band, and the reason in words. Pure.

More is given as soon as it was seen to be needed. Less is only told, unless the load could show that it is enough.

Margins and the dead band widen with little data, as in Kubernetes' own recommender
(https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler/pkg/recommender).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from orchestrator.sizing.deciding.evidence import Evidence
from orchestrator.sizing.deciding.quantiles import percentile
from orchestrator.sizing.model import Advice, Confidence, Line, Name, Used, shown
from orchestrator.sizing.quantities import MIB

FEWEST = 3  # readings of one part, to say anything
CPU_STEP, MEMORY_STEP = 5, 4 * MIB  # sizes are rounded up to these
CPU_LEAST, CPU_LEAST_SCALED = 10, 50  # millicores; with an autoscaler a tiny request makes any flicker scale
LIMIT_LEAST = 32 * MIB
CPU_MARGIN, MEMORY_MARGIN, PEAK_MARGIN = 0.15, 0.10, 0.30  # with much data; twice that with little
LEAST_PEAK_MARGIN = 0.20  # no memory limit is left nearer to the peak than this
YOUNG_MARGIN, OLD = 0.50, 60.0  # more for the peak after minutes of load, falling to none after so many
GROWING_MARGIN = 0.30  # more for the peak where memory still grew at the end
UNSEEN_START = 0.20  # more for the peak where the kernel could not be asked: a start was not seen
BAND = 1.2  # a size that stands is kept if it is at most this factor from what is due
LIMIT_BAND = 1.5  # the same for a memory limit that could be lower: nobody is charged for a limit
CPU_NEAR, MEMORY_NEAR = 10, 16 * MIB  # and kept if it is at most this far off
KILLED_RAISE = 1.5  # over the limit under which a container was killed
CPU_FULL = 0.8  # of the limit in use: it is what holds the container back
CUT_RATE = 5.0  # answered requests a second: less load shows nothing of what a busy moment takes
CUT_MINUTES, CUT_LIMIT_MINUTES = 5.0, 30.0  # of load, to lower a request, or a memory limit, which memory creeps up to
_NEARLY = 0.95  # of what is asked for: a load's last requests are still under way when it ends
THROTTLED = 0.25  # share of periods worth a note


@dataclass(frozen=True)
class Setting:
    """What else decides: the autoscaler's target in percent (None: it is off); sizes not to be written, with why.

    `exact`: without a dead band, but for what rounding makes. `raise_only`: nothing is lowered.
    """

    autoscaler: int | None = None
    fixed: Mapping[Name, str] = field(default_factory=dict)
    exact: bool = False
    raise_only: bool = False

    def why_fixed(self, name: Name) -> str:
        """Why this size is not to be changed; empty if it may be."""
        return self.fixed.get(name, "")


def doubt(readings: int) -> float:
    """From 1 (nine readings or fewer) towards 0: what is multiplied onto the margins."""
    return min(1.0, 3 / math.sqrt(max(1, readings)))


def recommend(seen: Evidence, setting: Setting) -> Advice:
    """The four sizes of one part. The same evidence over sizes that were so recommended changes nothing.

    Where one size leaves its dead band, the part's pods are replaced anyway: then all its sizes are set to what is due,
    so that the next run finds each in the middle of its band.
    """
    setting = replace(setting, raise_only=seen.failing)
    calm = _recommend(seen, setting)
    return _recommend(seen, replace(setting, exact=True)) if calm.changes else calm


def _recommend(seen: Evidence, setting: Setting) -> Advice:
    cpu, memory = _used(seen.cpu), _used(seen.memory, peak=seen.peak)
    cpu_request = _cpu_request(seen, cpu, setting)
    memory_request = _memory_request(seen, memory, setting)
    lines = (
        cpu_request,
        memory_request,
        _cpu_limit(seen, cpu, setting, cpu_request.recommended),
        _memory_limit(seen, setting, memory_request.recommended),
    )
    return Advice(
        part=seen.part,
        lines=tuple(replace(line, unsure=_unsure(line, seen)) for line in lines),
        cpu=cpu,
        memory=memory,
        readings=len(seen.cpu),
        pods=seen.pods,
        confidence=_confidence(seen),
        notes=_notes(seen, setting),
    )


def _unsure(line: Line, seen: Evidence) -> str:
    """Why this size is not to be lowered on this evidence; empty for one that is raised, kept or surely too large."""
    if line.current is None or line.recommended is None or line.recommended >= line.current:
        return ""
    minutes = CUT_LIMIT_MINUTES if line.name == "memory_limit" else CUT_MINUTES
    if seen.rate < CUT_RATE * _NEARLY:
        return f"{seen.rate:.1f} requests a second show no busy moment: --rate {CUT_RATE:.0f} or more"
    if seen.minutes < minutes * _NEARLY:
        return f"{seen.minutes:.0f} minutes are too few: --duration {minutes * 60:.0f}"
    if (level := _confidence(seen)) in ("none", "low"):
        return f"the confidence is {level}"
    return ""


def _used(values: tuple[float, ...], *, peak: int = 0) -> Used | None:
    if not values:
        return None
    return Used(percentile(values, 0.5), percentile(values, 0.95), max(*values, peak))


def _cpu_request(seen: Evidence, used: Used | None, setting: Setting) -> Line:
    now = seen.sizes.cpu_request
    if used is None or len(seen.cpu) < FEWEST:
        return Line("cpu_request", now, now, _too_few(len(seen.cpu)))
    margin, least = CPU_MARGIN * (1 + doubt(len(seen.cpu))), CPU_LEAST
    need, reason = used.p95, f"P95 {shown('cpu', used.p95)} + {margin:.0%}"
    if setting.autoscaler:
        need, least = used.p95 * 100 / setting.autoscaler, CPU_LEAST_SCALED
        reason += f", so that the autoscaler's {setting.autoscaler} % is above this load"
    target = _up(max(need * (1 + margin), least), CPU_STEP)
    target = min(target, _fixed_limit(seen, setting, "cpu_limit", target))
    keep = _near(now, target, CPU_NEAR, least=need, high=_high(target, seen), setting=setting)
    return _line("cpu_request", now, target, reason, keep=keep, setting=setting)


def _near(now: int | None, target: int, by: int, *, least: float, high: float, setting: Setting) -> bool:
    """Whether what stands is kept: not below `least`, and within the dead band or hardly off."""
    if now is None or now < least:
        return False
    if setting.exact:
        return abs(now - target) <= by / 2
    return abs(now - target) <= by or target / BAND <= now <= high


def _high(target: int, seen: Evidence) -> float:
    """The dead band's upper end: wider with little data."""
    return target * (BAND + 0.2 * doubt(len(seen.cpu)))


def _memory_request(seen: Evidence, used: Used | None, setting: Setting) -> Line:
    now = seen.sizes.memory_request
    if used is None or len(seen.memory) < FEWEST:
        return Line("memory_request", now, now, _too_few(len(seen.memory)))
    most, margin = max(seen.memory), MEMORY_MARGIN * (1 + doubt(len(seen.memory)))
    target = _up(max(used.p95 * (1 + margin), most), MEMORY_STEP)
    target = min(target, _fixed_limit(seen, setting, "memory_limit", target))
    keep = _near(now, target, MEMORY_NEAR, least=most, high=_high(target, seen), setting=setting)
    return _line("memory_request", now, target, f"P95 {_mi(used.p95)} + {margin:.0%}", keep=keep, setting=setting)


def _fixed_limit(seen: Evidence, setting: Setting, name: Name, otherwise: int) -> int:
    """A request may not pass a limit that stays as it is."""
    limit = seen.sizes.of(name)
    return limit if limit is not None and setting.why_fixed(name) else otherwise


def _cpu_limit(seen: Evidence, used: Used | None, setting: Setting, request: int | None) -> Line:
    """Raised where it holds the container back or would be under the request; else kept: it costs nothing unused."""
    now = seen.sizes.cpu_limit
    if now is None:
        return Line("cpu_limit", now, now, "none is set, and none is needed")
    if used is not None and used.most >= CPU_FULL * now and len(seen.cpu) >= FEWEST:
        target, reason = _up(used.most * 2, 10 * CPU_STEP), f"{shown('cpu', used.most)} in use is nearly all of it"
        return _line("cpu_limit", now, max(target, request or 0, now), reason, keep=False, setting=setting)
    target = max(now, request or 0)
    reason = "room to start and for bursts; unused it costs nothing" if target == now else "not below the request"
    return _line("cpu_limit", now, target, reason, keep=target == now, setting=setting)


def _memory_limit(seen: Evidence, setting: Setting, request: int | None) -> Line:
    now = seen.sizes.memory_limit
    if len(seen.memory) < FEWEST and not seen.killed:
        return Line("memory_limit", now, now, _too_few(len(seen.memory)))
    margin = _peak_margin(seen)
    least = max(seen.peak * (1 + LEAST_PEAK_MARGIN), request or 0)
    target = _up(max(seen.peak * (1 + margin), request or 0, LIMIT_LEAST), MEMORY_STEP)
    reason = f"peak {_mi(seen.peak)} + {margin:.0%}"
    if seen.killed and now is not None:
        target, reason = max(target, _up(now * KILLED_RAISE, MEMORY_STEP)), f"OOM-killed under {_mi(now)}"
        return _line("memory_limit", now, target, reason, keep=False, setting=setting)
    keep = _near(now, target, MEMORY_NEAR, least=least, high=target * LIMIT_BAND, setting=setting)
    keep = keep or (not setting.exact and now is not None and least <= now <= target)
    return _line("memory_limit", now, target, reason, keep=keep, setting=setting)


def _peak_margin(seen: Evidence) -> float:
    """Memory creeps: what minutes showed is no bound for days."""
    young = YOUNG_MARGIN * max(0.0, 1 - seen.minutes / OLD)
    unknown = GROWING_MARGIN * seen.growing + UNSEEN_START * (not seen.peak_is_kernels)
    return PEAK_MARGIN * (1 + doubt(len(seen.memory))) + young + unknown


def _line(name: Name, now: int | None, target: int, reason: str, *, keep: bool, setting: Setting) -> Line:
    if why := setting.why_fixed(name):
        return Line(name, now, now, why if target == now else f"{why}; due: {shown(name, target)}")
    if setting.raise_only and now is not None and target < now:
        return Line(name, now, now, f"not lowered: too many requests failed; {reason}")
    if keep:
        near = "" if target == now else f": {shown(name, target)} is within the dead band"
        return Line(name, now, now, f"{reason}{near}")
    return Line(name, now, target, reason)


def _up(value: float, step: int) -> int:
    return math.ceil(round(value, 6) / step) * step


def _mi(value: float) -> str:
    return f"{value / MIB:.0f}Mi"


def _too_few(count: int) -> str:
    return f"kept: only {count} readings"


def _confidence(seen: Evidence) -> Confidence:
    if min(len(seen.cpu), len(seen.memory)) < FEWEST:
        return "none"
    levels: tuple[Confidence, ...] = ("low", "medium", "high")
    level = (len(seen.cpu) >= 20) + (len(seen.cpu) >= 60)
    return levels[max(0, level - bool(seen.doubts or seen.growing or seen.failing or seen.killed))]


def _notes(seen: Evidence, setting: Setting) -> tuple[str, ...]:
    told = [*seen.doubts]
    if seen.throttled >= THROTTLED:
        told.append(f"held back by its CPU limit in {seen.throttled:.0%} of the periods under load: bursts wait")
    if seen.growing:
        told.append("its memory still grew at the end")
    if seen.failing:
        told.append("many requests failed: nothing is lowered")
    if seen.killed:
        told.append("a container was OOM-killed")
    if not seen.peak_is_kernels:
        told.append("the kernel's memory peak could not be read: the margin over the samples' is wider")
    if setting.autoscaler:
        told.append(f"the autoscaler's target is {setting.autoscaler} % of the CPU request: it moves with it")
    if seen.pods == 1:
        told.append("one pod only")
    return tuple(told)

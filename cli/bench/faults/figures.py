"""What a benchmark of faults comes to: recall, precision and time to cause, each with its aim."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from cli.bench.faults.rounds import Finding, Outcome

SECONDS = 15.0  # from a fault's first sign to its cause


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Shares from 0 to 1, seconds, and how many offered commands were run and healed the release."""

    faults: int
    healthy: int
    recall: float
    precision: float
    typical: float
    longest: float
    mended: int
    offered: int

    @property
    def met(self) -> bool:
        """Whether every aim was met."""
        return self.recall == self.precision == 1.0 and self.longest <= SECONDS and self.mended == self.offered

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {**asdict(self), "met": self.met}


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Of all rounds together. A healthy release in which something is found costs precision."""
    faults = [one for one in outcomes if one.expected]
    hits = sum(one.hit for one in faults)
    false = sum(len(one.false) for one in outcomes)
    times = [one.seconds for one in faults if one.hit and one.seconds is not None]
    tried = [one.mended for one in faults if one.mended is not None]
    return Figures(
        faults=len(faults), healthy=len(outcomes) - len(faults), recall=hits / max(len(faults), 1),
        precision=hits / max(hits + false, 1), typical=median(times or [0.0]), longest=max(times, default=0.0),
        mended=sum(tried), offered=len(tried),
    )  # fmt: skip


def line(one: Outcome) -> str:
    """An outcome: what was expected and found, seconds from the first sign, and from the fault, to the cause."""
    if one.expected is None:
        return f"✗ {one.name:<24} nothing  found {_shown(one.found)}"
    mark = "✓" if one.hit and not one.false and one.mended is not False else "✗"
    found = "the same" if one.found == (one.expected,) else _shown(one.found)
    took = (
        f"{one.seconds:>5.1f} s ({one.overall:>4.1f})"
        if one.seconds is not None and one.overall is not None
        else " " * 14
    )
    healed = {None: "", True: "  fix heals", False: "  FIX DOES NOT HEAL"}[one.mended]
    return f"{mark} {one.name:<24} {took}  {' '.join(one.expected):<55} found {found}{healed}"


def _shown(found: Sequence[Finding]) -> str:
    return ", ".join(" ".join(pair) for pair in found) or "nothing"


def summary(found: Figures) -> str:
    """The last lines, with the aims."""
    lines = [
        f"{found.faults} faults, {found.healthy} looks at a healthy release",
        f"recall        {found.recall:>7.1%}  aim 100 %: {_met(found.recall == 1)}",
        f"precision     {found.precision:>7.1%}  aim 100 %: {_met(found.precision == 1)}",
        f"time to cause {found.typical:>5.1f} s  median, {found.longest:.1f} s at most; "
        f"aim {SECONDS:.0f} s: {_met(found.longest <= SECONDS)}",
    ]
    if found.offered:
        lines += [f"fixes         {found.mended} of {found.offered} offered commands heal: "
                  f"{_met(found.mended == found.offered)}"]  # fmt: skip
    return "\n".join(lines)


def _met(met: bool) -> str:
    return "met" if met else "NOT met"

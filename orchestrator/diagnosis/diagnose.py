"""A diagnosis: look until the release stands, a cause is sure, or patience ends."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from orchestrator.diagnosis.decide import decide, up
from orchestrator.diagnosis.facts import Facts, Sign
from orchestrator.diagnosis.fixes import offered
from orchestrator.diagnosis.gather import Gatherer
from orchestrator.diagnosis.stages import Stage
from orchestrator.diagnosis.startup import still_starting
from orchestrator.release.snapshot import name_of
from orchestrator.run import Run

Say = Callable[[str], None]
_CERTAIN = (
    "BackendAddress",
    "DatabaseLogin",
    "Evicted",
    "ImagePullFailed",
    "OOMKilled",
)  # causes from their first sign, though they may yet pass
_CERTAIN_WHEN_UP = ("ReleaseFailed",)  # with all pods ready nothing else will explain it
_EVERY = 1.0  # seconds between looks


@dataclass(frozen=True)
class Diagnosis:
    """What was found, `seconds` after the first look began."""

    facts: Facts
    signs: tuple[Sign, ...]
    seconds: float

    @property
    def healthy(self) -> bool:
        """Nothing found at all."""
        return not self.signs

    @property
    def blind(self) -> bool:
        """Whether all that was found is that something may not be read."""
        return bool(self.signs) and all(sign.code == "CannotRead" for sign in self.signs)

    @property
    def errors(self) -> tuple[Sign, ...]:
        """What has to be mended."""
        return tuple(sign for sign in self.signs if sign.weight == "error")

    @property
    def summary(self) -> str:
        """One line for the audit log."""
        ready, wanted = up(self.facts)
        restarts = sum(one["restartCount"] for pod in self.facts.pods for one in _statuses(pod))
        groups = {str((pod["metadata"].get("labels") or {}).get("app") or name_of(pod)) for pod in self.facts.pods}
        counts = ", ".join(
            f"{sum((pod['metadata'].get('labels') or {}).get('app') == app for pod in self.facts.pods)} {app}"
            for app in sorted(groups)
        )
        if self.healthy:
            return f"{ready} pods Running and Ready ({counts}), {restarts} restarts, 0 unhealthy"
        found = "; ".join(str(sign) for sign in self.signs)
        return f"{ready} of {wanted} pods ready, {restarts} restarts; {found}"

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        ready, wanted = up(self.facts)
        told = {"healthy": self.healthy, "pods": {"ready": ready, "wanted": wanted}}
        return {**told, "findings": [sign.as_dict() for sign in self.signs], "seconds": round(self.seconds, 1)}


def diagnose(run: Run, say: Say, *, patience: float) -> Diagnosis:
    """Look every second for at most `patience` seconds; an error that does not pass by itself ends it at once."""
    began = time.monotonic()
    while True:
        facts = _look(run, settled=time.monotonic() - began >= patience)
        signs = decide(facts)
        ready, wanted = up(facts)
        passing = any(_may_pass(sign) for sign in signs if sign.code not in _CERTAIN_WHEN_UP)
        if facts.settled or any(_lasts(sign) for sign in signs) or (ready >= wanted and not passing):
            cluster, options = run.target.cluster, run.options
            told = tuple(offered(sign, facts, cluster, options) for sign in signs)
            return Diagnosis(facts, told, time.monotonic() - began)
        say(f"{ready} of {wanted} pods ready; {signs[0] if signs else 'no cause for worry yet'}")
        time.sleep(_EVERY)


def _look(run: Run, *, settled: bool) -> Facts:
    """The facts of now; patience is not over while a pod has time left by its own probes."""
    facts = Gatherer(run.door, run.target.cluster).gather(settled=settled)
    return replace(facts, settled=False) if settled and still_starting(facts) else facts


def _may_pass(sign: Sign) -> bool:
    """A database that comes up, a page that warms up, a Helm operation that still runs, a first crash."""
    late = Stage.REACHED <= sign.rule.stage <= Stage.RELEASED
    return sign.code not in _CERTAIN and (late or not sign.sure)


def _lasts(sign: Sign) -> bool:
    return sign.weight == "error" and not _may_pass(sign)


def _statuses(pod: Any) -> list[Any]:
    return list(pod.get("status", {}).get("containerStatuses") or [])

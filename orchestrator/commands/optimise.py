"""`./todo deploy optimise`: Kagent's second pass (T030 to T032), by the built-in measurement; readings stand beside."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from orchestrator.commands.operate import ready_run
from orchestrator.diagnosis import record as health
from orchestrator.diagnosis.diagnose import diagnose
from orchestrator.errors import CommandFailedError, DeployError, InterruptedRunError, ReleaseFailedError
from orchestrator.graph.lock import held
from orchestrator.interrupts import as_interrupts
from orchestrator.options import BACKEND_SECRET, Options
from orchestrator.process import end_leftovers
from orchestrator.release import secrets
from orchestrator.run import Run
from orchestrator.sizing import record
from orchestrator.sizing.applying import chart
from orchestrator.sizing.applying.apply import Applied, apply, left, prepare, put_back, words
from orchestrator.sizing.deciding.evidence import Evidence, evidence
from orchestrator.sizing.deciding.recommend import Setting, recommend
from orchestrator.sizing.deciding.worse import compare, p95
from orchestrator.sizing.measuring.measure import Choices, Frame, Watch, measure
from orchestrator.sizing.model import Advice, Measurement
from orchestrator.steps.health_role import beside

Say = Callable[[str], None]
Advise = Callable[[Evidence, Setting], Advice]
REVERTED = 28
_PATIENCE = 30.0  # seconds that the diagnosis waits for pods that come up


@dataclass(frozen=True)
class Optimised:
    """What came of it. `why` is a sentence; `after` is the second measurement, where there was one.

    `unchanged`: nothing is sure enough to be changed. `recommended`: a dry run found other sizes. `applied`: the sure
    ones are kept with the run and in the release. `reverted`: they were, made it worse, and both are as before.
    """

    verdict: Literal["unchanged", "recommended", "applied", "reverted"]
    why: str
    advices: tuple[Advice, ...]
    before: Measurement
    after: Measurement | None = None
    reading: str = ""
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0, or 28 if the new sizes were taken back."""
        return REVERTED if self.verdict == "reverted" else 0

    def as_dict(self) -> dict[str, Any]:
        """For --json: `parts` has used, current and recommended sizes with reasons; times in seconds, p95 in ms."""
        return {
            "verdict": self.verdict,
            "why": self.why,
            "parts": [one.as_dict() for one in self.advices],
            "before": _measured(self.before),
            "after": self.after and _measured(self.after),
            "reading": self.reading,
            "seconds": round(self.seconds, 1),
        }


def no_picture(frame: Frame) -> None:
    """A watch that shows nothing."""


def optimise(
    options: Options,
    say: Say,
    *,
    choices: Choices | None = None,
    watch: Watch = no_picture,
    advise: Advise = recommend,
) -> Optimised:
    """Measure the release under load and recommend sizes; unless `choices.dry_run`, apply, verify and measure again.

    Takes minutes. `say` gets a sentence at each turn, `watch` a frame twice a second while it measures. Sizes that
    made it worse are taken back before this returns (verdict `reverted`), also when it is interrupted. Raises
    EnvironmentMissingError without a cluster or a release, ReleaseFailedError for an unhealthy release or one that is
    not of this tree's chart, MeasureError if nothing can be measured, RejectedError for values that their schema
    refuses, LockedError beside another run, InterruptedRunError if the run's door is cancelled.
    """
    chosen, began = choices or Choices(), time.monotonic()
    with held(options.home / "lock", doing="optimise"), as_interrupts():
        end_leftovers(options.home / "running")
        run = ready_run(options, locked=True)
        pass_two = _Pass(run, chosen, say, watch, advise)
        found = pass_two.go()
    return Optimised(**{**vars(found), "seconds": time.monotonic() - began})


@dataclass
class _Pass:
    """One run of the second pass."""

    run: Run
    choices: Choices
    say: Say
    watch: Watch
    advise: Advise

    def go(self) -> Optimised:
        """From a healthy release to a verdict."""
        self._demand_healthy()
        force = chart.in_force(self.run)
        values = chart.given_file(self.run, force.given)
        if not self.choices.dry_run:
            chart.demand_unchanged(self.run, values)
        reading = beside(self.run, record.prompt(self.run), tasks=("T030",), say=self.say)
        chat = self._free_of_charge(force)
        before = measure(self.run, self.choices, self.watch, self.say, phase="before", chat=chat)
        advices = tuple(self.advise(seen, force.setting(seen.part)) for seen in evidence(before))
        record.measured(self.run, advices, before)
        if self.choices.dry_run:
            differs = any(line.differs for one in advices for line in one.lines)
            verdict: Literal["recommended", "unchanged"] = "recommended" if differs else "unchanged"
            told = f"{words(advices)}{left(advices)}; nothing was changed (dry run)"
            return Optimised(verdict, told, advices, before, None, reading)
        if not any(one.changes for one in advices):
            told = left(advices).removeprefix("; ") or "every size is right or within the dead band"
            record.concluded(self.run, f"no change: {told}")
            return Optimised("unchanged", told, advices, before, None, reading)
        return self._try(advices, before, prepare(self.run, values), reading=reading, chat=chat)

    def _demand_healthy(self) -> None:
        """An OOM kill that was survived is what sizes mend; any other error is verify's to name."""
        self.say("diagnosing the release")
        found = diagnose(self.run, self.say, patience=_PATIENCE)
        errors = [sign for sign in found.errors if not (sign.code == "OOMKilled" and not _waits(found.facts.pods))]
        if errors:
            raise ReleaseFailedError(f"the release is not healthy: {errors[0]}.", remedy="./todo deploy verify")

    def _free_of_charge(self, force: chart.InForce) -> bool:
        """Whether chat turns cost nobody anything: with a model's key in the Secret they would."""
        name = str((force.together.get("secrets") or {}).get("backendSecretName") or BACKEND_SECRET)
        try:
            told = secrets.read(self.run.door, self.run.target.cluster, name)
        except CommandFailedError as error:
            self.say(f"no chat turns in the load: {name} may not be read, and a model could answer them ({error.tail})")
            return False
        if told and told.values.get("OPENAI_API_KEY"):
            self.say("no chat turns in the load: a model would answer them, for money")
            return False
        return True

    def _try(
        self, advices: tuple[Advice, ...], before: Measurement, kept: Applied, *, reading: str, chat: bool
    ) -> Optimised:
        after: Measurement | None = None
        try:
            revision = apply(kept, advices, self.say)
            self._demand_as_healthy()
            after, worse = self._again(before, chat=chat)
        except (KeyboardInterrupt, InterruptedRunError):
            record.concluded(kept.run, f"interrupted; {put_back(kept, 'interrupted', self.say)}")
            raise
        except DeployError as error:
            worse = error.message
        if worse:
            told = f"{worse.rstrip('.')}: {self._back(kept, worse)}"
            record.concluded(self.run, f"recommendations taken back: {told}")
            return Optimised("reverted", told, advices, before, after, reading)
        record.concluded(self.run, f"recommendations applied — {words(advices)}")
        told = f"{words(advices)}{left(advices)}; revision {revision} is healthy, and no slower"
        return Optimised("applied", told, advices, before, after, reading)

    def _back(self, kept: Applied, why: str) -> str:
        try:
            return put_back(kept, why, self.say)
        except DeployError as error:
            record.concluded(self.run, f"recommendations could not be taken back: {error.message}", passed=False)
            raise

    def _demand_as_healthy(self) -> None:
        found = diagnose(self.run, self.say, patience=_PATIENCE)
        health.record(self.run, found)
        if found.errors:
            raise ReleaseFailedError(f"with the new sizes the release is not healthy: {found.errors[0]}.")

    def _again(self, before: Measurement, *, chat: bool) -> tuple[Measurement, str]:
        """The second measurement and what got worse; slower answers alone are measured twice before they count."""
        after = measure(self.run, self.choices, self.watch, self.say, phase="after", chat=chat)
        verdict = compare(before, after)
        if verdict.worse and not verdict.sure:
            self.say(f"{verdict.worse}: measuring once more")
            after = measure(self.run, self.choices, self.watch, self.say, phase="once more", chat=chat)
            verdict = compare(before, after)
        return after, verdict.worse


def _waits(pods: Any) -> bool:
    """Whether a container of the release is down now."""
    return any(not one.get("ready") for pod in pods for one in pod.get("status", {}).get("containerStatuses") or [])


def _measured(found: Measurement) -> dict[str, Any]:
    slow = p95(found)
    return {
        "requests": len(found.visits),
        "errors": found.errors,
        "p95_ms": None if slow is None else round(slow * 1000, 1),
        "restarts": found.restarts,
        "oom_killed": sorted(found.killed),
        "seconds": round(found.ended - found.began, 1),
        "source": found.source,
        "doubts": list(found.doubts),
    }

"""One fault after another: put in, diagnosed until something is found, judged, undone."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from cli.bench.faults.acts import Fault
from cli.bench.faults.catalogue import HEALTHY
from cli.bench.faults.release import Release
from cli.bench.faults.repair import mend
from cli.bench.faults.restoration import Saved
from cli.progress import row

Finding = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was found of a fault (`expected` None: of a healthy release), as (code, subject).

    `seconds`: from its first sign in the cluster to the printed cause; `overall`: from the fault itself. `mended`:
    whether the offered command healed the release; None if it is no command, or was not tried.
    """

    name: str
    expected: Finding | None
    found: tuple[Finding, ...]
    seconds: float | None = None
    overall: float | None = None
    fix: str = ""
    mended: bool | None = None

    @property
    def hit(self) -> bool:
        """Whether the expected cause is among what was found."""
        return self.expected in self.found

    @property
    def false(self) -> tuple[Finding, ...]:
        """What was found and is not the cause."""
        return tuple(one for one in self.found if one != self.expected)


@dataclass
class Round:
    """Faults put into `release`; with `mending`, the offered commands are run."""

    release: Release
    saved: Saved
    mending: bool = False
    number: int = 1

    def run(self, faults: Sequence[Fault]) -> Iterator[Outcome]:
        """Each outcome as soon as it is there; healthy looks stand before, between and after."""
        yield self._healthy("before")
        for fault in faults:
            yield self.put_in(fault)
            yield self._healthy(f"after {fault.name}")
        for name, act in HEALTHY:
            with row(f"{self.number}: healthy {name}"), self.release.doing(act):
                yield self._healthy(name)
            self._heal()
        yield self._healthy("at the end")

    def _healthy(self, name: str) -> Outcome:
        return Outcome(name=name, expected=None, found=_findings(self.release.verify()))

    def put_in(self, fault: Fault) -> Outcome:
        """Put one fault in, look, and undo it."""
        with row(f"{self.number}: {fault.name}: {fault.does}") as shown:
            outcome = self._found(fault)
            mended = mend(self.release, outcome.fix) if self.mending else None
            self._heal(anew=bool(mended) and "./todo deploy" in outcome.fix)
            shown.succeeded = outcome.hit and not outcome.false and mended is not False
        return replace(outcome, mended=mended)

    def _found(self, fault: Fault) -> Outcome:
        began = self._act(fault)
        told = self._look(began, fault)
        seen = datetime.now(UTC)
        found = dict.fromkeys((*_findings(told), *_findings(self.release.verify())))  # effects come later
        first = min((one for one in signs(self.release, fault) if began <= one <= seen), default=began)
        expected = (fault.code, fault.subject)
        return Outcome(
            name=fault.name, expected=expected, found=tuple(found),
            seconds=(seen - first).total_seconds() if found else None,
            overall=(seen - began).total_seconds() if found else None,
            fix=next((one["fix"] for one in told["findings"] if _pair(one) == expected), ""),
        )  # fmt: skip

    def _act(self, fault: Fault) -> datetime:
        """Do all of it, and tell when it was in."""
        for act in fault.acts:
            began = datetime.now(UTC)
            self.release.do(act)
        return datetime.now(UTC) if fault.acts[-1].takes_time else began

    def _look(self, began: datetime, fault: Fault) -> dict[str, Any]:
        while not (told := self.release.verify())["findings"]:
            if (datetime.now(UTC) - began).total_seconds() > fault.limit:
                break
        return told

    def _heal(self, *, anew: bool = False) -> None:
        if anew:
            self.saved = Saved(self.release)
        self.saved.put_back()
        time.sleep(0.5)  # the controllers see it
        self.release.wait_until_healthy()


def signs(release: Release, fault: Fault) -> Iterator[datetime]:
    """When the cluster itself showed that something is wrong: its warnings, and containers that ended badly."""
    for event in release.items("events", "--field-selector", "type=Warning"):
        if fault.sign in f"{event['reason']} {event.get('message')}":
            yield from _instants(event.get("firstTimestamp") or event.get("eventTime"))
    for pod in [] if fault.sign else release.items("pods"):
        status = pod["status"]
        for one in (*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())):
            for state in (one.get("state") or {}, one.get("lastState") or {}):
                ended = state.get("terminated") or {}
                if ended.get("exitCode"):
                    yield from _instants(ended.get("finishedAt"))


def _instants(text: str | None) -> Iterator[datetime]:
    if text:
        yield datetime.fromisoformat(text)


def _findings(told: dict[str, Any]) -> tuple[Finding, ...]:
    return tuple(_pair(one) for one in told["findings"])


def _pair(finding: dict[str, Any]) -> Finding:
    return finding["code"], finding["subject"]

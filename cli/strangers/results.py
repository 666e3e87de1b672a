"""What a suite found, and what is told of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class State(StrEnum):
    """``waived`` did not pass, for a reason that is given; it is no fault of this server's."""

    PASSED = "passed"
    FAILED = "failed"
    WAIVED = "waived"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check of a suite's. ``detail`` is what the suite said, or why the check is waived."""

    name: str
    state: State
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Which checks of a suite need not pass, by their whole names, and why."""

    suite: str
    names: re.Pattern[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """A suite that ran, in the version that was installed."""

    suite: str
    version: str
    checks: tuple[Check, ...]

    def count(self, state: State) -> int:
        return sum(check.state is state for check in self.checks)


def check(name: str, *, passed: bool, detail: str = "") -> Check:
    """A check by whether it passed; ``detail`` on one line."""
    return Check(name=name, state=State.PASSED if passed else State.FAILED, detail=" ".join(detail.split())[:300])


def waived(result: Result, waivers: Sequence[Waiver]) -> Result:
    """The result with the failed checks that a waiver names marked so."""
    own = [waiver for waiver in waivers if waiver.suite == result.suite]
    return replace(result, checks=tuple(_waived(one, own) for one in result.checks))


def _waived(one: Check, waivers: Iterable[Waiver]) -> Check:
    reasons = [waiver.reason for waiver in waivers if waiver.names.fullmatch(one.name)]
    if one.state is not State.FAILED or not reasons:
        return one
    return replace(one, state=State.WAIVED, detail=reasons[0])

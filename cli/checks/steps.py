"""What a check is, and how it ended. Plain data: made by `plan.py`, run by `running.py`, told by `report.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cli.environment import ROOT


class State(StrEnum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "FAILED"
    MISSING = "NOT RUN"


class Need(StrEnum):
    """Something that must be installed or built before a step can run."""

    PACKAGES = "the page's npm packages"
    PAGE = "the built page"
    CHROMIUM = "Chromium"
    POSTGRES = "PostgreSQL"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A check: its argv, where it runs, what it needs; `is_pytest` if it counts tests of its own.

    Without a need it cannot run; without a wish it runs, its tests skip what they cannot do, and it fails for that.
    """

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    wishes: tuple[Need, ...] = ()
    is_pytest: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a step ended: its time in seconds and its tests; a step that is no test run counts as one test."""

    name: str
    state: State
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    remark: str = ""

    @property
    def tests(self) -> int:
        """How many tests ran or were skipped."""
        return self.passed + self.failed + self.skipped

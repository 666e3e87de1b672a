"""What a gate says: findings with a rule, a sentence and a remedy, as data that an agent or a person can act on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from orchestrator.errors import RejectedError


@dataclass(frozen=True)
class Finding:
    """One thing wrong: which gate and rule, what with, in one sentence, and how to mend it."""

    gate: str
    rule: str
    subject: str
    message: str
    remedy: str = ""
    severity: Literal["error", "warning"] = "error"
    evidence: str = ""

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}" + (f" {self.remedy}" if self.remedy else "")


def errors(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that stop a step."""
    return tuple(finding for finding in findings if finding.severity == "error")


def demand(findings: Sequence[Finding]) -> None:
    """Raise RejectedError with the first error's sentence (and how many more there are), if there is one."""
    if not (stopping := errors(findings)):
        return
    first, rest = stopping[0], len(stopping) - 1
    more = f" (and {rest} more)" if rest else ""
    raise RejectedError(f"{first.subject}: {first.message}{more}", remedy=first.remedy)

"""What the tools answer: small unless asked for all of it. The models are the tools' output schemas."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from orchestrator.audit_check import Report
    from orchestrator.commands.plan import Planned
    from orchestrator.commands.status import Status
    from orchestrator.commands.verify import Verified
    from orchestrator.graph.runner import Result

Json = dict[str, Any]


class PlanAnswer(BaseModel):
    """`steps`: those that would run; with verbose all, with commands."""

    due: int
    of: int
    steps: list[Json]


class StatusAnswer(BaseModel):
    """`drift`: what was changed by hand."""

    healthy: bool
    release: str
    revision: int
    workloads: list[Json]
    causes: list[str]
    drift: list[str]
    log_faults: list[str]
    url: str


class VerifyAnswer(BaseModel):
    """`findings`: one a root cause, with evidence and fix."""

    healthy: bool
    pods: dict[str, int]
    findings: list[Json]
    reading: str = Field(description="An agent's reading; it decides nothing")


class AuditAnswer(BaseModel):
    """`faults` empty: complete and unbroken."""

    ok: bool
    entries: int
    faults: list[str]
    needs: list[Json] | None = None


class LogsAnswer(BaseModel):
    """Secrets masked."""

    part: str
    lines: list[str]


class ChangeAnswer(BaseModel):
    """Of a tool that changes something."""

    status: Literal["done", "needs_approval"]
    summary: str
    code: str | None = Field(default=None, description="Of the approval to ask a person for")
    expires: str | None = None
    digest: str | None = Field(default=None, description="Of what would be done; the approval is bound to it")
    would_do: list[str] | None = None
    details: Json | None = None


def plan(planned: Sequence["Planned"], *, verbose: bool) -> PlanAnswer:
    """The steps that would run, each with why."""
    due = [one for one in planned if one.runs]
    return PlanAnswer(
        due=len(due), of=len(planned), steps=[_step(one, verbose) for one in (planned if verbose else due)]
    )


def _step(one: "Planned", verbose: bool) -> Json:
    if verbose:
        return one.as_dict()
    return {"name": one.name, "why": one.why} | ({"agent": one.agent} if one.agent else {})


def status(found: "Status") -> StatusAnswer:
    """As `status --json`, without the log's last word."""
    return StatusAnswer.model_validate(found.as_dict())


def verified(found: "Verified") -> VerifyAnswer:
    """As `verify --json`."""
    return VerifyAnswer.model_validate(found.as_dict())


def audit(report: "Report", *, verbose: bool) -> AuditAnswer:
    """The verdict; with verbose the entry for each task."""
    needs = list(report.as_dict()["needs"]) if verbose else None
    return AuditAnswer(ok=report.ok, entries=report.records, faults=list(report.faults), needs=needs)


def up(result: "Result") -> ChangeAnswer:
    """What was done."""
    summary = result.done.get("release", "the release stands as it was")
    details = {"done": result.done, "unchanged": len(result.unchanged), "seconds": round(result.seconds, 1)}
    return ChangeAnswer(status="done", summary=summary, details=details)
